/** What forms answer when something typed cannot be taken. */
export const form = {
  'form.required': 'Isian ini perlu diisi.',
  'form.unreadable': 'Isian ini tidak terbaca. Ketik ulang tanpa tanda khusus.',
  'form.unknownField':
    'Formulir memuat isian yang tidak dikenal. Muat ulang halaman, lalu coba lagi.',
  'form.stale': 'Formulir ini tidak utuh. Muat ulang halaman, lalu kirim lagi.',
  'form.oneLine': 'Tulis dalam satu baris.',
  'form.tooLong': 'Terlalu panjang: {n} huruf, paling banyak {max}.',
  'form.notInteger': '“{typed}” bukan bilangan bulat. Tulis angkanya saja, misalnya 120.',
  'form.notNumber': '“{typed}” bukan angka. Tulis angkanya saja, misalnya 12,5.',
  'form.twoReadings':
    '“{typed}” dapat dibaca dua cara. Tulis tanpa titik untuk ribuan, dengan koma untuk pecahan.',
  'form.notMoney': '“{typed}” tidak terbaca. Tulis angkanya saja, misalnya 120000000.',
  'form.tooSmall': 'Paling kecil {min}.',
  'form.tooLarge': 'Paling besar {max}.',
  'form.notDay': '“{typed}” bukan tanggal. Tulis misalnya 14/09/2018.',
  'form.dayToCome':
    'Tanggal ini belum tiba. Isi tanggal keadaan yang didata, paling lambat hari ini.',
  'form.notClock': '“{typed}” bukan jam. Tulis misalnya 09.30.',
  'form.notInList': 'Pilih jawaban dari daftar.',
  'form.taken': 'Sudah dipakai. Pilih yang lain.',
  'form.conflict':
    '{name} sudah mengubah isian ini {at}. Punya Anda: {mine}. Tersimpan: {stored}. Pilih salah satu, lalu simpan lagi.',
  'form.empty': '(kosong)',
  'form.changedMeanwhile':
    'Data ini baru saja diubah orang lain. Muat ulang halaman, lalu coba lagi.',
  'form.removedMeanwhile': 'Data ini sudah dihapus.',
  'form.keyReused':
    'Formulir ini sudah dikirim dengan isi yang berbeda. Muat ulang halaman, lalu coba lagi.',
  'form.full':
    'Penyimpanan komputer tempat Rancang berjalan penuh. Beri tahu pengelolanya; simpan lagi setelah ada ruang.',
  'form.ended':
    '{name} sudah berakhir dan diteruskan oleh {successors}. Catat dan ubah datanya di sana.',
  'form.ended.nobody': '{name} sudah berakhir; tidak ada lagi yang dicatat padanya.',
  'form.counted': '{n} {noun}',
  'form.counted.other': 'data lain',
  'form.removal.goes': 'Ikut terhapus',
  'form.removal.stays': 'Tetap ada, hanya tidak lagi terkait',
  'form.removal.hangs': 'Data terkait',
  'form.removal.none': 'Tidak ada',
  'form.removal.back': 'Cara mengembalikan',
  'form.removal.restorable': 'Tercatat di riwayat dan dapat dikembalikan dari',
  'form.removal.final': 'Tercatat di riwayat, tetapi tidak dapat dikembalikan dari sana',
  'form.hanging': 'Belum dapat dihapus karena masih terkait dengan {list}.',
  'form.hanging.clear': 'Belum dapat dihapus. Hapus atau lepaskan dahulu yang masih terkait:',
  'form.hanging.more': 'dan {n} lainnya',
  'form.hanging.unseen':
    'data yang tidak dapat Anda lihat, milik OPD lain atau dinas: mintalah bantuan petugas',
  'form.stillUsed': 'Belum dapat dihapus karena masih dipakai data lain.',
  'form.saved': 'Tersimpan.',
  'form.savedNamed': 'Tersimpan: {name}.',
  'form.nothingChanged': 'Tidak ada yang berubah.',
  'form.removed': 'Sudah dihapus.',
  'form.removed.back': 'Kembalikan',
} as const
