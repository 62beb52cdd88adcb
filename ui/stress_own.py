"""The user's own stress tests: a form, the list of them, and the region's file that holds them."""

from dataclasses import dataclass, field
from html import escape
from typing import Any

import streamlit as st

from simulator import Region, dump_region, stress_format
from simulator import indonesian as fmt
from simulator.levers import Number, main_lever, numbers
from simulator.questions.settings import value_text
from simulator.questions.stress import Report
from simulator.region import with_stress_tests
from simulator.registry import FIELDS
from simulator.schema import StressSpec
from ui import ask, cases, html, share, state
from ui.labels import read_typed, typed
from ui.share import MOST_TEST_SETTINGS, MOST_TESTS, OwnTest

BECOMES, CHANGES = "menjadi", "berubah"
CHOICE = "uji"  # the chosen test's label among what the pages ask


@dataclass
class Row:
    """One number of a test being written, as typed."""

    path: str
    kind: str = CHANGES
    text: str = "−40%"
    error: str = ""


@dataclass
class Draft:
    """A test being written: `place` of the one it replaces (None: a new one), `kept` what no box can show."""

    place: int | None
    name: str
    rows: list[Row]
    lost: str = ""
    kept: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    serial: int = 0  # counts rows taken away; part of widget keys


# ---- what is kept


def specs(c: state.Case) -> list[StressSpec]:
    """The user's tests as the model reads them."""
    return [StressSpec.model_validate(raw) for raw in _data(c)]


def _data(c: state.Case) -> list[dict[str, Any]]:
    """The user's tests as a region file holds them, under ids that the file does not use."""
    taken = {*stress_format.BUILT_IN, *(t.id for t in state.region(c.region).stress_tests)}
    free = (f"uji_{i}" for i in range(1, 2 + len(taken) + MOST_TESTS) if f"uji_{i}" not in taken)
    return [cases.test_data(test, key) for test, key in zip(c.tests, free, strict=False)]


def keep(test: OwnTest, place: int | None = None) -> str | None:
    """Keep a test, new or in the place of another, as one step; the reason in Indonesian where that cannot be."""
    c = state.case()
    if place is None and len(c.tests) >= MOST_TESTS:
        return f"Sudah ada {MOST_TESTS} uji; hapus salah satu lebih dahulu."
    if len(test.set) + len(test.scale) > MOST_TEST_SETTINGS:
        return f"Paling banyak {MOST_TEST_SETTINGS} angka dalam satu uji."
    if reason := cases.test_refused(c.region, test):
        return f"Uji ini tidak cocok dengan berkas daerah: {reason}."
    with state.step(f"Menyimpan uji “{test.name}”"):
        c.tests = [test if i == place else t for i, t in enumerate(c.tests)] if place is not None else [*c.tests, test]
    return None


def drop(place: int) -> None:
    """Take a test away."""
    c = state.case()
    with state.step(f"Menghapus uji “{c.tests[place].name}”"):
        c.tests = [t for i, t in enumerate(c.tests) if i != place]
    kept = draft(c)
    if kept is not None and kept.place == place:
        kept.place = None  # what was typed stays, as a new test
    elif kept is not None and kept.place is not None and kept.place > place:
        kept.place -= 1
    st.rerun()


def copy(name: str, settings: dict[str, Any], scale: dict[str, float], lost: float, taken: list[str]) -> None:
    """Make a test of the user's from another one."""
    c = state.case()
    test = OwnTest(share.unique_name(f"{name} (salinan)", taken), settings, scale, lost)
    reason = keep(test)
    c.notices = [reason or f"Disalin sebagai “{test.name}”; ubah di bagian Uji buatan sendiri."]
    if not reason:
        ask.put(CHOICE, test.name)
    st.rerun()


# ---- the section


def section(c: state.Case, found: Report) -> None:
    """The list, the form and the file."""
    st.html('<div class="judul bagian">Uji buatan sendiri</div>')
    if not c.tests:
        told = "Belum ada. Beri nama sebuah kejadian dan pilih angka yang berubah; uji ikut dalam tautan dan Urungkan."
        st.html(f'<div class="kecil">{told}</div>')
    for place, test in enumerate(c.tests):
        words, edit, gone = st.columns([7, 1, 1], vertical_alignment="center")
        summary = escape("; ".join(_summary(c, test)))
        words.html(f'<b>{escape(test.name)}</b><div class="kecil">{summary}</div>')
        edit.button("Ubah", key=f"uji_ubah_{place}", on_click=_open, args=(place,), width="stretch")
        gone.button("Hapus", key=f"uji_hapus_{place}", on_click=drop, args=(place,), width="stretch")
    if draft(c) is not None:
        _form(c, found)
    else:
        full = len(c.tests) >= MOST_TESTS
        st.button("Buat uji baru", key="uji_baru", on_click=_open, args=(None,), disabled=full)
    if c.tests:
        _download(c)


def _summary(c: state.Case, test: OwnTest) -> list[str]:
    """What a test changes, each number in a few words."""
    known = {n.path: n for n in numbers(state.current(c))}
    told = []
    for path, value in test.set.items():
        n = known.get(path)
        shown = value_text(FIELDS[n.key], value) if n and isinstance(value, (int, float)) else str(value)
        told.append(f"{_label(known, path)} menjadi {shown}")
    for path, factor in test.scale.items():
        change = fmt.signed(fmt.percent_short(factor - 1), factor - 1)
        told.append(f"{_label(known, path)} {change}")
    if test.members_lost:
        told.append(f"{fmt.percent_short(test.members_lost)} peserta hilang dalam tiga bulan")
    return told


def _label(known: dict[str, Number], path: str) -> str:
    """A number by the name of its owner and its own."""
    n = known.get(path)
    if n is None:
        return path
    return f"{n.group_name}: {fmt.inside(FIELDS[n.key].label)}{f' {n.year}' if n.year else ''}"


# ---- the form


def draft(c: state.Case) -> Draft | None:
    """The test being written for a case's region."""
    return st.session_state.get(f"uji_draf|{c.region}")


def _set_draft(c: state.Case, value: Draft | None) -> None:
    st.session_state[f"uji_draf|{c.region}"] = value


def _open(place: int | None) -> None:
    """Begin to write: a new test, or one there is."""
    state.touch()
    c = state.case()
    if place is None:
        first = numbers(state.current(c))[0].path
        _set_draft(c, Draft(None, f"Uji {len(c.tests) + 1}", [Row(first)], serial=_next_serial()))
        return
    test, known = c.tests[place], {n.path for n in numbers(state.current(c))}
    rows, kept = [], {}
    for path, value in test.set.items():
        if path in known and isinstance(value, (int, float)) and not isinstance(value, bool):
            rows.append(Row(path, BECOMES, typed(state.one_lever(state.current(c), path), value)))
        else:
            kept[path] = value
    for path, factor in test.scale.items():
        rows.append(Row(path, CHANGES, fmt.signed(fmt.percent_short(factor - 1), factor - 1)))
    lost = fmt.percent_short(test.members_lost) if test.members_lost else ""
    _set_draft(c, Draft(place, test.name, rows, lost, kept, serial=_next_serial()))


def _next_serial() -> int:
    st.session_state["uji_nomor"] = st.session_state.get("uji_nomor", 0) + 100
    return st.session_state["uji_nomor"]


def _form(c: state.Case, found: Report) -> None:
    d = draft(c)
    assert d is not None
    with st.container(border=True, key="uji_formulir"):
        left, right = st.columns([3, 2])
        with left:
            _box("Nama uji", d, "name", help="Paling panjang 60 huruf.")
        with right:
            _box("Peserta hilang, % (boleh kosong)", d, "lost", help="Dari peserta mandiri dan yang dibayari pemberi"
                 " kerja, merata dalam tiga bulan pertama, lalu tetap hilang.")  # fmt: skip
        known = {n.path: n for n in numbers(state.current(c))}
        for place, row in enumerate(d.rows):
            _row(d, place, row, known)
        if d.kept:
            paths = escape(fmt.listing(list(d.kept)))
            st.html(f'<div class="kecil">Tetap ikut seperti adanya: {paths}.</div>')
        for text in d.errors:
            st.error(html.plain_markdown(text))
        with st.container(horizontal=True, gap="small"):
            full = len(d.rows) + len(d.kept) >= MOST_TEST_SETTINGS
            st.button("Tambah angka", key="uji_tambah", on_click=_add, disabled=full)
            names = [o.test.name for o in found.outcomes]
            st.button("Simpan uji", key="uji_simpan", on_click=_save, args=(names,), type="primary")
            st.button("Batal", key="uji_batal", on_click=_cancel)


def _row(d: Draft, place: int, row: Row, known: dict[str, Number]) -> None:
    which, kind, value, gone = st.columns([4, 1.5, 1.8, 1], vertical_alignment="bottom")
    options = list(known) if row.path in known else [*known, row.path]
    hidden = "visible" if place == 0 else "collapsed"
    with which:
        _select("Angka", d, place, "path", options, hidden, lambda path: _option(known, path))
    with kind:
        _select("Cara", d, place, "kind", [CHANGES, BECOMES], hidden, _kind_name)
    with value:
        _row_text(d, place, hidden)
    gone.button("Hapus", key=f"uji_baris_{d.serial}_{place}", on_click=_less, args=(place,), width="stretch")
    if row.error:
        st.error(html.plain_markdown(row.error))
    elif row.kind == CHANGES and (years := _single_years(row.path, known)):
        told = f"Anggaran yang ditetapkan untuk {fmt.listing(years)} sendiri tidak ikut; tambahkan barisnya bila perlu."
        st.html(f'<div class="kecil">{told}</div>')


def _kind_name(kind: str) -> str:
    return {BECOMES: "menjadi nilai baru", CHANGES: "naik/turun, %"}[kind]


def _option(known: dict[str, Number], path: str) -> str:
    n = known.get(path)
    now = value_text(FIELDS[n.key], n.quantity.value if n.quantity else None) if n else fmt.NONE
    return f"{_label(known, path)} (kini {now})"


def _single_years(path: str, known: dict[str, Number]) -> list[str]:
    """The years for which a funder's number is set by itself."""
    owner, _, name = path.partition(".")
    return [str(n.year) for n in known.values() if n.year and n.group == owner and n.path.endswith(f".{name}")]


def _key(d: Draft, name: str) -> str:
    return f"uji_kotak|{state.case().region}|{d.serial}|{name}"


def _box(label: str, d: Draft, name: str, help: str) -> None:
    key = _key(d, name)
    if st.session_state.get(key) != getattr(d, name):
        st.session_state[key] = getattr(d, name)
    st.text_input(label, key=key, help=help, on_change=_took, args=(d, name, key))


def _took(owner: Draft | Row, name: str, key: str) -> None:
    """What is typed is kept with the draft, so that nothing is lost on another page."""
    state.touch()
    setattr(owner, name, st.session_state[key])
    if isinstance(owner, Row):
        owner.error = ""


def _select(label: str, d: Draft, place: int, name: str, options: list[str], hidden: str, words: Any) -> None:
    row, key = d.rows[place], _key(d, f"{name}{place}")
    if st.session_state.get(key) != getattr(row, name):
        st.session_state[key] = getattr(row, name)
    st.selectbox(
        label, options, key=key, format_func=words, on_change=_took, args=(row, name, key), label_visibility=hidden
    )


def _row_text(d: Draft, place: int, hidden: str) -> None:
    row, key = d.rows[place], _key(d, f"teks{place}")
    if st.session_state.get(key) != row.text:
        st.session_state[key] = row.text
    st.text_input("Nilai", key=key, on_change=_took, args=(row, "text", key), label_visibility=hidden)


def _add() -> None:
    state.touch()
    c = state.case()
    d = draft(c)
    r, used = state.current(c), {row.path for row in d.rows}
    main = [main_lever(f)[0] for f in r.funders]  # a percentage may be put on each of these
    free = next((path for path in [*main, *(n.path for n in numbers(r))] if path not in used), None)
    if free:
        d.rows.append(Row(free) if stress_format.may_scale(r._data, free) else Row(free, BECOMES, ""))


def _less(place: int) -> None:
    state.touch()
    d = draft(state.case())
    d.rows.pop(place)
    d.serial += 1  # boxes below move up: new ones, so that none keeps another's text


def _cancel() -> None:
    state.touch()
    _set_draft(state.case(), None)


def _save(names: list[str]) -> None:
    """Keep what is written, or say beside each box why not."""
    state.touch()
    c = state.case()
    d = draft(c)
    test = _read(c, d, names)
    if test is None:
        return
    if reason := keep(test, d.place):
        d.errors = [reason]
        return
    _set_draft(c, None)
    ask.put(CHOICE, test.name)
    c.notices = [f"Uji “{test.name}” disimpan; tautan di alamat peramban memuatnya."]
    st.rerun()


def _read(c: state.Case, d: Draft, names: list[str]) -> OwnTest | None:
    """The test that is written; None where something cannot be read, with the reason beside it."""
    d.errors = []
    r = state.current(c)
    settings, scale = dict(d.kept), {}
    for row in d.rows:
        row.error = ""
        try:
            if row.path in settings or row.path in scale:
                raise fmt.NotANumber("Angka ini sudah ada di baris lain; pakai satu saja.")
            if row.kind == BECOMES:
                settings[row.path] = _new_value(r, row)
            else:
                scale[row.path] = _factor(r, row)
        except fmt.NotANumber as err:
            row.error = str(err)
    try:
        lost = ask.share_of("Peserta hilang harus antara 0% dan 100%.")(d.lost) if d.lost.strip() else 0.0
    except fmt.NotANumber as err:
        lost = 0.0
        d.errors.append(str(err))
    name = share.clean_name(d.name)
    own = c.tests[d.place].name if d.place is not None else ""
    others = {n.casefold() for n in names} - {own.casefold()}
    if not name:
        d.errors.append("Nama uji tidak boleh kosong.")
    elif name.casefold() in others:
        d.errors.append(f"Nama “{name}” sudah dipakai uji lain.")
    if d.errors or any(row.error for row in d.rows):
        return None
    return OwnTest(name, settings, scale, lost)


def _new_value(r: Region, row: Row) -> float | None:
    if row.path not in {n.path for n in numbers(r)}:
        raise fmt.NotANumber("Angka ini tidak ada di skenario ini; pilih angka lain atau hapus barisnya.")
    return read_typed(state.one_lever(r, row.path), row.text)


def _factor(r: Region, row: Row) -> float:
    """1 + the change that is typed: −40% is 0.6."""
    if not stress_format.may_scale(r._data, row.path):
        raise fmt.NotANumber("Bilangan bulat tidak dapat diubah dengan persen; pilih “menjadi nilai baru”.")
    change = fmt.parse_percent(row.text)
    if not -1 <= change <= 999:
        raise fmt.NotANumber("Perubahan paling sedikit −100% dan paling banyak 99.900%.")
    return round(1 + change, 12)


# ---- the file


def _download(c: state.Case) -> None:
    region, more = state.region(c.region), _data(c)

    def content() -> bytes:
        return dump_region(with_stress_tests(region, more)).encode("utf-8")

    left, right = st.columns([1.2, 3], vertical_alignment="center")
    left.download_button(
        "Unduh berkas daerah dengan uji ini",
        data=content,
        file_name=f"{c.region}.yaml",
        mime="application/yaml",
        on_click="ignore",
        key="uji_unduh",
    )
    right.html(
        '<div class="kecil">Uji buatan sendiri ikut dalam tautan. Agar tersimpan bersama daerah, buka berkas unduhan'
        " ini di halaman Data daerah; agar terdaftar untuk semua pemakai, taruh di folder <code>scenarios</code>"
        f" sebagai <code>{escape(c.region)}.yaml</code>. Perubahan parameter tidak ikut.</div>"
    )
