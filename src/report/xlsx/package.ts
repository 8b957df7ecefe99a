import { letterOf, type Picture, type SheetPlan } from '../layout.ts'
import { drawingXml } from './drawing.ts'
import { declaration, escaped, main, relations } from './xml.ts'
import type { Part } from './zip.ts'

const drawingPath = (index: number) => `xl/drawings/drawing${index + 1}.xml`
const mediaName = (sheet: number, at: number, type: string) =>
  `sheet${sheet + 1}picture${at + 1}.${type}`

export const sheetPath = (index: number) => `xl/worksheets/sheet${index + 1}.xml`

const office = 'application/vnd.openxmlformats-officedocument'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const properties = 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties'

/** The parts that hold the sheets together; they come before the sheets. */
export function framing(
  plans: readonly SheetPlan[],
  about: { creator: string; at: string },
): Part[] {
  const parts: [path: string, xml: string][] = [
    ['[Content_Types].xml', contentTypes(plans)],
    ['_rels/.rels', packageRels],
    ['docProps/core.xml', coreXml(about)],
    ['docProps/app.xml', appXml],
    ['xl/workbook.xml', workbookXml(plans)],
    ['xl/_rels/workbook.xml.rels', workbookRels(plans.length)],
  ]
  return parts.map(([path, xml]) => ({ path, content: [declaration, xml] }))
}

function contentTypes(plans: readonly SheetPlan[]): string {
  const override = (path: string, type: string) =>
    `<Override PartName="/${path}" ContentType="${type}"/>`
  return (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    '<Default Extension="png" ContentType="image/png"/>' +
    '<Default Extension="jpeg" ContentType="image/jpeg"/>' +
    override('xl/workbook.xml', `${office}.spreadsheetml.sheet.main+xml`) +
    plans
      .map((_, index) => override(sheetPath(index), `${office}.spreadsheetml.worksheet+xml`))
      .join('') +
    withPictures(plans)
      .map(({ index }) => override(drawingPath(index), `${office}.drawing+xml`))
      .join('') +
    override('xl/styles.xml', `${office}.spreadsheetml.styles+xml`) +
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml') +
    override('docProps/app.xml', `${office}.extended-properties+xml`) +
    '</Types>'
  )
}

function withPictures(plans: readonly SheetPlan[]) {
  return plans.flatMap(({ pictures = [] }, index) =>
    pictures.length > 0 ? [{ index, pictures }] : [],
  )
}

/**
 * The drawings of the sheets and their pictures; each picture is made when its turn comes.
 *
 * @param draw makes a PNG of an SVG
 */
export function* pictureParts(
  plans: readonly SheetPlan[],
  draw: (svg: string) => Uint8Array,
): Generator<Part> {
  for (const { index, pictures } of withPictures(plans)) {
    const name = `drawing${index + 1}.xml`
    const media = pictures.map((each, at) => mediaName(index, at, typeOf(each)))
    const toMedia = media.map((file, at) =>
      relation(at + 1, `${relations}/image`, `../media/${file}`),
    )
    yield {
      path: `xl/worksheets/_rels/sheet${index + 1}.xml.rels`,
      content: relationsXml([relation(1, `${relations}/drawing`, `../drawings/${name}`)]),
    }
    yield { path: drawingPath(index), content: [drawingXml(pictures)] }
    yield { path: `xl/drawings/_rels/${name}.rels`, content: relationsXml(toMedia) }
    for (const [at, picture] of pictures.entries()) {
      yield { path: `xl/media/${media[at]}`, content: imageOf(picture, draw) }
    }
  }
}

function typeOf({ image }: Picture): string {
  return image.type === 'svg' ? 'png' : image.type
}

function* imageOf({ image }: Picture, draw: (svg: string) => Uint8Array): Generator<Uint8Array> {
  yield image.type === 'svg' ? draw(image.source) : image.bytes
}

function relationsXml(all: readonly string[]): string[] {
  return [declaration, `<Relationships xmlns="${packageRelations}">${all.join('')}</Relationships>`]
}

function relation(id: number, type: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="${type}" Target="${target}"/>`
}

const packageRels = `<Relationships xmlns="${packageRelations}">${[
  relation(1, `${relations}/officeDocument`, 'xl/workbook.xml'),
  relation(2, `${packageRelations}/metadata/core-properties`, 'docProps/core.xml'),
  relation(3, `${relations}/extended-properties`, 'docProps/app.xml'),
].join('')}</Relationships>`

function workbookRels(sheets: number): string {
  const own = counted(sheets).map((index) =>
    relation(index + 1, `${relations}/worksheet`, `worksheets/sheet${index + 1}.xml`),
  )
  const styles = relation(sheets + 1, `${relations}/styles`, 'styles.xml')
  return `<Relationships xmlns="${packageRelations}">${own.join('')}${styles}</Relationships>`
}

function workbookXml(plans: readonly SheetPlan[]): string {
  const sheets = plans.map(
    ({ name }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  const names = plans.flatMap((plan, index) => {
    const titles = printTitles(plan)
    const name = `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">`
    return titles === '' ? [] : [`${name}${escaped(titles)}</definedName>`]
  })
  return (
    `<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr/>` +
    `<bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets.join('')}</sheets>` +
    `${names.length > 0 ? `<definedNames>${names.join('')}</definedNames>` : ''}` +
    '<calcPr calcId="171027"/></workbook>'
  )
}

/** The columns and the row that are repeated on every printed page. */
function printTitles({ name, filter, pagesWide, repeated }: SheetPlan): string {
  const columns = pagesWide > 1 && repeated ? [`'${name}'!$A:$${letterOf(repeated - 1)}`] : []
  const rows = filter ? [`'${name}'!$${filter.row}:$${filter.row}`] : []
  return [...columns, ...rows].join(',')
}

function coreXml({ creator, at }: { creator: string; at: string }): string {
  const instant = `${at.slice(0, 19)}Z`
  return (
    `<cp:coreProperties xmlns:cp="${properties}" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:creator>${escaped(creator)}</dc:creator>` +
    `<cp:lastModifiedBy>${escaped(creator)}</cp:lastModifiedBy>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${instant}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${instant}</dcterms:modified>` +
    '</cp:coreProperties>'
  )
}

const appXml =
  '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">' +
  '<Application>Rancang</Application></Properties>'

function counted(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}
