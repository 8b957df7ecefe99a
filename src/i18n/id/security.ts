/** What is promised of security and what is not, as SECURITY.md says it. */
export const security = {
  'security.title': 'Keamanan',
  'security.lede': 'Yang dijaga Rancang, yang belum dapat dijamin, dan cara melaporkan celah.',
  'security.report': 'Melaporkan celah',
  'security.report.text':
    'Sampaikan kepada pengelola Rancang di {dinas} secara pribadi, bukan di tempat umum. Sebutkan langkah untuk mengulanginya, versi program, dan akibatnya. Jawaban pertama diberikan dalam lima hari kerja. Hanya versi terbaru yang didukung.',
  'security.kept': 'Yang dijaga',
  'security.kept.1':
    'Kata sandi disimpan hanya sebagai sidik argon2id; sesi dan tautan hanya sebagai sidik SHA-256.',
  'security.kept.2':
    'Setiap halaman menyatakan siapa yang boleh membukanya, dan setiap pembacaan data OPD dibatasi pada OPD yang boleh dilihat pembacanya.',
  'security.kept.3':
    'Setiap perubahan tercatat: siapa, kapan, isi lama dan baru. Riwayatnya tidak dapat diubah, dan setiap catatan terkait dengan catatan sebelumnya.',
  'security.kept.4': 'Yang sudah dinyatakan tersimpan tidak hilang saat listrik padam.',
  'security.kept.5': 'Halaman tidak memuat apa pun dari luar, dan tetap dapat dipakai tanpa skrip.',
  'security.open': 'Yang belum dapat dijamin',
  'security.open.1':
    'Di jaringan tanpa https, isi halaman dan kata sandi dapat dibaca siapa pun yang menyadap jaringan itu.',
  'security.open.2':
    'Verifikasi dua langkah belum ada: kata sandi administrator saja membuka pengelolaan akun.',
  'security.open.3': 'Satu peladen menulis satu berkas basis data.',
  'security.open.4': 'Riwayat yang dipotong pada ujungnya tidak dapat dikenali.',
  'security.open.5':
    'Aturan campuran dan umur kata sandi tidak diterapkan; panjang dan daftar kata sandi umum diperiksa.',
} as const
