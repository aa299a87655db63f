"""The first time: who learns, where it is kept, from which pack."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ssp_coder.media.errors import Abandoned
from ssp_coder.ui.training.setup_page import PACK_NAME, SetUpPage


@pytest.fixture
def page(theme, qtbot, tmp_path):
    page = SetUpPage(theme)
    qtbot.addWidget(page)
    page.folder.set_text(str(tmp_path / "mine"))
    page.show()
    yield page
    page.close_work()


@pytest.fixture
def chosen(page):
    told = []
    page.chosen.connect(lambda *what: told.append(what))
    return told


def with_own_pack(page, folder="/somewhere/pack"):
    page.who.set_text("t07")
    page.own.setChecked(True)
    page.pack.set_text(folder)


def test_a_pack_from_the_trainer_is_taken_as_it_is(page, chosen, tmp_path):
    with_own_pack(page)
    page.begin.click()
    assert chosen == [("t07", tmp_path / "mine" / "t07.ssptrain", Path("/somewhere/pack"))]


@pytest.mark.parametrize("who", ["", "  ", "Anna Müller", "-x"])
def test_a_pseudonym_that_cannot_be_used_is_said_beside_it(page, chosen, who):
    with_own_pack(page)
    page.who.set_text(who)
    page.begin.click()
    assert (page.who.error() != "", chosen) == (True, [])


def test_the_typed_text_stays_when_it_is_wrong(page):
    with_own_pack(page)
    page.who.set_text("Anna Müller")
    page.begin.click()
    assert page.who.text() == "Anna Müller"


def test_a_folder_is_needed(page, chosen):
    with_own_pack(page)
    page.folder.set_text("")
    page.begin.click()
    assert (page.folder.error() != "", chosen) == (True, [])


def test_the_folder_of_the_pack_is_asked_for_only_when_there_is_one(page):
    assert not page.pack.isVisible()
    page.own.setChecked(True)
    assert page.pack.isVisible()


def test_a_missing_folder_of_the_pack_is_said(page, chosen):
    with_own_pack(page, "")
    page.begin.click()
    assert (page.pack.error() != "", chosen) == (True, [])


def test_an_error_goes_when_it_was_mended(page, chosen):
    with_own_pack(page)
    page.who.set_text("")
    page.begin.click()
    page.who.set_text("t07")
    page.begin.click()
    assert (page.who.error(), len(chosen)) == ("", 1)


def test_the_demonstration_pack_is_made_in_the_trainees_folder(
    page, chosen, qtbot, tmp_path, monkeypatch
):
    shares = []

    def make(folder, told, _cancelled):
        told(0.25)
        return folder

    monkeypatch.setattr("ssp_coder.demonstration.pack.prepare_pack", make)
    page.who.set_text("t07")
    page.go_on()
    page._work.progressed.connect(shares.append)
    qtbot.waitUntil(lambda: bool(chosen), timeout=10_000)
    assert chosen[0][2] == tmp_path / "mine" / PACK_NAME
    assert page.begin.isEnabled()


def test_making_the_pack_can_be_stopped(page, chosen, qtbot, monkeypatch):
    def make(_folder, told, cancelled):
        told(0.1)
        never = threading.Event()
        while not cancelled():
            never.wait(0.01)
        raise Abandoned

    monkeypatch.setattr("ssp_coder.demonstration.pack.prepare_pack", make)
    page.who.set_text("t07")
    page.go_on()
    assert not page.begin.isEnabled()
    assert page.stop.isVisible()
    page.stop.click()
    assert (page.begin.isEnabled(), page.stop.isVisible(), chosen) == (True, False, [])


def test_what_went_wrong_with_the_pack_is_said_in_place(page, chosen, qtbot, monkeypatch):
    def make(_folder, _told, _cancelled):
        raise OSError("the disk is full")

    monkeypatch.setattr("ssp_coder.demonstration.pack.prepare_pack", make)
    page.who.set_text("t07")
    page.go_on()
    qtbot.waitUntil(lambda: page.begin.isEnabled(), timeout=10_000)
    assert page._trouble.isVisible()
    assert "the disk is full" in page._trouble.text()
    assert chosen == []


def test_a_pseudonym_used_before_is_offered_and_never_put_over_a_typed_one(page):
    page.show_who("t01")
    page.show_who("t02")
    assert page.who.text() == "t01"
