"""Studying and feedback on made-up lessons: odd references, thousands of rows, full disks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListView, QWidget

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.scale import Missing, Points, Rating
from ssp_coder.domain.time import Span
from ssp_coder.training.deeds import Judgement
from ssp_coder.training.packs import Rationale, Reference
from ssp_coder.ui.code import feed
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.pairs.review import NEXT_KEY
from ssp_coder.ui.training.feedback_page import FeedbackPage
from ssp_coder.ui.training.learn_page import LearnPage
from tests.builders import INFANT, infant_scheme, s, video
from tests.fixtures.training_figures import made_up_reference, small_pack
from tests.ui.training.page_builders import (
    DISK_FULL,
    LONG,
    PlainDesk,
    a_case,
    coded_like,
    lesson,
    studied,
)

SLOT = infant_scheme().slots[0]
ONLY_HERE = "the narwhal surfaces at once"


@pytest.fixture(scope="module")
def reference():
    made = made_up_reference(1)
    note = Rationale(words=ONLY_HERE, slot=SLOT.id, span=Span(start_us=s(40), end_us=s(50)))
    return replace(made, notes=(note,))


@pytest.fixture
def desk(tmp_path):
    return PlainDesk(pack=small_pack(folder=tmp_path, cases=(a_case(),)))


@pytest.fixture
def shown(theme, qtbot, desk):
    """Opens a page on the desk; it is closed with the test."""
    opened = []

    def show(kind, given=None, size=(1200, 760)):
        page = kind(theme, desk)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        if given is not None:
            page.show_lesson(given)
        opened.append(page)
        return page

    yield show
    for page in opened:
        page.picture.close_video()


@pytest.fixture
def learn(shown, reference):
    return shown(LearnPage, studied(reference))


@pytest.fixture
def feedback(shown, reference):
    return shown(
        FeedbackPage, lesson(reference, rated_otherwise(coded_like(reference, without=12)))
    )


def rated_otherwise(coding: Coding) -> Coding:
    """The place that the note explains, two points higher or lower."""
    ratings = tuple(
        replace(one, score=Points(one.score.value + (2 if one.score.value < 4 else -2)))
        if one.slot == SLOT.id
        else one
        for one in coding.ratings
    )
    return replace(coding, ratings=ratings)


def rows_of(page):
    return [page.list.item(row).text() for row in range(page.list.count())]


def explained(shown, reference):
    return shown(LearnPage, studied(reference))


def said_in(page: QWidget) -> str:
    words = [label.text() for label in page.findChildren(QLabel)]
    words += [one.accessibleDescription() for one in page.findChildren(QWidget)]
    for view in page.findChildren(QListView):
        model = view.model()
        for row in range(model.rowCount()):
            words += [
                str(model.index(row, 0).data(role))
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            ]
    return "\n".join(words)


class TestStudying:
    def test_class_notes_and_ratings_are_listed_in_this_order(self, learn, reference):
        rows = rows_of(learn)
        assert rows[0].startswith("Class\n")
        assert rows[1].startswith("0:40")
        assert len(rows) == 2 + len(reference.coding.ratings)

    def test_notes_come_in_the_order_of_time_those_of_the_whole_session_first(
        self, shown, reference
    ):
        notes = (
            Rationale(words="late", span=Span(start_us=s(90), end_us=s(91))),
            Rationale(words="whole"),
            Rationale(words="early", span=Span(start_us=s(3), end_us=s(4))),
        )
        page = explained(shown, replace(reference, notes=notes))
        assert [row.split("\n")[1] for row in rows_of(page)[1:4]] == ["whole", "early", "late"]

    def test_who_made_the_reference_is_named(self, learn):
        assert "Reference by expert2, 2026-05-17. Codebook 1.2.0." in said_in(learn)

    def test_a_note_of_many_lines_is_one_line_in_the_list_and_whole_beside_it(
        self, shown, reference
    ):
        words = f"first line\nsecond line\n{LONG}"
        page = explained(shown, replace(reference, notes=(Rationale(words=words),)))
        page.list.setCurrentRow(1)
        assert rows_of(page)[1].count("\n") == 1
        assert rows_of(page)[1].endswith("…")
        assert words in page.text()

    def test_a_point_is_told_with_what_the_scale_says_of_it(self, learn, reference):
        rating = reference.coding.ratings[0]
        learn.list.setCurrentRow(2)
        scale = reference.scheme.scale_of(rating.slot)
        at = [one.text for one in scale.anchors if one.point == rating.score.value]
        assert [str(text) for text in at if str(text) not in learn.text()] == []
        assert str(scale.title) in learn.text()

    def test_between_two_points_both_are_told(self, shown, reference):
        scale = reference.scheme.scale_of(SLOT.id)
        low, high = scale.anchors[0], scale.anchors[1]
        middle = Rating(slot=SLOT.id, score=Points((low.point + high.point) / 2), note="in doubt")
        coding = replace(reference.coding, ratings=(middle,), classification=None)
        page = explained(shown, replace(reference, coding=coding, notes=()))
        page.list.setCurrentRow(0)
        near = [a for a in scale.anchors if abs(a.point - middle.score.value) < 1]
        assert len(near) == 2
        assert all(str(anchor.text) in page.text() for anchor in near)
        assert "in doubt" in page.text()

    def test_what_cannot_be_coded_is_said_without_a_point(self, shown, reference):
        rating = Rating(slot=SLOT.id, score=Missing("view_lost"))
        coding = replace(reference.coding, ratings=(rating,), classification=None)
        page = explained(shown, replace(reference, coding=coding, notes=()))
        assert [row.split("\n")[1] for row in rows_of(page)] == ["cannot be coded"]

    def test_an_empty_reference_explains_nothing_and_stands(self, shown, reference):
        empty = Coding(session="S001", coder="expert2")
        page = explained(shown, replace(reference, coding=empty, notes=()))
        assert (rows_of(page), page.text()) == ([], "")
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        assert page.timeline.timeline.scene.duration_us > 0

    def test_a_row_without_a_moment_takes_the_old_stretch_away(self, learn):
        line = learn.timeline.timeline
        learn.list.setCurrentRow(1)
        assert line.scene.loop == Span(start_us=s(40), end_us=s(50))
        learn.list.setCurrentRow(0)
        assert line.scene.loop is None

    def test_arrow_keys_walk_the_explanations(self, learn):
        learn.list.setFocus()
        QTest.keyClick(learn.list, Qt.Key.Key_Down)
        assert ONLY_HERE in learn.text()
        QTest.keyClick(learn.list, Qt.Key.Key_Up)
        assert ONLY_HERE not in learn.text()

    def test_an_act_on_the_timeline_is_explained_under_no_foreign_head(self, learn, reference):
        learn.list.setCurrentRow(1)
        event = reference.coding.events[5]
        learn.timeline.timeline.mark_selected.emit(str(event.id))
        assert str(reference.scheme.ethogram.code(event.code).title) in learn.text()
        box = next(one for one in learn.findChildren(Panel) if one.isAncestorOf(learn.sheet))
        assert [
            one.text() for one in box.findChildren(QLabel) if one.text().startswith("0:40")
        ] == []

    @pytest.mark.parametrize("mark", ["", "999999", "nothing"])
    def test_an_unknown_mark_changes_nothing(self, learn, mark):
        before = learn.text()
        learn.timeline.timeline.mark_selected.emit(mark)
        assert learn.text() == before

    def test_the_timeline_cannot_be_changed(self, learn, reference):
        marks = feed.marks_of(reference.coding.events[:20], reference.scheme)
        assert not any(learn.timeline.timeline.may_edit(mark) for mark in marks)

    def test_after_forgetting_nothing_of_the_reference_is_left(self, learn, reference):
        learn.forget()
        assert ONLY_HERE not in said_in(learn)
        assert learn.lesson is None
        learn.timeline.timeline.mark_selected.emit(str(reference.coding.events[0].id))
        assert learn.text() == ""

    def test_a_second_case_replaces_the_first(self, learn, reference):
        learn.show_lesson(studied(replace(reference, notes=()), title="Another session"))
        assert ONLY_HERE not in said_in(learn)
        assert "Another session" in said_in(learn)

    def test_without_a_pack_nothing_is_shown(self, shown, desk, reference):
        desk.pack = None
        page = shown(LearnPage, studied(reference))
        assert (page.lesson, rows_of(page)) == (None, [])

    @pytest.mark.parametrize("scheme", ["infant-caregiver", "infant-short", "demonstration"])
    def test_other_schemes_are_explained_as_well(self, shown, scheme):
        other = load_scheme(scheme)
        rated = tuple(Rating(slot=slot.id, score=Points(2.0)) for slot in other.slots)
        coding = Coding(session="S1", coder="expert2", ratings=rated)
        page = explained(shown, Reference(coding=coding, scheme=other))
        assert len(rows_of(page)) == len(other.slots)
        assert str(other.scale_of(other.slots[0].id).title) in page.text()

    def test_german_names_what_is_german(self, shown, reference):
        SPOKEN.speak("de")
        try:
            page = explained(shown, reference)
            assert rows_of(page)[0].startswith("Klasse")
        finally:
            SPOKEN.speak("en")


class TestAFilmThatIsNotThere:
    @pytest.fixture
    def filmless(self, desk):
        media = replace(video(), relative_path="media/gone.mp4", name="gone.mp4")
        return a_case(media=(media,))

    @pytest.mark.parametrize("kind", [LearnPage, FeedbackPage])
    def test_the_words_are_shown_all_the_same(self, shown, desk, reference, filmless, kind):
        given = replace(lesson(reference), case=filmless)
        page = shown(kind, given)
        assert page.lesson is given
        assert not page.picture.is_open

    def test_playing_a_note_is_harmless(self, shown, reference, filmless):
        page = shown(LearnPage, replace(studied(reference), case=filmless))
        page.list.setCurrentRow(1)
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        page.picture.toggle()
        page.picture.go_to(s(4))
        page.picture.leave()
        assert page.picture.stage.player.loop is None


class TestFeedback:
    def test_every_difference_is_listed_and_none_is_chosen(self, feedback):
        told = feedback.lesson.feedback
        assert len(feedback.review.items) == len(told.items) + len(told.left_out) > 10
        assert feedback.detail.item is None
        assert "Choose a difference" in feedback.detail.text()

    def test_both_classes_are_named(self, feedback, reference):
        name = reference.coding.classification.subgroup
        assert f"You: {name}. Reference: {name}." in said_in(feedback)

    def test_a_missing_class_is_said(self, shown, reference):
        own = replace(coded_like(reference), classification=None)
        assert "You: no class." in said_in(shown(FeedbackPage, lesson(reference, own)))

    def test_where_nothing_differs_that_is_said(self, shown, reference):
        page = shown(FeedbackPage, lesson(reference, reference.coding))
        assert page.review.items == ()
        assert "Nothing differs." in page.detail.text()

    def test_a_lesson_without_a_submission_is_not_shown_here(self, shown, reference):
        assert shown(FeedbackPage, studied(reference)).lesson is None

    @pytest.mark.parametrize("judgement", list(Judgement))
    def test_a_word_is_written_down_and_marked(self, feedback, desk, judgement):
        feedback.review.choose(feedback.review.items[0].id)
        feedback.press(judgement)
        (deed,) = desk.said
        assert (deed.case, deed.attempt, deed.judgement) == ("c01", 1, judgement)
        assert feedback.detail.buttons[judgement].isChecked()

    def test_a_word_that_could_not_be_written_is_told_and_not_lit(self, feedback, desk):
        desk.full = True
        feedback.review.choose(feedback.review.items[0].id)
        feedback.press(Judgement.AGREE)
        assert DISK_FULL.message in said_in(feedback)
        assert not feedback.detail.buttons[Judgement.AGREE].isChecked()

    def test_the_trouble_goes_with_the_next_case(self, feedback, desk, reference):
        desk.full = True
        feedback.review.choose(feedback.review.items[0].id)
        feedback.press(Judgement.AGREE)
        feedback.show_lesson(lesson(reference))
        shown = [label.text() for label in feedback.findChildren(QLabel) if label.isVisible()]
        assert [words for words in shown if DISK_FULL.message in words] == []

    def test_a_hidden_page_judges_nothing(self, feedback, desk):
        feedback.review.choose(feedback.review.items[0].id)
        feedback.hide()
        feedback.press(Judgement.AGREE)
        assert desk.said == []

    def test_going_on_by_key_while_typing_keeps_each_comment_with_its_item(self, feedback, desk):
        first, second = feedback.review.items[:2]
        feedback.review.choose(first.id)
        feedback.press(Judgement.DISPUTE)
        feedback.detail.comment.setFocus()
        QTest.keyClicks(feedback.detail.comment, "not at all")
        QTest.keySequence(feedback.detail.comment, QKeySequence(NEXT_KEY))
        assert feedback.detail.item.key == second.id
        assert feedback.detail.comment.text() == ""
        assert desk.judgement("c01", 1, first.id).comment == "not at all"
        assert desk.judgement("c01", 1, second.id) is None

    def test_leaving_while_typing_keeps_the_comment(self, feedback, desk):
        item = feedback.review.items[0]
        feedback.review.choose(item.id)
        feedback.press(Judgement.DISPUTE)
        feedback.detail.comment.setFocus()
        QTest.keyClicks(feedback.detail.comment, "not at all")
        feedback.forget()
        assert desk.judgement("c01", 1, item.id).comment == "not at all"

    def test_after_forgetting_nothing_of_the_reference_is_left(self, feedback):
        told = next(one for one in feedback.review.items if one.source.notes)
        feedback.review.choose(told.id)
        assert ONLY_HERE in said_in(feedback)
        feedback.forget()
        assert ONLY_HERE not in said_in(feedback)
        assert (feedback.lesson, feedback.review.items, feedback.strip.verdicts) == (None, (), ())
        assert feedback.detail.item is None
        assert feedback.review.timeline.scene.lanes == ()

    def test_forgetting_twice_is_harmless_and_the_next_lesson_is_whole(self, feedback, reference):
        first, count = feedback.lesson, len(feedback.review.items)
        feedback.forget()
        feedback.forget()
        feedback.show_lesson(lesson(reference, reference.coding))
        assert feedback.review.items == ()
        feedback.show_lesson(first)
        assert len(feedback.review.items) == count
        assert feedback.review.timeline.scene.duration_us > s(600)

    def test_judgements_of_another_attempt_are_not_shown(self, feedback, desk, reference):
        item = feedback.review.items[0]
        feedback.review.choose(item.id)
        feedback.press(Judgement.AGREE)
        again = replace(
            lesson(reference), attempt=replace(feedback.lesson.attempt, number=2, is_repeat=True)
        )
        feedback.show_lesson(again)
        feedback.review.choose(item.id)
        assert not feedback.detail.buttons[Judgement.AGREE].isChecked()

    def test_the_keyboard_judges_a_whole_list_without_the_mouse(self, feedback, desk):
        for _ in range(3):
            QTest.keySequence(feedback.review, QKeySequence(NEXT_KEY))
            feedback.press(Judgement.AGREE)
        assert len({deed.item for deed in desk.said}) == 3


@pytest.mark.parametrize("size", [(1366, 768), (1440, 900)], ids=["laptop", "usual"])
class TestRoom:
    @pytest.fixture
    def page(self, shown, reference, size):
        # The window's rail and its line at the bottom take their part.
        return shown(FeedbackPage, lesson(reference), (size[0] - 104, size[1] - 40))

    def test_the_lanes_have_about_half_of_the_height(self, page):
        lanes, below = page.review.middle.sizes()
        assert 0.45 <= lanes / (lanes + below) <= 0.6

    def test_the_list_is_wide_enough_for_words(self, page, theme):
        assert page.review.whole.sizes()[0] >= theme.px(225)

    def test_the_side_panels_never_scroll_sideways(self, page):
        assert page.side.width() <= page.side.parentWidget().width()

    def test_what_a_person_arranged_stays_when_the_window_grows(self, page, size):
        page.review.middle.setSizes([200, 400])
        page.review.middle.splitterMoved.emit(200, 1)
        before = page.review.middle.sizes()
        page.resize(page.width() + 20, page.height())
        assert page.review.middle.sizes() == before


def test_five_thousand_differences_are_listed_and_walked(shown, reference):
    """Short states one after the other, none of which the trainee saw."""
    code = reference.coding.events[0].code
    many = tuple(
        Event(
            id=EventId(number),
            code=code,
            subject=INFANT,
            start_us=s(number * 0.25),
            end_us=s(number * 0.25 + 0.1),
        )
        for number in range(1, 5001)
    )
    crowded = replace(reference, coding=replace(reference.coding, events=many, ratings=()))
    own = replace(crowded.coding, coder="t07", events=())
    page = shown(FeedbackPage, lesson(crowded, own))
    assert len(page.review.items) == 5000
    page.review.choose(page.review.items[-1].id)
    page.press(Judgement.UNCLEAR)
    assert page.detail.buttons[Judgement.UNCLEAR].isChecked()
