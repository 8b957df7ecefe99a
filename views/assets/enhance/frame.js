/** Escape closes the menu of a phone; the chosen one of a list that scrolls by itself stands in sight. */
;(() => {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && location.hash === '#menu') location.hash = '#content'
  })

  for (const chosen of document.querySelectorAll('.register [aria-current]')) {
    const list = chosen.closest('.register')
    const from = chosen.getBoundingClientRect().top - list.getBoundingClientRect().top
    list.scrollTop += from - list.clientHeight / 3
  }
})()
