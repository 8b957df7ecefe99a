/** OPD that are split, joined or renamed, and who goes on with what. */
export const succession = {
  'succession.title': 'Perubahan kelembagaan',
  'succession.lede':
    'Catat OPD yang dipecah, digabung, atau berganti nama. Semua yang dimilikinya dibagikan kepada penerusnya.',
  'succession.open': 'Pecah, gabung, atau ganti nama',
  'succession.group.when': 'Sejak kapan dan menurut apa',
  'succession.field.startsOn': 'Berlaku mulai',
  'succession.field.startsOn.hint':
    'Hari pertama penerus bekerja; OPD lama berakhir sehari sebelumnya.',
  'succession.field.document': 'Dasar hukum',
  'succession.field.document.hint': 'Misalnya “Perda Nomor 4 Tahun 2016 tentang Perangkat Daerah”.',
  'succession.group.with': 'OPD lain yang ikut berakhir',
  'succession.group.with.hint': 'Diisi bila beberapa OPD digabung sekaligus.',
  'succession.with.choose': 'Pilih OPD yang digabung bersamanya',
  'succession.group.to': 'Penerus',
  'succession.group.to.hint':
    'Satu penerus baru berarti berganti nama; dua atau lebih berarti dipecah; OPD yang sudah ada berarti digabung ke sana.',
  'succession.to.choose': 'Pilih OPD yang sudah ada',
  'succession.search': 'Cari OPD',
  'succession.fresh': 'Penerus baru {n}',
  'succession.next': 'Lanjut ke pembagian',
  'succession.back': 'Ubah tanggal atau penerus',

  'succession.assign.title': 'Bagikan kepada penerus',
  'succession.assign.rename': '{names} berganti nama menjadi {successors} mulai {date}.',
  'succession.assign.split': '{names} dipecah menjadi {successors} mulai {date}.',
  'succession.assign.merge': '{names} digabung ke {successors} mulai {date}.',
  'succession.rest': 'Sama untuk semua',
  'succession.rest.hint':
    'Penerus bagi semua baris yang tidak dipilih sendiri di bawah. Cukup ubah baris yang berbeda.',
  'succession.rest.row': 'Sama untuk semua',
  'succession.stay': 'Tetap pada OPD lama',
  'succession.stay.account': 'Akses berakhir',
  'succession.column.what': 'Data',
  'succession.column.from': 'Dari',
  'succession.column.to': 'Penerus',
  'succession.choiceFor': 'Penerus untuk {name}',
  'succession.count': '{n} baris',
  'succession.section.unit': 'Unit di bawah OPD',
  'succession.section.duty': 'Butir tupoksi',
  'succession.section.affair': 'Urusan pemerintahan',
  'succession.section.location': 'Lokasi kantor',
  'succession.section.application': 'Aplikasi yang ada',
  'succession.section.used': 'Aplikasi OPD lain yang dipakai',
  'succession.section.need': 'Kebutuhan infrastruktur',
  'succession.section.proposal': 'Usulan aplikasi',
  'succession.section.further': 'Usulan OPD lain yang diikuti',
  'succession.section.followUp': 'Tindak lanjut yang belum selesai',
  'succession.section.assessor': 'Penilai',
  'succession.section.people': 'Catatan pegawai',
  'succession.section.budget': 'Anggaran TIK',
  'succession.section.account': 'Akun perwakilan',
  'succession.section.location.note':
    'Akses internet, perangkat, dan kebutuhan di lokasi itu ikut pindah.',
  'succession.section.proposal.note':
    'Semua usulan pindah dengan nomornya, juga yang sudah ditetapkan: penerus yang melaksanakannya.',
  'succession.section.assessor.note':
    'Penilai tidak menilai usulan OPD-nya sendiri; pilih penerus tempat ia bekerja.',
  'succession.section.people.note':
    'Catatan lama biasanya tetap menjadi riwayat; penerus mendata pegawainya sendiri.',
  'succession.section.budget.note':
    'Anggaran lama biasanya tetap menjadi riwayat; penerus mendata anggarannya sendiri.',
  'succession.section.account.note':
    'Tanpa pilihan, akses berakhir: tidak ada yang melihat data penerus tanpa disengaja.',
  'succession.alone': 'Semuanya pindah ke {name}.',
  'succession.people.row': 'Keadaan per {date}',
  'succession.along': 'Yang terjadi dengan sendirinya',
  'succession.along.ends':
    'Berlaku sampai {date}. Nama OPD lama tetap pada sesi, notulen, dan berita acara yang sudah ada.',
  'succession.along.needs': '{n} kebutuhan infrastruktur ikut lokasinya.',
  'succession.along.links':
    '{n} tautan OPD dicabut beserta perangkat yang membukanya. Buat tautan baru untuk penerusnya.',
  'succession.along.sessions': '{n} sesi yang akan datang mengundang semua penerusnya.',
  'succession.submit': 'Catat perubahan kelembagaan',
  'succession.done':
    'Perubahan kelembagaan tercatat. Penerus: {n} OPD. Buat tautan baru bagi mereka.',

  'succession.error.startsOn': 'Isi tanggal mulai berlakunya.',
  'succession.error.document': 'Isi dasar hukumnya.',
  'succession.error.nobody':
    'Pilih OPD yang sudah ada, atau isi sekurang-kurangnya satu penerus baru.',
  'succession.error.toCome': 'Tanggal ini belum tiba. Catat perubahan sesudah berlaku.',
  'succession.error.early': '{name} baru berlaku sesudah tanggal ini.',
  'succession.error.later': 'Penerus {name} baru berlaku sesudah tanggal ini.',
  'succession.undo': 'Batalkan perubahan kelembagaan',
  'succession.undo.lede':
    'Yang diteruskan kembali ke OPD semula: {list}. Tautan yang sudah berakhir tidak berlaku lagi.',
  'succession.undo.bare': 'OPD semula berlaku lagi.',
  'succession.undo.formed': 'Yang dibentuk oleh perubahan ini dihapus: {names}.',
  'succession.undo.done': 'Perubahan kelembagaan dibatalkan.',
  'succession.undo.changed':
    'Belum dapat dibatalkan: sesudah perubahan ini sudah diubah lagi: {list}.',
  'succession.undo.recorded':
    'Belum dapat dibatalkan: pada OPD yang dibentuk oleh perubahan ini sudah tercatat {list}. Pindahkan atau hapus dahulu.',
  'succession.error.ended': '{name} sudah berakhir.',
  'succession.error.level': 'OPD hanya digabung dengan OPD, dan unit dengan unit.',
  'succession.error.self': '{name} berakhir dalam perubahan ini, jadi tidak dapat menjadi penerus.',
  'succession.error.below': '{name} adalah unit di bawah OPD yang berakhir.',
  'succession.error.over': 'OPD ini sudah berakhir.',
  'succession.error.open':
    'Pilih penerus untuk semua, atau tentukan satu per satu. Belum ditentukan: {n}.',
  'succession.error.unit': '{name} sendiri sebuah unit, jadi tidak dapat membawahi unit.',
  'succession.error.twice': '{name} sudah mempunyai catatan {label}. Biarkan pada OPD lama.',
  'succession.error.rated':
    'Penilai ini sudah menilai {n} usulan yang menjadi milik {name}; nilainya akan gugur. Biarkan pada OPD lama.',
  'succession.error.cleared':
    'OPD ini sudah diteruskan OPD lain, jadi tanggal berakhirnya tetap diisi.',
} as const
