"""Documents being made in the background, so that the app stays usable meanwhile; a session's own."""

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from reports.brief import Order
from reports.make import Tell
from simulator import InputError
from ui.cases import reason_text

MOST_KEPT = 6  # documents of a session that are kept for another download
FAILED = "Dokumen ini tidak dapat dibuat: kesalahan simulator, bukan isian Anda. Laporkan kepada pengelolanya."
_KEY = "laporan_dibuat"


@dataclass
class Job:
    """One document: how far it is, then its content or why there is none (Indonesian)."""

    share: float = 0.0
    doing: str = "Memulai"
    content: bytes | None = None
    refused: str = ""
    thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def done(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.content is not None or bool(self.refused)


def fingerprint(order: Order, ending: str) -> str:
    """What tells two documents apart."""
    settings = [(s.name, s.scenario, dict(s.changes)) for s in (order.main, *order.others)]
    told = [ending, id(order.region), settings, order.year, dict(order.ranges), order.question, order.recommendation]
    return hashlib.sha256(json.dumps([*told, order.made, order.link], default=str).encode()).hexdigest()


def found(key: str) -> Job | None:
    """The job of a document, None where it was not asked for."""
    return st.session_state.get(_KEY, {}).get(key)


def start(key: str, order: Order, ending: str, make: Callable[[Order, str, Tell], bytes]) -> None:
    """Begin a document; one that was begun before is made anew only where it was refused."""
    jobs = st.session_state.setdefault(_KEY, {})
    known = jobs.get(key)
    if known is not None and not known.refused:
        return
    while len(jobs) >= MOST_KEPT:
        jobs.pop(next(iter(jobs)))
    job = jobs[key] = Job()
    job.thread = threading.Thread(target=_work, args=(job, order, ending, make), daemon=True)
    job.thread.start()


def _work(job: Job, order: Order, ending: str, make: Callable[[Order, str, Tell], bytes]) -> None:
    """Make the document; nothing of the screen is touched here."""

    def tell(share: float, text: str) -> None:
        job.share, job.doing = share, text

    try:
        job.content = make(order, ending, tell)
    except InputError as err:
        job.refused = f"Dokumen ini tidak dapat dibuat: {reason_text(err)}."
    except ValueError as err:  # a text too long for a cell: its message is for the user
        job.refused = str(err) if type(err).__name__ == "TooLong" else FAILED
        logging.getLogger(__name__).exception("report failed")
    except Exception:  # whatever else it is, the user is told and the log has the rest
        logging.getLogger(__name__).exception("report failed")
        job.refused = FAILED
