import type { KeptTable } from '../db/kept.ts'
import { type Action, type Actor, can } from '../domain/access.ts'

/** The records that can be put back, and who may: whoever may edit them by their own form. */
const edits: { [T in KeptTable]?: Action } = {
  government: 'government.edit',
  signatory: 'government.edit',
  opd: 'opd.edit',
  affair: 'affair.edit',
  opdDuty: 'opd.edit',
  opdPeople: 'inventory.edit',
  opdAnswer: 'inventory.edit',
  opdBudget: 'inventory.edit',
  location: 'inventory.edit',
  internetAccess: 'inventory.edit',
  deviceSurvey: 'inventory.edit',
  infrastructureNeed: 'need.edit',
  application: 'application.edit',
  nationalApplication: 'national.edit',
  fgdSession: 'fgd.edit',
  sessionItem: 'fgd.edit',
  attendance: 'fgd.edit',
  minute: 'fgd.edit',
  followUp: 'fgd.edit',
  proposal: 'proposal.edit',
  checkAnswer: 'proposal.move',
  assessor: 'scoring.edit',
  round: 'scoring.edit',
  recusal: 'scoring.edit',
  rating: 'rating.edit',
  phase: 'phase.edit',
}

export function isRestorable(entity: string): entity is KeptTable {
  return entity in edits
}

export function mayRestore(actor: Actor, entity: string): boolean {
  const action = isRestorable(entity) ? edits[entity] : undefined
  return action !== undefined && can(actor, action)
}
