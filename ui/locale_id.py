"""Indonesian numbers and dates for Vega: the dictionaries that d3 expects.

They go into each chart's ``config.locale``, so a chart reads the same in every browser,
whatever language the browser itself is set to.
"""

NUMBER = {
    "decimal": ",",
    "thousands": ".",
    "grouping": [3],
    "currency": ["Rp\u00a0", ""],
}

TIME = {
    "dateTime": "%A, %-d %B %Y %H.%M",
    "date": "%-d/%-m/%Y",
    "time": "%H.%M",
    "periods": ["pagi", "sore"],
    "days": ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
    "shortDays": ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
    "months": [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ],
    "shortMonths": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
}  # fmt: skip

LOCALE = {"number": NUMBER, "time": TIME}
