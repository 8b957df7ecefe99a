import { Resvg } from '@resvg/resvg-js'
import { inProject } from '../root.ts'
import { typeFace } from './charts.ts'

const fonts = ['regular', 'semibold'].map((weight) =>
  inProject('views', 'assets', 'fonts', `plus-jakarta-sans-${weight}.ttf`),
)

/** Dots for each pixel of the drawing: sharp on paper. */
const density = 2

/** The drawing as PNG, with the type face of the program whatever the system has. */
export function pngOf(svg: string): Uint8Array {
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: density },
    font: { loadSystemFonts: false, fontFiles: fonts, defaultFontFamily: typeFace },
  })
  return drawing.render().asPng()
}
