"""The page that proves: why the simulator can be believed, worked out anew each time it is opened."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from simulator import MODEL_VERSION, Projection, Region, load_region
from simulator.catalogue import TEMPLATE
from simulator.identities import check_identities
from simulator.proof import ends, golden, programmes, sponsors, unproven
from ui import html, opening, proof_golden, regions, simulation_page, state
from ui import proof_tables as tables
from ui.proof_tables import Section


def page() -> None:
    """The outcome in a sentence, then each check; the slowest, golden results, comes last and into its place."""
    c = opening.sound_case()
    if c is None:
        return
    opening.sidebar(c, "Hitungan dan ujung parameter diperiksa pada pengaturan ini, termasuk perubahan Anda.")
    with opening.answering() as c:
        run = state.case_project(c)
        head = f"{run.region.title} · {simulation_page.scenario_name(c)} · model versi {MODEL_VERSION}"
        top, file = st.empty(), st.container()
        top.html(html.answer("Semua pemeriksaan sedang dijalankan.", head))
        first = [_identities(run), tables.lever_ends(ends.lever_ends(run.region))]
        _show(first)
        first += [
            tables.programmes(programmes.rerun_all()),
            tables.sponsors(sponsors.outcomes(), sponsors.usual_shares()),
        ]
        _show(first[2:])
        top.html(html.answer(tables.headline(first, running=True), head))
        place = st.container()
        assumed = _assumptions(state.region(c.region))
        _show([assumed])
        with place:
            compared = _golden()
        everything = [*first, compared, assumed]
        top.html(html.answer(tables.headline(everything, running=False), head))
        with file:
            name = f"uji-model-{c.region}-{MODEL_VERSION}.csv"
            st.download_button("Unduh semua bukti (CSV)", as_csv(everything, head), name, "text/csv", key="unduh_uji")


def _identities(run: Projection) -> Section:
    largest = max(float(run.years.available.max(initial=0.0)), float(run.years.cost.max(initial=0.0)))
    return tables.identities(check_identities(run), largest)


def _assumptions(region: Region) -> Section:
    return tables.unproven(unproven.unproven_numbers(region), unproven.assumed_parameters())


def _show(sections: Sequence[Section]) -> None:
    for section in sections:
        st.html(f'<div class="judul bagian">{html.escape(section.title)}</div>{tables.section_html(section)}')
        for table in section.tables:
            if table.folded:
                with st.expander(table.folded):
                    st.html(tables.table_html(table))
            else:
                st.html(tables.table_html(table))


# ---- golden results


def _golden() -> Section:
    """All regions beside their golden results, one after the other, with a line that tells how far it is."""
    found = _compared()
    _show([found])
    return found


def _compared() -> Section:
    folder = golden.GOLDEN
    files = golden.files()
    if not folder.is_dir():
        return proof_golden.absent(folder)
    try:
        record = golden.record_of(folder)
    except golden.RecordError as err:
        return proof_golden.unreadable(str(err))
    progress, done = st.empty(), []
    for i, path in enumerate(files, 1):
        told = f"Membandingkan dengan hasil baku: berkas {i} dari {len(files)} …"
        progress.html(f'<div class="kecil" role="status">{told}</div>')
        done.append(golden.compare(path, folder, record, _read))
    progress.empty()
    titles = {**regions.titles(), TEMPLATE: "Berkas contoh"}
    return proof_golden.section(done, record, titles, lambda name: _read(golden.SCENARIOS / f"{name}.yaml"))


def _read(path: Path) -> Region:
    """A region file, the one that the session has read already where there is one."""
    return regions.region(path.stem) if path.stem in regions.files() else load_region(path)


# ---- as a file


def as_csv(sections: Sequence[Section], head: str) -> str:
    """All sections with their tables, for Excel with Indonesian settings."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([["Uji model"], [_safe(head)]])
    for section in sections:
        writer.writerows([[], [section.title], [section.verdict]])
        for table in section.tables:
            writer.writerows([[], list(table.heads)])
            writer.writerows([[_safe(tables.plain_cell(cell)) for cell in row] for row in table.rows])
    return "\ufeff" + out.getvalue()


def _safe(text: str) -> str:
    """A text that a spreadsheet would take for a formula is kept text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
