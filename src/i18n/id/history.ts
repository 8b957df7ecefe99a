/** The history of a record in words. */
export const history = {
  'history.insert': 'Dicatat',
  'history.update': 'Diubah',
  'history.remove': 'Dihapus',
  'history.of': '{what}: {fields}',
  'history.values': 'Lihat isinya',
  'history.empty': 'Belum ada riwayat.',
  'history.way.import': 'melalui impor',
  'history.way.link': 'melalui tautan OPD',
  'history.yes': 'Ya',
  'history.no': 'Tidak',
} as const
