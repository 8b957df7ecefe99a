export const checks = {
  'check.duty.met': 'Menjalankan tupoksi: {butir}.',
  'check.duty.check':
    'Butir tupoksi diketik saat pengusulan dan belum diverifikasi. Cocokkan dengan {dasar_hukum}.',
  'check.duty.checkListed': 'Butir tupoksi belum diverifikasi. Cocokkan dengan {dasar_hukum}.',
  'check.duty.not': 'Tugas ini milik {opd_lain}. Alihkan usulan, atau usulkan bersama.',
  'check.duty.notUnnamed':
    'Tugas ini bukan tupoksi OPD pengusul. Alihkan usulan, atau usulkan bersama.',
  'check.duty.none': 'Butir tupoksi belum ditunjuk.',

  'check.internet.met': 'Internet tersedia di {n} dari {m} lokasi pemakaian.',
  'check.internet.planned': 'Direncanakan tersedia {tahun} ({kebutuhan}), sebelum {tahap}.',
  'check.internet.plannedOpen': 'Direncanakan tersedia {tahun} ({kebutuhan}).',
  'check.internet.not':
    'Belum ada internet di {lokasi}, dan belum ada rencana sebelum {tahap}. Catat kebutuhan infrastruktur, atau pilih tahap yang lebih kemudian.',
  'check.internet.notOpen':
    'Belum ada internet di {lokasi}, dan belum ada rencana penyediaannya. Catat kebutuhan infrastruktur.',
  'check.internet.none': 'Akses internet {lokasi} belum didata.',
  'check.internet.noLocation': 'Lokasi pemakaian belum ditunjuk.',

  'check.national.met':
    'Tidak ada aplikasi nasional untuk fungsi ini (diperiksa {nama}, {tanggal}).',
  'check.national.check':
    'Mungkin sudah dilayani {aplikasi} ({pemilik}). Bandingkan fungsinya: sama, sebagian, atau berbeda.',
  'check.national.not':
    'Fungsi ini dilayani {aplikasi}. Sarankan: pakai aplikasi nasional, catat tindak lanjut (akun, pelatihan, integrasi).',
  'check.national.notUnnamed':
    'Fungsi ini dilayani aplikasi nasional. Sarankan: pakai aplikasi nasional, catat tindak lanjut (akun, pelatihan, integrasi).',
  'check.national.none': 'Belum diperiksa: ada tidaknya aplikasi nasional untuk fungsi ini.',

  'check.similar.met': 'Tidak ditemukan yang serupa (diperiksa {nama}, {tanggal}).',
  'check.similar.check': 'Mirip dengan {judul} milik {opd}. Bandingkan.',
  'check.similar.checkHidden':
    'Ada yang serupa di OPD lain. {dinas} akan menghubungi Anda; usulan tetap dapat diajukan.',
  'check.similar.not':
    'Sama dengan {judul}. Sarankan: digabung, berbagi pakai, atau mengembangkan yang ada.',
  'check.similar.notHidden':
    'Sudah ada yang sama. {dinas} akan menghubungi Anda; usulan dapat digabung, berbagi pakai, atau mengembangkan yang ada.',
  'check.similar.none': 'Belum diperiksa: ada tidaknya aplikasi atau usulan yang serupa.',

  'check.settled.met': 'Dinyatakan terpenuhi (diperiksa {nama}, {tanggal}).',
  'check.settled.not': 'Dinyatakan belum terpenuhi (diperiksa {nama}, {tanggal}).',

  'check.footnote':
    'Pemeriksaan ini tidak mengubah skor dan tidak menghapus usulan. Perencana memutuskan dengan alasan.',
} as const
