/** A form of a page as a browser would fill it in untouched. */
export type PageForm = {
  action: string
  /** Sent as `multipart/form-data`, for it has a file. */
  isMultipart: boolean
  /** The name of every field with its value as shown; a choice that is open has the value ''. */
  fields: [name: string, value: string][]
  /** Names of the fields in which something can be typed. */
  typed: string[]
  /** Everything that can be filled in or chosen, in its order; the choices of one name together. */
  controls: Control[]
}

export type Control = {
  name: string
  /** Of an input its type, else `textarea` or `select`. */
  type: string
  inputMode: string
  /** The values to choose from, but for the empty one; of a box to tick the value it sends. */
  choices: string[]
}

const attribute = (tag: string, name: string) =>
  decode(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

function decode(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** The forms of a page that post, read from its HTML, which our own templates wrote. */
export function formsOf(html: string): PageForm[] {
  return [...html.matchAll(/<form\b[^>]*method="post"[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => {
    const fields: [string, string][] = []
    const typed: string[] = []
    for (const [tag] of form
      .replace(/<template[\s\S]*?<\/template>/g, '')
      .matchAll(
        /<(?:input|textarea|select)\b[^>]*>(?:[^<]*<\/textarea>|(?:\s*<(?:option|optgroup)[\s\S]*?<\/select>)?)?/g,
      )) {
      const name = attribute(tag, 'name')
      if (!name || /^<input[^>]*\sdisabled/.test(tag)) continue
      const type = attribute(tag, 'type')
      if ((type === 'checkbox' || type === 'radio') && !/\schecked/.test(tag)) continue
      fields.push([name, shownValue(tag, type)])
      if (!name.startsWith('_') && type !== 'hidden') typed.push(name)
    }
    return {
      action: attribute(form, 'action'),
      isMultipart: attribute(form, 'enctype') === 'multipart/form-data',
      fields,
      typed: [...new Set(typed)],
      controls: controlsOf(form),
    }
  })
}

function controlsOf(form: string): Control[] {
  const controls = new Map<string, Control>()
  const visible = form.replace(/<template[\s\S]*?<\/template>/g, '')
  for (const [tag, kind] of visible.matchAll(
    /<(input|textarea|select)\b[^>]*>(?:(?<=<select[^>]*>)[\s\S]*?<\/select>)?/g,
  )) {
    const name = attribute(tag, 'name')
    const type = kind === 'input' ? attribute(tag, 'type') || 'text' : (kind ?? '')
    if (!name || type === 'hidden' || /^<input[^>]*\sdisabled/.test(tag)) continue
    const known = controls.get(name) ?? {
      name,
      type,
      inputMode: attribute(tag, 'inputmode'),
      choices: [],
    }
    if (type === 'select') {
      for (const [option] of tag.matchAll(/<option\b[^>]*>/g)) {
        const value = attribute(option, 'value')
        if (value) known.choices.push(value)
      }
    } else if (type === 'checkbox' || type === 'radio') {
      const value = attribute(tag, 'value')
      if (value) known.choices.push(value)
    }
    controls.set(name, known)
  }
  return [...controls.values()]
}

function shownValue(tag: string, type: string): string {
  if (tag.startsWith('<textarea'))
    return decode(/>([\s\S]*)<\/textarea>/.exec(tag)?.[1] ?? '').trim()
  if (tag.startsWith('<select')) {
    const chosen = /<option[^>]*\sselected[^>]*>/.exec(tag)?.[0]
    return chosen ? attribute(chosen, 'value') : ''
  }
  return attribute(tag, 'value') || (type === 'checkbox' ? 'on' : '')
}
