import { Eta, type TemplateFunction } from 'eta'

/**
 * The engine of the views, every template named from their folder: `/partials/icon`.
 *
 * A partial gets what its `include` names and nothing else; without a second argument it gets what the
 * template has that includes it. A layout gets the page's values, its own and the `body`; the page's
 * `keep`, where there is one, is told the same before.
 */
export function templatesIn(folder: string): Eta {
  return new Templates({ views: folder, cache: true })
}

/**
 * Eta's own functions copy all of a page's values for every `include`, find its file anew and carry
 * helpers that nobody calls: most of a page's time, where each row has several partials.
 */
class Templates extends Eta {
  private readonly known = new Map<string, TemplateFunction>()

  override compileToString = (template: string): string => {
    const body = this.compileBody(this.parse(template))
      .replaceAll('__eta.res', '$html')
      .replaceAll('__eta.e(', '$escape(')
    const lines = ["let $html = ''; const $escape = this.config.escapeFunction", body]
    if (body.includes('include(')) {
      lines.unshift('const include = (name, values = it) => this.part(name, values)')
    }
    if (body.includes('layout(')) {
      lines.unshift(
        'let frame, framed',
        'const layout = (name, own) => { frame = name; framed = own }',
      )
      lines.push(
        'if (frame) it.keep?.({ layout: frame, own: framed, body: $html })',
        'if (frame) return this.part(frame, { ...it, ...framed, body: $html })',
      )
    }
    return [...lines, 'return $html'].join('\n')
  }

  /** A partial or a layout with its values. */
  part(name: string, values: object): string {
    const template = this.known.get(name) ?? this.compiled(name)
    return template.call(this, values)
  }

  private compiled(name: string): TemplateFunction {
    const template = this.compile(this.readFile(this.resolvePath(name)))
    this.known.set(name, template)
    return template
  }
}
