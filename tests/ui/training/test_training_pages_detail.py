"""One difference beside the picture: what is told of it, and the trainee's word on it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.words import english
from ssp_coder.training.deeds import ItemJudged, Judgement
from ssp_coder.training.packs import Rationale
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.pairs.items import PairKind
from ssp_coder.ui.training.item_detail import JUDGEMENT_KEYS, ItemDetail
from ssp_coder.ui.training.words import judgement_words, mark_of
from tests.builders import infant_scheme
from tests.ui.training.page_builders import LONG, a_pair, an_item

AGREE, DISPUTE, UNCLEAR = Judgement.AGREE, Judgement.DISPUTE, Judgement.UNCLEAR
ANCHORS = infant_scheme().scales[0].anchors


def said(judgement=DISPUTE, comment="", item="event:1"):
    return ItemJudged(
        pack="pack1", case="c01", attempt=1, item=item, judgement=judgement, comment=comment
    )


@pytest.fixture
def detail(theme, qtbot):
    detail = ItemDetail(theme)
    qtbot.addWidget(detail)
    detail.resize(330, 300)
    detail.show()
    detail.activateWindow()
    return detail


@pytest.fixture
def judged(detail):
    told = []
    detail.judged.connect(lambda *what: told.append((detail.item.key, *what)))
    return told


def typing(detail, qtbot, words=""):
    detail.comment.setFocus()
    qtbot.waitUntil(detail.comment.hasFocus)
    QTest.keyClicks(detail.comment, words)


class TestWhatIsTold:
    @pytest.mark.parametrize(
        ("kind", "head"),
        [
            (PairKind.MISSED, "Missed: cry"),
            (PairKind.EXTRA, "Not in the reference: fuss"),
            (PairKind.TIMING, "Timing: fuss"),
            (PairKind.OTHER_CODE, "cry, not fuss"),
            (PairKind.RATING, "0:05: cry, not fuss"),
            (PairKind.CLASS, "0:05: cry, not fuss"),
        ],
        ids=str,
    )
    def test_the_headline_says_how_the_two_differ(self, detail, kind, head):
        detail.show_item(a_pair(kind), an_item(), None)
        assert detail.text().splitlines()[0] == head

    def test_the_title_is_not_said_twice(self, detail):
        detail.show_item(a_pair(reference="Cry"), an_item(title=english("Cry")), None)
        assert detail.text().splitlines().count("Cry") == 0

    def test_every_reason_is_told(self, detail):
        notes = (Rationale(words="The arms stay down."), Rationale(words="The cry goes on."))
        detail.show_item(a_pair(), an_item(notes=notes), None)
        assert all(note.words in detail.text() for note in notes)
        assert "no explanation" not in detail.text()

    def test_where_there_is_no_reason_that_is_said(self, detail):
        detail.show_item(a_pair(), an_item(), None)
        assert "The trainer left no explanation here." in detail.text()

    def test_what_does_not_count_says_why(self, detail):
        detail.show_item(a_pair(), an_item(excluded="the picture was lost"), None)
        assert "Does not count: the picture was lost" in detail.text()

    def test_the_anchors_name_side_and_point(self, detail):
        half = replace(ANCHORS[0], point=ANCHORS[0].point + 0.5, text=english("In between."))
        detail.show_item(
            a_pair(PairKind.RATING),
            an_item(reference_anchors=ANCHORS[:1], own_anchors=(half,)),
            None,
        )
        lines = detail.text().splitlines()
        assert any(line.startswith("Reference, ") for line in lines)
        assert any(line.startswith("You, ") and "In between." in line for line in lines)

    def test_markup_is_shown_as_it_was_written(self, detail):
        detail.show_item(a_pair(), an_item(notes=(Rationale(words="<b>not</b> bold"),)), None)
        assert "<b>not</b> bold" in detail.text()

    def test_without_an_item_there_is_nothing_to_judge(self, detail):
        detail.show_item(a_pair(), an_item(), None)
        detail.show_nothing("Nothing differs.")
        assert detail.text() == "\nNothing differs."
        assert not any(button.isVisible() for button in detail.buttons.values())
        assert not detail.comment.isVisible()

    def test_long_reasons_leave_the_buttons_in_sight(self, detail, qtbot):
        detail.show_item(a_pair(own=LONG), an_item(notes=(Rationale(words=LONG * 20),)), None)
        for button in detail.buttons.values():
            qtbot.waitUntil(lambda one=button: one.width() >= one.sizeHint().width())
            corner = button.mapTo(detail, button.rect().bottomRight())
            assert corner.x() < detail.width()
            assert corner.y() < detail.height()

    def test_the_handbook_is_offered_where_a_chapter_helps(self, detail):
        detail.show_item(a_pair(), an_item(), None)
        assert not detail.book.isVisible()
        wanted = []
        detail.chapter_wanted.connect(wanted.append)
        detail.show_item(a_pair(), an_item(chapter="codes"), None)
        QTest.keyClick(detail.book, Qt.Key.Key_Space)
        assert wanted == ["codes"]

    def test_german_says_it_in_german(self, detail):
        SPOKEN.speak("de")
        try:
            detail.show_item(a_pair(), an_item(), None)
            assert "cry" in detail.text()
            assert not detail.text().startswith("Missed")
            assert "no explanation" not in detail.text()
        finally:
            SPOKEN.speak("en")


class TestTheWord:
    @pytest.mark.parametrize("judgement", [AGREE, DISPUTE, UNCLEAR])
    @pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
    def test_each_button_gives_its_word_by_key(self, detail, judged, judgement, key):
        detail.show_item(a_pair(), an_item(), None)
        QTest.keyClick(detail.buttons[judgement], key)
        assert judged == [("event:1", judgement, "")]

    def test_a_button_lights_only_when_the_word_was_written_down(self, detail, judged):
        detail.show_item(a_pair(), an_item(), None)
        detail.buttons[DISPUTE].click()
        assert not detail.buttons[DISPUTE].isChecked()
        detail.show_judgement(said(DISPUTE))
        assert [j for j, b in detail.buttons.items() if b.isChecked()] == [DISPUTE]

    def test_pressing_the_same_again_keeps_it_lit(self, detail):
        detail.show_item(a_pair(), an_item(), said(AGREE))
        detail.buttons[AGREE].click()
        assert detail.buttons[AGREE].isChecked()

    def test_a_screen_reader_hears_what_was_said(self, detail):
        detail.show_item(a_pair(), an_item(), None)
        assert detail.accessibleDescription() == "Not judged yet"
        detail.show_judgement(said(UNCLEAR))
        assert detail.accessibleDescription() == judgement_words(UNCLEAR)

    def test_the_keys_stand_on_the_buttons(self, detail):
        assert sorted(JUDGEMENT_KEYS.values()) == ["A", "D", "U"]

    def test_without_an_item_nothing_is_judged(self, detail):
        told = []
        detail.judged.connect(lambda *what: told.append(what))
        detail.judge(AGREE)
        detail.keep_comment()
        assert told == []


class TestTheComment:
    def test_it_goes_with_the_word_without_blanks_around_it(self, detail, judged, qtbot):
        detail.show_item(a_pair(), an_item(), None)
        typing(detail, qtbot, "  the arms stay down ")
        detail.buttons[DISPUTE].click()
        assert judged == [("event:1", DISPUTE, "the arms stay down")]

    def test_enter_keeps_a_comment_that_was_changed_later(self, detail, judged, qtbot):
        detail.show_item(a_pair(), an_item(), said(DISPUTE, "no"))
        typing(detail, qtbot, ", never")
        QTest.keyClick(detail.comment, Qt.Key.Key_Return)
        assert judged == [("event:1", DISPUTE, "no, never")]

    def test_a_comment_as_it_was_is_not_written_again(self, detail, judged, qtbot):
        detail.show_item(a_pair(), an_item(), said(DISPUTE, "no"))
        typing(detail, qtbot)
        QTest.keyClick(detail.comment, Qt.Key.Key_Return)
        assert judged == []

    def test_a_comment_alone_is_no_word(self, detail, judged, qtbot):
        detail.show_item(a_pair(), an_item(), None)
        typing(detail, qtbot, "hm")
        QTest.keyClick(detail.comment, Qt.Key.Key_Return)
        assert judged == []

    def test_what_is_being_typed_stays_when_the_word_is_shown(self, detail, qtbot):
        detail.show_item(a_pair(), an_item(), None)
        typing(detail, qtbot, "the arms")
        detail.show_judgement(said(DISPUTE, ""))
        assert detail.comment.text() == "the arms"

    def test_going_on_while_typing_writes_the_comment_to_its_own_item(self, detail, judged, qtbot):
        detail.show_item(a_pair(), an_item("event:1"), said(DISPUTE, "no"))
        typing(detail, qtbot, ", never")
        detail.show_item(a_pair(), an_item("event:2"), said(AGREE, "", "event:2"))
        assert judged == [("event:1", DISPUTE, "no, never")]

    def test_the_next_item_does_not_inherit_what_was_typed(self, detail, judged, qtbot):
        detail.show_item(a_pair(), an_item("event:1"), None)
        typing(detail, qtbot, "only of the first")
        detail.show_item(a_pair(), an_item("event:2"), said(AGREE, "fine", "event:2"))
        assert detail.comment.text() == "fine"
        QTest.keyClick(detail.comment, Qt.Key.Key_Return)
        assert judged == []

    def test_coming_back_shows_what_was_said(self, detail):
        detail.show_item(a_pair(), an_item("event:1"), said(DISPUTE, "no"))
        detail.show_item(a_pair(), an_item("event:2"), None)
        assert detail.comment.text() == ""
        detail.show_item(a_pair(), an_item("event:1"), said(DISPUTE, "no"))
        assert detail.comment.text() == "no"


class TestTheMarkInTheList:
    @pytest.mark.parametrize("judgement", list(Judgement))
    def test_each_word_has_a_sign_of_its_own_and_is_said(self, qapp, judgement):
        mark = mark_of(said(judgement))
        assert mark.words == judgement_words(judgement)
        others = {mark_of(said(one)).icon for one in Judgement if one is not judgement}
        assert mark.icon not in others

    def test_the_comment_is_said_with_it(self, qapp):
        assert mark_of(said(DISPUTE, "not at all")).words == "disputed: not at all"
