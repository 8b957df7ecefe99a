import { writeFileSync } from 'node:fs'
import { inProject } from '../src/root.ts'
import { policyPage } from './policy-table.ts'

/** Writes docs/policy.md anew, after a change of the policy or of its words. */
writeFileSync(inProject('docs', 'policy.md'), policyPage())
