import type { ReportData } from './data.ts'
import type { SheetName, SheetPlan } from './layout.ts'
import { paperSize } from './page.ts'
import { pngOf } from './pictures.ts'
import { planWorkbook, type WorkbookOptions } from './workbook.ts'
import { framing, pictureParts, sheetPath } from './xlsx/package.ts'
import { sheetXml } from './xlsx/sheet.ts'
import { type Styles, stylesheet } from './xlsx/styles.ts'
import { type Part, writeZip } from './xlsx/zip.ts'

/** Which sheet is being written, `n` from 1. */
export type Step = { n: number; of: number; sheet: SheetName }

/** Writes the workbook to a file that does not exist yet, row by row, and tells of each sheet begun. */
export function writeWorkbook(
  data: ReportData,
  file: string,
  options: WorkbookOptions,
  tell: (step: Step) => void = () => {},
): Promise<void> {
  const parts = partsOf(data, planWorkbook(data, options), options, tell)
  return writeZip(file, parts, new Date(data.at))
}

/** The styles come last: they are numbered while the sheets are written. */
function* partsOf(
  data: ReportData,
  plans: readonly SheetPlan[],
  { madeBy }: WorkbookOptions,
  tell: (step: Step) => void,
): Generator<Part> {
  const { government } = data
  const styles = stylesheet()
  yield* framing(plans, { creator: madeBy ?? government.officeName, at: data.at })
  for (const [index, plan] of plans.entries()) {
    const size = paperSize(government.paper)
    const footer = footerOf(plan.name, government.name)
    const content = sheetXml(plan, { size, footer }, styles, index === 0)
    const step = { n: index + 1, of: plans.length, sheet: plan.name }
    yield { path: sheetPath(index), content: announced(content, () => tell(step)) }
  }
  yield* pictureParts(plans, pngOf)
  yield { path: 'xl/styles.xml', content: numbered(styles) }
}

function* announced(content: Iterable<string>, begins: () => void): Generator<string> {
  begins()
  yield* content
}

/** Asked for when the sheets are written: until then styles are missing. */
function* numbered(styles: Styles): Generator<string> {
  yield styles.xml()
}

function footerOf(sheet: string, government: string): string {
  const safe = government.replaceAll('&', '&&')
  return `&L&8${safe}&C&8${sheet}&R&8Halaman &P dari &N`
}
