import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'

/**
 * Puts the built server and its workers with all that they import into few files in `dist/bundle`: to
 * find and read a thousand small ones was a third of the start. Nothing is written while it is newer
 * than what it is made of: a server that runs may begin a worker at any moment.
 */
const root = resolve(import.meta.dirname, '..')
const bundle = join(root, 'dist', 'bundle')

const programs = ['server', 'backup/worker', 'report/worker']

/** They bring programs of the machine with them, which stay where npm put them. */
const native = ['better-sqlite3', '@node-rs/argon2', '@resvg/resvg-js']

if (!isNew()) {
  const input = Object.fromEntries(programs.map((name) => [name, `dist/src/${name}.js`]))
  const made = await rolldown({ cwd: root, input, platform: 'node', external: native })
  await made.write({
    dir: bundle,
    cleanDir: true,
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: packageOf, debugName: 'package' }] },
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    plugins: [{ name: 'ascii', generateBundle: (_, files) => Object.values(files).forEach(ascii) }],
  })
}

function isNew() {
  const at = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)
  const of = [join(root, 'dist', '.tsbuildinfo'), join(root, 'package-lock.json')]
  return at(join(bundle, 'server.js')) > Math.max(...of.map(at), at(import.meta.filename))
}

/** By what is imported together: reading one large file leaves 12 MB more behind. */
function packageOf(id) {
  const [, name = 'rest'] = /.*(?:node_modules|dist\/src)\/((?:@[^/]+\/)?[^/.]+)/.exec(id) ?? []
  return name.replace('/', '-')
}

/** Text of one byte a sign takes half the memory. What follows a backslash stays as it is. */
function ascii(file) {
  file.code = file.code.replace(
    /(?<!\\)[\u0080-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
