import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'

/**
 * Puts the built server and its workers with all that they import into few files in `dist/bundle`: to
 * find and read a thousand small ones was a third of the start. Nothing is written while it is made of
 * the same, and what is new is made beside and takes its place at once: a server that runs may begin a
 * worker at any moment, and a build that breaks off leaves what was there.
 */
const root = resolve(import.meta.dirname, '..')
const bundle = join(root, 'dist', 'bundle')
const coming = join(root, 'dist', 'bundle-coming')
const going = join(root, 'dist', 'bundle-going')

const workers = ['backup/worker', 'report/worker']

/** They bring programs of the machine with them, which stay where npm put them. */
const native = ['better-sqlite3', '@node-rs/argon2', '@resvg/resvg-js']

const stamp = join(bundle, 'made-of')
const now = madeOf()
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== now) {
  remove(coming, going)
  await make('server', '[name].js')
  for (const name of workers) await make(name, `${dirname(name)}/[name].js`)
  writeFileSync(join(coming, 'made-of'), now)
  if (existsSync(bundle)) renameSync(bundle, going)
  renameSync(coming, bundle)
  remove(going)
}

function remove(...folders) {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}

/**
 * Each program by itself: a file is run as a whole, and a worker that shared the server's would keep
 * 15 MB of forms and routes that it never asks for.
 */
async function make(name, chunkFileNames) {
  const input = { [name]: `dist/src/${name}.js` }
  const made = await rolldown({ cwd: root, input, platform: 'node', external: native })
  await made.write({
    dir: coming,
    chunkFileNames,
    codeSplitting: { groups: [{ name: packageOf, debugName: 'package' }] },
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    plugins: [{ name: 'ascii', generateBundle: (_, files) => Object.values(files).forEach(ascii) }],
  })
}

/** By contents, not by times: what is fetched or unpacked may be older than what was made before. */
function madeOf() {
  const of = ['dist/.tsbuildinfo', 'node_modules/.package-lock.json', import.meta.filename]
  const hash = createHash('sha256')
  for (const path of of) hash.update(readFileSync(resolve(root, path)))
  return hash.digest('hex')
}

/** By what is imported together: reading one large file leaves 12 MB more behind. */
function packageOf(id) {
  const [, name = 'rest'] = /.*(?:node_modules|dist\/src)\/((?:@[^/]+\/)?[^/.]+)/.exec(id) ?? []
  return name.replace('/', '-')
}

/** Text of one byte a sign takes half the memory: beyond ASCII, strings and patterns get escapes. */
function ascii(file) {
  if (!/[^\0-\x7f]/.test(file.code)) return
  let code = ''
  let done = 0
  const texts = textsOf(parseAst(file.code)).toSorted((a, b) => a.start - b.start)
  for (const { start, end } of texts) {
    code += file.code.slice(done, start) + escaped(file.code.slice(start, end))
    done = end
  }
  file.code = code + file.code.slice(done)
}

/** The strings, patterns and pieces of templates; but a tag may read how its pieces are spelled. */
function textsOf(node) {
  if (node === null || typeof node !== 'object') return []
  if (node.type === 'Literal' || node.type === 'TemplateElement') return [node]
  if (node.type === 'TaggedTemplateExpression') return textsOf([node.tag, node.quasi.expressions])
  return Object.values(node).flatMap(textsOf)
}

/** A sign behind a backslash stays: an escape of it would say a backslash and the sign's number. */
function escaped(text) {
  return text.replace(/(?<!\\)[^\0-\x7f]/gu, (sign) =>
    sign
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
