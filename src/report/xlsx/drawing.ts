import type { Picture } from '../layout.ts'
import { declaration, escaped, relations } from './xml.ts'

const spreadsheet = 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing'
const main = 'http://schemas.openxmlformats.org/drawingml/2006/main'
/** English Metric Units in a pixel of 1/96 inch. */
const emu = 9525

/** The pictures of one sheet; the n-th is the relation `rId<n>`. */
export function drawingXml(pictures: readonly Picture[]): string {
  return (
    `${declaration}<xdr:wsDr xmlns:xdr="${spreadsheet}" xmlns:a="${main}" xmlns:r="${relations}">` +
    `${pictures.map(anchorXml).join('')}</xdr:wsDr>`
  )
}

/** At the corner of one cell, in its own size: it does not grow with the cells. */
function anchorXml({ name, about, column, row, width, height }: Picture, index: number): string {
  const size = `cx="${Math.round(width * emu)}" cy="${Math.round(height * emu)}"`
  const from =
    `<xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>${4 * emu}</xdr:colOff>` +
    `<xdr:row>${row}</xdr:row><xdr:rowOff>${4 * emu}</xdr:rowOff></xdr:from>`
  const told = `id="${index + 2}" name="${escaped(name)}" descr="${escaped(about)}"`
  return (
    `<xdr:oneCellAnchor>${from}<xdr:ext ${size}/><xdr:pic>` +
    `<xdr:nvPicPr><xdr:cNvPr ${told}/>` +
    '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>' +
    `<xdr:blipFill><a:blip r:embed="rId${index + 1}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>` +
    `<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm>` +
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>' +
    '<xdr:clientData/></xdr:oneCellAnchor>'
  )
}
