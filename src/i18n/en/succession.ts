import type { succession as source } from '../id/succession.ts'

export const succession: Record<keyof typeof source, string> = {
  'succession.title': 'Change of agencies',
  'succession.lede':
    'Record an agency that is split, joined with others or renamed. All that it has goes to its successors.',
  'succession.open': 'Split, join or rename',
  'succession.group.when': 'Since when, and by what',
  'succession.field.startsOn': 'In force from',
  'succession.field.startsOn.hint':
    'The first day of the successors; the old agency ends the day before.',
  'succession.field.document': 'Legal basis',
  'succession.field.document.hint':
    'For example “Perda Nomor 4 Tahun 2016 tentang Perangkat Daerah”.',
  'succession.group.with': 'Other agencies that end with it',
  'succession.group.with.hint': 'Where several agencies are joined at once.',
  'succession.with.choose': 'Choose the agencies joined with it',
  'succession.group.to': 'Successors',
  'succession.group.to.hint':
    'One new successor means renamed; two or more mean split; an agency that exists means joined to it.',
  'succession.to.choose': 'Choose agencies that exist',
  'succession.search': 'Search for an agency',
  'succession.fresh': 'New successor {n}',
  'succession.next': 'On to the assignment',
  'succession.back': 'Change the date or the successors',

  'succession.assign.title': 'Assign to the successors',
  'succession.assign.rename': '{names} becomes {successors} from {date}.',
  'succession.assign.split': '{names} is split into {successors} from {date}.',
  'succession.assign.merge': '{names} is joined to {successors} from {date}.',
  'succession.rest': 'The same for all',
  'succession.rest.hint':
    'The successor of every row for which none is chosen below. Change only the rows that differ.',
  'succession.rest.row': 'The same for all',
  'succession.stay': 'Stays with the old agency',
  'succession.stay.account': 'Access ends',
  'succession.column.what': 'Record',
  'succession.column.from': 'From',
  'succession.column.to': 'Successor',
  'succession.choiceFor': 'Successor for {name}',
  'succession.count': 'Rows: {n}',
  'succession.section.unit': 'Units of the agency',
  'succession.section.duty': 'Duties',
  'succession.section.affair': 'Government affairs',
  'succession.section.location': 'Offices',
  'succession.section.application': 'Existing applications',
  'succession.section.used': 'Applications of others in use',
  'succession.section.need': 'Infrastructure needs',
  'succession.section.proposal': 'Proposed applications',
  'succession.section.further': 'Proposals of others it takes part in',
  'succession.section.followUp': 'Follow-ups not done yet',
  'succession.section.assessor': 'Assessors',
  'succession.section.people': 'Entries of employees',
  'succession.section.budget': 'ICT budget',
  'succession.section.account': 'Accounts of representatives',
  'succession.section.location.note':
    'Internet access, devices and needs of that office go with it.',
  'succession.section.proposal.note':
    'Every proposal moves with its number, also those decided: the successor carries them out.',
  'succession.section.assessor.note':
    'Assessors do not rate proposals of their own agency; choose the successor they work for.',
  'succession.section.people.note':
    'Old entries usually stay as history; the successors record their own employees.',
  'succession.section.budget.note':
    'Old budgets usually stay as history; the successors record their own.',
  'succession.section.account.note':
    'Without a choice the access ends: nobody sees the data of a successor by accident.',
  'succession.alone': 'All of them go to {name}.',
  'succession.people.row': 'As of {date}',
  'succession.along': 'What happens by itself',
  'succession.along.ends':
    'Valid until {date}. Sessions, minutes and records keep the name of the old agency.',
  'succession.along.needs': 'Infrastructure needs that go with their office: {n}.',
  'succession.along.links':
    'Agency links that end, with the devices on which they are open: {n}. Make new ones for the successors.',
  'succession.along.sessions': 'Sessions to come that invite all successors: {n}.',
  'succession.submit': 'Record the change of agencies',
  'succession.done':
    'The change of agencies is recorded. Successors: {n}. Make new links for them.',

  'succession.error.startsOn': 'Enter the day from which it is in force.',
  'succession.error.document': 'Enter the legal basis.',
  'succession.error.nobody': 'Choose an agency that exists, or enter at least one new successor.',
  'succession.error.toCome': 'That day is still to come. Record the change once it is in force.',
  'succession.error.early': '{name} is in force only after that day.',
  'succession.error.later': 'The successor {name} is in force only after that day.',
  'succession.undo': 'Undo the change of offices',
  'succession.undo.lede':
    'What was handed on goes back to the former agency: {list}. Links that ended stay ended.',
  'succession.undo.bare': 'The former agency goes on.',
  'succession.undo.formed': 'Removed, as they began with this change: {names}.',
  'succession.undo.done': 'The change of offices is undone.',
  'succession.undo.changed': 'It cannot be undone: changed again since: {list}.',
  'succession.undo.recorded':
    'It cannot be undone: agencies that began with this change hold {list}. Move or remove these first.',
  'succession.error.ended': '{name} has ended already.',
  'succession.error.level': 'Agencies are joined with agencies, and units with units.',
  'succession.error.self': '{name} ends with this change, so it cannot be a successor.',
  'succession.error.below': '{name} is a unit of an agency that ends.',
  'succession.error.over': 'This agency has ended already.',
  'succession.error.open': 'Choose a successor for all, or one for each. Not assigned: {n}.',
  'succession.error.unit': '{name} is a unit itself, so it cannot have units.',
  'succession.error.twice':
    '{name} already has an entry for {label}. Leave it with the old agency.',
  'succession.error.rated':
    'This assessor has rated proposals that go to {name}: {n}; these ratings would no longer count. Leave the assessor with the old agency.',
  'succession.error.cleared': 'Other agencies go on for this one, so its last day stays.',
}
