"""What each picture of the user guide shows: address, what is done first, what is cut out, what is numbered.

A list to be read by the script that makes them and by the tests that hold the guide to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAIN, SIDE = '[data-testid="stMain"]', '[data-testid="stSidebar"]'
ANSWER, TILES, TABS = ".jawaban", ".ubin", 'div[role="tablist"]'
LEVER = f'{SIDE} [data-testid="stSlider"]'
TYPED = f'{SIDE} input[aria-label*="(ketik)"]'
PONOROGO = "daerah=ponorogo&skenario=gotong_royong&tahun=2026"
CUT = "daerah=ponorogo&skenario=dbhcht_turun&tahun=2026"
BLORA = "daerah=blora-2027&skenario=gotong_royong&tahun=2029"
PINS = "sematan1=asn_usulan_2&nama1=Usulan ASN&sematan2=rentan_apbd&nama2=Semua rentan oleh APBD"

Steps = Callable[["Page"], None]


@dataclass(frozen=True)
class Picture:
    """One picture: `steps` are done on the page at `address`, then what lies between the first and the last element of
    `cut` (CSS selectors; none: the whole window of `height` px) is photographed, with numbers on `marks`."""

    address: str
    steps: tuple[Steps, ...] = ()
    cut: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    height: int = 768
    width: int = 1366


def button(name: str) -> Steps:
    """Press a button."""
    return lambda page: page.get_by_role("button", name=name).first.click()


def tab(name: str) -> Steps:
    """Open a tab."""
    return lambda page: page.get_by_role("tab", name=name, exact=True).click()


def words(name: str) -> Steps:
    """Click on a text."""
    return lambda page: page.get_by_text(name).first.click()


def first(selector: str) -> Steps:
    """Click on the first element of a kind."""
    return lambda page: page.locator(selector).first.click()


def type_in(selector: str, text: str) -> Steps:
    """Type into the first box of a kind, and press Enter."""

    def steps(page: "Page") -> None:
        box = page.locator(selector).first
        box.fill(text)
        box.press("Enter")

    return steps


def choose(label: str, option: str) -> Steps:
    """Choose from a list."""

    def steps(page: "Page") -> None:
        page.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=option, exact=True).click()

    return steps


def to_end(page: "Page") -> None:
    """Scroll the sidebar to its end."""
    page.locator(SIDE).evaluate("e => e.querySelectorAll('*').forEach(x => { x.scrollTop = x.scrollHeight; })")


def key(name: str) -> str:
    """The selector of a Streamlit element with a key."""
    return f".st-key-{name}"


PICTURES: dict[str, Picture] = {
    "layar": Picture(
        f"/?{PONOROGO}",
        marks=(
            f'{SIDE} [data-testid="stSelectbox"]',
            LEVER,
            'header [data-testid^="stTopNav"]',
            ANSWER,
            TILES,
            f"{MAIN} {TABS}",
        ),
    ),
    "jawaban": Picture(
        f"/?{PONOROGO}",
        cut=(f"{MAIN} .siapa", f'{MAIN} [data-testid="stSelectbox"]', TILES),
        marks=(
            ANSWER,
            ".yakin",
            f'{MAIN} [data-testid="stSelectbox"]',
            f'{MAIN} [data-testid="stCheckbox"]',
            ".ubin > div:nth-child(2)",
            ".ubin > div:nth-child(5)",
        ),
    ),  # fmt: skip
    "kelompok": Picture(
        f"/?{PONOROGO}", (tab("Kelompok pekerja"),), cut=(f"{MAIN} {TABS}", 'div[class*="stVegaLite"]'), height=1000
    ),
    "parameter": Picture(
        f"/?{PONOROGO}",
        (type_in(TYPED, "3 miliar"),),
        cut=(f'{SIDE} [data-testid="stSelectbox"] >> nth=2', f"{SIDE} .bawah >> nth=1"),
        marks=(
            f'{SIDE} [data-testid="stSelectbox"] >> nth=2',
            f"{LEVER} >> nth=0",
            f"{TYPED} >> nth=0",
            f"{SIDE} .bawah >> nth=0",
            f'{SIDE} [data-testid="stSlider"] [data-testid="stTooltipIcon"] >> nth=0',
        ),
    ),  # fmt: skip
    "perubahan": Picture(
        f"/?{PONOROGO}",
        (type_in(TYPED, "3 miliar"), words("Daftar perubahan"), to_end),
        cut=(f"{SIDE} {key('sematkan')}", f'{SIDE} [data-testid="stExpander"] >> nth=-1'),
        height=900,
    ),
    "bandingkan": Picture(
        f"/bandingkan?{BLORA}&{PINS}",
        marks=(
            f"{SIDE} {key('sematan1')}",
            f'{SIDE} [data-testid="stSelectbox"]',
            ANSWER,
            f'{MAIN} [data-testid="stSelectbox"]',
            'div[class*="stVegaLite"] >> nth=0',
            'div[class*="stVegaLite"] >> nth=1',
        ),
    ),  # fmt: skip
    "pasti": Picture(
        f"/bandingkan?{BLORA}&{PINS}",
        cut=("text=Seberapa pasti", "text=Semua pengaturan memakai undian yang sama"),
        height=2600,
    ),
    "cari": Picture(
        "/cari?daerah=blora-2027&tahun=2029&tanya.target=30%25",
        cut=(f'{MAIN} [data-testid="stButtonGroup"]', 'div[class*="stVegaLite"]'),
        marks=(
            f'{MAIN} [data-testid="stButtonGroup"]',
            f'{MAIN} [data-testid="stSelectbox"] >> nth=0',
            ANSWER,
            key("pakai"),
        ),
    ),  # fmt: skip
    "bauran": Picture(
        f"/bauran?{BLORA}&tanya.target=30%25",
        cut=(f'{MAIN} [data-testid="stSelectbox"]', f"{MAIN} .tabel-bungkus"),
        marks=(
            f'{MAIN} [data-testid="stTextInput"]',
            f'{MAIN} [data-testid="stExpander"]',
            ANSWER,
            f"{MAIN} .tabel-bungkus",
        ),
    ),  # fmt: skip
    "pengaruh": Picture(f"/risiko?{CUT}", cut=(f"{MAIN} {TABS}", 'div[class*="stVegaLite"]')),
    "tekanan": Picture(
        f"/risiko?{CUT}",
        (tab("Uji tekanan"),),
        cut=(f'{MAIN} [data-testid="stButtonGroup"]', f"{MAIN} .tabel-bungkus"),
        height=1100,
    ),
    "mulai-data": Picture("/data", cut=(f"{MAIN} .jawaban", f'{MAIN} [data-testid="stExpander"]')),
    "kelompok-data": Picture(
        "/data",
        (
            choose("Salin dari", "Kabupaten Ponorogo"),
            words("Kosongkan angkanya"),
            button("Salin dan ubah"),
            words("2 Kelompok pekerja"),
        ),
        marks=('[data-testid="stButtonGroup"]', ".sisa", '[data-testid="stDataFrame"]'),
    ),  # fmt: skip
    "asal": Picture(
        f"/?{PONOROGO}",
        (first(".ubin details.asal > summary"),),
        cut=(TILES, ".ubin details[open] .asal-isi"),
        height=900,
    ),
    "rka": Picture(
        f"/?{PONOROGO}", (tab("Tabel RKA"),), cut=(f"{MAIN} {TABS}", f"{MAIN} tr.jumlah >> nth=0"), height=1100
    ),
    "laporan": Picture(
        f"/laporan?{PONOROGO}&{PINS}",
        cut=(f"{MAIN} .siapa", key("dokumen_xlsx")),
        marks=(
            ANSWER,
            f'{MAIN} [data-testid="stCheckbox"]',
            f'{MAIN} [data-testid="stTextArea"]',
            f"{key('dokumen_docx')} button",
        ),
        height=900,
    ),  # fmt: skip
    "presentasi": Picture(f"/presentasi?{PONOROGO}&tanya.layar=pembayar"),
}
