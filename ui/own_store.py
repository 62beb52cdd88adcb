"""The browser keeps the user's own regions and drafts, so that closing it or ending the server loses nothing.

The server holds them in the session only. What has changed is sent to the browser once, which writes it into its
localStorage and says so; a new session gets it back once. Entries carry the time of their last change: of two tabs the
one that wrote an entry last wins, and what only the other tab has stays. What was taken away stays as an empty entry
for a while, so that no old tab brings it back. What comes from the browser is read as carefully as a link.
"""

import json
import secrets
from typing import Any

import streamlit as st

from ui import own, own_memory, share, state
from ui.own_memory import DRAFT, ID, REGION

FRAGMENT = "simpanan"  # redraw it (st.rerun) after a change that was made in a fragment: the browser gets it then
LONGEST = 3_000_000  # characters in all; browsers give a page about five million
_HEARD, _TROUBLE, _SESSION = "simpanan_terdengar", "simpanan_masalah", "simpanan_sesi"
_GIVEN_UP = "simpanan_tanpa"
_LATEST = 2**53
TOO_LARGE, REFUSED = "besar", "ditolak"
TOLD = {
    TOO_LARGE: "Data Anda terlalu besar untuk disimpan di peramban; unduh berkasnya agar tidak hilang.",
    REFUSED: "Peramban tidak mengizinkan penyimpanan data Anda; unduh berkasnya agar tidak hilang.",
}
WAITING = "Memuat data daerah Anda…"

_STORE = st.components.v2.component(
    "simulator_own_data",
    js="""
const place = "simulator-daerah";
const forget = 90 * 24 * 3600 * 1000;

function read() {
  const text = window.localStorage.getItem(place);
  try {
    const kept = JSON.parse(text);
    if (kept && typeof kept === "object" && !Array.isArray(kept)) return [kept, text];
  } catch (problem) {
    console.warn(problem);
  }
  return [{}, ""];
}

function merged(kept, rows) {
  const oldest = Date.now() - forget;
  for (const [key, [at, text]] of Object.entries(rows)) {
    const other = Array.isArray(kept[key]) ? kept[key][0] : 0;
    if (!(other > at)) kept[key] = [at, text];
  }
  for (const [key, entry] of Object.entries(kept)) {
    if (!Array.isArray(entry) || (entry[1] === null && entry[0] < oldest)) delete kept[key];
  }
  return JSON.stringify(kept);
}

// A message that comes while the page is drawn brings along the state of widgets that are about to go, and their
// callbacks would run a second time. What is not sent because the page is drawn again is made anew then.
let timer = null;

function sendWhenDrawn(messages, send) {
  const started = Date.now();
  let quiet = 0;
  clearInterval(timer);
  if (messages.length === 0) return;
  timer = setInterval(() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const state = app ? app.dataset.testScriptState : undefined;
    quiet = state === "notRunning" || (state === undefined && Date.now() - started > 3000) ? quiet + 1 : 0;
    if (quiet < 3) return;
    clearInterval(timer);
    for (const [name, message] of messages) send(name, message);
  }, 60);
}

function saved(data, kept, text) {
  const whole = merged(kept, data.rows);
  if (whole.length > data.longest) return ["failed", { stamp: data.stamp, why: "besar" }];
  try {
    window.localStorage.setItem(place, whole);
    return ["done", { stamp: data.stamp, alone: text.length <= 2 }];
  } catch (problem) {
    console.warn(problem);
    const full = problem && problem.name === "QuotaExceededError" && (text !== "" || whole.length > 1000000);
    return ["failed", { stamp: data.stamp, why: full ? "besar" : "ditolak" }];
  }
}

export default function (component) {
  const { data, setTriggerValue } = component;
  const messages = [];
  try {
    const [kept, text] = read();
    if (!data.heard && (data.waiting || text.length > 2)) messages.push(["kept", { text }]);
    if (data.rows) messages.push(saved(data, kept, text));
  } catch (problem) {
    console.warn(problem);
    if (data.rows) messages.push(["failed", { stamp: data.stamp, why: "ditolak" }]);
    if (data.waiting) messages.push(["kept", { text: "" }]);
  }
  sendWhenDrawn(messages, setTriggerValue);
}
""",
)


def listen() -> bool:
    """Mount the browser's memory: once a run, before the page. It draws nothing, and a lever does not draw it anew.

    Returns whether the page may be drawn: not while the address needs what the browser is yet to hand over.
    """
    waiting = _waiting()
    _memory(waiting)
    if waiting:
        st.info(WAITING)
        st.button("Lanjut tanpa menunggu", key="simpanan_lanjut", on_click=_go_on)
    return not waiting  # st.stop() would drop the browser's answer where it came a moment before


def _go_on() -> None:
    st.session_state[_GIVEN_UP] = True


def show() -> None:
    """One line where the browser could not keep the user's data; nothing where it could."""
    why = _trouble()
    if why is not None and (own.names() or own.drafts()):
        st.warning(TOLD[why])


def _waiting() -> bool:
    """Whether the address names an own region that only the browser can know."""
    name = st.query_params.get(share.REGION, "")
    unknown = bool(ID.match(name)) and own_memory.kept(name) is None
    return unknown and not (st.session_state.get(_HEARD, False) or st.session_state.get(_GIVEN_UP, False))


@st.fragment(key=FRAGMENT)
def _memory(waiting: bool) -> None:
    rows = _unheard()
    too_large = sum(len(text or "") for _, text in rows.values()) > LONGEST
    if rows and too_large:
        st.session_state[_TROUBLE] = (_stamp(), TOO_LARGE)
    data = {
        "heard": st.session_state.get(_HEARD, False),
        "waiting": waiting,
        "stamp": _stamp(),
        "rows": rows if rows and _trouble() is None else None,
        "longest": LONGEST,
    }
    with st.container(key="simpanan"):
        _STORE(data=data, key="simpanan_daerah", on_kept_change=_kept, on_done_change=_done, on_failed_change=_failed)


def _unheard() -> dict[str, list]:
    """What the browser has not written down yet: "kind|id" → [time, text; None: taken away]."""
    held = own_memory.shelf()
    return {
        f"{kind}|{name}": [at, held.text_of(kind, name)]
        for (kind, name), at in held.times.items()
        if held.heard.get((kind, name)) != at
    }


def _stamp() -> str:
    """A short name of the present state of all entries."""
    session = st.session_state.setdefault(_SESSION, secrets.token_hex(4))
    return f"{session}-{sum(own_memory.shelf().times.values())}"


def _trouble() -> str | None:
    """Why the present state could not be kept; None where it could, or where that is not known yet."""
    stamp, why = st.session_state.get(_TROUBLE, ("", None))
    return why if stamp == _stamp() else None


# ---- what the browser says


def _answer(name: str) -> dict[str, Any]:
    told = st.session_state["simpanan_daerah"].get(name)
    return told if isinstance(told, dict) else {}


def _done() -> None:
    """The browser has written down all there was at a stamp."""
    told = _answer("done")
    if told.get("alone") is True:
        st.session_state[_HEARD] = True  # nothing else was there to hand over
    if told.get("stamp") == _stamp():
        held = own_memory.shelf()
        held.heard = dict(held.times)


def _failed() -> None:
    told = _answer("failed")
    if told.get("stamp") == _stamp() and told.get("why") in TOLD:
        st.session_state[_TROUBLE] = (_stamp(), told["why"])
        st.rerun()


def _kept() -> None:
    """The browser hands over what it kept, once a session."""
    if st.session_state.get(_HEARD, False):
        return
    st.session_state[_HEARD] = True
    before = dict(own_memory.shelf().times)
    bad = own.take_over(read(_answer("kept").get("text")))
    if bad:
        things = "satu data daerah" if bad == 1 else f"{bad} data daerah"
        state.case().notices.append(f"Dari yang tersimpan di peramban, {things} tidak dapat dipakai dan dilewati.")
    if bad or before != own_memory.shelf().times or "case" not in st.session_state:  # without a case: it was waited for
        st.rerun()


def read(text: Any) -> dict[tuple[str, str], tuple[int, str | None]]:
    """What a browser kept: (kind, id) → (time of the last change in ms, text or None: taken away).

    Anything of another shape is left out.
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        return {}
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    found = {}
    for key, entry in raw.items() if isinstance(raw, dict) else ():
        kind, _, name = key.partition("|")
        if kind not in (REGION, DRAFT) or not ID.match(name) or not isinstance(entry, list) or len(entry) != 2:
            continue
        at, content = entry
        if type(at) is int and 0 < at < _LATEST and (content is None or isinstance(content, str)):
            found[kind, name] = (at, content)
    return found
