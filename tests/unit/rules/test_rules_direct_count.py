"""A rule table's count, where the intervals of its measure were marked without events."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Coding, Event, IntervalMark, MeasureId
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.measures import Measure, MeasureKind
from ssp_coder.domain.procedure import EpisodeId, SubjectId
from ssp_coder.domain.scale import NOT_RATED, Points, Score
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.domain.words import english
from ssp_coder.rules.direct_count import coded_directly
from ssp_coder.rules.facts import count_in_coding, facts_from_coding
from tests.fixtures.rule_schemes import INFANT, coding, event, scheme
from tests.fixtures.rule_tables import OURS

CRYING = ("distress.fuss", "distress.cry")
TWELVE = tuple(range(12))


def measured(
    codes: tuple[str, ...] = CRYING, *, kind: MeasureKind = MeasureKind.INTERVAL
) -> Scheme:
    """The small scheme with crying as a measure of the infant."""
    small = scheme()
    measure = Measure(
        id=MeasureId("crying"),
        title=english("Crying"),
        kind=kind,
        codes=tuple(CodeId(code) for code in codes),
        subjects=(INFANT,),
        provenance=OURS,
    )
    return replace(small, ethogram=replace(small.ethogram, measures=(measure,)))


def marked(
    seen: tuple[int, ...], *events: Event, known: tuple[int, ...] = TWELVE, episode: str = "R1"
) -> Coding:
    """Crying marked directly: seen in some of the intervals of which something is known."""
    marks = tuple(
        IntervalMark(
            episode=EpisodeId(episode),
            measure=MeasureId("crying"),
            subject=INFANT,
            interval=place,
            seen=place in seen,
        )
        for place in known
    )
    return replace(coding(*events), intervals=marks)


def score(of: Coding, by: Scheme | None = None) -> Score:
    return dict(facts_from_coding(of, by or measured()).scores)["cry_1"]


def test_marked_intervals_are_counted() -> None:
    assert score(marked((0, 3, 4))) == Points(3.0)


def test_all_marked_as_not_seen_is_no_crying() -> None:
    assert score(marked(())) == Points(0.0)


def test_marks_count_in_place_of_events() -> None:
    assert score(marked((0, 3), event("distress.cry", 100, 280))) == Points(2.0)


def test_an_interval_left_open_leaves_the_count_open() -> None:
    assert score(marked((0,), known=TWELVE[:-1])) is NOT_RATED


def test_half_marked_is_not_completed_from_the_events() -> None:
    half = marked((0,), event("distress.cry", 100, 280), known=(0, 1))
    assert score(half) is NOT_RATED


def test_marks_of_another_episode_leave_it_to_the_events() -> None:
    elsewhere = marked((0,), event("distress.cry", 100, 131), episode="AFTER")
    assert score(elsewhere) == Points(3.0)


def test_without_marks_events_are_counted_as_before() -> None:
    assert score(coding(event("distress.cry", 100, 131))) == Points(3.0)


def test_a_measure_of_other_codes_does_not_stand_for_the_count() -> None:
    assert score(marked((0, 3)), measured(("distress.cry",))) is NOT_RATED


def test_the_order_of_codes_does_not_matter() -> None:
    assert score(marked((0, 3)), measured(tuple(reversed(CRYING)))) == Points(2.0)


def test_intervals_of_another_length_do_not_stand_for_the_count() -> None:
    by = measured()
    longer = replace(by.ethogram.sampling, interval_us=Micros(30_000_000))
    other = replace(by, ethogram=replace(by.ethogram, sampling=longer))
    assert coded_directly(marked((0,)), other, other.counts[0]) is None


def test_a_count_of_beginnings_is_never_marked_directly() -> None:
    by = measured(kind=MeasureKind.COUNT)
    assert coded_directly(marked((0,)), by, by.counts[0]) is None


def test_a_measure_of_somebody_else_does_not_stand_for_the_count() -> None:
    by = measured()
    theirs = replace(by.ethogram.measures[0], subjects=(SubjectId("caregiver"),))
    other = replace(by, ethogram=replace(by.ethogram, measures=(theirs,)))
    assert coded_directly(marked((0,)), other, other.counts[0]) is None


def test_an_episode_without_an_end_has_no_count() -> None:
    open_ended = replace(marked((0,)), episodes=marked((0,)).episodes[:1], session_end=None)
    assert score(open_ended) is NOT_RATED


def test_raw_count_and_base_can_be_had_for_export() -> None:
    by = measured()
    counted = count_in_coding(marked((0, 3, 4)), by, by.counts[0], 12)
    assert counted is not None
    assert (counted.raw, counted.n_intervals, counted.prorated) == (3, 12, 3.0)


def test_it_is_prorated_to_the_full_episode() -> None:
    by = measured()
    counted = count_in_coding(marked((0, 3, 4)), by, by.counts[0], 24)
    assert counted is not None
    assert counted.prorated == 6.0
