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
    'Untuk mengenal Rancang. Setiap contoh diberi tanda; semua yang dimuat bersamanya, juga yang bersumber dari pertemuan itu, dapat dihapus sekaligus dari Pengaturan.',
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

  'accounts.title': 'Akun',
  'accounts.lede': 'Siapa yang dapat masuk ke Rancang, dengan peran apa, dan sampai kapan.',
  'accounts.add': 'Undang pengguna',
  'accounts.search': 'Cari nama atau nama pengguna',
  'accounts.count': '{n} akun',
  'accounts.notFound': 'Tidak ada akun yang cocok dengan pencarian ini.',
  'accounts.toLog': 'Catatan akses',
  'accounts.column.person': 'Nama',
  'accounts.column.roles': 'Peran',
  'accounts.column.standing': 'Keadaan',
  'accounts.column.seen': 'Terakhir terlihat',
  'accounts.column.until': 'Berlaku sampai',
  'accounts.never': 'Belum pernah masuk',
  'accounts.noEnd': 'Tanpa batas',
  'accounts.standing.active': 'Aktif',
  'accounts.standing.invited': 'Diundang, belum masuk',
  'accounts.standing.ended': 'Masa berlaku habis',
  'accounts.standing.disabled': 'Dinonaktifkan',
  'accounts.new.title': 'Undang pengguna',
  'accounts.new.lede':
    'Akun dibuat tanpa kata sandi. Pada halaman berikutnya muncul tautan sekali pakai; pengguna memilih sendiri kata sandinya dengan tautan itu.',
  'accounts.new.submit': 'Buat akun dan tautan',
  'accounts.group.person': 'Pengguna',
  'accounts.group.roles': 'Peran dan OPD',
  'accounts.field.name': 'Nama lengkap',
  'accounts.field.roles': 'Peran',
  'accounts.field.roles.hint': 'Boleh lebih dari satu.',
  'accounts.field.opds': 'OPD yang diwakili',
  'accounts.field.opds.hint':
    'Hanya untuk peran Perwakilan OPD; satu, beberapa, atau unit di bawahnya.',
  'accounts.field.opds.none':
    'Belum ada OPD. Tambahkan OPD lebih dahulu sebelum mengundang perwakilannya.',
  'accounts.field.opds.search': 'Saring daftar OPD',
  'accounts.field.validUntil': 'Berlaku sampai',
  'accounts.field.validUntil.hint':
    'Hari terakhir akun ini dapat dipakai. Kosongkan bila tanpa batas.',
  'accounts.role.admin':
    'Mengelola akun, identitas pemerintah daerah, dan data contoh; melihat semua data.',
  'accounts.role.staff': 'Mendata OPD, inventaris, sesi FGD, usulan, penilaian, dan penetapan.',
  'accounts.role.planner':
    'Seperti petugas; juga mengatur kriteria, putaran penilaian, dan tahap peta jalan.',
  'accounts.role.assessor': 'Melihat penilaian.',
  'accounts.role.opd': 'Mengisi data dan usulan OPD yang diwakilinya saja.',
  'accounts.role.reader': 'Melihat beranda dan sesi FGD saja.',
  'accounts.edit.title': 'Ubah akun',
  'accounts.edit.lede':
    'Bila peran atau OPD berubah, {name} dikeluarkan dari semua perangkat dan perlu masuk lagi.',
  'accounts.fact.username': 'Nama pengguna',
  'accounts.fact.link': 'Tautan yang masih berlaku',
  'accounts.fact.link.until': 'sampai {at}',
  'accounts.fact.link.none': 'Tidak ada',
  'accounts.fact.sessions': 'Perangkat yang sedang masuk',
  'accounts.fact.sessions.n': '{n} perangkat',
  'accounts.access': 'Akses',
  'accounts.access.lede': 'Memulihkan atau menghentikan akses akun ini.',
  'accounts.link.invite': 'Buat tautan undangan baru',
  'accounts.link.invite.hint':
    'Tautan sebelumnya tidak berlaku lagi. Tautan baru berlaku 7 hari dan hanya sekali pakai.',
  'accounts.link.reset': 'Buat tautan kata sandi baru',
  'accounts.link.reset.hint':
    'Bila pengguna lupa kata sandinya. Tautan berlaku 24 jam dan hanya sekali pakai; kata sandi lama berlaku sampai tautan dipakai.',
  'accounts.link.closed':
    'Tautan dapat dibuat setelah akun diaktifkan lagi dan masa berlakunya belum habis.',
  'accounts.endAll': 'Keluarkan dari semua perangkat',
  'accounts.endAll.hint': 'Bila perangkatnya hilang atau dipakai orang lain. Akun tetap aktif.',
  'accounts.endAll.own': 'Anda tetap masuk di perangkat ini.',
  'accounts.disable': 'Nonaktifkan akun',
  'accounts.disable.hint':
    'Bila pengguna pindah tugas atau berhenti. Ia langsung dikeluarkan; data dan riwayat pekerjaannya tetap ada.',
  'accounts.enable': 'Aktifkan kembali',
  'accounts.enable.hint': 'Pengguna dapat masuk lagi dengan kata sandi dan peran yang sama.',
  'accounts.invited': 'Akun sudah dibuat. Kirim tautan di bawah ini kepada penggunanya.',
  'accounts.linkMade': 'Tautan sudah dibuat.',
  'accounts.disabled': 'Akun {name} dinonaktifkan dan dikeluarkan dari semua perangkat.',
  'accounts.enabled': 'Akun {name} aktif kembali.',
  'accounts.signedOut': 'Akun {name} dikeluarkan dari semua perangkat.',
  'accounts.shown.title': 'Tautan untuk {name}',
  'accounts.shown.lede':
    'Tautan ini hanya tampil sekali. Salin atau pindai sekarang; setelah halaman ini ditutup, tautan tidak dapat dilihat lagi.',
  'accounts.shown.gone.lede':
    'Tautan hanya tampil sekali, tepat setelah dibuat. Bila belum sempat dikirim, buat tautan baru; yang lama tidak berlaku lagi.',
  'accounts.shown.text': 'Teks untuk dikirim',
  'accounts.shown.text.hint': 'Kirim hanya kepada orangnya sendiri, misalnya lewat pesan pribadi.',
  'accounts.shown.message':
    'Yth. {name}. Anda mendapat akun Rancang, {gov}, dengan nama pengguna {username}. Buka tautan ini untuk membuat kata sandi dan masuk: {url} (berlaku sampai {at}, hanya sekali pakai).',
  'accounts.shown.messageReset':
    'Yth. {name}. Buka tautan ini untuk membuat kata sandi baru bagi akun Rancang Anda, {gov}, dengan nama pengguna {username}: {url} (berlaku sampai {at}, hanya sekali pakai).',
  'accounts.shown.qr': 'Kode QR',
  'accounts.shown.qr.hint': 'Pindai dengan kamera ponsel pengguna.',
  'accounts.shown.qr.alt': 'Kode QR tautan untuk {name}',
  'accounts.shown.network':
    'Tautan ini memakai alamat yang sedang Anda buka, sehingga hanya dapat dibuka di jaringan ini. Untuk alamat umum, isi BASE_URL pada pengaturan komputer yang menjalankan Rancang.',
  'accounts.shown.computer':
    'Tautan ini hanya dapat dibuka di komputer ini, karena Anda membuka Rancang dengan alamat komputer ini sendiri. Buka Rancang dengan alamat jaringannya, atau isi BASE_URL, lalu buat tautan baru.',
  'accounts.shown.done': 'Selesai',
  'accounts.invite.title': 'Selamat datang di Rancang',
  'accounts.invite.lede':
    'Tautan ini untuk {name}, nama pengguna {username}. Buat kata sandi Anda untuk masuk. Bila bukan Anda, tutup halaman ini.',
  'accounts.invite.reset.title': 'Buat kata sandi baru',
  'accounts.invite.group': 'Kata sandi Anda',
  'accounts.invite.submit': 'Simpan dan masuk',
  'accounts.invite.until': 'Tautan berlaku sampai {at} dan hanya sekali pakai.',
  'accounts.invite.done': 'Kata sandi sudah disimpan. Anda sudah masuk.',
  'accounts.gone.invite':
    'Tautan hanya dapat dipakai sekali dan ada batas waktunya. Bila Anda sudah membuat kata sandi, masuklah dengan kata sandi itu. Bila belum, minta tautan baru kepada administrator di {dinas}.',
  'accounts.own.title': 'Akun saya',
  'accounts.own.lede': 'Perangkat yang sedang memakai akun Anda, kata sandi, dan bahasa.',
  'accounts.own.sessions': 'Perangkat yang sedang masuk',
  'accounts.own.sessions.lede': 'Keluarkan perangkat yang tidak Anda kenal, lalu ganti kata sandi.',
  'accounts.own.made': 'Masuk',
  'accounts.own.seen': 'Terakhir terlihat',
  'accounts.own.this': 'perangkat ini',
  'accounts.own.unknown': 'Peramban tidak dikenal',
  'accounts.own.on': '{browser} di {system}',
  'accounts.own.end': 'Keluarkan',
  'accounts.own.endOthers': 'Keluarkan semua perangkat lain',
  'accounts.own.ended': 'Perangkat sudah dikeluarkan.',
  'accounts.own.about': 'Tentang akun ini',
  'accounts.own.language': 'Bahasa tampilan',
  'accounts.own.password': 'Kata sandi',
  'accounts.log.title': 'Catatan akses',
  'accounts.log.lede':
    'Siapa yang masuk, apa yang ditolak, dan data apa yang keluar. Catatan tidak dapat diubah atau dihapus.',
  'accounts.log.kind': 'Kejadian',
  'accounts.log.from': 'Dari tanggal',
  'accounts.log.until.day': 'Sampai tanggal',
  'accounts.log.at': 'Waktu',
  'accounts.log.who': 'Pelaku',
  'accounts.log.about': 'Keterangan',
  'accounts.log.count': '{n} catatan',
  'accounts.log.empty': 'Belum ada catatan yang cocok dengan saringan ini.',
  'accounts.log.nobody': 'Tidak dikenal',
  'accounts.log.of': '{name}',
  'accounts.log.disabled': '{name} dinonaktifkan',
  'accounts.log.enabled': '{name} diaktifkan kembali',
  'accounts.log.until': 'Masa berlaku {name} diubah',
  'accounts.log.forbidden': 'Tidak berwenang',
  'accounts.log.tooMany': 'Terlalu banyak permintaan',
  'accounts.log.file': '{file}',
  'accounts.log.internal': '{file}, dengan nama penilai',
  'accounts.log.byLink': 'Lewat tautan sekali pakai',
  'accounts.log.standards': 'Standar kesiapan',
  'accounts.log.example': 'Dengan data contoh',
  'accounts.error.name': 'Isi nama pengguna akun ini.',
  'accounts.error.roles': 'Pilih sedikitnya satu peran.',
  'accounts.error.opd': 'Pilih sedikitnya satu OPD untuk peran Perwakilan OPD.',
  'accounts.error.opdRole':
    'OPD hanya untuk peran Perwakilan OPD. Pilih peran itu, atau kosongkan OPD.',
  'accounts.error.taken': 'Nama pengguna ini sudah dipakai. Pilih yang lain.',
  'accounts.error.past': 'Tanggal ini sudah lewat. Isi hari ini atau sesudahnya.',
  'accounts.error.lastAdmin':
    'Ini administrator terakhir yang dapat masuk tanpa batas waktu. Jadikan orang lain administrator lebih dahulu.',
  'accounts.error.notLetIn':
    'Akun ini tidak aktif. Aktifkan lagi atau ubah masa berlakunya lebih dahulu.',
} as const
