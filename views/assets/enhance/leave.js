/**
 * Asks before a page is left with something typed and not sent.
 * <form data-leave>: a form that came back with errors counts as typed.
 */
;(() => {
  const forms = [...document.querySelectorAll('form[data-leave]')]
  const typed = new Set(forms.filter((form) => form.querySelector('[aria-invalid="true"]')))
  let sending = false

  for (const form of forms) {
    form.addEventListener('input', () => typed.add(form))
    form.addEventListener('reset', () => typed.delete(form))
  }
  document.addEventListener('submit', (event) => {
    if (!event.defaultPrevented && event.target.getAttribute('method') === 'post') sending = true
  })
  window.addEventListener('pageshow', () => {
    sending = false
  })
  window.addEventListener('beforeunload', (event) => {
    if (typed.size > 0 && !sending) event.preventDefault()
  })
})()
