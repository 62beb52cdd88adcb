"""What the YAML reader finds wrong, in Indonesian."""

import re

# (the reader's words, ours); what stands in brackets is taken over
_WORDS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"found character '\\t' that cannot start any token", "ada tab; pakai spasi untuk menjorokkan baris"),
        (r"found character '(.+)' that cannot start any token", "tanda {0} tidak boleh mengawali nilai; beri kutip"),
        (
            r"mapping values are not allowed here",
            "ada titik dua di tempat yang salah; beri kutip pada teksnya",
        ),
        (r"mapping keys are not allowed here", "ada kunci di tempat yang salah; samakan jorokan barisnya"),
        (
            r"sequence entries are not allowed here",
            "ada butir daftar (-) di tempat yang salah; samakan jorokan barisnya",
        ),
        (r"found unexpected end of stream", "tanda kutip dibuka tetapi tidak ditutup"),
        (r"found unexpected document separator", "tanda kutip dibuka tetapi tidak ditutup"),
        (r"but found another document", "berkas berisi lebih dari satu dokumen (---); simpan satu saja"),
        (r"could not find expected ':'", "ada baris tanpa titik dua setelah kuncinya"),
        (r"expected ',' or '\]'", "kurung siku [ dibuka tetapi tidak ditutup"),
        (r"expected ',' or '\}'", "kurung kurawal { dibuka tetapi tidak ditutup"),
        (
            r"expected <block end>, but found '(?:<block sequence start>|-)'",
            "ada butir daftar (-) di antara kunci; samakan jorokan barisnya",
        ),
        (
            r"expected <block end>, but found '<scalar>'",
            "ada tulisan setelah nilai berakhir; periksa kutip dan jorokan",
        ),
        (r"expected <block end>", "jorokan tidak sama dengan baris di atasnya, atau tanda - tanpa spasi"),
        (r"found undefined alias '?(.+?)'?$", "rujukan *{0} tidak pernah ditetapkan (&{0})"),
        (r"found undefined tag handle", "tanda ! di awal nilai tidak dikenal; beri kutip"),
        (r"found duplicate anchor", "jangkar & yang sama ditetapkan dua kali"),
        (r"found unknown escape character '?(.+?)'?$", "tanda \\ diikuti {0} di dalam kutip ganda; tulis \\\\"),
        (r"expected escape sequence", "tanda \\ di dalam kutip ganda tidak lengkap; tulis \\\\"),
        (r"expected alphabetic or numeric character", "tanda & atau * tidak diikuti nama; beri kutip pada teksnya"),
        (
            r"expected (?:a )?chomping or indentation|expected indentation indicator",
            "tanda | atau > tidak diikuti baris baru",
        ),
        (r"expected a comment or a line break", "ada tulisan setelah tanda | atau >; pindahkan ke baris berikutnya"),
        (r"expected the node content", "ada tanda di tempat nilai seharusnya berdiri"),
        (r"expected '<document start>'", "ada tulisan di luar pasangan kunci dan nilai"),
        (r"incompatible YAML document", "versi YAML di baris % tidak dikenal; hapus baris itu"),
        (r"duplicate YAML directive", "baris %YAML tertulis dua kali"),
        (r"more indented follow up line", "baris pertama setelah | atau > kurang menjorok"),
        (r"unacceptable character (#x[0-9a-fA-F]+)", "ada tanda yang bukan huruf ({0}); berkas ini bukan teks biasa"),
    )
)
UNKNOWN = "susunan barisnya tidak dikenali; periksa kutip, titik dua, dan jorokan"


def in_indonesian(problem: str) -> str:
    """The reader's words in Indonesian; a general hint where they are not known."""
    for pattern, words in _WORDS:
        if hit := pattern.search(problem):
            return words.replace("{0}", hit[1]) if hit.groups() else words
    return UNKNOWN
