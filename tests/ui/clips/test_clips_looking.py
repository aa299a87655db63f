"""Clips looked through for faces, each one once."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clips import ClipPlan
from ssp_coder.media.covering import Covering
from ssp_coder.media.overlay import Overlay
from ssp_coder.reporting.clip_names import InTheWay
from ssp_coder.ui.clips.looking import Looking
from ssp_coder.ui.clips.question import TakenQuestion


@pytest.fixture
def plans(recording, tmp_path):
    return tuple(
        ClipPlan(
            video=recording.video,
            index=recording.index,
            span=Span(start_us=Micros(start), end_us=Micros(start + 400_000)),
            place=tmp_path / f"{start}.mp4",
        )
        for start in (1_000_000, 2_000_000)
    )


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def whole(plan, _which, _parent):
    frames = plan.frames()
    return Covering(first=frames[0], last=frames[-1])


def unwanted(_plan, _which, _parent):
    raise AssertionError("looked through again")


def test_every_plan_gets_its_own_covering(plans, parent):
    covered = Looking(whole).covered(plans, parent)
    assert [plan.covering.frames for plan in covered] == [plan.frames() for plan in plans]
    assert [plan.place for plan in covered] == [plan.place for plan in plans]


def test_without_anybody_to_look_nothing_is_covered(plans, parent):
    looking = Looking(None)
    assert not looking.possible
    assert looking.covered(plans, parent) is None


def test_the_same_frames_need_no_second_look_under_another_name(plans, parent, tmp_path):
    looking = Looking(whole)
    looking.covered(plans, parent)
    looking._review = unwanted
    other = replace(plans[0], place=tmp_path / "other.mp4", overlay=Overlay(timecode=True))
    (covered,) = looking.covered((other,), parent)
    assert covered.covering.frames == plans[0].frames()
    assert covered.place.name == "other.mp4"


def test_other_frames_do(plans, parent):
    looking = Looking(whole)
    looking.covered(plans[:1], parent)
    looking._review = unwanted
    longer = replace(plans[0], span=Span(start_us=Micros(1_000_000), end_us=Micros(1_500_000)))
    with pytest.raises(AssertionError):
        looking.covered((longer,), parent)


def test_how_many_were_looked_through_is_told(plans, parent):
    looking = Looking(whole)
    assert looking.words(plans) == ""
    looking.covered(plans[:1], parent)
    assert looking.words(plans) == "1 of 2 looked through for faces"
    assert looking.words(()) == ""


class TestQuestion:
    @pytest.fixture
    def question(self, theme, qtbot):
        made = TakenQuestion(theme)
        qtbot.addWidget(made)
        made.ask(("a.mp4",))
        return made

    @pytest.mark.parametrize(
        ("button", "answer"),
        [
            ("leave", InTheWay.LEAVE_OUT),
            ("number", InTheWay.NUMBER),
            ("overwrite", InTheWay.REPLACE),
        ],
    )
    def test_each_button_is_one_answer(self, question, qtbot, button, answer):
        with qtbot.waitSignal(question.answered) as told:
            getattr(question, button).click()
        assert told.args == [answer]

    def test_back_is_no_answer(self, question, qtbot):
        with (
            qtbot.assertNotEmitted(question.answered),
            qtbot.waitSignal(question.taken_back),
        ):
            question.back.click()

    @pytest.mark.parametrize(
        ("names", "words"),
        [
            (("a", "b", "c"), "There already: a, b, c"),
            (("a", "b", "c", "d"), "There already: a, b, c and 1 more"),
        ],
    )
    def test_three_are_named(self, question, names, words):
        question.ask(names)
        assert question.text() == words
