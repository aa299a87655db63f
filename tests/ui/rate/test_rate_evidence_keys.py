"""Evidence on the Rate page: tied, shown again and taken away, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ssp_coder.domain.keyset import CommandKeys, KeySet
from ssp_coder.domain.scale import Points
from ssp_coder.domain.time import Span
from ssp_coder.editing.edits import LockCoding
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.rate.clips import Hand
from ssp_coder.ui.rate.page import RatePage
from tests import builders as b
from tests.ui.rate.judged import (
    CONTACT,
    SEEKING,
    asked,
    event_number,
    lived,
    open_window,
    rated,
    session_of,
    tied,
)


def stretch(start, end):
    return Span(start_us=b.s(start), end_us=b.s(end))


@pytest.fixture
def open_page(theme, qtbot):
    kept = []

    def opened(coding=None, at=585):
        session = session_of(coding or rated(pcs_c_5=5))
        page = RatePage(theme, session)
        kept.append((page, session))
        open_window(qtbot, page)
        page.set_moment(b.s(at), round(at * 25))
        page.show_slot(SEEKING)
        return page, session

    return opened


@pytest.fixture
def opened(open_page):
    return open_page()


def shown(page, place=SEEKING):
    return [chip.face.text for chip in page.cell(place).chips()]


def offered(page):
    return [chip.face.text for chip in page.cell(SEEKING).choice.chips()]


class TestTying:
    def test_the_choice_opens_in_its_place_with_the_focus_on_the_first(self, opened):
        page, _ = opened
        page.add_evidence()
        assert offered(page)[0] == "1  last 5 s: 9:40.0, 5.0 s"
        assert page.focusWidget() is page.cell(SEEKING).choice.chips()[0]

    def test_a_digit_ties_and_the_row_has_the_focus_again(self, opened, qtbot):
        page, session = opened
        page.add_evidence()
        qtbot.keyClick(page.focusWidget(), "2")
        event = event_number(session.coding, "seeking.full_approach")
        assert session.coding.rating(SEEKING).evidence == (event,)
        assert shown(page) == ["9:43 full appr."]
        assert page.focusWidget() is page.cell(SEEKING).row
        assert not page.cell(SEEKING).choice.isVisible()

    def test_enter_ties_the_chip_in_focus(self, opened, qtbot):
        page, session = opened
        page.add_evidence()
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        assert session.coding.rating(SEEKING).clips == (stretch(580, 585),)

    def test_escape_ties_nothing(self, opened, qtbot):
        page, session = opened
        page.add_evidence()
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
        assert session.document.history.last_seq == 0
        assert page.focusWidget() is page.cell(SEEKING).row

    def test_a_digit_does_not_rate_while_the_choice_is_open(self, opened, qtbot):
        page, session = opened
        page.add_evidence()
        qtbot.keyClick(page.focusWidget(), "1")
        assert session.coding.score(SEEKING) == Points(5)

    def test_the_selected_event_and_the_loop_are_asked_for_when_it_opens(self, opened):
        page, _ = opened
        chosen = event_number(lived(), "resistance.push")
        page.take_hand(lambda: Hand(selected=(chosen,), loop=stretch(580, 590)))
        page.add_evidence()
        assert offered(page)[:2] == ["1  selected: 10:55 push", "2  loop: 9:40.0, 10.0 s"]

    def test_one_undo_takes_it_back(self, opened, qtbot):
        page, session = opened
        page.add_evidence()
        qtbot.keyClick(page.focusWidget(), "1")
        session.undo()
        assert shown(page) == []
        assert session.coding.score(SEEKING) == Points(5)

    def test_without_a_rating_it_says_what_comes_first(self, open_page):
        page, _ = open_page(lived())
        page.add_evidence()
        assert page._said.text() == "Rate first: evidence belongs to a rating"
        assert not page.cell(SEEKING).choice.isVisible()

    def test_where_nothing_can_be_tied_it_says_where_to_go(self, open_page):
        page, _ = open_page(b.after(b.coding(), b.rate(SEEKING, 5)), at=0)
        page.add_evidence()
        assert offered(page) == []
        assert page.cell(SEEKING).choice._question.text().startswith("Nothing to tie here")

    def test_the_choice_of_a_reason_and_of_evidence_are_not_open_together(self, opened):
        page, _ = opened
        cell = page.cell(SEEKING)
        page.add_evidence()
        cell.choose_missing()
        assert (cell.choice.isVisible(), cell.reasons.isVisible()) == (False, True)
        page.add_evidence()
        assert (cell.choice.isVisible(), cell.reasons.isVisible()) == (True, False)

    def test_another_rating_leaves_the_evidence(self, opened, qtbot):
        page, session = opened
        page.add_evidence()
        qtbot.keyClick(page.focusWidget(), "1")
        qtbot.keyClick(page.focusWidget(), "6")
        assert session.coding.score(SEEKING) == Points(6)
        assert len(shown(page)) == 1


class TestPlaying:
    @pytest.fixture
    def with_two(self, open_page):
        coding = lived()
        events = (
            event_number(coding, "contact.clinging_c", after_s=1100),
            event_number(coding, "maintaining.hold_on"),
        )
        page, session = open_page(tied(coding, CONTACT, 6, *events))
        page.show_slot(CONTACT)
        return page, session

    def test_one_key_after_another_goes_round(self, with_two):
        page, _ = with_two
        told = asked(page.clip_wanted)
        for _ in range(3):
            page.play_evidence()
        assert [span.start_us for (span,) in told] == [b.s(1120), b.s(1130), b.s(1120)]

    def test_it_is_said_which_one_it_is(self, with_two):
        page, _ = with_two
        page.play_evidence()
        page.play_evidence()
        assert page._said.text() == "Clip 2 of 2: 18:50 hold on"

    def test_after_a_chip_was_pressed_the_next_one_comes(self, with_two, qtbot):
        page, _ = with_two
        told = asked(page.clip_wanted)
        chip = page.cell(CONTACT).chips()[0]
        chip.setFocus()
        qtbot.keyClick(chip, Qt.Key.Key_Return)
        page.play_evidence()
        assert [span.start_us for (span,) in told] == [b.s(1120), b.s(1130)]

    def test_a_chip_of_another_place_counts_for_its_own(self, with_two):
        page, _ = with_two
        page.show_slot(SEEKING)
        page.cell(CONTACT).chips()[1].click()
        page.show_slot(CONTACT)
        page.play_evidence()
        assert page._said.text().startswith("Clip 1 of 2")

    def test_without_evidence_it_says_so(self, opened):
        page, _ = opened
        told = asked(page.clip_wanted)
        page.play_evidence()
        assert told == []
        assert page._said.text() == "No evidence is tied to this place yet"

    def test_a_locked_coding_still_shows_its_evidence(self, with_two):
        page, session = with_two
        session.submit(LockCoding())
        told = asked(page.clip_wanted)
        page.play_evidence()
        page.add_evidence()
        assert len(told) == 1
        assert not page.cell(CONTACT).choice.isVisible()


class TestHint:
    def test_the_keys_of_the_page_stand_on_it(self, opened):
        page, _ = opened
        assert page._said.text() == "Ctrl+E evidence · F9 play it · / note"

    def test_own_keys_show_at_once(self, opened, qapp):
        page, _ = opened
        before = live_keys().key_set
        own = KeySet(commands=(CommandKeys(command="evidence_play", keys=("F13",)),))
        live_keys().take(own)
        try:
            assert "F13 play it" in page._said.text()
        finally:
            live_keys().take(before)
