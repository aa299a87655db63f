"""What is drawn from two codings of every bundled scheme: nothing made up, nothing left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.consensus import Draw, answer_of, choices_of, draw
from ssp_coder.agreement.consensus_indices import paired_indices
from ssp_coder.agreement.disagreement import DisagreementKind
from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification, DDecision, IntervalMark
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.scale import Missing
from ssp_coder.domain.settlement import Agreed, SettledFor
from ssp_coder.domain.time import SECOND_US
from ssp_coder.editing import edits
from tests.builders import INFANT, add, after, coding, infant_scheme, mark, rate, s
from tests.consensus_pair import ALIKE, FIRST, SECOND, coded, drawn, settled
from tests.unit.storage.storage_files import d_index, interval, span

SCHEMES = pytest.mark.parametrize(
    "name", ["infant", "infant-short", "infant-caregiver", "demonstration"]
)
SIDES = (SettledFor.FIRST, SettledFor.SECOND)


def classed(**fields):
    return (edits.Classify(classification=Classification(**fields)),)


def every_code(scheme, late: float = 0) -> tuple:
    """One event of each code, minutes apart from the next of its lane."""
    found = []
    for group in scheme.ethogram.groups:
        for place, code in enumerate(group.codes):
            at = 10 + 40 * place + late
            end = None if code.kind is CodeKind.POINT else at + 10
            found.append(add(code.id, at, group.subjects[0], end=end))
    return tuple(found)


def made(scheme, who: str, *steps):
    return after(coding(coder=who), *steps, scheme=scheme)


def keys(found: Draw) -> list[str]:
    return [item.key for item in found.items]


@SCHEMES
def test_codings_of_every_code_that_are_alike_leave_nothing(name) -> None:
    scheme = load_scheme(name)
    one, other = made(scheme, "K1", *every_code(scheme)), made(scheme, "K2", *every_code(scheme))
    found = draw(one, other, scheme)
    assert found.items == ()
    assert len(found.agreed.events) == len(one.events)


@SCHEMES
def test_what_one_alone_coded_is_an_item_each_and_nothing_is_agreed(name) -> None:
    scheme = load_scheme(name)
    one = made(scheme, "K1", *every_code(scheme))
    for pair, kind in (
        ((one, made(scheme, "K2")), DisagreementKind.EXTRA),
        ((made(scheme, "K2"), one), DisagreementKind.MISSED),
    ):
        found = draw(*pair, scheme)
        assert {item.kind for item in found.items} == {kind}
        assert found.agreed == Agreed()
        assert len(set(keys(found))) == len(found.items)


@SCHEMES
def test_the_times_of_the_first_are_taken_whatever_side_is_late(name) -> None:
    scheme = load_scheme(name)
    early = made(scheme, "K1", *every_code(scheme))
    late = made(scheme, "K2", *every_code(scheme, late=0.4))
    for one, other in ((early, late), (late, early)):
        found = draw(one, other, scheme)
        assert found.items == ()
        assert {e.start_us for e in found.agreed.events} == {e.start_us for e in one.events}


@SCHEMES
def test_every_place_to_be_rated_is_an_item_where_points_differ(name) -> None:
    scheme = load_scheme(name)
    one, other = (
        made(scheme, who, *(rate(slot.id, points) for slot in scheme.slots))
        for who, points in (("K1", 1), ("K2", 2))
    )
    found = draw(one, other, scheme)
    assert keys(found) == [f"rating:{slot.id}" for slot in scheme.slots]
    assert found.agreed.ratings == ()


def test_a_coding_with_codes_that_the_scheme_does_not_know_is_not_compared() -> None:
    scheme = infant_scheme()
    without = replace(scheme, ethogram=replace(scheme.ethogram, groups=()))
    looked = after(coding(coder="K2"), add("gaze.to_c", 3))
    with pytest.raises(DomainError):
        draw(coding(), looked, without)


def test_two_empty_codings_have_everything_alike() -> None:
    found = draw(coding(), coding(coder="K2"), infant_scheme())
    assert found.items == ()
    assert found.agreed == Agreed()
    assert found.classification({}) is None


def test_the_edge_of_the_tolerance_is_still_alike() -> None:
    def items(late: float) -> int:
        pair = ((add("affect.smile", 50),), (add("affect.smile", 50 + late),))
        codings = (coded(who, *steps) for who, steps in zip(("K1", "K2"), pair, strict=True))
        return len(draw(*codings, infant_scheme(), tolerance_us=SECOND_US).items)

    assert [items(late) for late in (0, 0.999, 1, 1.001)] == [0, 0, 0, 2]


def test_an_unknown_item_is_none_and_a_known_one_is_itself() -> None:
    found = drawn()
    assert found.item("event:99:99") is None
    assert all(found.item(item.key) is item for item in found.items)


def test_every_item_with_a_moment_has_a_stretch_that_holds_it() -> None:
    for item in drawn().items:
        if item.at_us is None:
            assert item.loop is None
        else:
            assert item.loop.start_us <= item.at_us < item.loop.end_us


def test_an_item_in_the_first_second_is_not_looked_for_before_the_session() -> None:
    (item,) = drawn((add("affect.smile", 0.5),), ()).items
    assert item.loop.start_us == 0


def test_ratings_are_looked_at_where_their_episode_begins() -> None:
    item = drawn().item("rating:avo_c_5")
    start = next(one for one in drawn().first.episodes if one.episode == "EP5").start_us
    assert item.at_us == start
    unmarked = draw(
        after(coding(), rate("avo_c_5", 1)), after(coding(), rate("avo_c_5", 2)), infant_scheme()
    )
    assert unmarked.items[0].at_us is None


def test_points_against_a_reason_for_none_are_a_difference() -> None:
    found = drawn((rate("avo_c_5", 2),), (rate("avo_c_5", "NA_view"),))
    (item,) = found.items
    assert answer_of(found, item, SettledFor.SECOND).rating.score == Missing("NA_view")
    assert drawn((rate("avo_c_5", "NA_view"),), (rate("avo_c_5", "NA_view"),)).items == ()


def test_a_rating_that_one_left_out_is_left_out_when_that_one_is_taken() -> None:
    found = drawn((rate("avo_c_5", 2),), ())
    (item,) = found.items
    answer = answer_of(found, item, SettledFor.SECOND)
    assert (answer.slot, answer.rating) == ("avo_c_5", None)


def test_clips_of_an_agreed_rating_come_from_the_first_and_events_of_its_numbers_do_not() -> None:
    score = rate("avo_c_5", 2).rating.score
    first, second = (
        edits.Rate(rating=replace(rate("avo_c_5", 2, words).rating, score=score, clips=clips))
        for words, clips in (("mine", (span(700, 705),)), ("other", ()))
    )
    (taken,) = drawn((first,), (second,)).agreed.ratings
    assert taken.clips == (span(700, 705),)
    assert taken.note == ""


def test_intervals_are_taken_only_where_both_marked_the_same() -> None:
    def marked(*numbers: IntervalMark):
        return tuple(edits.MarkInterval(mark=one) for one in numbers)

    found = drawn(
        marked(interval(0), interval(1), interval(2)),
        marked(interval(0), interval(1, seen=False)),
    )
    assert found.agreed.intervals == (interval(0),)


def test_an_episode_that_only_the_second_marked_is_taken_from_the_second() -> None:
    one = after(coding(coder="K1"), mark("EP1", 0, note="door stuck"))
    other = after(coding(coder="K2"), mark("EP1", 1), mark("EP2", 31))
    found = draw(one, other, infant_scheme())
    told = [(m.episode, m.start_us, m.note) for m in found.agreed.episodes]
    assert told == [("EP1", 0, ""), ("EP2", s(31), "")]


@pytest.mark.parametrize(("first", "second"), [(1290, 1280), (1280, 1290), (1290, None)])
def test_the_later_end_of_the_session_leaves_room_for_what_either_saw(first, second) -> None:
    one, other = (
        coding(coder=who)
        if end is None
        else after(coding(coder=who), edits.EndSession(at_us=s(end), frame=end * 25))
        for who, end in (("K1", first), ("K2", second))
    )
    assert draw(one, other, infant_scheme()).agreed.session_end.at_us == s(1290)


@pytest.mark.parametrize("giver", [0, 1], ids=["first", "second"])
def test_a_class_that_one_gave_alone_is_settled_part_by_part(giver) -> None:
    given = classed(primary="B", subgroup="B3", d_decision=DDecision.YES, d_reason="freezes")
    pair = [(), ()]
    pair[giver] = given
    found = drawn(*pair)
    assert [item.level for item in found.items] == [ClassLevel.PRIMARY, ClassLevel.D_DECISION]
    done = {}
    for item in found.items:
        assert choices_of(found, item) == (SIDES[giver], SettledFor.OWN)
        done[item.key] = settled(found, item.key, SIDES[giver])
    assert found.classification(done) == given[0].classification


def test_the_word_on_d_waits_for_the_main_group() -> None:
    found = drawn(
        classed(primary="A", subgroup="A1", d_decision=DDecision.YES, d_reason="freezes"),
        classed(primary="B", subgroup="B1", d_decision=DDecision.NO),
    )
    on_d = settled(found, "class:d_decision", SettledFor.FIRST)
    assert found.outcome({}, on_d).classification is None
    group = settled(found, "class:primary", SettledFor.SECOND)
    assert found.outcome({on_d.item: on_d}, group).classification == Classification(
        primary="B", subgroup="B1", d_decision=DDecision.YES, d_reason="freezes"
    )


def test_confidence_and_grounds_of_a_coder_do_not_become_the_consensus() -> None:
    words = {"confidence": 5, "rationale": "greets", "disagreement": "none"}
    found = drawn(
        classed(primary="A", subgroup="A1", **words), classed(primary="B", subgroup="B1", **words)
    )
    for taken in SIDES:
        made_of = found.classification({"class:primary": settled(found, "class:primary", taken)})
        assert (made_of.confidence, made_of.rationale, made_of.disagreement) == (0, "", "")
    alike = drawn(classed(primary="A", subgroup="A1", **words), classed(primary="A", subgroup="A1"))
    assert alike.agreed.classification == Classification(primary="A", subgroup="A1")


def test_what_is_settled_for_ratings_and_classes_touches_no_event() -> None:
    found = drawn()
    for key in ("rating:avo_c_5", "class:subgroup", "index:2:2"):
        outcome = found.outcome({}, settled(found, key, SettledFor.SECOND))
        assert (outcome.removed, outcome.added) == ((), ())


def test_settling_the_same_again_changes_nothing() -> None:
    found = drawn()
    for item in found.items:
        one = settled(found, item.key, SettledFor.SECOND)
        outcome = found.outcome({item.key: one}, one)
        assert (outcome.removed, outcome.added) == ((), ())


def test_swapped_codings_have_the_same_differences_with_the_sides_exchanged() -> None:
    there = drawn(FIRST, SECOND)
    back = drawn(SECOND, FIRST)
    assert len(there.items) == len(back.items)
    said, heard = (
        {
            (answer.events, answer.rating, answer.index)
            for item in found.items
            if item.level is None
            for answer in (replace(answer_of(found, item, taken), item=""),)
        }
        for found, taken in ((there, SettledFor.FIRST), (back, SettledFor.SECOND))
    )
    assert said == heard


def test_five_thousand_events_are_drawn_from_without_a_lost_one() -> None:
    smile = after(coding(), add("affect.smile", 0)).events[0]
    events = tuple(
        replace(smile, id=number, start_us=number * 250_000, end_us=number * 250_000)
        for number in range(1, 5001)
    )
    one, other = (replace(coding(coder=who), events=events) for who in ("K1", "K2"))
    found = draw(one, replace(other, events=events[:-1]), infant_scheme())
    assert (len(found.agreed.events), len(found.items)) == (4999, 1)


def numbered(*starts: float) -> list:
    return [d_index(at, id=number) for number, at in enumerate(starts, start=1)]


@pytest.mark.parametrize(
    ("apart_s", "pairs"), [(0, 1), (2.9, 1), (3, 1), (3.001, 2)], ids=lambda value: str(value)
)
def test_indices_answer_each_other_up_to_the_tolerance_between_them(apart_s, pairs) -> None:
    found = paired_indices(numbered(10), numbered(10 + apart_s), SECOND_US)
    assert len(found) == pairs


def test_no_index_answers_two() -> None:
    found = paired_indices(numbered(10, 10.5, 11), numbered(10.4), SECOND_US)
    assert sum(pair.second is not None for pair in found) == 1
    assert [pair.first.id for pair in found if pair.second] == [2]


def test_the_order_of_the_company_does_not_matter() -> None:
    present = (INFANT, "caregiver")
    (pair,) = paired_indices(
        [d_index(10, id=1, present=present)], [d_index(10, id=1, present=present[::-1])], SECOND_US
    )
    assert pair.is_alike


def test_alike_events_keep_the_details_that_both_gave_and_lose_words() -> None:
    steps = (add("seeking.reach", 70, modifiers={"toward": "c"}, comment="mine"),)
    found = drawn((*ALIKE, *steps), (*ALIKE, *steps))
    (reach,) = [event for event in found.agreed.events if event.code == "seeking.reach"]
    assert (dict(reach.modifiers), reach.comment) == ({"toward": "c"}, "")
