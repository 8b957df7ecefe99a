/**
 * Fast entry in a grid with the keyboard only.
 * <table class="grid" data-rows>, its last row <tr class="is-new">, and inside the table
 * <template data-row> with the next empty row, "__n__" where its index stands (name, id) and "__number__" where
 * the number of the row is read (label, first cell): the index and one.
 * data-next on the table: the index the next added row gets.
 *
 * Typing in the last row adds the next one. Enter: first cell of the next row. Up and down: the same cell of
 * the row above or below, where the control does not use these keys itself. Ctrl+Enter: sends the form.
 */
;(() => {
  for (const grid of document.querySelectorAll('table[data-rows]')) {
    grid.addEventListener('input', (event) => grow(grid, event.target))
    grid.addEventListener('keydown', (event) => move(grid, event))
  }

  function grow(grid, control) {
    const row = control.closest('tr')
    const template = grid.querySelector('template[data-row]')
    if (!template || row !== lastRow(grid) || control.value === '') return

    const index = Number(grid.dataset.next ?? rowsOf(grid).length)
    grid.dataset.next = String(index + 1)
    row.classList.remove('is-new')
    const next = document.createElement('tbody')
    next.innerHTML = template.innerHTML
      .replaceAll('__n__', String(index))
      .replaceAll('__number__', String(index + 1))
    row.after(...next.children)
  }

  function move(grid, event) {
    const control = event.target
    if (!control.matches('input, select') || event.isComposing || event.altKey) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return send(control, event)
    if (event.ctrlKey || event.metaKey) return

    const rows = rowsOf(grid)
    const at = rows.indexOf(control.closest('tr'))
    const cell = controlsOf(rows[at]).indexOf(control)
    if (event.key === 'Enter') go(event, rows[at + 1], 0)
    if (usesArrows(control)) return
    if (event.key === 'ArrowDown') go(event, rows[at + 1], cell)
    if (event.key === 'ArrowUp') go(event, rows[at - 1], cell)
  }

  function send(control, event) {
    event.preventDefault()
    control.form?.requestSubmit()
  }

  function go(event, row, cell) {
    event.preventDefault()
    const control = row && controlsOf(row)[cell]
    if (!control) return
    control.focus()
    if (control.matches('input')) control.select()
  }

  function usesArrows(control) {
    return control.matches(
      'select, [type="date"], [type="time"], [type="radio"], [type="number"], [list]',
    )
  }

  function rowsOf(grid) {
    return [...grid.querySelectorAll('tbody > tr')].filter((row) => controlsOf(row).length > 0)
  }

  function lastRow(grid) {
    return rowsOf(grid).at(-1)
  }

  function controlsOf(row) {
    return [...row.querySelectorAll('input:not([type="hidden"]), select')]
  }
})()
