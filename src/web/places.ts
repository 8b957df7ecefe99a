import { paths } from './paths.ts'

type Fields = Record<string, unknown>

/** The page on which a record is shown; undefined where it has none. */
export function pageOf(entity: string, id: number, row: Fields): string | undefined {
  const of = (column: string) => Number(row[column])
  switch (entity) {
    case 'government':
    case 'signatory':
      return paths.settings()
    case 'opd':
      return paths.opd(id)
    case 'affair':
      return paths.affairs()
    case 'nationalApplication':
      return paths.nationals()
    case 'location':
      return paths.location(id)
    case 'internetAccess':
    case 'deviceSurvey':
      return paths.location(of('locationId'))
    case 'application':
      return paths.application(id)
    case 'infrastructureNeed':
      return paths.need(id)
    case 'fgdSession':
      return paths.session(id)
    case 'proposal':
      return paths.proposal(id)
    case 'checkAnswer':
    case 'decision':
    case 'placement':
      return paths.proposal(of('proposalId'))
    case 'round':
      return paths.round(id)
    case 'recusal':
    case 'rating':
      return paths.round(of('roundId'))
    case 'criterionSet':
      return paths.criterionSet(id)
    case 'criterion':
    case 'weighting':
      return paths.criterionSet(of('setId'))
    case 'assessor':
      return paths.assessors()
    case 'followUp':
      return row.fgdSessionId ? paths.session(of('fgdSessionId')) : paths.followUpOwn(id)
    case 'phase':
      return paths.phases()
    default:
      return parentPage(row)
  }
}

function parentPage({ fgdSessionId, opdId }: Fields): string | undefined {
  if (typeof fgdSessionId === 'number') return paths.session(fgdSessionId)
  return typeof opdId === 'number' ? paths.opd(opdId) : undefined
}
