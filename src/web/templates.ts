import { Eta } from 'eta'

/** The engine of the views; where a template stands is worked out once, not at every `include`. */
export function templatesIn(folder: string): Eta {
  const eta = new Eta({ views: folder, cache: true })
  const resolve = eta.resolvePath
  const known = new Map<string, string>()
  eta.resolvePath = (template, options) => {
    const path = known.get(template) ?? resolve?.call(eta, template, options) ?? template
    if (template.startsWith('/')) known.set(template, path)
    return path
  }
  return eta
}
