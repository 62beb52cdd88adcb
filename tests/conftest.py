"""Fixtures for tests in a real browser: ``app_server``, the app's address, and ``page``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browser import BrowserMissing, launch, new_context, serve, watch_hosts
from commands import call, file

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


__all__ = ["call", "file"]  # fixtures of every test file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a page, so that ``-m "not browser"`` leaves it out."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def app_server() -> Iterator[str]:
    """The address of the app, served as users get it."""
    with serve("streamlit_app.py") as server:
        yield server.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one file; while it is open, no other event loop can run."""
    try:
        with launch() as opened:
            yield opened
    except BrowserMissing as reason:
        if os.environ.get("CI"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page; the test fails when anything was asked for from another computer."""
    with new_context(browser) as context:
        outside = watch_hosts(context)
        yield context.new_page()
    assert not outside, f"asked for from other computers: {sorted(outside)}"
