"""The start page reads the usual instruments while nothing else is to be done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.domain.finding import Finding
from ssp_coder.ui.start import reading_ahead
from ssp_coder.ui.start.page import StartPage


@pytest.fixture
def files(monkeypatch):
    """Three files; what was read of them is noted."""
    read = []

    def read_them():
        for name in ("one.toml", "two.toml", "three.toml"):
            read.append(name)
            yield name

    monkeypatch.setattr(reading_ahead, "read_ahead", read_them)
    return read


@pytest.fixture
def page(theme, qtbot, files):
    made = StartPage(theme)
    qtbot.addWidget(made)
    return made


def test_nothing_is_read_before_the_page_is_seen(page, files):
    assert files == []
    assert not page.reading_ahead.done


def test_the_page_reads_to_the_end_and_stops(page, files, qtbot):
    page.show()
    qtbot.waitUntil(lambda: page.reading_ahead.done)
    assert files == ["one.toml", "two.toml", "three.toml"]
    page.hide()
    page.show()
    assert page.reading_ahead.done
    assert len(files) == 3


def test_a_hidden_page_reads_on_when_it_is_seen_again(page, files, qtbot):
    page.show()
    qtbot.waitUntil(lambda: files == ["one.toml"])
    page.hide()
    assert not page.reading_ahead.findChild(QTimer).isActive()
    assert not page.reading_ahead.done
    page.show()
    qtbot.waitUntil(lambda: page.reading_ahead.done)


def test_a_broken_instrument_is_passed_over_in_silence(theme, qtbot, monkeypatch):
    def broken():
        yield "one.toml"
        finding = Finding(code="x", message="is broken", place="two.toml", remedy="mend it")
        raise CatalogError((finding,))

    monkeypatch.setattr(reading_ahead, "read_ahead", broken)
    page = StartPage(theme)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.reading_ahead.done)
