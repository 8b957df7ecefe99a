import { fillIn, idOf, press, type Shot } from './shot.ts'

/** The pictures of docs/representative.md, in the order in which they are taken: they change data. */
export const representative: readonly Shot[] = [
  {
    name: 'representative-card',
    as: 'petugas',
    on: ['desktop'],
    url: (stage) => `/opd/links?opd=${idOf(stage, 'opd', 'Dinas Pariwisata%')}`,
    act: (page) => press(page, 'Buat dan tampilkan kartu'),
    part: '.slip',
  },
  {
    name: 'representative-welcome',
    as: 'guest',
    on: ['phone'],
    url: ({ link }) => link,
    act: (page) => fillIn(page, { name: 'Maria Goreti', position: 'Sekretaris' }),
  },
  { name: 'representative-page', as: 'phone', on: ['phone'], url: () => '/o' },
  {
    name: 'representative-offices',
    as: 'phone',
    on: ['phone'],
    url: () => '/o',
    part: '#offices',
  },
  {
    name: 'representative-proposals',
    as: 'phone',
    on: ['phone'],
    url: () => '/o',
    part: '#proposals',
  },
  {
    name: 'representative-result',
    as: 'phone',
    on: ['phone'],
    url: () => '/o',
    part: '#result',
  },
  {
    name: 'representative-confirm',
    as: 'phone',
    on: ['phone'],
    url: () => '/o',
    part: '#confirmation',
  },
  {
    name: 'representative-confirmed',
    as: 'phone',
    on: ['phone'],
    url: () => '/o',
    act: async (page) => {
      await fillIn(page, { note: 'Jumlah perangkat di UPT menyusul.' })
      await press(page, 'Nyatakan kembali')
    },
    part: '#confirmation',
  },
]
