import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, test, vi } from 'vitest'
import { inProject } from './root.ts'
import { Stopping, TooMuchWork, TooSlow, type Workshop, workshop } from './workshop.ts'

/** A shop whose tasks end when the test says so, and the tasks that were begun, in their order. */
function shopOf(): { shop: Workshop; begun: string[]; end: (name: string) => void } {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const shop = workshop(({ program }, signal) => {
    begun.push(program)
    return new Promise((resolve, reject) => {
      ends.set(program, () => resolve(program))
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  })
  return { shop, begun, end: (name) => ends.get(name)?.() }
}
const task = (program: string) => ({ program, data: undefined })

test('one task at a time, in the order of asking, but for what comes first', async () => {
  const { shop, begun, end } = shopOf()
  const gone = new AbortController()
  const first = shop.run(task('satu'))
  const given = shop.run(task('tiga'), { signal: gone.signal })
  const all = [first, shop.run(task('dua')), shop.run(task('angka'), { first: true })]
  expect(begun).toEqual(['satu'])
  gone.abort(new Error('cancelled'))
  await expect(given).rejects.toThrow('cancelled')
  for (const [at, name] of ['satu', 'angka', 'dua'].entries()) {
    await expect.poll(() => begun[at]).toBe(name)
    expect(begun).toHaveLength(at + 1)
    end(name)
  }
  expect(await Promise.all(all)).toEqual(['satu', 'dua', 'angka'])
})

test('a task that fails gives the next its turn', async () => {
  const { shop, begun, end } = shopOf()
  const cancel = new AbortController()
  const failed = shop.run(task('gagal'), { signal: cancel.signal })
  const next = shop.run(task('lanjut'))
  cancel.abort(new Error('cancelled'))
  await expect(failed).rejects.toThrow('cancelled')
  await expect.poll(() => begun).toEqual(['gagal', 'lanjut'])
  end('lanjut')
  expect(await next).toBe('lanjut')
})

test('the twenty-second is refused; at the stop all are told, and nothing begins any more', async () => {
  const { shop, begun } = shopOf()
  const all = Array.from({ length: 21 }, (_, n) => shop.run(task(`${n}`)))
  const told = Promise.allSettled(all)
  await expect(shop.run(task('lebih'))).rejects.toBeInstanceOf(TooMuchWork)
  await shop.stop()
  for (const each of await told) {
    expect(each.status === 'rejected' && each.reason).toBeInstanceOf(Stopping)
  }
  await expect(shop.run(task('sesudah'))).rejects.toBeInstanceOf(Stopping)
  expect(begun).toEqual(['0'])
})

test('a task given up as its turn comes is not begun', async () => {
  const { shop, begun } = shopOf()
  const cancel = new AbortController()
  const onStart = () => cancel.abort(new Error('cancelled'))
  const work = shop.run(task('satu'), { signal: cancel.signal, onStart })
  await expect(work).rejects.toThrow('cancelled')
  expect(begun).toEqual([])
})

test('a thread that is given up ends at once', async () => {
  const cancel = new AbortController()
  const data = { kind: 'contents', databaseFile: '/tidak/ada.sqlite', at: '' }
  const work = workshop().run(
    { program: 'report/worker', data },
    { signal: cancel.signal, onStart: () => setTimeout(() => cancel.abort(new Error('batal')), 1) },
  )
  await expect(work).rejects.toThrow('batal')
})

test('a thread that goes on for two minutes is ended, and the next has its turn', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rancang-workshop-'))
  writeFileSync(join(folder, 'endless.js'), 'setInterval(() => {}, 1000)')
  const program = relative(inProject('dist', 'bundle'), join(folder, 'endless'))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const shop = workshop()
    let isOver = false
    const endless = shop.run({ program, data: undefined }).finally(() => {
      isOver = true
    })
    const told = expect(endless).rejects.toBeInstanceOf(TooSlow)
    const next = shop.run({
      program: relative(inProject('dist', 'bundle'), join(folder, 'none')),
      data: undefined,
    })
    const failed = expect(next).rejects.toThrow(/none/)
    await vi.advanceTimersByTimeAsync(119_999)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await told
    await failed
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
    rmSync(folder, { recursive: true })
  }
})
