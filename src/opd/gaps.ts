import { type Action, type Actor, can } from '../domain/access.ts'
import type { OpdCompleteness, OpdPart } from '../domain/completeness.ts'
import type { Message } from '../errors.ts'
import { paths } from '../web/paths.ts'

/** What an OPD still lacks: the part, what of it, and the form that fills it. */
export type Gap = {
  part: OpdPart
  required: boolean
  text: Message
  /** Absent where the reader may not fill it, or the program has no form for it. */
  href: string | undefined
}

/** An office with what is recorded of it. */
type Office = {
  locationId: number
  name: string
  internetOn: string | undefined
  devicesOn: string | undefined
}

const shown = 5

/** The parts not done, in their order, each with the form that fills it. */
export function gapsOf(
  actor: Actor,
  opdId: number,
  { parts }: OpdCompleteness,
  offices: readonly Office[],
): Gap[] {
  const link = (action: Action, href: string) => (can(actor, action) ? href : undefined)
  const atOffices = (part: 'internet' | 'devices', lacking: readonly Office[]) => [
    ...lacking.slice(0, shown).map(({ locationId, name }) => ({
      text: { key: `opd.gap.${part}`, params: { name } } as const,
      href: link(
        'inventory.edit',
        part === 'internet' ? paths.internetNew(locationId) : paths.devicesNew(locationId),
      ),
    })),
    ...(lacking.length > shown
      ? [
          {
            text: { key: 'opd.gap.more', params: { n: lacking.length - shown } } as const,
            href: '#offices',
          },
        ]
      : []),
  ]
  const fills: Record<OpdPart, () => Pick<Gap, 'text' | 'href'>[]> = {
    head: () => [{ text: { key: 'opd.gap.head' }, href: link('opd.edit', paths.opdEdit(opdId)) }],
    duties: () => [{ text: { key: 'opd.gap.duties' }, href: link('opd.edit', '#duties') }],
    people: () => [
      { text: { key: 'opd.gap.people' }, href: link('inventory.edit', paths.peopleNew(opdId)) },
    ],
    locations: () => [
      offices.length === 0
        ? {
            text: { key: 'opd.gap.locations' },
            href: link('inventory.edit', paths.locationNew(opdId)),
          }
        : { text: { key: 'opd.gap.mainOffice' }, href: '#offices' },
    ],
    internet: () =>
      offices.length === 0
        ? [{ text: { key: 'opd.gap.internetLater' }, href: undefined }]
        : atOffices(
            'internet',
            offices.filter((office) => !office.internetOn),
          ),
    devices: () =>
      offices.length === 0
        ? [{ text: { key: 'opd.gap.devicesLater' }, href: undefined }]
        : atOffices(
            'devices',
            offices.filter((office) => !office.devicesOn),
          ),
    applications: () => [
      {
        text: { key: 'opd.gap.applications' },
        href: link('application.edit', paths.applicationNew({ opd: opdId })),
      },
    ],
    proposals: () => [
      {
        text: { key: 'opd.gap.proposals' },
        href: link('proposal.edit', paths.proposalNew({ opd: opdId })),
      },
    ],
    budget: () => [
      { text: { key: 'opd.gap.budget' }, href: link('inventory.edit', paths.budgetNew(opdId)) },
    ],
    confirmation: () => [
      {
        text: { key: 'opd.gap.confirmation' },
        href: link('inventory.edit', `${paths.portalOf(opdId)}#confirmation`),
      },
    ],
  }
  return parts
    .filter(({ done }) => !done)
    .flatMap(({ part, required }) =>
      fills[part]().map(({ text, href }) => ({ part, required, text, href })),
    )
}
