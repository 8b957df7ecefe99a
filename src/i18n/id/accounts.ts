/** Coming in and going out: sign-in, passwords, the first set-up. */
export const accounts = {
  'accounts.signIn.title': 'Masuk',
  'accounts.signIn.lede': 'Masuk dengan akun Anda untuk melanjutkan.',
  'accounts.signIn.submit': 'Masuk',
  'accounts.signIn.wrong': 'Nama pengguna atau kata sandi tidak cocok.',
  'accounts.signIn.wrong.hint':
    'Periksa huruf besar dan kecilnya. Bila lupa kata sandi, hubungi administrator.',
  'accounts.signIn.wait':
    'Terlalu banyak percobaan. Tunggu {wait} detik, lalu coba lagi dengan kata sandi yang benar.',
  'accounts.signIn.wait.hint': 'Kata sandi yang baru Anda ketik belum diperiksa.',
  'accounts.waiting.title': 'Rancang belum disiapkan',
  'accounts.waiting.lede':
    'Tautan untuk menyiapkannya tertulis di konsol komputer yang menjalankan Rancang. Buka tautan itu di peramban ini.',
  'accounts.waiting.again':
    'Tautan berlaku satu jam dan hanya sekali pakai. Bila sudah lewat, jalankan ulang Rancang; tautan baru akan tertulis di konsol.',
  'accounts.gone.title': 'Tautan ini tidak berlaku lagi',
  'accounts.gone.lede':
    'Tautan penyiapan hanya dapat dipakai sekali dan berlaku satu jam. Bila Rancang sudah disiapkan, masuklah dengan akun administrator. Bila belum, jalankan ulang Rancang; tautan baru akan tertulis di konsol.',
  'accounts.gone.signIn': 'Ke halaman masuk',

  'accounts.password.title': 'Ganti kata sandi',
  'accounts.password.lede': 'Setelah diganti, akun Anda dikeluarkan dari semua perangkat lain.',
  'accounts.password.new': 'Kata sandi baru',
  'accounts.password.submit': 'Ganti kata sandi',
  'accounts.password.changed':
    'Kata sandi sudah diganti. Perangkat lain yang memakai akun ini sudah dikeluarkan.',

  'accounts.setup.title': 'Menyiapkan Rancang',
  'accounts.setup.lede':
    'Sebutkan pemerintah daerah Anda dan buat akun administrator pertama. Identitas pemerintah daerah dapat diubah nanti di Pengaturan.',
  'accounts.setup.administrator': 'Administrator',
  'accounts.setup.example': 'Data contoh',
  'accounts.setup.example.load': 'Isi dengan data contoh: FGD Manggarai Barat, 14 September 2018',
  'accounts.setup.example.hint':
    'Untuk mengenal Rancang. Setiap contoh diberi tanda, dan semuanya dapat dihapus sekaligus dari Pengaturan.',
  'accounts.setup.submit': 'Simpan dan mulai',
  'accounts.setup.done': 'Rancang siap dipakai. Anda masuk sebagai administrator.',

  'accounts.field.person': 'Nama Anda',
  'accounts.field.username': 'Nama pengguna',
  'accounts.field.username.hint':
    'Untuk masuk. Huruf, angka, titik, garis bawah, atau tanda hubung; misalnya “maria.jehadun”.',
  'accounts.field.password': 'Kata sandi',
  'accounts.field.password.hint':
    'Sedikitnya 12 huruf atau tanda. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.',
  'accounts.field.passwordAgain': 'Ketik sekali lagi',
  'accounts.field.passwordOld': 'Kata sandi sekarang',

  'accounts.error.person': 'Isi nama Anda.',
  'accounts.error.username': 'Isi nama pengguna.',
  'accounts.error.usernameSigns':
    'Pakai 3 sampai 60 huruf, angka, titik, garis bawah, atau tanda hubung, tanpa spasi.',
  'accounts.error.short': 'Kata sandi sedikitnya {min} huruf atau tanda; ini baru {n}.',
  'accounts.error.long': 'Kata sandi paling banyak {max} huruf atau tanda.',
  'accounts.error.common': 'Kata sandi ini mudah ditebak. Pilih susunan kata lain.',
  'accounts.error.ownWords':
    'Jangan memuat nama pengguna, nama {dinas}, atau nama daerah di dalam kata sandi.',
  'accounts.error.unequal': 'Kedua kata sandi tidak sama. Ketik ulang.',
  'accounts.error.old': 'Kata sandi sekarang tidak cocok.',
} as const
