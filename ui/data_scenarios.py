"""The scenarios of the region that is being built: names, and new ones made of what was set in the simulation."""

from html import escape

import streamlit as st

from simulator import indonesian as fmt
from simulator.tables import edit
from simulator.tables.layout import TABLE
from simulator.tables.rows import with_rows
from simulator.tables.split import split
from ui import draft, html, own, regions, state
from ui.data_rows import rows


def body(d: draft.Draft) -> None:
    """The list of scenarios, their settings, and those that can be added from the simulation."""
    st.html(f'<div class="kecil">{escape(TABLE["scenarios"].about)}</div>')
    _from_simulation(d)
    _idle(d)
    rows(d, "scenarios", ("name", "description", "note", "id"), "Tambah skenario kosong", ("id",))
    if d.tables["scenarios"]:
        st.html('<div class="judul bagian">Setelan skenario</div>')
        rows(d, "settings", ("scenario", "path", "value"), "Tambah setelan")


def _idle(d: draft.Draft) -> None:
    """Scenarios that set nothing any more, and a button that drops them."""
    rows = edit.idle_scenarios(d.tables)
    if not rows:
        return
    names = fmt.listing([f"“{edit.row_name(d.tables, 'scenarios', i)}”" for i in rows])
    st.html(html.notices([(1, f"Tanpa setelan, jadi sama dengan kondisi berjalan: {names}.")]))
    st.button(f"Hapus skenario tanpa setelan ({len(rows)})", key="hapus_kosong", on_click=_drop_idle)


def _drop_idle() -> None:
    state.touch()
    tables = draft.current().tables
    for row in reversed(edit.idle_scenarios(tables)):
        tables, _ = edit.without_row(tables, "scenarios", row)
    draft.change("Menghapus skenario tanpa setelan", tables, rows_move="scenarios")


def _entries(d: draft.Draft) -> list[tuple[str, str | None, dict]]:
    """(name, scenario, changes) of the pins and the present setting of the simulation, where it shows this region."""
    c = state.case()
    if c.region != d.name:
        return []
    found = [(p.name, p.scenario, p.changes) for p in c.pins]
    if c.changes:
        title = regions.scenario_title(regions.region(c.region), c.scenario)
        found.insert(0, (f"{title} (diubah)", c.scenario, c.changes))
    return [e for e in found if e[2]]


def _from_simulation(d: draft.Draft) -> None:
    """Pins and changes of the simulation as scenarios of the file."""
    entries = _entries(d)
    if d.name not in own.names() or not entries:
        st.caption(
            "Pengaturan dan sematan yang Anda buat di halaman Simulasi untuk daerah ini dapat dijadikan skenario di"
            " sini."
        )
        return
    names = [e[0] for e in entries]
    text = html.plain_markdown(f"Dari halaman Simulasi, jadikan skenario: {fmt.listing([f'“{n}”' for n in names])}")
    st.button(text, key="jadi_skenario", on_click=_add, args=(d.name,))


def _add(name: str) -> None:
    state.touch()
    d = draft.current()
    region = regions.region(name)
    from simulator.region import with_scenarios

    entries = [("", n, "Dari halaman Simulasi.", _merged(region, s, ch)) for n, s, ch in _entries(d)]
    data = with_scenarios(region, entries)
    there = {r.cells.get("id") for r in d.tables["scenarios"]}
    new = split({"scenarios": [s for s in data["scenarios"] if s["id"] not in there]})
    tables = with_rows(d.tables, "scenarios", (*d.tables["scenarios"], *new["scenarios"]))
    tables = with_rows(tables, "settings", (*d.tables["settings"], *new["settings"]))
    draft.change(f"Menambah {len(new['scenarios'])} skenario", tables, rows_move="settings")
    draft.notify(f"{len(new['scenarios'])} skenario ditambahkan dengan {len(new['settings'])} setelan.")


def _merged(region, scenario: str | None, changes: dict) -> dict:
    found = next((s for s in region.scenarios if s.id == scenario), None)
    return {**(dict(found.set) if found else {}), **changes}
