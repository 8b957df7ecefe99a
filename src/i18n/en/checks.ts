import type { checks as id } from '../id/checks.ts'

export const checks: Record<keyof typeof id, string> = {
  'check.duty.met': 'Carries out the duty: {butir}.',
  'check.duty.check':
    'The duty was typed in with the proposal and is not verified yet. Compare it with {dasar_hukum}.',
  'check.duty.checkListed': 'The duty is not verified yet. Compare it with {dasar_hukum}.',
  'check.duty.not':
    'This duty belongs to {opd_lain}. Hand the proposal over, or propose it together.',
  'check.duty.notUnnamed':
    'This is no duty of the proposing agency. Hand the proposal over, or propose it together.',
  'check.duty.none': 'No duty has been named yet.',

  'check.internet.met': 'Internet is available at {n} of {m} {m|location|locations} of use.',
  'check.internet.planned': 'Planned to be available in {tahun} ({kebutuhan}), before {tahap}.',
  'check.internet.plannedOpen': 'Planned to be available in {tahun} ({kebutuhan}).',
  'check.internet.not':
    'No internet yet at {lokasi}, and none planned before {tahap}. Record an infrastructure need, or choose a later phase.',
  'check.internet.notOpen':
    'No internet yet at {lokasi}, and none planned. Record an infrastructure need.',
  'check.internet.none': 'Internet access of {lokasi} has not been recorded yet.',
  'check.internet.noLocation': 'No location of use has been named yet.',

  'check.national.met': 'No national application for this function (checked by {nama}, {tanggal}).',
  'check.national.check':
    'May already be served by {aplikasi} ({pemilik}). Compare the functions: same, partly, or different.',
  'check.national.not':
    'This function is served by {aplikasi}. Advise: use the national application, record the follow-up (accounts, training, integration).',
  'check.national.notUnnamed':
    'This function is served by a national application. Advise: use it, record the follow-up (accounts, training, integration).',
  'check.national.none':
    'Not checked yet: whether a national application exists for this function.',

  'check.similar.met': 'Nothing similar found (checked by {nama}, {tanggal}).',
  'check.similar.check': 'Resembles {judul} of {opd}. Compare them.',
  'check.similar.checkHidden':
    'Another agency has something similar. {dinas} will contact you; the proposal can still be submitted.',
  'check.similar.not': 'The same as {judul}. Advise: merge, share, or extend the one that exists.',
  'check.similar.notHidden':
    'The same exists already. {dinas} will contact you; the proposal can be merged, shared, or extend the one that exists.',
  'check.similar.none': 'Not checked yet: whether something similar exists or is proposed.',

  'check.settled.met': 'Declared met (checked by {nama}, {tanggal}).',
  'check.settled.not': 'Declared not met (checked by {nama}, {tanggal}).',

  'check.footnote':
    'These checks change no score and delete no proposal. The planner decides, with a reason.',
}
