/**
 * Words that most guessed passwords are made of, small letters and digits only. A password is
 * common when nothing but digits, signs and such words is left of it, so that each word stands for
 * the thousands that are made from it (`P@ssw0rd2018!`, `indonesia123456`, `rahasiarahasia`).
 */
const words = `
aaaa abcd abcde abcdef abcdefg abcdefgh abcdefghijkl abc aceh adidas administrator admin admin1 akses akun alhamdulillah
allah allahuakbar ambon andi android anjing apple april arema arsenal aplikasi asdf asdfgh asdfghjk asdfghjkl asdfqwer
assalamualaikum astaga aurora awesome ayah azerty baby babygirl badan badung bahasa bajo bali balikpapan bandung bangsa
banjar banten barat barcelona baseball basketball batam batman bekasi berkah bismillah bintang blink bogor bonek borneo
buku bunda bunga bupati buster butterfly cahaya camat cantik change changeme charlie chelsea chocolate cinta cintaku
cirebon cobra coffee computer cool cookie default demo denpasar depok desa dewi diamond digital dinas diskominfo
dkominfo doraemon dragon dprd dunia egov eka email emmanuel enter facebook family fdsa fgd flower football forever
freedom friend friends fuckyou ganteng garuda gibran gmail god google gorontalo government grand guest gunung hacker hallo
halo hannah happy hari hello hidayah hockey hunter iloveu iloveyou imam indah indonesia indonesiaku indosat informatika
informasi inspektorat instagram internet iphone islam islamic jakarta jambi january january jatim jateng jawa jayapura
jesus jogja jokowi jordan joshua juara july june justin juventus kabupaten kakak kalimantan kamu kantor kasih kata katasandi
kecamatan keluarga kemerdekaan kepala kerja ketik killer kintamani kodok komputer kominfo komodo komunikasi koran kota
kucing kunci kupang laptop labuan labuanbajo lampung liverpool login lombok london love lovely loveme lovers lover
madura makassar malang maluku mama mamah manado manchester manggarai manutd mario masuk matahari mataram master matrix
medan mei merah merdeka merdeka45 michael microsoft milan mobile monday money monkey mother muhammad mustang my mylove
naruto nasional network newpassword ngawi nicole nina ninja nomor nothing november ntt nusa nusantara october
office okdeh oktober operator opd orange pahlawan palembang palu pancasila pangeran pariwisata papa papua pass passwd
passwort password passwordku passw0rd pegawai pekalongan pekanbaru pemda pemerintah pemkab pemkot pencil perdana perindo
persebaya persib persija pertama pinky please pns pokemon polisi pontianak presiden princess prabowo provinsi public
pupu puskesmas putih qazwsx qazwsxedc qaz qwe qweasd qweasdzxc qwer qwert qwerty qwertyu qwertyui qwertyuiop rabu
raflesia rahasia rahasiaku rahman rahmat rainbow ramadhan rangga rancang ranger realmadrid reset root rumah sakit
saya sayang sayangku samarinda samsung sandi satu school sekolah secret sekretariat semarang semangat semua senin
september server setda setwan shadow sholat singapura siti slank snoopy soccer solo sorong spbe spiderman star starwars
staff student suami subhanallah sukses sulawesi sumatera summer sunday sunshine superman supervisor surabaya surakarta
surga system tangerang telkom telkomsel temp temporary tentara terserah test testing tester tidak tiga tigger timur
toor trustno training twitter ubah ujicoba umum unicorn universitas user username vanessa vario victory wakatobi wali
walikota waras warrior webmaster welcome whatever wifi windows winter wita wonderful xxx yahoo yamaha yesus yogyakarta
yogya you youtube zaq zaqwsx zxc zxcv zxcvb zxcvbn zxcvbnm
`

export const commonWords: readonly string[] = [
  ...new Set(words.split(/\s+/).filter((word) => word !== '')),
].toSorted((a, b) => b.length - a.length)
