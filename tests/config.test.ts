import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BadSettings, readConfig, settingNames } from '../src/config.ts'

const root = resolve(import.meta.dirname, '..')

describe('the settings', () => {
  test('.env.example names every setting and no other', () => {
    const example = readFileSync(resolve(root, '.env.example'), 'utf8')
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    expect(named.sort()).toEqual([...settingNames].sort())
  })

  test('every mistake is told at once', () => {
    expect(() =>
      readConfig({ PORT: 'abc', LOG_LEVEL: 'loud', DATABASE_URL: 'postgres://x' }),
    ).toThrow(BadSettings)
    try {
      readConfig({ PORT: 'abc', LOG_LEVEL: 'loud', DATABASE_URL: 'postgres://x' })
    } catch (error) {
      const lines = String((error as Error).message).split('\n')
      expect(lines.map((line) => line.split(':')[0])).toEqual(['PORT', 'DATABASE_URL', 'LOG_LEVEL'])
    }
  })

  test('limits of requests can be lifted on the loopback only', () => {
    expect(() => readConfig({ RATE_LIMIT: 'off', HOST: '0.0.0.0' })).toThrow('RATE_LIMIT')
    expect(readConfig({ RATE_LIMIT: 'off' }).rateLimit).toBe(false)
  })
})

describe('what is installed', () => {
  const lock = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean; version?: string }>
  }
  const project = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
    devDependencies: Record<string, string>
    allowScripts: Record<string, boolean>
  }

  test('every version is exact', () => {
    const versions = Object.values({ ...project.dependencies, ...project.devDependencies })
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  test('one package alone may run a script when it is installed', () => {
    expect(project.allowScripts).toEqual({ 'better-sqlite3': true })
  })

  test('the lockfile names no address', () => {
    expect(readFileSync(resolve(root, 'package-lock.json'), 'utf8')).not.toMatch(
      /"resolved": "http/,
    )
    expect(Object.keys(lock.packages).length).toBeGreaterThan(50)
  })
})
