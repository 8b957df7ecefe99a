import { copyFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../src/testing/app.ts'
import { ownFolder, postForm, startServer } from './faults/server.ts'

describe('an error of ours', () => {
  let it: TestApp
  beforeEach(async () => {
    it = await testApp()
  })
  afterEach(() => it.close())

  test.each(['handler', 'view'])(
    'in a %s: a page with a number in words, no stack, no statement',
    async (place) => {
      it.app.get('/meledak', { config: { access: 'page.public' } }, async (_request, reply) => {
        if (place === 'view') return reply.page({ path: 'tidak/ada' }, {})
        throw new Error('select rahasia from account')
      })
      const staff = await it.signIn(['staff'])
      const answer = await it.get('/meledak', staff)
      expect(answer.statusCode).toBe(500)
      expect(answer.body).toContain('Nomor kejadian')
      expect(answer.body).not.toMatch(/rahasia|\.ts:|\.js:|at Object|select/)
    },
  )

  test('what is not there answers 404 in the language of the reader', async () => {
    expect((await it.get('/tidak-ada')).body).toContain('Halaman tidak ditemukan')
    expect((await it.get('/tidak-ada', 'rancang_language=en')).body).not.toContain(
      'Halaman tidak ditemukan',
    )
  })
})

describe('the log', () => {
  test('holds no secret that was typed, and a line break in it makes no line', async () => {
    const it = await testApp()
    it.clock.now = new Date()
    const cookie = await it.signIn(['staff'])
    it.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
    const folder = ownFolder()
    copyFileSync(it.connection.file, folder.file)
    await it.close()
    const server = await startServer(folder.file, { LOG_LEVEL: 'debug' })
    try {
      const canary = 'KENARI-9271'
      await postForm(
        server,
        '/sign-in',
        { username: `${canary}\r\n{"level":30,"palsu":1}`, password: canary },
        '',
      )
      await postForm(server, '/password', { old: canary, password: canary, again: canary }, cookie)
      await fetch(`${server.url}/setup/${canary}`)
      await fetch(`${server.url}/o/${canary}`)
      await fetch(`${server.url}/invite/${canary}`)
      await fetch(`${server.url}/opd/%0d%0a${canary}`, {
        headers: { cookie: `rancang_session=${canary}` },
      })
      await postForm(server, '/opd', { name: canary, kind: canary, contactPhone: canary }, cookie)
      expect(server.log()).not.toContain(canary)
      expect(server.log()).not.toContain('palsu')
      for (const line of server
        .log()
        .split('\n')
        .filter((text) => text.startsWith('{')))
        JSON.parse(line)
    } finally {
      server.child.kill('SIGTERM')
      await server.ended
      folder.remove()
    }
  }, 60_000)
})
