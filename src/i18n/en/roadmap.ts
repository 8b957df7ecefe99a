import type { roadmap as source } from '../id/roadmap.ts'

export const roadmap: Record<keyof typeof source, string> = {
  'roadmap.title': 'Roadmap',
  'roadmap.lede':
    'Proposals by phase: first what officials decided, then by computed rank until ceiling and capacity are used up.',
  'roadmap.phases': 'Phases',
  'roadmap.phases.manage': 'Manage phases',
  'roadmap.phases.lede':
    'Years, indicative ceiling and capacity of each phase. Their order is that of their years.',
  'roadmap.phases.add': 'Add a phase',
  'roadmap.phases.edit': 'Change the phase',
  'roadmap.phases.remove': 'Remove the phase',
  'roadmap.phases.empty':
    'No phase yet. Add the first one with its years; ceiling and capacity may follow.',
  'roadmap.phases.up': 'Move earlier',
  'roadmap.phases.down': 'Move later',
  'roadmap.phases.moveNote':
    'A phase moved earlier trades place and years with the one before it; name, ceiling and capacity go with it.',
  'roadmap.field.name': 'Name',
  'roadmap.field.name.hint': 'For example “Tahap 1”.',
  'roadmap.field.yearFrom': 'From year',
  'roadmap.field.yearTo': 'To year',
  'roadmap.field.ceiling': 'Indicative ceiling',
  'roadmap.field.ceiling.hint':
    'Rupiah for all the years of this phase. Leave it empty if it is not known yet.',
  'roadmap.field.capacity': 'Capacity',
  'roadmap.field.capacity.hint':
    'How many applications can be built in this phase. Leave it empty if it is not known yet.',
  'roadmap.field.capacity.unit': 'applications',
  'roadmap.years': 'Years',
  'roadmap.unknown': 'Not known yet',
  'roadmap.error.name': 'Enter the name of the phase.',
  'roadmap.error.yearFrom': 'Enter the first year.',
  'roadmap.error.yearTo': 'Enter the last year.',
  'roadmap.error.years': 'The last year cannot be before the first.',
  'roadmap.error.overlap': 'Its years overlap those of {name} ({from} to {to}).',
  'roadmap.remove.free':
    'No decision names this phase. Proposals computed into it are computed into other phases.',
  'roadmap.remove.hangs':
    '{n} decisions name this phase, earlier ones included, so it cannot be removed. Decisions are never changed; change its name or years if you need to.',
  'roadmap.remove.see': 'See the decisions',

  'roadmap.empty':
    'No phase yet. The roadmap takes shape once phases, ceilings and capacities are entered.',
  'roadmap.proposals': '{n} proposals',
  'roadmap.noProposals': 'No proposal in this phase yet.',
  'roadmap.usedOf': 'Used {used} of the ceiling {ceiling}.',
  'roadmap.used': 'Used {used}; the ceiling is not known yet.',
  'roadmap.uncounted': '{n} proposals have no estimate yet and are not counted.',
  'roadmap.capacityOf': '{n} of {m} applications',
  'roadmap.capacity': '{n} applications; capacity not known yet',
  'roadmap.over': 'Exceeds the ceiling by {amount} because of decisions.',
  'roadmap.overCapacity': 'Exceeds the capacity by {n} applications because of decisions.',
  'roadmap.noEstimate': 'No estimate yet',
  'roadmap.adoption': 'Adoption of the national application',
  'roadmap.byRank': 'As computed',
  'roadmap.rank': 'Computed rank {n}',
  'roadmap.notRanked': 'Not ranked yet',
  'roadmap.passed': 'Passed over in this phase: {n} proposals',
  'roadmap.obstacle.ceiling': 'Would exceed the ceiling of {phase} by {amount}.',
  'roadmap.obstacle.capacity': 'The capacity of {n} applications is used up.',
  'roadmap.obstacle.prerequisite': 'Waits for its prerequisite.',
  'roadmap.nowhere': 'Fits no phase',
  'roadmap.nowhere.lede': 'Ranked, but ceiling or capacity of every phase is used up.',
  'roadmap.nextStage': 'Next stage, not determined yet',
  'roadmap.nextStage.lede': 'Officials decided to build it; its phase will follow.',
  'roadmap.postponed': 'Postponed',
  'roadmap.postponed.lede': 'Takes no place in a phase until it is looked at again.',
  'roadmap.postponed.again': 'To be looked at again {date}',
  'roadmap.unrated': 'Cannot be placed yet',
  'roadmap.unrated.lede': 'Neither completely rated nor decided.',
  'roadmap.unrated.rate': 'Complete the ratings',
  'roadmap.costs': 'Cost by year',
  'roadmap.costs.lede':
    'The upper estimate falls in the first year of the phase, running cost in the years after.',
  'roadmap.year': 'Year',
  'roadmap.total': 'Total',
}
