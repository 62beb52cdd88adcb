"""How the questions are answered, in words an official can repeat: what is done, and what proves it."""

HEADS = ("Pertanyaan", "Cara mencarinya", "Buktinya", "Yang perlu diingat")

ROWS = (
    (
        "Cari jawaban: berapa yang diperlukan?",
        "Seluruh rentang parameter dihitung sekaligus (129 nilai), karena cakupan tidak selalu naik merata. Rentang di"
        " sekitar nilai pertama yang mencapai target lalu diperhalus sampai selisihnya kurang dari satu pekerja."
        " Anggaran dibulatkan ke atas ke rupiah penuh.",
        "Nilai yang ditemukan dijalankan sekali lagi di model; hasil tiap tahunnya ditampilkan.",
        "Bila parameter menurunkan cakupan, yang dicari nilai terbesar yang masih mencapai target. Bila target tidak"
        " tercapai, ditampilkan nilai terdekat dan apa yang menghalangi.",
    ),
    (
        "Cari jawaban: berapa untuk menutup sisanya?",
        "Mulai tahun ini, tahun demi tahun: sumber lain membayar menurut pengaturan, lalu dicari anggaran"
        " terkecil sumber penutup yang mencapai sasaran tahun itu.",
        "Semua anggaran itu dijalankan bersama di model.",
        "Pembayaran setahun memengaruhi tahun berikutnya, maka tahun dikerjakan berurutan.",
    ),
    (
        "Bauran termurah",
        "Program linear (HiGHS). Tiap sumber mendapat satu angka untuk semua tahun: bagian dari batasnya. Syaratnya:"
        " uang tiap bulan cukup; tempat tidak melebihi pekerja yang belum terlindungi dan lolos verval; batas"
        " pendaftaran baru; target tercapai; bila diminta, kewajiban dahulu dan tidak melepas yang dibayari hari ini."
        " Biayanya uang setahun penuh, jadi tidak dapat membeli Desember saja.",
        "Bauran dijalankan di model; angka program linear dan angka model disebut keduanya.",
        "Di model, sumber membayar menurut urutannya. Bila urutan itu membuat hasil berbeda, bauran dicari langsung di"
        " model. Bauran yang biayanya berbeda kurang dari 1% dianggap sama; yang dipilih paling dekat dengan hari ini.",
    ),
    (
        "Harga satu pekerja lagi, batas yang menahan",
        "Harga bayangan (dual) dari program linear: berapa biaya bertambah bila target naik satu pekerja; berapa"
        " pekerja atau rupiah yang ditahan sebuah batas.",
        "Tambahan pekerja tiap Rp 1 miliar dihitung di model, dari bauran itu.",
        "Berlaku di sekitar bauran itu; bila kelompok habis, tambahan berikutnya lebih kecil.",
    ),
    (
        "Biaya terhadap cakupan",
        "Untuk tiap jumlah uang, yang terbaik dari program linear dan kenaikan langkah demi langkah dari pengaturan"
        " sekarang.",
        "Setiap titik adalah satu hasil model.",
        "Garis menekuk bila sebuah batas tercapai atau sebuah kelompok habis.",
    ),
    (
        "Pagu",
        "Biaya yang benar-benar dibayar dibandingkan dengan pagu di setiap tahun. Tiap cara memenuhi pagu dicari dari"
        " banyak hitungan sekaligus.",
        "Tiap cara dijalankan di model; cakupan dan biaya sesudahnya disebut.",
        "Bulan lebih sedikit mempertahankan jumlah orang tiap bulan; kelompok lebih kecil mempertahankan bulannya.",
    ),
    (
        "Bandingkan",
        "Selisih terhadap patokan yang dipilih. Biaya satu pekerja tambahan = tambahan biaya setahun ÷ rata-rata"
        " pekerja tambahan; harga satu poin = tambahan biaya ÷ poin cakupan rata-rata.",
        "Tiap sematan dijalankan di model dengan data yang sama.",
        "Bila tidak ada pekerja tambahan atau tidak ada tambahan biaya, tertulis “–”.",
    ),
)
