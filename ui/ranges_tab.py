"""The ranges themselves: low, likely and high of every number, where they come from, and the user's own."""

from html import escape

import pandas as pd
import streamlit as st

from simulator import indonesian as fmt
from simulator.levers import Lever, Number, lever
from simulator.questions import risk_words as words
from simulator.questions.answer import base_name
from simulator.questions.measure import END
from simulator.registry import STATUSES
from simulator.schema import Region
from simulator.uncertainty.plausible import every_number
from simulator.uncertainty.ranges import ranges
from ui import bands, html, state
from ui.labels import label, range_text, read_typed, typed

LOW, LIKELY, HIGH = "Rendah", "Paling mungkin", "Tinggi"
WHAT, UNIT, FROM = "Angka", "Satuan", "Asal rentang"
_BOX = "rentang|"  # where an error of a row is kept


def body(c: state.Case) -> None:
    """What ranges do, the table to edit, faults by row, and how to get back."""
    r, now = state.region(c.region), bands.with_own_ranges(c)
    listed = rows(c, now)
    st.html(
        '<div class="kalimat"><p>Model dihitung 1.024 kali dengan nilai berbeda dalam rentang ini (paling sering di'
        " sekitar nilai paling mungkin, tidak pernah di luar rentang). Nilai yang sama dipakai untuk semua skenario,"
        " jadi selisih dua skenario bukan kebetulan. Ketik angka gaya Indonesia di tabel; kosongkan Rendah dan Tinggi"
        " untuk menganggap angka itu pasti.</p></div>"
    )
    st.html(f'<div class="kalimat"><p><b>{escape(_effect(c))}</b></p></div>')
    _faults(c, now, listed)
    st.html('<div class="hp">Geser tabel ke samping untuk melihat semua kolom.</div>')
    key = f"rentang|{c.region}|{c.scenario}|{c.serial}|{st.session_state.get('rentang_ke', 0)}"
    frame = table(now, listed)
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        width="stretch",
        disabled=[WHAT, UNIT, FROM],
        height=min(560, 36 * (len(frame) + 1) + 3),
        column_config={
            WHAT: st.column_config.TextColumn(width=300),
            **{k: st.column_config.TextColumn(width=122) for k in (LOW, LIKELY, HIGH)},
            UNIT: st.column_config.TextColumn(width=120),
            FROM: st.column_config.TextColumn(width=130),
        },
        on_change=_edited,
        args=(key, [n.path for n in listed]),
    )
    _sources(now, listed)
    _add(c, now, {n.path for n in listed})
    _own(c, r, now)


def rows(c: state.Case, now: Region) -> list[Number]:
    """The numbers with a range, and those whose range the user has taken away or opened."""
    known = ranges(now)
    return [n for path, n in every_number(now).items() if path in known or path in c.ranges]


def table(now: Region, listed: list[Number]) -> pd.DataFrame:
    """A row a number, all as text in the style of the boxes beside the sliders."""
    found = []
    for n in listed:
        x = lever(now, n)
        ends = [typed(x, v) if _ranged(x) else "" for v in (x.low, x.high)]
        found.append((_name(n, x), ends[0], typed(x, x.value), ends[1], x.field.unit_label, _whence(x)))
    return pd.DataFrame(found, columns=[WHAT, LOW, LIKELY, HIGH, UNIT, FROM])


def _ranged(x: Lever) -> bool:
    return x.low is not None and x.high is not None and x.low < x.high


def _name(n: Number, x: Lever) -> str:
    return f"{x.label} ({n.group_name})"


def _whence(x: Lever) -> str:
    """In a word or two; in full it stands in the list below."""
    if x.path in state.case().ranges:
        return "diisi pengguna"
    return f"{STATUSES.get(x.status or '', 'tanpa status')}{'' if x.source else ' (tanpa sumber)'}"


def _sources(now: Region, listed: list[Number]) -> None:
    """Where every range comes from: status, source, date and what is doubtful about it."""
    rows = []
    for n in listed:
        x = lever(now, n)
        dated = f", data {fmt.date_text(x.as_of)}" if x.as_of else ""
        mine = "Rentang diisi pengguna. " if x.path in state.case().ranges else ""
        status = STATUSES.get(x.status or "", "tanpa status")
        cells = [escape(v) for v in (_name(n, x), range_text(x) or "dianggap pasti", f"{status}{dated}")]
        rows.append([*cells, html.link(x.source or "tanpa sumber", x.address), escape(mine + (x.note or ""))])
    with st.expander("Asal setiap rentang: sumber, tanggal, dan catatan"):
        st.html(html.grid(("Angka", "Rentang", "Status", "Sumber", "Catatan"), rows))


def _edited(key: str, paths: list[str]) -> None:
    """Take over what was typed in the table, row by row; what cannot be read stays there with its reason."""
    state.touch()
    c = state.case()
    edits = st.session_state[key].get("edited_rows", {})
    _forget(c)
    for row, cells in edits.items():
        _take(c, paths[int(row)], cells)
    if not any(name.startswith(_BOX) for name in c.errors):
        st.session_state["rentang_ke"] = st.session_state.get("rentang_ke", 0) + 1  # draw the table anew


def _forget(c: state.Case) -> None:
    """Faults of earlier edits; those still in the table are found again."""
    for name in [n for n in c.errors if n.startswith(_BOX)]:
        del c.errors[name]


def _effect(c: state.Case) -> str:
    """What the ranges come to now, so that an edit shows what it does."""
    run = state.case_project(c)
    year = c.year if c.year in run.years.years else run.years.years[-1]
    band = state.case_risk(c, run).band(END, year)
    base = base_name(run)
    return (
        f"Cakupan akhir {year} dengan rentang ini: {words.shares(band.p10, band.p90)} dari {base} (8 dari 10"
        f" kemungkinan); dengan angka paling mungkin {fmt.percent(band.value, 1)}."
    )


def _take(c: state.Case, path: str, cells: dict[str, str | None]) -> None:
    """One row: the likely value is the lever itself, the ends are the user's own range."""
    c.errors.pop(_BOX + path, None)
    now = bands.with_own_ranges(c)
    x = lever(now, every_number(now)[path])
    try:
        if LIKELY in cells:
            value = read_typed(x, cells[LIKELY] or "")
            what = f"Mengubah {x.label} ({x.group_name})"
            if value != x.value and (reason := state.apply_changes({path: value}, what=what)):
                raise fmt.NotANumber(reason)
            c.notices = [f"Pengaturan ikut berubah: {x.label} ({x.group_name}) menjadi {label(x, value)}."]
            x = lever(bands.with_own_ranges(c), every_number(bands.with_own_ranges(c))[path])
        if LOW in cells or HIGH in cells:
            reason = state.set_range(path, _ends(x, cells))
            if reason:
                raise fmt.NotANumber(reason)
    except fmt.NotANumber as err:
        c.errors[_BOX + path] = (None, str(err))


def _ends(x: Lever, cells: dict[str, str | None]) -> tuple[float, float] | None:
    """The range typed; None where both ends are blank."""
    given = {LOW: typed(x, x.low) if _ranged(x) else "", HIGH: typed(x, x.high) if _ranged(x) else ""}
    given |= {k: (cells[k] or "").strip() for k in (LOW, HIGH) if k in cells}
    if not given[LOW] and not given[HIGH]:
        return None
    if not given[LOW] or not given[HIGH]:
        raise fmt.NotANumber("Isi Rendah dan Tinggi, atau kosongkan keduanya.")
    low, high = (read_typed(x, given[k]) for k in (LOW, HIGH))
    if low is None or high is None or not low <= x.value <= high:
        raise fmt.NotANumber(f"Rentang harus memuat nilai paling mungkin, {label(x, x.value)}.")
    return float(low), float(high)


def _faults(c: state.Case, now: Region, listed: list[Number]) -> None:
    for n in listed:
        if error := c.errors.get(_BOX + n.path):
            st.error(html.plain_markdown(f"{_name(n, lever(now, n))}: {error[1]} Nilai lama tetap dipakai."))


def _add(c: state.Case, now: Region, there: set[str]) -> None:
    """A range for a number that has none yet."""
    listed = every_number(now).values()
    free = {n.path: _name(n, lever(now, n)) for n in listed if n.path not in there and n.quantity is not None}
    key = f"rentang baru|{c.region}|{c.serial}|{len(there)}"
    st.selectbox(
        "Beri rentang pada angka lain",
        list(free),
        format_func=free.get,
        index=None,
        placeholder="Pilih angka",
        key=key,
        on_change=_added,
        args=(key,),
    )


def _added(key: str) -> None:
    """Open a row with a first range: the plausible one of the slider is not known, so it begins with nothing."""
    path = st.session_state[key]
    if path is not None:
        state.set_range(path, None)
        st.session_state["rentang_ke"] = st.session_state.get("rentang_ke", 0) + 1


def _own(c: state.Case, r: Region, now: Region) -> None:
    """The user's own ranges, each set back by a click."""
    if not c.ranges:
        return
    st.html('<div class="judul">Rentang yang Anda ubah</div>')
    known = every_number(now)
    for path in list(c.ranges):
        n = known.get(path)
        x = lever(now, n) if n else None
        named = _name(n, x) if x else path
        left, right = st.columns([4, 1], vertical_alignment="center")
        ends = c.ranges[path]
        none = "dianggap pasti" if path in ranges(state.current(c)) else "belum diisi: ketik Rendah dan Tinggi di tabel"
        told = none if ends is None or not x else f"{label(x, x.low)} sampai {label(x, x.high)}"
        left.html(f'<div class="ubah">{escape(named)}: {escape(told)}</div>')
        right.button("Kembalikan", key=f"balik rentang|{path}", on_click=_back, args=(path,), width="stretch")


def _back(path: str) -> None:
    _forget(state.case())
    state.drop_range(path)
    st.session_state["rentang_ke"] = st.session_state.get("rentang_ke", 0) + 1
