"""Laws of episodes on the time line, over any marks that editing lets through."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.session import (
    EpisodeStatus,
    episode_at,
    episode_id_at,
    episode_spans,
    is_present,
)
from ssp_coder.domain.time import Span
from ssp_coder.editing.apply import apply
from ssp_coder.editing.completeness import first_gap, open_work
from ssp_coder.editing.edits import ClearEpisode, EndSession, MarkEpisode, MarkEpisodeMissing
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.ui.code.feed import blocks_of, cues_of
from tests.builders import CAREGIVER, STRANGER, add, coding, infant_scheme, s

SCHEME = infant_scheme()
EPISODES = [plan.id for plan in SCHEME.procedure.episodes]

marks = st.builds(
    lambda episode, at: MarkEpisode(episode=episode, at_us=s(at), frame=at * 25),
    st.sampled_from(EPISODES),
    st.integers(min_value=0, max_value=1390),
)
missing = st.builds(
    lambda episode: MarkEpisodeMissing(episode=episode, reason="did not happen"),
    st.sampled_from(EPISODES),
)
cleared = st.builds(lambda episode: ClearEpisode(episode=episode), st.sampled_from(EPISODES))
ends = st.builds(lambda at: EndSession(at_us=s(at)), st.integers(min_value=1, max_value=1400))
sittings = st.lists(st.one_of(marks, marks, marks, missing, cleared, ends), max_size=20)
times = st.integers(min_value=0, max_value=1400).map(s)


def after_sitting(sitting) -> Coding:
    value = coding()
    for edit in sitting:
        try:
            value = apply(value, edit, SCHEME)
        except EditRefusedError:
            continue
    return value


@given(sittings)
def test_every_episode_of_the_plan_has_one_span_in_its_order(sitting):
    spans = episode_spans(after_sitting(sitting), SCHEME.procedure)
    assert [span.plan.id for span in spans] == EPISODES


@given(sittings)
def test_marked_episodes_follow_each_other_without_gap_or_overlap(sitting):
    value = after_sitting(sitting)
    there = [x for x in episode_spans(value, SCHEME.procedure) if x.start_us is not None]
    for first, second in itertools.pairwise(there):
        assert first.end_us == second.start_us
        assert first.start_us < second.start_us
    if there and value.session_end is not None:
        assert there[-1].end_us == value.session_end.at_us


@given(sittings, times)
def test_a_time_lies_in_one_episode_at_most(sitting, time):
    spans = episode_spans(after_sitting(sitting), SCHEME.procedure)
    holding = [span for span in spans if span.holds(time)]
    assert len(holding) <= 1
    assert episode_at(spans, time) == (holding[0] if holding else None)
    assert episode_id_at(spans, time) == (holding[0].plan.id if holding else None)


@given(sittings)
def test_status_and_length_tell_the_same_story(sitting):
    tolerance = SCHEME.procedure.length_tolerance_us
    for span in episode_spans(after_sitting(sitting), SCHEME.procedure):
        if span.status in (EpisodeStatus.UNMARKED, EpisodeStatus.MISSING):
            assert span.start_us is None
            assert span.length_us is None
        elif span.status is EpisodeStatus.RUNNING:
            assert span.length_us is None
        else:
            difference = span.length_us - span.plan.planned_us
            assert (difference < -tolerance) == (span.status is EpisodeStatus.CURTAILED)
            assert (difference > tolerance) == (span.status is EpisodeStatus.EXTENDED)


@given(sittings)
def test_only_lengths_that_the_procedure_does_not_foresee_deviate(sitting):
    for span in episode_spans(after_sitting(sitting), SCHEME.procedure):
        if span.deviates:
            assert span.status in (EpisodeStatus.CURTAILED, EpisodeStatus.EXTENDED)
        if span.status is EpisodeStatus.CURTAILED:
            assert span.deviates == (not span.plan.may_curtail)


@given(sittings, times)
def test_presence_by_the_plan_is_that_of_the_episode(sitting, time):
    value = after_sitting(sitting)
    spans = episode_spans(value, SCHEME.procedure)
    span = episode_at(spans, time)
    for person in (CAREGIVER, STRANGER):
        expected = None if span is None else person in span.plan.present
        assert is_present(value, SCHEME, person, time) == expected


@given(sittings)
def test_the_timeline_shows_what_was_marked_and_nothing_else(sitting):
    value = after_sitting(sitting)
    shown = {block.id for block in blocks_of(value, SCHEME)}
    assert shown == {mark.episode for mark in value.episodes}
    cued = {cue.id for cue in cues_of(value, SCHEME)}
    assert cued == {mark.episode for mark in value.episodes if not mark.is_missing}


@given(sittings)
def test_what_is_missing_of_the_episodes_is_what_is_not_marked(sitting):
    value = after_sitting(sitting)
    listed = {
        work.finding.place
        for work in open_work(value, SCHEME)
        if work.finding.code == "prepare.unmarked"
    }
    assert listed == set(EPISODES) - {mark.episode for mark in value.episodes}


stretches = st.lists(
    st.tuples(st.integers(min_value=0, max_value=95), st.integers(min_value=1, max_value=20)),
    max_size=8,
)


@given(stretches)
def test_the_first_gap_is_the_first_second_that_no_state_covers(parts):
    value = coding()
    for start, length in parts:
        try:
            value = apply(value, add("distress.cry", start, end=start + length), SCHEME)
        except EditRefusedError:
            continue
    whole = Span(start_us=s(0), end_us=s(100))
    covered = {
        second
        for event in value.events
        for second in range(event.start_us // 1_000_000, event.end_us // 1_000_000)
    }
    expected = next((second for second in range(100) if second not in covered), None)
    gap = first_gap(value.events, whole)
    assert (None if gap is None else gap.start_us) == (None if expected is None else s(expected))
