/** What the console says to the one who starts the program: one sentence each. */
export const start = {
  'start.listening': 'Rancang dapat dibuka di {address}',
  'start.copied': 'Salinan basis data terakhir: {at} (folder {folder}).',
  'start.copiedLongAgo':
    'Perhatian: salinan basis data terakhir dibuat {at}, lebih dari 24 jam yang lalu (folder {folder}).',
  'start.neverCopied': 'Belum ada salinan basis data di folder {folder}.',
  'start.setup':
    'Belum ada akun. Buka tautan ini untuk menyiapkan Rancang (sekali pakai, berlaku 1 jam): {link}',
  'start.settings':
    'Rancang tidak dapat dimulai: pengaturan belum benar ({list}); perbaiki di berkas .env atau di variabel lingkungan, lalu jalankan lagi.',
  'start.portTaken':
    'Rancang tidak dapat dimulai: porta {port} di {host} sudah dipakai program lain; hentikan program itu atau ganti PORT di berkas .env, lalu jalankan lagi.',
  'start.portForbidden':
    'Rancang tidak dapat dimulai: porta {port} di {host} tidak boleh dipakai oleh pengguna ini; ganti PORT di berkas .env dengan angka di atas 1023, lalu jalankan lagi.',
  'start.hostUnknown':
    'Rancang tidak dapat dimulai: alamat {host} (porta {port}) bukan alamat komputer ini; ganti HOST di berkas .env, lalu jalankan lagi.',
  'start.noFolder':
    'Rancang tidak dapat dimulai: folder {folder} tidak ada dan tidak dapat dibuat; buat folder itu atau ganti DATABASE_URL di berkas .env, lalu jalankan lagi.',
  'start.folder':
    'Rancang tidak dapat dimulai: folder {folder} tidak dapat ditulisi; beri izin menulis bagi pengguna yang menjalankan Rancang atau ganti DATABASE_URL di berkas .env, lalu jalankan lagi.',
  'start.notFile':
    'Rancang tidak dapat dimulai: {file} adalah folder, bukan berkas basis data; ganti DATABASE_URL di berkas .env, lalu jalankan lagi.',
  'start.readOnly':
    'Rancang tidak dapat dimulai: berkas basis data {file} hanya dapat dibaca; beri izin menulis bagi pengguna yang menjalankan Rancang, lalu jalankan lagi.',
  'start.inUse':
    'Rancang tidak dapat dimulai: berkas basis data {file} sedang dipakai Rancang yang lain; hentikan Rancang itu lebih dahulu, lalu jalankan lagi.',
  'start.locked':
    'Rancang tidak dapat dimulai: berkas basis data {file} sedang dikunci program lain; tutup program itu, lalu jalankan lagi.',
  'start.empty':
    'Rancang tidak dapat dimulai: berkas basis data {file} kosong (0 bita) dan dibiarkan apa adanya; kembalikan dari salinan ({copy}), atau hapus berkas itu bila memang baru, lalu jalankan lagi.',
  'start.damaged':
    'Rancang tidak dapat dimulai: berkas basis data {file} rusak dan dibiarkan apa adanya; pindahkan berkas itu, kembalikan dari salinan ({copy}), lalu jalankan lagi.',
  'start.foreign':
    'Rancang tidak dapat dimulai: berkas {file} bukan basis data Rancang dan dibiarkan apa adanya; ganti DATABASE_URL di berkas .env, lalu jalankan lagi.',
  'start.newer':
    'Rancang tidak dapat dimulai: berkas basis data {file} dibuat oleh Rancang yang lebih baru dan dibiarkan apa adanya; pasang Rancang versi terbaru, lalu jalankan lagi.',
  'start.database':
    'Rancang tidak dapat dimulai: berkas basis data {file} tidak dapat disiapkan ({reason}); data di dalamnya tetap seperti semula, periksa ruang penyimpanan dan izin berkas, lalu jalankan lagi.',
  'start.unexpected':
    'Rancang tidak dapat dimulai: {reason}; periksa pengaturan di berkas .env, lalu jalankan lagi.',
  'start.noCopy': 'belum ada salinan',
} as const
