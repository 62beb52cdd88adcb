"""A district of one's own, in a real browser: begun from nothing, and from a workbook with two faults."""

import re

from browser import open_page, settle
from samples import TEXT

from simulator.tables import edit
from simulator.tables.split import split
from simulator.workbook.write import write
from simulator.yaml_io import read_yaml

ROW, HEAD = 36, 36  # px of a grid's row and of its head


def fill(page, label: str, text: str) -> None:
    """Type into a field of a form."""
    box = page.get_by_role("textbox", name=re.compile(label))
    box.fill(text)
    box.press("Tab")
    settle(page)


def choose(page, label: str, option: str) -> None:
    """Choose from a select box."""
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=re.compile(option)).first.click()
    settle(page)


def press(page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=re.compile(name)).first.click()
    settle(page)


def type_into(page, column: int, row: int, text: str, grid: int = 0) -> None:
    """Type into a cell of a grid: its column counted from 1 after the pinned name, its row from 0."""
    cells = page.locator('[data-testid="stDataFrame"] .dvn-scroller').nth(grid)
    box = page.locator("#portal textarea, #portal input").first
    for _ in range(3):  # a grid that is still being drawn can miss an arrow key, and the name's cell opens closed
        cells.click(position={"x": 20, "y": HEAD + ROW * row + ROW / 2})
        for _ in range(column):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        box.wait_for()
        if box.is_enabled():
            break
        page.keyboard.press("Escape")
        settle(page)
    box.fill(text)
    page.keyboard.press("Enter")
    box.wait_for(state="detached")
    settle(page)


def test_a_small_district_from_nothing_to_its_projection(page, app_server):
    open_page(page, f"{app_server}/data")
    fill(page, "Nama daerah", "Kabupaten Uji Coba")
    press(page, "Mulai dari nol")
    choose(page, "Jenis penyebut", "angkatan kerja")
    fill(page, "Penyebut cakupan", "200.000")
    fill(page, "Pekerja terlindungi saat awal", "50.000")
    press(page, "Lanjut: Kelompok")
    for group in ("Marbot", "Kepala dan perangkat desa"):
        choose(page, "Kelompok yang lazim", group)
        press(page, "Tambahkan")
    for row, (workers, covered) in enumerate((("1.250", "200"), ("3.000", "1.000"))):
        type_into(page, 1, row, workers)
        type_into(page, 2, row, covered)
    rest = page.locator(".sisa")
    assert "195.750" in rest.inner_text()  # 200.000 − 1.250 − 3.000, worked out while typing
    assert "48.800" in rest.inner_text()
    press(page, "Lanjut: Sumber")
    choose(page, "Sumber yang lazim", "^APBD")
    press(page, "Tambahkan")
    type_into(page, 2, 0, "Rp 604,8 juta")
    page.get_by_text("6 Periksa dan simpan").click()
    settle(page)
    assert "Kabupaten Uji Coba" in page.locator(".siapa").last.inner_text()
    press(page, "Buka di Simulasi")
    page.wait_for_selector('[data-testid="stVegaLiteChart"]')
    assert "Kabupaten Uji Coba" in page.locator(".siapa").first.inner_text()
    assert "pekerja terlindungi" in page.locator(".jawaban").first.inner_text()
    assert not page.get_by_text("Traceback").count()


def workbook_with_two_faults() -> bytes:
    """The sample district as a workbook: a count that can be read in two ways, and a month that is none."""
    tables = split(read_yaml(TEXT)[0])
    tables = edit.with_cell(tables, "segments", 0, "workers", "20,125")
    return write(edit.with_cell(tables, "budgets", 0, "months", "dua belas"), "Kabupaten Contoh")


def test_a_workbook_with_two_faults_is_mended_on_screen(page, app_server):
    open_page(page, f"{app_server}/data")
    page.set_input_files(
        '[data-testid="stFileUploaderDropzoneInput"]',
        {"name": "contoh.xlsx", "mimeType": "application/octet-stream", "buffer": workbook_with_two_faults()},
    )
    settle(page)
    page.get_by_text("6 Periksa dan simpan").click()
    settle(page)
    faults = page.locator(".awas.berat").all_inner_texts()
    assert len([f for f in faults if "sel " in f]) == 2, faults
    assert any("20,125" in f and "Jumlah pekerja" in f for f in faults)
    page.get_by_role("button", name="20.125", exact=True).click()  # one is a choice between two readings
    settle(page)
    faults = page.locator(".awas.berat").all_inner_texts()
    assert len([f for f in faults if "sel " in f]) == 1, faults
    box = page.get_by_role("textbox", name=re.compile("Betulkan Sumber anggaran"))
    box.fill("12")
    box.press("Enter")
    settle(page)
    assert "pekerja terlindungi" in page.locator(".jawaban").first.inner_text()
    page.reload()
    settle(page)
    page.get_by_text("6 Periksa dan simpan").click()
    settle(page)
    assert "pekerja terlindungi" in page.locator(".jawaban").first.inner_text()  # a reload loses nothing
