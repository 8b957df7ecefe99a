import { fillIn, idOf, press, type Shot } from './shot.ts'

/** The pictures of docs/reader.md, assessor.md, planner.md and staff.md, in this order: the last change data. */
export const guides: readonly Shot[] = [
  {
    name: 'reader-session',
    as: 'pimpinan',
    on: ['desktop'],
    url: (stage) => `/fgd/1?opd=${idOf(stage, 'opd', 'Dinas Pariwisata%')}`,
  },
  {
    name: 'reader-publication',
    as: 'pimpinan',
    on: ['desktop'],
    url: () => '/publications',
  },
  {
    name: 'planner-publication',
    as: 'perencana',
    on: ['desktop'],
    url: () => '/publications/new',
  },
  {
    name: 'assessor-own',
    as: 'penilai',
    on: ['desktop'],
    url: (stage) => `/scoring/rounds/1/ratings/${idOf(stage, 'assessor', 'Penilai dari Bappeda')}`,
  },
  {
    name: 'assessor-sheet',
    as: 'perencana',
    on: ['desktop'],
    url: () => '/scoring/rounds/1/sheets/1',
  },
  {
    name: 'planner-ratings',
    as: 'perencana',
    on: ['desktop'],
    url: () => '/scoring/rounds/1/ratings/1',
  },
  {
    name: 'staff-missing',
    as: 'petugas',
    on: ['desktop'],
    url: (stage) => `/fgd/1/missing?opd=${idOf(stage, 'opd', 'Dinas Kearsipan%')}`,
  },
  {
    name: 'staff-session',
    as: 'petugas',
    on: ['desktop'],
    url: () => '/fgd/1/state?to=open',
    act: async (page) => {
      await fillIn(page, { reason: 'Masukan Dinas Perhubungan tertinggal' })
      await press(page, 'Buka kembali')
      await page.getByRole('link', { name: /^Dishub/ }).click()
      await page.waitForLoadState('load')
    },
  },
]
