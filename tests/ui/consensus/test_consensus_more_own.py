"""The form for an answer of one's own, by itself: choices, times, both schemes, all codes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.consensus import draw
from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.scale import Missing, Points
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.editing import edits
from ssp_coder.editing.judgements import classify, rate
from ssp_coder.ui.consensus.own_answer import END, START, OwnAnswer
from ssp_coder.ui.consensus.own_wish import Choice, Moment, OwnWish, own_settlement, wish_for
from tests.builders import add, after, coding, infant_scheme, s
from tests.builders import rate as rated
from tests.consensus_pair import drawn
from tests.unit.storage.storage_files import d_index

SCHEME = infant_scheme()
SCHEMES = ("infant", "infant-short", "infant-caregiver", "demonstration")
PLACES = pytest.mark.parametrize("place", [START, END], ids=["start", "end"])
CODES = Choice(
    name="Code", options=(("run", "runs"), ("hop", "hops"), ("sit", "sits")), chosen="sit"
)
TIMED = OwnWish(
    choices=(CODES,),
    start=Moment(at_us=62_345_678, frame=1558),
    end=Moment(at_us=s(70), frame=1750),
    points=frozenset({"hop"}),
)


@pytest.fixture
def form(theme, qtbot):
    made = OwnAnswer(theme)
    qtbot.addWidget(made)
    made.show_wish(TIMED)
    made.show()
    return made


def pick(form, name: str) -> None:
    form.boxes[0].setCurrentIndex(form.boxes[0].findData(name))


def made_with(scheme, *steps):
    return after(coding(coder="K1"), *steps, scheme=scheme)


def classed(**fields):
    return (edits.Classify(classification=Classification(**fields)),)


def test_it_begins_with_what_was_chosen_and_both_times(form) -> None:
    assert form.picked() == ("sit",)
    assert form.boxes[0].currentText() == "sits"
    assert [field.text() for field in form.times] == ["1:02.345", "1:10.000"]


def test_a_time_that_nobody_touched_stays_exact_to_the_microsecond_and_its_frame(form) -> None:
    assert form.moments() == (TIMED.start, TIMED.end)


def test_a_time_that_was_typed_has_no_frame(form) -> None:
    form.times[START].set_text("1:02,5")
    assert form.moments() == (Moment(at_us=s(62.5)), TIMED.end)


def test_typing_the_shown_time_again_gives_the_shown_moment(form) -> None:
    shown = form.times[START].text()
    form.times[START].set_text("0")
    form.times[START].set_text(f"  {shown} ")
    assert form.moments()[START] == TIMED.start


@PLACES
@pytest.mark.parametrize("words", ["", "later", "1:75", "1:2:3:4", "ten"])
def test_what_is_no_time_is_said_under_its_own_field_only(form, place, words) -> None:
    form.times[place].set_text(words)
    assert form.moments() is None
    assert [bool(field.error()) for field in form.times] == [place == START, place == END]


@PLACES
def test_a_time_from_the_picture_takes_the_complaint_away(form, place) -> None:
    form.times[place].set_text("later")
    assert form.moments() is None
    form.set_moment(Moment(at_us=s(65), frame=1625))
    form.mark(place)
    assert not form.times[place].error()
    assert form.moments()[place] == Moment(at_us=s(65), frame=1625)


@PLACES
def test_the_buttons_beside_the_times_take_the_picture(form, place, qtbot) -> None:
    form.set_moment(Moment(at_us=s(66), frame=1650))
    qtbot.mouseClick(form.marks[place], Qt.MouseButton.LeftButton)
    assert form.moments()[place] == Moment(at_us=s(66), frame=1650)
    assert form.times[1 - place].text() != form.times[place].text()


@PLACES
def test_without_a_picture_the_buttons_change_nothing(form, place) -> None:
    form.mark(place)
    assert form.moments() == (TIMED.start, TIMED.end)


def test_a_moment_needs_no_end_and_what_stands_there_is_not_read(form) -> None:
    form.times[END].set_text("later")
    pick(form, "hop")
    assert not form.marks[END].isVisible()
    assert form.moments() == (TIMED.start, None)


def test_the_end_comes_back_with_a_code_that_lasts(form) -> None:
    pick(form, "hop")
    form.set_moment(Moment(at_us=s(99)))
    form.mark(END)
    pick(form, "run")
    assert form.times[END].isVisible()
    assert form.moments()[END] == TIMED.end


def test_another_wish_forgets_choices_times_and_complaints(form) -> None:
    form.times[START].set_text("later")
    assert form.moments() is None
    form.show_wish(OwnWish(choices=(Choice(name="Points", options=(("points:1", "1"),)),)))
    assert form.picked() == ("points:1",)
    assert form.moments() == (None, None)
    assert not any(field.isVisible() or field.error() for field in form.times)
    form.show_wish(TIMED)
    assert form.moments() == (TIMED.start, TIMED.end)


def test_a_choice_that_is_not_among_the_options_begins_with_the_first(form) -> None:
    form.show_wish(OwnWish(choices=(replace(CODES, chosen="fly"),)))
    assert form.picked() == ("run",)


def test_choices_have_names_for_the_ear_and_change_by_arrow_keys(form) -> None:
    assert form.boxes[0].accessibleName() == "Code"
    assert [button.accessibleName() for button in form.marks] == [
        "Start at the picture",
        "End at the picture",
    ]
    QTest.keyClick(form.boxes[0], Qt.Key.Key_Up)
    assert form.picked() == ("hop",)


def test_taking_and_leaving_are_only_told(form, qtbot) -> None:
    with qtbot.waitSignal(form.wanted):
        form.take.click()
    with qtbot.waitSignal(form.left):
        form.leave.click()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_code_that_can_be_seen_can_be_given_a_code_of_its_group(scheme, qapp) -> None:
    scheme = load_scheme(scheme)
    for group in scheme.ethogram.groups:
        for code in group.codes:
            end = None if code.kind is CodeKind.POINT else 110
            event = add(code.id, 100, group.subjects[0], end=end)
            found = draw(made_with(scheme, event), coding(coder="K2"), scheme)
            (choice,) = wish_for(found, found.items[0], scheme).choices
            names = [name for name, _words in choice.options]
            assert choice.chosen == code.id
            assert code.id in names
            assert len(set(names)) == len(names)


@pytest.mark.parametrize("code", ["avoidance.ignore", "avoidance.turn_away"])
def test_a_group_of_moments_and_stretches_offers_an_end_only_where_there_is_one(
    form, code, qapp
) -> None:
    found = drawn((add("avoidance.turn_away", 100),), ())
    form.show_wish(wish_for(found, found.items[0], SCHEME))
    pick(form, code)
    lasts = SCHEME.ethogram.code(code).kind is CodeKind.STATE
    assert form.times[END].isVisible() is lasts
    (event,) = own_settlement(found, found.items[0], form.picked(), form.moments()).events
    assert (event.code, event.start_us, event.end_us) == (code, s(100), s(100))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_choice_of_points_is_one_that_the_scheme_takes(scheme, qapp) -> None:
    scheme = load_scheme(scheme)
    slot = scheme.slots[0].id
    found = draw(made_with(scheme, rated(slot, 1)), made_with(scheme, rated(slot, 2)), scheme)
    (item,) = found.items
    (choice,) = wish_for(found, item, scheme).choices
    for name, _words in choice.options:
        taken = own_settlement(found, item, (name,), (None, None))
        made = rate(found.first, edits.Rate(rating=taken.rating), scheme)
        assert made.score(slot) == taken.rating.score
        kind = Points if name.startswith("points:") else Missing
        assert isinstance(taken.rating.score, kind)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_class_that_is_offered_is_one_that_the_scheme_takes(scheme, qapp) -> None:
    scheme = load_scheme(scheme)
    one, other = scheme.rules.subgroups()[0], scheme.rules.subgroups()[-1]
    found = draw(*(classified(scheme, name) for name in (one, other)), scheme)
    item = next(one for one in found.items if one.level is ClassLevel.PRIMARY)
    classes, behind = wish_for(found, item, scheme).choices
    for name, _words in classes.options:
        taken = own_settlement(found, item, (name, one), (None, None)).classification
        made = classify(found.first, edits.Classify(classification=taken), scheme)
        assert made.classification == taken
        needs = scheme.rules.group(taken.primary).needs_secondary
        assert taken.secondary == (one if needs else "")
    assert behind.options[0] == ("", "none")


def classified(scheme, subgroup: str):
    group = next(one for one in scheme.rules.groups if subgroup in one.subgroups)
    return made_with(scheme, classed(primary=group.id, subgroup=subgroup)[0])


def test_a_subgroup_is_chosen_within_the_group_that_both_gave(qapp) -> None:
    found = drawn(classed(primary="C", subgroup="C1"), classed(primary="C", subgroup="C2"))
    (choice,) = wish_for(found, found.items[0], SCHEME).choices
    assert [name for name, _words in choice.options] == ["C1", "C2"]


def test_the_word_on_d_offers_every_decision_in_words(qapp) -> None:
    found = drawn(
        classed(primary="B", subgroup="B1", d_decision=DDecision.YES),
        classed(primary="B", subgroup="B1", d_decision=DDecision.NO),
    )
    (choice,) = wish_for(found, found.items[0], SCHEME).choices
    assert [name for name, _words in choice.options] == [str(one) for one in DDecision]
    assert len({words for _name, words in choice.options}) == len(DDecision)
    taken = own_settlement(found, found.items[0], (str(DDecision.YES),), (None, None))
    assert taken.classification == Classification(primary="", d_decision=DDecision.YES)


def test_an_index_of_the_second_alone_begins_with_what_the_second_has(form, qapp) -> None:
    index = d_index(40.25, theme=SCHEME.themes[2].id)
    found = drawn((), (edits.PutDIndex(index=index),))
    form.show_wish(wish_for(found, found.items[0], SCHEME))
    assert form.picked() == (index.theme, index.strength)
    settled = own_settlement(found, found.items[0], form.picked(), form.moments())
    assert settled.taken is SettledFor.OWN
    assert (settled.index.start_us, settled.index.end_us) == (index.start_us, index.end_us)
    assert settled.index.present == index.present
