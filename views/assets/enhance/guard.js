/** A form that is being sent cannot be sent a second time; its values, the pressed button's too, stay as they are. */
;(() => {
  const sent = new WeakSet()

  document.addEventListener('submit', (event) => {
    const form = event.target
    if (event.defaultPrevented || form.getAttribute('method') !== 'post') return
    if (sent.has(form)) return event.preventDefault()

    sent.add(form)
    setTimeout(() => setBusy(form, true))
    setTimeout(() => release(form), 15000)
  })

  // a page that comes back from the browser's own memory is ready to be used again
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) for (const form of document.forms) release(form)
  })

  function release(form) {
    sent.delete(form)
    setBusy(form, false)
  }

  function setBusy(form, busy) {
    for (const button of form.querySelectorAll('button[type="submit"]')) {
      if (busy) button.setAttribute('aria-disabled', 'true')
      else button.removeAttribute('aria-disabled')
    }
  }
})()
