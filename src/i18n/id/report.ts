/** The page from which the workbook is downloaded; the words of the workbook stand in its sheets. */
export const report = {
  'report.title': 'Laporan',
  'report.lede': 'Buku kerja Excel dengan seluruh data, penilaian, penetapan, dan peta jalan.',
  'report.state': 'Keadaan data per {at}.',
  'report.drafts': '{n} draf usulan belum diajukan dan tidak dimuat.',
  'report.download': 'Unduh buku kerja',
  'report.download.note':
    'Penyusunan memerlukan beberapa detik. Setiap unduhan dicatat: siapa, kapan, dan berkas apa.',
  'report.internal': 'Sertakan nama penilai (salinan internal)',
  'report.internal.hint':
    'Tanpa tanda ini penilai disebut dengan nomor. Salinan internal tidak untuk diedarkan.',
  'report.contents': 'Isi buku kerja',
  'report.contents.lede':
    'Setiap lembar dengan jumlah baris datanya. Angka yang dihitung ditulis sebagai rumus, sehingga dapat diperiksa.',
  'report.sheet': 'Lembar',
  'report.about': 'Isi',
  'report.rows': 'Baris data',
  'report.lacks': 'Yang masih kurang',
  'report.lacks.lede': 'Buku kerja tetap dapat diunduh; bagian ini akan tampak kosong di dalamnya.',
  'report.lacks.nothing': 'Tidak ada yang kurang. Buku kerja siap diedarkan.',
  'report.lacks.opd': 'Belum ada OPD.',
  'report.lacks.proposals': 'Belum ada usulan yang diajukan.',
  'report.lacks.set': 'Set kriteria dan bobot belum ditetapkan.',
  'report.lacks.phases': 'Tahap belum dibuat.',
  'report.lacks.legalBases': 'Dasar hukum belum diisi pada pengaturan pemerintah daerah.',
  'report.lacks.signatories': 'Pejabat penanda tangan belum diisi.',
  'report.lacks.duties': '{n} OPD belum memiliki butir tupoksi.',
  'report.lacks.internet': '{n} lokasi belum didata akses internetnya.',
  'report.lacks.devices': '{n} lokasi belum didata perangkatnya.',
  'report.lacks.cost': '{n} usulan belum ada perkiraan biaya dan tidak ikut dijumlahkan.',
  'report.lacks.ratings': '{n} usulan belum lengkap dinilai dan tidak diperingkat.',
  'report.lacks.decisions': '{n} usulan belum ditetapkan.',
} as const
