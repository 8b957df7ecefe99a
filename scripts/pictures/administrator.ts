import { fillIn, idOf, press, type Shot } from './shot.ts'

/** The pictures of docs/administrator.md, in the order in which they are taken: they change data. */
export const administrator: readonly Shot[] = [
  {
    name: 'administrator-invite',
    as: 'admin',
    on: ['desktop'],
    url: () => '/accounts/new',
    act: async (page) => {
      await fillIn(page, { name: 'Theresia Ndiwa', username: 'theresia' })
      await page.locator('[name="roles"][value="staff"]').check()
    },
  },
  {
    name: 'administrator-link',
    as: 'admin',
    on: ['desktop'],
    url: () => '/accounts/new',
    act: async (page) => {
      await fillIn(page, { name: 'Theresia Ndiwa', username: 'theresia' })
      await page.locator('[name="roles"][value="staff"]').check()
      await press(page, 'Buat akun dan tautan')
    },
  },
  {
    name: 'administrator-account',
    as: 'admin',
    on: ['desktop'],
    url: () => '/accounts?q=petugas',
    act: async (page) => {
      await page.getByRole('link', { name: 'Petugas Diskominfo', exact: true }).click()
      await page.waitForLoadState('load')
    },
  },
  {
    name: 'administrator-removed',
    as: 'petugas',
    on: ['desktop'],
    url: (stage) => `/locations/${idOf(stage, 'location', 'Kantor Dinas Sosial%')}/removal`,
    act: async (page) => {
      await press(page, 'Hapus lokasi kantor')
      await page.goto(new URL('/history/removed', page.url()).href)
      await page
        .getByRole('link', { name: /^Lihat dan kembalikan/ })
        .first()
        .click()
      await page.waitForURL(/\/removed\/\d+$/)
    },
  },
  {
    name: 'administrator-log',
    as: 'admin',
    on: ['desktop'],
    url: () => '/accounts/log',
  },
]
