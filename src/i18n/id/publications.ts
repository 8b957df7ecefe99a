/** The result as it is told to everybody, and the act of telling it. */
export const publications = {
  'publications.title': 'Pengumuman hasil',
  'publications.lede': 'Apa yang ditetapkan atas usulan setiap OPD, seperti yang diumumkan.',
  'publications.told':
    'Hasil diumumkan {date}. Yang terlihat: usulan, OPD, tahap, dan alasan. Skor per penilai tidak diumumkan.',
  'publications.document': 'Dokumen: {document}.',
  'publications.none': 'Hasil belum diumumkan.',
  'publications.none.office':
    'Hasil belum diumumkan. Sebelum diumumkan, OPD hanya melihat bahwa usulannya sudah ditetapkan.',
  'publications.none.opd':
    'Hasil belum diumumkan. Sesudah diumumkan, usulan, OPD, tahap, dan alasannya dapat dibaca di sini.',
  'publications.none.withdrawn':
    'Pengumuman tanggal {date} ditarik tanggal {day} dan tidak berlaku lagi. Alasan: {reason}',
  'publications.add': 'Umumkan hasil',
  'publications.add.again': 'Umumkan hasil terbaru',
  'publications.print': 'Cetak pengumuman',
  'publications.withdraw': 'Tarik pengumuman',
  'publications.published': 'Hasil sudah diumumkan kepada semua OPD.',
  'publications.withdrawn': 'Pengumuman sudah ditarik.',
  'publications.search': 'Cari usulan atau OPD',
  'publications.count': '{n} usulan',
  'publications.countOf': '{n} dari {m} usulan',
  'publications.notFound': 'Tidak ada usulan yang cocok dengan saringan.',
  'publications.result': 'Hasil',
  'publications.phase': '{phase} ({years})',
  'publications.next': 'Tahap berikutnya, belum ditentukan',
  'publications.target': 'Dialihkan ke {target}.',
  'publications.again': 'Ditinjau kembali {date}.',
  'publications.list': 'Semua usulan',
  'publications.own': 'Usulan OPD Anda',
  'publications.own.lede':
    'Skor dan peringkat hitungan hanya ditampilkan kepada OPD pengusul. Penetapan dapat berbeda dari urutan hitungan.',
  'publications.own.score': 'Skor {s} dari 100, peringkat hitungan {rank} dari {n}.',
  'publications.own.scoreOnly': 'Skor {s} dari 100; tidak ikut diperingkat.',
  'publications.own.noScore': 'Penilaian belum lengkap; tidak diperingkat.',
  'publications.own.parts': 'Sumbangan setiap kriteria',
  'publications.own.none': 'Tidak ada usulan OPD Anda dalam pengumuman ini.',
  'publications.standing.inForce': 'Berlaku',
  'publications.standing.earlier': 'Digantikan',
  'publications.standing.withdrawn': 'Ditarik',
  'publications.standing.withdrawal': 'Penarikan',
  'publications.notInForce.earlier':
    'Pengumuman ini sudah digantikan oleh pengumuman yang lebih baru.',
  'publications.notInForce.withdrawn':
    'Pengumuman ini sudah ditarik. Hanya petugas yang masih dapat membacanya.',
  'publications.toInForce': 'Lihat yang berlaku',
  'publications.acts': 'Pengumuman dari waktu ke waktu',
  'publications.act.publish': 'Diumumkan {date}, {n} usulan',
  'publications.act.withdraw': 'Ditarik {date}',

  'publications.form': 'Umumkan hasil',
  'publications.form.lede':
    'Setelah diumumkan, setiap OPD melihat daftar di bawah ini. Pengumuman tidak dapat diubah; kekeliruan diperbaiki dengan pengumuman baru, atau pengumumannya ditarik.',
  'publications.form.group': 'Pengumuman',
  'publications.form.submit': 'Umumkan kepada semua OPD',
  'publications.form.nothing':
    'Belum ada usulan yang ditetapkan, jadi belum ada yang dapat diumumkan.',
  'publications.form.phaseless':
    '{n} usulan ditetapkan tanpa tahap. Daftar akan menyebut “tahap berikutnya, belum ditentukan”.',
  'publications.form.preview': 'Yang akan terlihat oleh setiap OPD',
  'publications.form.preview.lede':
    'Judul, OPD, hasil, dan alasan persis seperti di bawah ini. Skor, peringkat, dan sumbangan kriteria hanya terlihat oleh OPD pengusul.',
  'publications.form.own': 'Hanya untuk OPD pengusul',
  'publications.form.own.score': '{s}, peringkat {rank} dari {n}',
  'publications.form.leftOut': 'Yang tidak diumumkan',
  'publications.form.leftOut.never':
    'Biaya, anggaran, nama penilai, nilai perorangan, catatan, draf, dan usulan yang ditarik tidak pernah diumumkan.',
  'publications.form.leftOut.none': 'Semua usulan yang diajukan sudah ditetapkan.',
  'publications.form.leftOut.show': 'Tampilkan {n} usulan',
  'publications.form.why.undecided': 'belum ditetapkan',
  'publications.form.why.draft': 'masih draf',
  'publications.form.why.merged': 'digabung ke usulan lain',
  'publications.form.why.withdrawn': 'ditarik',
  'publications.form.changed': 'Yang berubah sejak pengumuman {date}',
  'publications.form.changed.none': 'Tidak ada yang berubah.',
  'publications.form.changed.added': 'Baru: {n} usulan',
  'publications.form.changed.outcome': 'Hasil atau tahapnya berubah: {n} usulan',
  'publications.form.changed.reason': 'Alasannya berubah: {n} usulan',
  'publications.form.changed.name': 'Nama atau OPD-nya berubah: {n} usulan',
  'publications.form.changed.score': 'Hanya skor atau peringkatnya berubah: {n} usulan',
  'publications.form.changed.gone': 'Tidak tercantum lagi: {n} usulan',
  'publications.form.changed.item': '{title} ({opd})',
  'publications.form.changed.also': 'juga {fields}',
  'publications.form.fields.name': 'nama atau OPD',
  'publications.form.fields.reason': 'alasan',
  'publications.form.fields.score': 'skor atau peringkat',
  'publications.field.kind': 'Perbuatan',
  'publications.field.publishedOn': 'Tanggal pengumuman',
  'publications.field.document': 'Nomor dokumen',
  'publications.field.document.hint':
    'Misalnya “Pengumuman Nomor 555/21/Diskominfo/2018”. Boleh kosong.',
  'publications.field.note': 'Catatan',
  'publications.field.note.hint': 'Tampil di atas daftar, untuk semua OPD. Boleh kosong.',
  'publications.field.withdraws': 'Pengumuman yang ditarik',
  'publications.error.publishedOn': 'Isi tanggal.',
  'publications.error.later': 'Tanggal ini belum tiba. Isi tanggal hari ini atau sebelumnya.',
  'publications.error.reason': 'Isi alasan; alasan ini dibaca oleh OPD.',
  'publications.error.nothing':
    'Belum ada usulan yang ditetapkan. Catat penetapan lebih dahulu, lalu umumkan.',
  'publications.error.changed':
    'Ada yang berubah sejak daftar ini dibuka. Daftar di bawah sudah yang terbaru; periksa lagi, lalu umumkan.',

  'publications.withdrawal.lede':
    'Daftar tidak terlihat lagi oleh OPD; yang terlihat hanya bahwa pengumuman ditarik, dan alasannya. Pengumuman sebelumnya tidak berlaku kembali.',
  'publications.withdrawal.on': 'Tanggal penarikan',
  'publications.withdrawal.reason': 'Alasan',
  'publications.withdrawal.reason.hint': 'Dibaca oleh semua OPD.',
} as const
