"""The foot of the levers: pin this setting, what was changed and from where, and the link to share."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from simulator import Region, configure
from simulator import indonesian as fmt
from simulator.questions.settings import Setting, differences, words
from ui import pins, regions, share, state
from ui.html import plain_markdown

FRAGMENT = "kaki"
WRITTEN, TODAY = "skenario", "berjalan"


@dataclass(frozen=True)
class Origin:
    """A setting that one may go back to: its name, scenario and changes."""

    name: str
    scenario: str | None
    changes: dict

    def region(self, c: state.Case) -> Region:
        """The region set like this."""
        return configure(state.region(c.region), self.scenario, self.changes)


def origins(c: state.Case) -> dict[str, Origin]:
    """What a case may be compared with and set back to, by key."""
    r = state.region(c.region)
    title = regions.scenario_title(r, c.scenario)
    found = {WRITTEN: Origin(f"Skenario {title} seperti tertulis", c.scenario, {})}
    if c.scenario != regions.usual_scenario(r):
        found[TODAY] = Origin("Kondisi berjalan", regions.usual_scenario(r), {})
    for number, pin in enumerate(c.pins, 1):
        found[str(number)] = Origin(f"Sematan “{pin.name}”", *pin.setting)
    return found


def reset_all(origin: Origin) -> None:
    """Set everything as an origin has it."""
    state.apply_changes(origin.changes, origin.scenario, f"Kembali ke {origin.name}")


def reset_one(path: str, label: str, value: object) -> None:
    """Set one lever as an origin has it; what refuses it is told."""
    c = state.case()
    if isinstance(value, tuple):
        value = list(value)
    if reason := state.apply_changes({path: value}, what=f"Mengembalikan {label}"):
        c.notices = [f"Tidak dapat dikembalikan sendiri: {reason}."]


@st.fragment(key=FRAGMENT)
def show() -> None:
    """Drawn anew after each lever; what is folded away is worked out only when it is opened."""
    c = state.case()
    _pin_button(c)
    if c.changes:
        st.button(f"Kembalikan {len(c.changes)} perubahan ke skenario", on_click=_reset, width="stretch")
    with st.expander("Daftar perubahan", on_change="rerun", key="perubahan") as box:
        if box.open:
            _changes(c)
    link_box(c)


def link_box(c: state.Case) -> None:
    """The link to share, folded away; it opens on the page where it was copied."""
    with st.expander("Bagikan tautan", on_change="rerun", key="bagikan") as box:
        if box.open:
            _link(c)


def _pin_button(c: state.Case) -> None:
    same = next((p.name for p in c.pins if p.setting == (c.scenario, c.changes)), None)
    if same:
        st.caption(plain_markdown(f"Disematkan sebagai “{same}”; lihat halaman Bandingkan."))
        return
    full = len(c.pins) >= state.MOST_PINS
    text = f"Sematkan untuk dibandingkan ({len(c.pins)} dari {state.MOST_PINS})"
    told = "Sudah penuh: lepas satu sematan di halaman Bandingkan." if full else "Lihat di halaman Bandingkan."
    st.button(text, key="sematkan", disabled=full, help=told, on_click=_pin, width="stretch")


def _pin() -> None:
    if reason := pins.pin_current():
        state.case().notices = [reason]
    st.rerun()


def _reset() -> None:
    state.reset()
    st.rerun()


def _changes(c: state.Case) -> None:
    """Every setting that differs from an origin of the user's choice."""
    known = origins(c)
    if st.session_state.get("asal") not in known:
        st.session_state["asal"] = WRITTEN
    key = st.selectbox("Berubah dari", list(known), format_func=lambda k: known[k].name, key="asal")
    origin = known[key]
    found = differences(origin.region(c), state.current(c))
    if c.ranges:
        st.caption(f"{len(c.ranges)} rentang angka diubah juga; daftarnya di halaman Risiko, tab Rentang angka.")
    if not found:
        st.caption("Tidak ada yang berbeda.")
        return
    with st.container(height=280 if len(found) > 5 else "content", border=False, key="daftar_ubah"):
        for before, after in found:
            _row(c, before, after)
    label = f"Kembalikan semua ({len(found)})"
    st.button(label, key="kembalikan_semua", on_click=_reset_all, args=(origin,), width="stretch")


def _row(c: state.Case, before: Setting | None, after: Setting | None) -> None:
    named = after or before
    label = f"{named.label} ({named.group_name})"
    left, right = st.columns([2.1, 1], vertical_alignment="center", gap="small")
    left.html(
        f'<div class="ubah"><b>{escape(named.label)}</b> · {escape(named.group_name)}<br>'
        f"{escape(words(before))} → {escape(words(after))}</div>"
    )
    right.button(
        "Pulihkan",
        key=f"kembalikan|{named.path}",
        help=plain_markdown(f"{label} kembali ke {words(before)}"),
        on_click=_reset_one,
        args=(named.path, label, before.value if before else None),
        width="stretch",
    )


def _reset_all(origin: Origin) -> None:
    reset_all(origin)
    st.rerun()


def _reset_one(path: str, label: str, value: object) -> None:
    reset_one(path, label, value)
    st.rerun()


def _link(c: state.Case) -> None:
    query = share.encode(c.link())
    length = fmt.count(share.length(query))
    if share.too_long(query):
        query = share.without_pins(query)
        if share.too_long(query):
            st.warning(f"Perubahan terlalu banyak untuk satu tautan ({length} karakter).")
            return
        st.warning(
            f"Dengan semua sematan tautan menjadi terlalu panjang ({length} karakter; paling panjang"
            f" {fmt.count(share.LONGEST)}). Tautan di bawah hanya memuat pengaturan sekarang; lepas sebagian sematan"
            " agar semuanya ikut."
        )
    pinned = f", {len(c.pins)} sematan," if c.pins else ""
    st.caption(
        f"Tautan ini membangun kembali daerah, skenario{pinned} dan semua pengaturan. Alamat localhost hanya berlaku di"
        " komputer ini; penerima lain membukanya dengan simulator di komputernya sendiri."
    )
    st.code(state.full_address(query), language=None, wrap_lines=True)
