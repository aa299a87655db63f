"""The panel and the words by themselves: nothing chosen, every item, German, long and odd names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.agreement.consensus import answer_of, choices_of, draw
from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.settlement import SettledFor, Settlement
from ssp_coder.editing import edits
from ssp_coder.ui.consensus.panel import SettlingPanel
from ssp_coder.ui.consensus.words import (
    answer_words,
    index_words,
    pair_items,
    reasons,
    settled_words,
    strength_words,
    timed_words,
)
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.pairs.items import PairKind
from tests.builders import add, after, coding, infant_scheme, rate
from tests.consensus_pair import coded, drawn
from tests.unit.storage.storage_files import d_index

SCHEME = infant_scheme()
FOUND = drawn()
KEYS = [item.key for item in FOUND.items]
EVERY_ITEM = pytest.mark.parametrize("place", range(len(KEYS)), ids=KEYS)


@pytest.fixture
def panel(theme, qtbot):
    made = SettlingPanel(theme)
    qtbot.addWidget(made)
    made.take(FOUND, SCHEME, "K1, K2")
    made.show()
    return made


@pytest.fixture
def german(qapp):
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")


@pytest.fixture
def told(panel):
    found: list[Settlement] = []
    panel.settled.connect(found.append)
    return found


def classed(**fields):
    return (edits.Classify(classification=Classification(**fields)),)


def test_a_panel_that_has_nothing_yet_offers_nothing(theme, qtbot) -> None:
    panel = SettlingPanel(theme)
    qtbot.addWidget(panel)
    assert panel.names == ("", "")
    for taken in SettledFor:
        panel.settle(taken)
        assert not panel.buttons[taken].isEnabled()
        assert panel.answers[taken].text() == ""
    assert panel.own.isHidden()


def test_without_an_item_every_button_says_what_to_do_first(panel, told) -> None:
    for taken, button in panel.buttons.items():
        panel.settle(taken)
        assert "Choose a difference first." in button.toolTip()
    assert told == []


@EVERY_ITEM
def test_each_answer_of_an_item_is_told_as_it_is(panel, told, place) -> None:
    item = FOUND.items[place]
    panel.show_item(item, None)
    wanted = [one for one in choices_of(FOUND, item) if one is not SettledFor.OWN]
    for taken in list(SettledFor)[:3]:
        panel.settle(taken)
    assert [one.taken for one in told] == wanted
    assert told == [
        replace(answer_of(FOUND, item, one), reason=reasons()[0], who="K1, K2") for one in wanted
    ]


@EVERY_ITEM
def test_every_button_tells_the_ear_whose_answer_it_is_and_which(panel, place) -> None:
    item = FOUND.items[place]
    panel.show_item(item, None)
    for taken, button in panel.buttons.items():
        words = answer_words(FOUND, item, taken, SCHEME) if taken in list(SettledFor)[:2] else ""
        assert words in button.accessibleName()
        assert panel.answers[taken].text() in button.accessibleName()
    names = [button.accessibleName() for button in panel.buttons.values()]
    assert len(set(names)) == len(names)


@EVERY_ITEM
def test_every_item_has_a_form_that_settles_it_as_it_begins(panel, told, place) -> None:
    item = FOUND.items[place]
    panel.show_item(item, None)
    panel.settle(SettledFor.OWN)
    assert panel.own.isVisible()
    panel.own.take.click()
    ((one),) = told
    assert (one.item, one.taken) == (item.key, SettledFor.OWN)


@EVERY_ITEM
def test_an_item_that_was_settled_says_how_until_another_is_shown(panel, place) -> None:
    item = FOUND.items[place]
    one = replace(answer_of(FOUND, item, SettledFor.SECOND), reason="seen", who="K1, lead")
    panel.show_item(item, one)
    assert panel.decision.text() == "Settled for K2: seen (K1, lead)"
    panel.show_item(FOUND.items[place - 1], None)
    assert panel.decision.text() == ""


def test_showing_another_item_leaves_the_form_and_the_complaint(panel) -> None:
    panel.show_item(FOUND.items[2], None)
    panel.settle(SettledFor.OWN)
    panel.say("no")
    panel.show_item(FOUND.items[3], None)
    assert panel.own.isHidden()
    assert panel.trouble.text() == ""


def test_the_two_buttons_beside_times_are_told_apart_by_the_ear(panel) -> None:
    panel.show_item(FOUND.items[2], None)
    panel.settle(SettledFor.OWN)
    names = [button.accessibleName() for button in panel.own.marks]
    assert names == ["Start at the picture", "End at the picture"]


def test_a_locked_panel_opens_again_when_it_is_unlocked(panel, told) -> None:
    panel.show_item(FOUND.items[0], None)
    panel.show_locked(locked=True)
    panel.settle(SettledFor.FIRST)
    assert told == []
    assert "locked" in panel.buttons[SettledFor.FIRST].toolTip()
    panel.show_locked(locked=False)
    panel.settle(SettledFor.FIRST)
    assert len(told) == 1


def test_a_class_that_the_first_did_not_give_cannot_be_taken_from_the_first(panel, told) -> None:
    found = drawn((), classed(primary="B", subgroup="B1"))
    panel.take(found, SCHEME, "K1")
    panel.show_item(found.items[0], None)
    for taken in (SettledFor.FIRST, SettledFor.NEITHER):
        panel.settle(taken)
        assert "always somebody's" in panel.buttons[taken].toolTip()
    assert told == []
    panel.settle(SettledFor.SECOND)
    assert [one.classification.subgroup for one in told] == ["B1"]


@pytest.mark.parametrize(
    "names",
    [("K1", "Übergangsregelungsbeauftragte " * 4), ("a&b", "{0}"), ("<b>x</b>", "%1")],
    ids=["long", "marks of the toolkit", "marks of formats"],
)
def test_names_of_coders_are_shown_as_they_were_given(panel, told, names) -> None:
    codings = (
        after(coding(coder=who), rate("avo_c_5", points))
        for who, points in zip(names, (2, 4), strict=True)
    )
    found = draw(*codings, SCHEME)
    panel.take(found, SCHEME, "both")
    panel.show_item(found.items[0], None)
    assert panel.buttons[SettledFor.FIRST].accessibleName() == f"{names[0]}: 2"
    assert panel.buttons[SettledFor.SECOND].accessibleName() == f"{names[1]}: 4"
    panel.settle(SettledFor.SECOND)
    assert settled_words(told[0], names) == f"{names[1]}: {reasons()[0]}"


@pytest.mark.parametrize("words", ["{0}", "100 %", "a: b: c"])
def test_words_of_a_reason_are_no_format(panel, told, words) -> None:
    panel.show_item(FOUND.items[0], None)
    panel.words.set_text(words)
    panel.settle(SettledFor.FIRST)
    assert told[0].reason == f"{reasons()[0]}: {words}"


@pytest.mark.parametrize("name", ["infant", "infant-short", "infant-caregiver", "demonstration"])
def test_every_event_of_a_scheme_is_said_in_words_with_its_moment(name, qapp) -> None:
    scheme = load_scheme(name)
    for group in scheme.ethogram.groups:
        for code in group.codes:
            one = after(coding(), add(code.id, 65, group.subjects[0]), scheme=scheme).events[0]
            assert "1:05.0" in timed_words(one, scheme)
            assert not timed_words(one, scheme).startswith(",")


def test_every_kind_of_difference_of_an_index_has_a_row(qapp) -> None:
    one, other = edits.PutDIndex(index=d_index(40)), edits.PutDIndex(index=d_index(90))
    rows = pair_items(drawn((one,), (other,)), SCHEME)
    assert [(row.kind, row.place) for row in rows] == [
        (PairKind.EXTRA, "0:40.0"),
        (PairKind.MISSED, "1:30.0"),
    ]
    assert [(row.own == "nothing", row.reference == "nothing") for row in rows] == [
        (False, True),
        (True, False),
    ]


def test_a_rating_that_is_missing_is_said_by_its_reason(qapp) -> None:
    found = drawn((rate("avo_c_5", 2),), (rate("avo_c_5", "NA_view"),))
    said = [answer_words(found, found.items[0], one, SCHEME) for one in list(SettledFor)[:2]]
    assert said[0] == "2"
    assert said[1] not in ("", "2", "NA_view")


def test_the_word_on_d_is_said_in_words(qapp) -> None:
    pair = [
        classed(primary="B", subgroup="B1", d_decision=one) for one in (DDecision.YES, DDecision.NO)
    ]
    found = drawn(*pair)
    said = {answer_words(found, found.items[0], one, SCHEME) for one in list(SettledFor)[:2]}
    assert len(said) == 2
    assert not said & {str(one) for one in DDecision}


def test_the_panel_speaks_german_throughout(german, theme, qtbot) -> None:
    panel = SettlingPanel(theme)
    qtbot.addWidget(panel)
    found = draw(coded("K1", edits.PutDIndex(index=d_index(40))), coded("K2"), SCHEME)
    panel.take(found, SCHEME, "K1")
    panel.show_item(found.items[0], None)
    panel.show_progress(1, 2)
    english = {"Neither", "nothing", "Another answer…", "strong", "say what is right", "Start"}
    shown = {
        *(button.text() for button in panel.buttons.values()),
        *(label.text() for label in panel.answers.values()),
        panel.progress.text(),
        *(panel.reason.itemText(row) for row in range(panel.reason.count())),
    }
    assert not any(word in words for word in english for words in shown)
    assert not {button.accessibleName() for button in panel.own.marks} & {
        "Start at the picture",
        "End at the picture",
    }


def test_german_and_english_say_different_things_of_an_index(german, qapp) -> None:
    index = d_index(40)
    words = index_words(index, SCHEME), strength_words(index.strength), index_words(None, SCHEME)
    SPOKEN.speak("en")
    assert not set(words) & {
        index_words(index, SCHEME),
        strength_words(index.strength),
        index_words(None, SCHEME),
    }
