"""The page that hands out documents for the meeting: memo, slides, and the workbook with live formulas."""

import datetime
from dataclasses import replace

import streamlit as st

from reports import recommend, words
from reports.brief import Order, Setting
from reports.gather import Facts
from reports.make import KINDS, Kind, make
from simulator import indonesian as fmt
from simulator.questions import answer as answers
from ui import ask, html, opening, report_jobs, share, simulation_page, state

LONGEST = 1000  # letters of a question or a recommendation
WANTED = "laporan_diminta"


def page() -> None:
    """What the documents tell on the left, the documents themselves on the right."""
    c = opening.sound_case()
    if c is None:
        return
    opening.sidebar(c, "Dokumen memakai skenario ini bersama perubahan Anda.")
    with opening.answering():
        _body(c)


def _body(c: state.Case) -> None:
    run = state.case_project(c)
    years = run.years.years
    if c.year not in years:
        c.year = years[-1]
    left, right = st.columns([6, 1], vertical_alignment="top")
    with right:
        ask.choose_year(years, c.year, "|laporan")
    told = answers.sentence(answers.answer(run, state.compared(c), c.year), run, simulation_page.scenario_name(c))
    left.html(html.answer(told, f"{run.region.title} · bawa ke rapat", "memilih daerah dan skenario"))
    written, papers = st.columns([5, 6], gap="medium")
    with written:
        plain = _order(c, _compared(c))
        facts = Facts(plain)
        question = _own_words("Pertanyaan rapat", f"tanya_rapat|{c.region}", words.question(facts), 124)
        advice = _own_words("Rekomendasi", f"rekomendasi|{c.region}", recommend.recommendation(facts), 215)
    with papers:
        _papers(c, replace(plain, question=question, recommendation=advice))


def _compared(c: state.Case) -> list[state.Pin]:
    """The pins that stand beside the proposal in the documents."""
    st.html('<div class="judul">Dibandingkan dengan</div>')
    others = [p for p in c.pins if p.setting != (c.scenario, c.changes)]
    if not others:
        st.caption(
            "Kondisi berjalan selalu ada. Untuk menambah pilihan lain (sampai empat), sematkan skenario di halaman"
            " Bandingkan."
        )
        return []
    chosen = [
        p for p in others
        if st.checkbox(html.plain_markdown(p.name), value=True, key=f"lap|{c.region}|{c.serial}|{p.name}",
                       persist_state="session")
    ]  # fmt: skip
    st.caption("Kondisi berjalan selalu ada. Sematan diatur di halaman Bandingkan.")
    return chosen


def _own_words(label: str, name: str, usual: str, height: int) -> str:
    """A sentence of the user's; left blank, the simulator's own stands in the documents."""
    typed = st.text_area(
        f"{label} (boleh kosong)",
        key=name,
        height=height,
        placeholder=usual,
        help="Bila kosong, yang dipakai kalimat abu-abu di kotak ini.",
        persist_state="session",
    )
    if len(typed) > LONGEST:
        st.error(f"{label}: {fmt.count(len(typed))} huruf; pendekkan sampai {fmt.count(LONGEST)}.")
    return share.clean_name(typed, len(typed))


def _order(c: state.Case, others: list[state.Pin]) -> Order:
    return Order(
        region=state.region(c.region),
        main=Setting(simulation_page.scenario_name(c), c.scenario, dict(c.changes)),
        others=tuple(Setting(p.name, p.scenario, dict(p.changes)) for p in others),
        year=c.year,
        ranges=dict(c.ranges),
        link=_link(),
        made=fmt.date_text(datetime.date.today().isoformat()),
    )


def _link() -> str:
    """The share link of all that is chosen, to the page Simulasi."""
    address, _, query = state.full_address().partition("?")
    return f"{address.rsplit('/', 1)[0]}/?{query}"


# ---- the documents


def _papers(c: state.Case, order: Order) -> None:
    st.html('<div class="judul">Dokumen</div>')
    for kind in KINDS.values():
        _paper(c, order, kind)


def _paper(c: state.Case, order: Order, kind: Kind) -> None:
    """One kind: a button that makes it, how far it is, then the download.

    A click only notes what is wanted: words typed just before it arrive with the same drawing.
    """
    key = report_jobs.fingerprint(order, kind.ending)
    if st.session_state.get(WANTED) == kind.ending:
        del st.session_state[WANTED]
        report_jobs.start(key, order, kind.ending, make)
    job = report_jobs.found(key)
    with st.container(border=True, key=f"dokumen_{kind.ending}"):
        st.markdown(f"**{kind.name}**")
        st.caption(kind.holds)
        if job is None or job.refused:
            if job is not None:
                st.error(html.plain_markdown(job.refused))
            text = f"Buat {kind.name}"
            st.button(text, key=f"buat|{kind.ending}", on_click=_want, args=(kind.ending,), disabled=_too_long(order))
        elif job.content is not None:
            size = fmt.count(max(1, len(job.content) / 1024))
            st.download_button(
                f"Unduh {kind.name} · {size} KB", job.content, file_name=_file_name(c, kind), mime=kind.mime,
                key=f"unduh|{kind.ending}", on_click="ignore", type="primary",
            )  # fmt: skip
        else:
            _waiting(key)


def _want(ending: str) -> None:
    st.session_state[WANTED] = ending


def _too_long(order: Order) -> bool:
    return max(len(order.question), len(order.recommendation)) > LONGEST


@st.fragment(run_every=0.4)
def _waiting(key: str) -> None:
    """How far a document is; the page is drawn once more when it is done."""
    job = report_jobs.found(key)
    if job is None or job.done:
        st.rerun()
    else:
        st.progress(min(max(job.share, 0.02), 0.99), text=f"{job.doing} …")


def _file_name(c: state.Case, kind: Kind) -> str:
    changed = "-diubah" if c.changes else ""
    return f"{c.region}-{c.scenario or 'berjalan'}{changed}-{c.year}.{kind.ending}"
