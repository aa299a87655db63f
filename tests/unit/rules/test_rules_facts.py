"""Facts from a coding: ratings as they are, counts only where somebody coded the lane."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Classification, Coding, DDecision, EpisodeMark
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Rating, Score, SlotId
from ssp_coder.rules.facts import count_in_coding, facts_from_coding, facts_from_scores
from tests.fixtures.rule_schemes import at, coding, event, scheme


def score(of: Coding, name: str) -> Score:
    return dict(facts_from_coding(of, scheme()).scores)[name]


def test_a_rating_is_taken_as_it_is() -> None:
    assert score(coding(seeking_1=6.0), "seeking_1") == Points(6.0)


def test_a_place_not_looked_at_is_not_rated() -> None:
    assert score(coding(), "seeking_1") is NOT_RATED


def test_a_lost_view_keeps_its_reason() -> None:
    lost = replace(coding(), ratings=(Rating(slot=SlotId("seeking_1"), score=Missing("NA_view")),))
    assert score(lost, "seeking_1") == Missing("NA_view")


def test_crying_is_counted_in_intervals_of_the_episode() -> None:
    cried = coding(event("distress.cry", 90, 131), event("distress.fuss", 285, 290))
    assert score(cried, "cry_1") == Points(3.0)


def test_a_lane_nobody_coded_is_not_no_crying() -> None:
    assert score(coding(event("gaze.to_c", 100, 110)), "cry_1") is NOT_RATED


def test_a_coded_lane_without_crying_is_no_crying() -> None:
    assert score(coding(event("distress.none", 0, 300)), "cry_1") == Points(0.0)


def test_crying_elsewhere_in_the_session_shows_that_the_lane_was_coded() -> None:
    assert score(coding(event("distress.cry", 10, 20)), "cry_1") == Points(0.0)


def test_a_count_of_an_episode_without_an_end_is_not_rated() -> None:
    open_ended = replace(
        coding(event("distress.cry", 110, 120)),
        episodes=(EpisodeMark(episode=EpisodeId("R1"), start_us=at(100)),),
        session_end=None,
    )
    assert score(open_ended, "cry_1") is NOT_RATED


def test_a_count_of_a_missing_episode_is_not_rated() -> None:
    missing = replace(
        coding(event("distress.cry", 110, 120)),
        episodes=(EpisodeMark(episode=EpisodeId("R1"), start_us=None, reason="camera"),),
    )
    assert score(missing, "cry_1") is NOT_RATED


def test_a_count_of_an_unmarked_episode_is_not_rated() -> None:
    unmarked = replace(coding(event("distress.cry", 110, 120)), episodes=())
    assert score(unmarked, "cry_1") is NOT_RATED


def test_a_count_is_prorated_and_not_rounded() -> None:
    shortened = replace(
        coding(event("distress.cry", 100, 101)), episodes=(_mark("R1", 100), _mark("AFTER", 205))
    )
    assert score(shortened, "cry_1") == Points(12 / 7)


def test_a_count_is_prorated_to_the_highest_value_of_its_input() -> None:
    cried = coding(event("distress.cry", 100, 131))
    assert _score_within(cried, 0, 24) == Points(6.0)


def test_a_count_is_held_within_the_range_of_its_input() -> None:
    assert _score_within(coding(event("distress.none", 0, 300)), 1, 12) == Points(1)


def _score_within(of: Coding, low: float, high: float) -> Score:
    small = scheme()
    inputs = tuple(
        replace(one, minimum=low, maximum=high) if one.id == "cry_1" else one
        for one in small.rules.inputs
    )
    changed = replace(small, rules=replace(small.rules, inputs=inputs))
    return dict(facts_from_coding(of, changed).scores)["cry_1"]


def _mark(episode: str, start_s: float) -> EpisodeMark:
    return EpisodeMark(episode=EpisodeId(episode), start_us=at(start_s))


def test_raw_count_and_number_of_intervals_can_be_had_for_export() -> None:
    cried = coding(event("distress.cry", 100, 131))
    counted = count_in_coding(cried, scheme(), scheme().counts[0], 12)
    assert counted is not None
    assert (counted.raw, counted.n_intervals, counted.prorated) == (3, 12, 3.0)


def test_an_uncoded_lane_has_no_count_for_export() -> None:
    assert count_in_coding(coding(), scheme(), scheme().counts[0], 12) is None


def test_an_input_that_the_scheme_does_not_know_is_absent() -> None:
    assert "elsewhere" not in dict(facts_from_coding(coding(), scheme()).scores)


def test_the_coders_word_on_d_goes_with_the_facts() -> None:
    decided = replace(
        coding(),
        classification=Classification(
            primary="apart", d_decision=DDecision.YES, d_reason="freezes twice"
        ),
    )
    assert facts_from_coding(decided, scheme()).d_decision is DDecision.YES
    assert facts_from_coding(coding(), scheme()).d_decision is None


def test_d_is_assessed_where_the_scheme_rates_it() -> None:
    assert facts_from_coding(coding(), scheme()).d_assessed is True
    assert facts_from_coding(coding(), scheme(rates_d=False)).d_assessed is False


def test_facts_from_scores_do_not_depend_on_the_order() -> None:
    one = facts_from_scores({"b": Points(2), "a": NOT_RATED})
    other = facts_from_scores({"a": NOT_RATED, "b": Points(2)})
    assert one == other
    assert one.scores == (("a", NOT_RATED), ("b", Points(2)))
