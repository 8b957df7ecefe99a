/** Refuses a bare page that does not say, cell for cell, what the program's page says. */
export async function sameCells(own: string, bare: string, cookie: string): Promise<void> {
  const cells = async (url: string) =>
    cellsOf(await (await fetch(url, { headers: { cookie } })).text())
  const [here, there] = [await cells(own), await cells(bare)]
  const at = here.findIndex((cell, n) => cell !== there[n])
  if (at >= 0 || here.length !== there.length || here.length === 0) {
    throw new Error(`${own} says “${here[at]}” where the bare page says “${there[at]}”`)
  }
}

function cellsOf(html: string): string[] {
  const [, body = ''] = html.split('<tbody>')
  const [rows = ''] = body.split('</tbody>')
  return rows.split(/<\/t[dh]>/).map((cell) =>
    cell
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}
