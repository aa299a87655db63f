"""Learning from a reference, and feedback on a submission."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.time import SECOND_US
from ssp_coder.training.deeds import Judgement
from ssp_coder.training.feedback_items import ItemKind
from ssp_coder.training.packs import Stage
from ssp_coder.ui.training.case_panel import CaseAct
from tests.ui.training.training_room import LATE, reference_of


@pytest.fixture
def learning(room):
    (case,) = room.pack.of_stage(Stage.LEARN)
    room.look(case.id, CaseAct.STUDY)
    return room


@pytest.fixture
def practising(make_room, pack, first_practice):
    """Feedback on the first practice case, by somebody who is late and rates too high."""
    room = make_room(pack, work=first_practice)
    room.look(pack.of_stage(Stage.PRACTICE)[0].id)
    return room


def items_with(page, wanted):
    return [item for item in page.review.items if wanted(item.source)]


def test_the_reference_is_on_the_timeline_with_its_notes(learning):
    page = learning.window.learn
    reference = reference_of(learning.pack, page.lesson.case.id)
    assert page.isVisible()
    listed = "\n".join(page.list.item(row).toolTip() for row in range(page.list.count()))
    assert [note.words for note in reference.notes if note.words not in listed] == []
    assert page.timeline.timeline.scene.duration_us >= max(
        event.start_us for event in reference.coding.events
    )


def test_a_note_is_told_in_full_and_its_stretch_shown(learning):
    page = learning.window.learn
    row = next(r for r, one in enumerate(page._told) if one.span is not None)
    page.list.setCurrentRow(row)
    told = page._told[row]
    assert told.words in page.text()
    view = page.timeline.timeline.view()
    assert view.start_us <= told.span.start_us <= view.end_us


def test_a_note_plays_in_a_loop(learning):
    page = learning.window.learn
    learning.wait(lambda: page.picture.is_open)
    row = next(r for r, one in enumerate(page._told) if one.span is not None)
    page.list.setCurrentRow(row)
    page.list.itemActivated.emit(page.list.item(row))
    player = page.picture.stage.player
    assert player.loop == page._told[row].span
    page.back.click()
    assert not player.playing


def test_an_event_of_the_reference_is_explained_when_it_is_chosen(learning):
    page = learning.window.learn
    event = page.lesson.reference.coding.events[3]
    page.timeline.timeline.mark_selected.emit(str(event.id))
    code = page.lesson.reference.scheme.ethogram.code(event.code)
    assert str(code.title) in page.text()


def test_going_back_forgets_the_reference(learning):
    page = learning.window.learn
    page.back.click()
    assert page.lesson is None
    assert page.list.count() == 0
    assert page.text() == ""


def test_every_difference_is_listed(practising):
    page = practising.window.feedback
    feedback = page.lesson.feedback
    expected = {item.key for item in (*feedback.items, *feedback.left_out)}
    assert {item.id for item in page.review.items} == expected
    assert len(expected) > 5


def test_a_difference_tells_both_points_and_what_the_scale_says(practising):
    page = practising.window.feedback
    near = (ItemKind.RATING_NEAR, ItemKind.RATING)
    item = items_with(page, lambda one: one.kind in near)[0]
    page.review.choose(item.id)
    told = page.detail.text()
    assert all(str(anchor.text) in told for anchor in item.source.reference_anchors)
    assert item.reference in told


def test_a_difference_tells_why_the_reference_is_as_it_is(practising):
    page = practising.window.feedback
    item = items_with(page, lambda one: one.notes)[0]
    page.review.choose(item.id)
    assert all(note.words in page.detail.text() for note in item.source.notes)


@pytest.mark.parametrize(
    ("key", "judgement"),
    [
        (Qt.Key.Key_A, Judgement.AGREE),
        (Qt.Key.Key_D, Judgement.DISPUTE),
        (Qt.Key.Key_U, Judgement.UNCLEAR),
    ],
)
def test_one_key_judges_the_current_item(practising, qtbot, key, judgement):
    page = practising.window.feedback
    item = page.review.items[0]
    page.review.choose(item.id)
    QTest.keyClick(practising.window, key)
    said = practising.desk.judgement(page.lesson.case.id, 1, item.id)
    assert said.judgement is judgement
    assert page.detail.buttons[judgement].isChecked()


def test_a_comment_goes_with_the_judgement(practising):
    page = practising.window.feedback
    item = page.review.items[0]
    page.review.choose(item.id)
    page.detail.comment.setText("the arms stay down")
    page.detail.buttons[Judgement.DISPUTE].click()
    said = practising.desk.judgement(page.lesson.case.id, 1, item.id)
    assert (said.judgement, said.comment) == (Judgement.DISPUTE, "the arms stay down")


def test_a_comment_written_afterwards_is_kept_too(practising):
    page = practising.window.feedback
    item = page.review.items[0]
    page.review.choose(item.id)
    page.detail.buttons[Judgement.UNCLEAR].click()
    page.detail.comment.setText("which of the two rules?")
    page.detail.comment.editingFinished.emit()
    said = practising.desk.judgement(page.lesson.case.id, 1, item.id)
    assert (said.judgement, said.comment) == (Judgement.UNCLEAR, "which of the two rules?")


def test_letters_typed_into_the_comment_judge_nothing(practising):
    page = practising.window.feedback
    page.review.choose(page.review.items[0].id)
    page.detail.comment.setFocus()
    page.press(Judgement.AGREE)
    if page.detail.comment.hasFocus():
        assert practising.desk.judgements(page.lesson.case.id, 1) == {}


def test_without_an_item_a_key_judges_nothing(practising):
    QTest.keyClick(practising.window, Qt.Key.Key_A)
    case = practising.window.feedback.lesson.case.id
    assert practising.desk.judgements(case, 1) == {}


def test_judgements_are_there_when_the_feedback_is_seen_again(practising):
    page = practising.window.feedback
    case, item = page.lesson.case.id, page.review.items[2]
    page.review.choose(item.id)
    page.judge(Judgement.DISPUTE, "no")
    page.back.click()
    practising.look(case)
    page.review.choose(item.id)
    assert page.detail.buttons[Judgement.DISPUTE].isChecked()
    assert page.detail.comment.text() == "no"


def test_the_clip_of_an_item_loops_and_escape_ends_it(practising):
    page = practising.window.feedback
    practising.wait(lambda: page.picture.is_open)
    item = next(one for one in page.review.items if one.loop is not None)
    page.review.choose(item.id)
    player = page.picture.stage.player
    assert player.loop == item.loop
    page.review.clip_left.emit()
    assert (player.loop, player.playing) == (None, False)


def test_the_strip_names_every_figure_with_what_it_rests_on(practising):
    verdicts = practising.window.feedback.strip.verdicts
    assert len(verdicts) >= 4
    assert all(one.basis for one in verdicts)
    lag = verdicts[-1]
    assert lag.value.startswith("+0.8")
    assert "n = " in lag.basis


def test_a_late_trainee_is_told_so(practising):
    figures = practising.window.feedback.lesson.figures
    middle = sorted(figures.lags_us)[len(figures.lags_us) // 2]
    assert abs(middle - 0.8 * SECOND_US) < 0.1 * SECOND_US


def test_beside_it_stand_criterion_tendencies_and_classes(practising):
    side = practising.window.feedback.side
    assert side.way.tag.text() == "not enough cases yet"
    assert len(side.way.axis.rows) == len(practising.desk.rule.criteria)
    assert len(side.tendency.axis.rows) > 3
    assert side.classes.grid.matrix.n == 1


def test_one_case_flags_no_tendency(practising):
    assert "too high" not in practising.window.feedback.side.tendency.flags()


def test_after_enough_cases_the_tendency_is_pointed_out(room_after_practice):
    room = room_after_practice(LATE)
    room.look(room.pack.of_stage(Stage.PRACTICE)[-1].id)
    flags = room.window.feedback.side.tendency.flags()
    assert "0.8 s late" in flags


def test_disputes_are_written_as_a_table(practising, tmp_path, monkeypatch):
    page = practising.window.feedback
    item = page.review.items[0]
    page.review.choose(item.id)
    page.judge(Judgement.DISPUTE, "not at all")
    page.back.click()
    path = tmp_path / "out.csv"
    monkeypatch.setattr(
        "ssp_coder.ui.training.window.QFileDialog.getSaveFileName",
        lambda *_asked: (str(path), ""),
    )
    assert practising.window.cases.disputes.isVisible()
    practising.window.cases.disputes.click()
    practising.settle()
    text = path.read_text("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines(), dialect=csv.Sniffer().sniff(text))
    assert (row["item"], row["comment"]) == (item.id, "not at all")
    assert row["reference"] or row["own"]


def test_without_a_dispute_there_is_nothing_to_export(practising):
    practising.window.feedback.back.click()
    assert not practising.window.cases.disputes.isVisible()


def test_the_chapter_that_helps_is_asked_for(practising, qtbot):
    page = practising.window.feedback
    item = items_with(page, lambda one: bool(one.chapter))[0]
    page.review.choose(item.id)
    with qtbot.waitSignal(practising.window.chapter_wanted, timeout=5_000) as asked:
        page.detail.book.click()
    assert asked.args == [item.source.chapter]


def test_escape_goes_back_to_the_cases(practising):
    QTest.keyClick(practising.window, Qt.Key.Key_Escape)
    assert practising.window.cases.isVisible()
    assert practising.window.feedback.lesson is None
