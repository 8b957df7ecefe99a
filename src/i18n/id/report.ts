/** The page from which the workbook is downloaded; the words of the workbook stand in its sheets. */
export const report = {
  'report.title': 'Laporan',
  'report.lede': 'Buku kerja Excel dengan seluruh data, penilaian, penetapan, dan peta jalan.',
  'report.state': 'Keadaan data per {at}.',
  'report.drafts': '{n} draf usulan belum diajukan dan tidak dimuat.',
  'report.download': 'Unduh buku kerja',
  'report.download.note':
    'Penyusunan memerlukan beberapa detik; bila lebih lama, halaman ini boleh ditinggalkan. Setiap unduhan dicatat: siapa, kapan, dan berkas apa.',
  'report.internal': 'Sertakan nama penilai (salinan internal)',
  'report.internal.hint':
    'Tanpa tanda ini penilai disebut dengan nomor. Salinan internal tidak untuk diedarkan.',
  'report.exports': 'Buku kerja Anda',
  'report.exports.lede':
    'Yang sedang disusun dan yang sudah jadi. Berkas dihapus satu jam setelah jadi, atau saat Anda keluar.',
  'report.export.waiting': 'Menunggu giliran',
  'report.export.reading': 'Membaca data',
  'report.export.sheet': 'Menyusun lembar {n} dari {m}: {sheet}',
  'report.export.ready': 'Siap diunduh',
  'report.export.failed': 'Tidak jadi',
  'report.export.failed.busy':
    'Terlalu banyak pekerjaan yang mengantre. Susun lagi beberapa menit lagi.',
  'report.export.failed.disk':
    'Penyimpanan komputer tempat Rancang berjalan penuh. Minta pengelola mengosongkan ruang, lalu susun lagi.',
  'report.export.failed.time':
    'Penyusunan melewati dua menit dan dihentikan. Susun lagi saat Rancang tidak sedang ramai, atau minta pengelola menjalankan npm run report.',
  'report.export.failed.memory':
    'Data terlalu besar untuk memori yang disediakan. Minta pengelola menjalankan npm run report.',
  'report.export.failed.other':
    'Penyusunan gagal karena kesalahan pada Rancang. Susun sekali lagi; bila tetap gagal, sampaikan nomor {reference} kepada pengelola.',
  'report.export.kb': '{size} kB',
  'report.export.mb': '{size} MB',
  'report.export.internal': 'Salinan internal',
  'report.export.lede':
    'Keadaan data per {at}. Halaman ini boleh ditinggalkan; penyusunan berjalan terus.',
  'report.export.refresh': 'Segarkan',
  'report.export.cancel': 'Batalkan',
  'report.export.again': 'Susun lagi',
  'report.export.cancelled': 'Penyusunan dibatalkan.',
  'report.export.removed': 'Buku kerja dihapus.',
  'report.export.enough':
    'Dua buku kerja Anda masih disusun. Tunggu sampai jadi atau batalkan salah satunya di halaman Laporan.',
  'report.export.gone':
    'Buku kerja ini tidak ada lagi: dihapus setelah satu jam, saat Anda keluar, atau saat Rancang dimulai ulang. Susun lagi dari halaman Laporan.',
  'report.pending': 'Isi buku kerja sedang dihitung.',
  'report.pending.older': 'Data berubah sesudah itu; isi yang baru sedang dihitung.',
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
