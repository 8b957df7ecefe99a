import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { policyPage } from '../scripts/policy-table.ts'
import { inProject } from '../src/root.ts'

test('docs/policy.md says what the program does (npm run policy writes it)', () => {
  expect(readFileSync(inProject('docs', 'policy.md'), 'utf8')).toBe(policyPage())
})
