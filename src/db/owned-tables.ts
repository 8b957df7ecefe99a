/**
 * The tables whose rows belong to an OPD, each with the SQL that finds the owner's id. A feature's
 * `Db` does not have them in its type: the only way to read one is `owned`, which asks for a scope.
 */
export const ownerOf = {
  opd: 'opd.id',
  opdDuty: 'opd_duty.opd_id',
  opdPeople: 'opd_people.opd_id',
  opdAnswer: 'opd_answer.opd_id',
  opdConfirmation: 'opd_confirmation.opd_id',
  location: 'location.opd_id',
  internetAccess: '(select l.opd_id from location l where l.id = internet_access.location_id)',
  deviceSurvey: '(select l.opd_id from location l where l.id = device_survey.location_id)',
  deviceCount:
    '(select l.opd_id from location l join device_survey s on s.location_id = l.id where s.id = device_count.survey_id)',
  opdBudget: 'opd_budget.opd_id',
  infrastructureNeed: 'infrastructure_need.opd_id',
  needProposal: '(select n.opd_id from infrastructure_need n where n.id = need_proposal.need_id)',
  application: 'application.opd_id',
  applicationChoice:
    '(select a.opd_id from application a where a.id = application_choice.application_id)',
  applicationOpd:
    '(select a.opd_id from application a where a.id = application_opd.application_id)',
  integration: '(select a.opd_id from application a where a.id = integration.application_id)',
  proposal: 'proposal.opd_id',
  proposalChoice: '(select p.opd_id from proposal p where p.id = proposal_choice.proposal_id)',
  proposalLocation: '(select p.opd_id from proposal p where p.id = proposal_location.proposal_id)',
  proposalOpd: '(select p.opd_id from proposal p where p.id = proposal_opd.proposal_id)',
  proposalRequires: '(select p.opd_id from proposal p where p.id = proposal_requires.proposal_id)',
  proposalCost: '(select p.opd_id from proposal p where p.id = proposal_cost.proposal_id)',
  checkAnswer: '(select p.opd_id from proposal p where p.id = check_answer.proposal_id)',
  rating: '(select p.opd_id from proposal p where p.id = rating.proposal_id)',
  decision: '(select p.opd_id from proposal p where p.id = decision.proposal_id)',
  placement: '(select p.opd_id from proposal p where p.id = placement.proposal_id)',
  publicationItem: '(select p.opd_id from proposal p where p.id = publication_item.proposal_id)',
  event: 'event.opd_id',
} as const

export type OwnedTable = keyof typeof ownerOf
