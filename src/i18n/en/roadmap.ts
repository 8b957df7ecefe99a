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
  'roadmap.group': 'About the phase',
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
  'roadmap.remove.note':
    '{n} {n|proposal is|proposals are} computed into this phase; {n|its|their} place will be computed anew.',
  'roadmap.remove.hangs':
    '{n} {n|decision names|decisions name} this phase, earlier ones included, so it cannot be removed. Decisions are never changed; change its name or years if you need to.',
  'roadmap.remove.see': 'See the decisions',

  'roadmap.empty':
    'No phase yet. The roadmap takes shape once phases, ceilings and capacities are entered.',
  'roadmap.proposals': '{n} {n|proposal|proposals}',
  'roadmap.noProposals': 'No proposal in this phase yet.',
  'roadmap.usedOf': 'Used {used} of the ceiling {ceiling}.',
  'roadmap.used': 'Used {used}; the ceiling is not known yet.',
  'roadmap.carried': 'Including running costs of {amount} from earlier phases.',
  'roadmap.more': 'Show all: {n} {n|more proposal|more proposals}',
  'roadmap.uncounted':
    '{n} {n|proposal has|proposals have} no estimate yet and {n|is|are} not counted.',
  'roadmap.capacityOf': '{n} of {m} {m|application|applications}',
  'roadmap.capacity': '{n} {n|application|applications}; capacity not known yet',
  'roadmap.over': 'Exceeds the ceiling by {amount} because of decisions or moves.',
  'roadmap.overCapacity':
    'Exceeds the capacity by {n} {n|application|applications} because of decisions or moves.',
  'roadmap.noEstimate': 'No estimate yet',
  'roadmap.adoption': 'Adoption of the national application',
  'roadmap.byRank': 'As computed',
  'roadmap.rank': 'Computed rank {n}',
  'roadmap.notRanked': 'Not ranked yet',
  'roadmap.passed': 'Passed over in this phase: {n} {n|proposal|proposals}',
  'roadmap.obstacle.ceiling': 'Would exceed the ceiling of {phase} by {amount}.',
  'roadmap.obstacle.later':
    'Its cost in the years after it is built would exceed the ceiling of {phase} by {amount}.',
  'roadmap.obstacle.capacity': 'The capacity of {n} {n|application|applications} is used up.',
  'roadmap.obstacle.prerequisite': 'Waits for its prerequisites: {names}.',
  'roadmap.requires': 'Prerequisites: {names}',
  'roadmap.waitsFor': 'Prerequisites not in this phase or an earlier one: {names}',
  'roadmap.moved': 'Moved by a planner',
  'roadmap.movedFrom': 'Moved from {phase}: {reason}',
  'roadmap.movedFromNowhere': 'Moved; computed to be in no phase yet: {reason}',
  'roadmap.move': 'Move a proposal to another phase',
  'roadmap.move.link': 'Move',
  'roadmap.move.lede':
    'Holds until an official decides. The computed place stays visible beside it, and so does every earlier move.',
  'roadmap.move.now': 'Place now',
  'roadmap.move.computed': 'Computed',
  'roadmap.move.nowhere': 'In no phase yet',
  'roadmap.move.to': 'Move to',
  'roadmap.move.back': 'Back to the computed place',
  'roadmap.move.reason': 'Reason for the move',
  'roadmap.move.submit': 'Move',
  'roadmap.move.earlier': 'Recorded moves',
  'roadmap.move.done': 'The move has been recorded.',
  'roadmap.error.moveReason': 'Enter the reason for the move.',
  'roadmap.error.moveSame': 'Choose another place than the present one.',
  'roadmap.error.decided':
    'An official has decided on this proposal. Its phase follows that decision.',
  'roadmap.remove.moved':
    'Proposals were moved to this phase once, so it cannot be removed. Change its name or years if need be.',
  'roadmap.nowhere': 'Fits no phase',
  'roadmap.nowhere.lede': 'Ranked, but ceiling or capacity of every phase is used up.',
  'roadmap.unschedulable': 'Cannot be scheduled',
  'roadmap.unschedulable.lede':
    'Ranked, but waiting for what will stand in no phase as things are.',
  'roadmap.stuck.gone': 'Prerequisite {name} is {state}. Remove it, or choose another one.',
  'roadmap.stuck.unrated':
    'Prerequisite {name} is neither completely rated nor decided. Complete its ratings, or remove the prerequisite.',
  'roadmap.stuck.noPhase':
    'Prerequisite {name} is decided without a phase. Decide its phase, or remove the prerequisite.',
  'roadmap.stuck.edit': 'Edit prerequisites',
  'roadmap.stuck.see': 'Open {name}',
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
    'The upper estimate falls in the first year of the phase, or by year where that was given; running cost in the years after.',
  'roadmap.year': 'Year',
  'roadmap.total': 'Total',
}
