import type { security as source } from '../id/security.ts'

export const security: Record<keyof typeof source, string> = {
  'security.title': 'Security',
  'security.lede': 'What Rancang guards, what it cannot promise yet, and how to report a weakness.',
  'security.report': 'Reporting a weakness',
  'security.report.text':
    'Tell the people who run Rancang at {dinas} in private, not in public. Give the steps that repeat it, the version of the program and what it allows. A first answer comes within five working days. Only the newest version is supported.',
  'security.kept': 'What is guarded',
  'security.kept.1':
    'Passwords are kept only as argon2id hashes; sessions and links only as SHA-256.',
  'security.kept.2':
    'Every page declares who may open it, and every query on the data of an agency is narrowed to what its reader may see.',
  'security.kept.3':
    'Every change is recorded: who, when, the old and the new contents. The history cannot be changed, and each entry is tied to the one before it.',
  'security.kept.4': 'What is said to be saved survives a power cut.',
  'security.kept.5': 'Pages load nothing from outside, and work without scripts.',
  'security.open': 'What cannot be promised yet',
  'security.open.1':
    'On a network without https, pages and passwords can be read by whoever listens on that network.',
  'security.open.2':
    'There is no second factor yet: the password of an administrator alone opens the administration of accounts.',
  'security.open.3': 'One server process writes one database file.',
  'security.open.4': 'Entries cut off at the end of the history cannot be noticed.',
  'security.open.5':
    'Rules on the mix and the age of passwords are not enforced; length and a list of common passwords are.',
}
