/**
 * Narrows a list that is already on the page while typing.
 * Enter in the search of a larger form presses the button of that search: <div data-enter> with both.
 * <div data-filter="id of table or list" data-filter-text="{n} dari {m} ditampilkan" hidden> with an input and a [role=status].
 */
;(() => {
  for (const box of document.querySelectorAll('[data-enter]')) {
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !event.target.matches('input')) return
      event.preventDefault()
      box.querySelector('button').click()
    })
  }

  for (const box of document.querySelectorAll('[data-filter]')) {
    const target = document.getElementById(box.dataset.filter)
    const input = box.querySelector('input')
    if (!target || !input) continue

    box.hidden = false
    input.addEventListener('input', () => narrow(box, target, fold(input.value)))
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.preventDefault()
    })
  }

  function narrow(box, target, wanted) {
    const rows = [...target.querySelectorAll('tbody > tr, li')]
    for (const row of rows) row.hidden = !fold(row.textContent).includes(wanted)
    const shown = rows.filter((row) => !row.hidden).length
    box.querySelector('[role="status"]').textContent =
      wanted === '' ? '' : fill(box.dataset.filterText, shown, rows.length)
  }

  function fill(text, shown, all) {
    return text.replace('{n}', String(shown)).replace('{m}', String(all))
  }

  function fold(text) {
    return text.toLowerCase().replace(/\s+/g, ' ').trim()
  }
})()
