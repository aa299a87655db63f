"""What the bundled procedures say, held against the domain reference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.procedure import EpisodeId, EpisodeKind, EpisodePlan, SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US
from ssp_coder.domain.words import Origin

EPISODES = ("EP1", "EP2", "EP3", "EP4", "EP5", "EP6", "EP7", "EP8")


def plan(scheme: Scheme, episode: str) -> EpisodePlan:
    return scheme.procedure.episode(EpisodeId(episode))


def test_there_are_eight_episodes_not_seven(infant: Scheme) -> None:
    assert tuple(e.id for e in infant.procedure.episodes) == EPISODES
    assert [e.number for e in infant.procedure.episodes] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_planned_lengths_are_half_a_minute_and_then_three_minutes(infant: Scheme) -> None:
    planned = [e.planned_us // SECOND_US for e in infant.procedure.episodes]
    assert planned == [30, 180, 180, 180, 180, 180, 180, 180]


def test_demonstration_is_shortened(demonstration: Scheme) -> None:
    planned = [e.planned_us // SECOND_US for e in demonstration.procedure.episodes]
    assert planned == [6, 14, 18, 18, 18, 18, 18, 18]


def test_only_separations_may_be_cut_short(infant: Scheme) -> None:
    episodes = infant.procedure.episodes
    assert [e.id for e in episodes if e.may_curtail] == ["EP4", "EP6", "EP7"]
    separations = [e.id for e in episodes if e.kind is EpisodeKind.SEPARATION]
    assert separations == ["EP4", "EP6", "EP7"]


def test_only_the_first_reunion_may_be_extended(infant: Scheme) -> None:
    assert [e.id for e in infant.procedure.episodes if e.may_extend] == ["EP5"]


def test_reunions_are_five_and_eight(infant: Scheme) -> None:
    reunions = [(e.reunion, e.id) for e in infant.procedure.episodes if e.reunion]
    assert reunions == [(1, "EP5"), (2, "EP8")]
    assert plan(infant, "EP5").kind is plan(infant, "EP8").kind is EpisodeKind.REUNION


@pytest.mark.parametrize(
    ("episode", "cue"),
    [
        ("EP1", "caregiver comes in carrying the infant"),
        ("EP2", "infant is put down, whether or not the experimenter has left"),
        ("EP3", "stranger comes in"),
        ("EP4", "caregiver actually goes out of the door"),
        ("EP5", "caregiver actually comes in the door"),
        ("EP6", "caregiver actually goes out of the door"),
        ("EP7", "stranger comes in"),
        ("EP8", "caregiver actually comes in the door"),
    ],
)
@pytest.mark.parametrize("scheme_id", ["infant", "demonstration"])
def test_each_episode_starts_at_its_cue(
    episode: str, cue: str, scheme_id: str, request: pytest.FixtureRequest
) -> None:
    scheme: Scheme = request.getfixturevalue(scheme_id)
    assert cue in str(plan(scheme, episode).start_cue)


@pytest.mark.parametrize("episode", ["EP3", "EP5"])
def test_the_walk_to_the_door_still_belongs_to_the_episode(infant: Scheme, episode: str) -> None:
    assert "walk to the door still belongs here" in str(plan(infant, episode).end_cue)


@pytest.mark.parametrize("episode", ["EP5", "EP8"])
def test_a_reunion_starts_at_the_door_and_not_at_the_pick_up(infant: Scheme, episode: str) -> None:
    assert "not the pick-up" in str(plan(infant, episode).start_cue)


def test_the_last_episode_ends_when_someone_says_it_is_over(infant: Scheme) -> None:
    assert "tell the caregiver that it is over" in str(plan(infant, "EP8").end_cue)
    assert "Nothing after it is scored" in str(infant.procedure.session_end_cue)


@pytest.mark.parametrize(
    ("episode", "present"),
    [
        ("EP1", {"caregiver", "infant", "experimenter"}),
        ("EP2", {"caregiver", "infant"}),
        ("EP3", {"stranger", "caregiver", "infant"}),
        ("EP4", {"stranger", "infant"}),
        ("EP5", {"caregiver", "infant"}),
        ("EP6", {"infant"}),
        ("EP7", {"stranger", "infant"}),
        ("EP8", {"caregiver", "infant"}),
    ],
)
def test_who_is_expected_in_the_room(infant: Scheme, episode: str, present: set[str]) -> None:
    assert set(plan(infant, episode).present) == present


def test_persons_have_letters_and_presence_columns(infant: Scheme) -> None:
    rows = [(p.id, p.letter, p.presence_column) for p in infant.procedure.persons]
    assert rows == [
        ("infant", "i", ""),
        ("caregiver", "c", "c_present"),
        ("stranger", "s", "s_present"),
        ("experimenter", "e", ""),
    ]


def test_the_infant_is_coded_unless_another_is_chosen(infant: Scheme) -> None:
    assert infant.procedure.focal_subject == SubjectId("infant")


def test_nobody_is_called_mother(infant: Scheme, demonstration: Scheme) -> None:
    for scheme in (infant, demonstration):
        for file in scheme.files:
            if not file.path.startswith("episodes/"):
                assert b"mother" not in file.content.lower()
        parts = (scheme.procedure.persons, scheme.procedure.episodes, scheme.procedure.length_rules)
        assert "mother" not in repr(parts).lower()
        assert "mutter" not in repr(parts).lower()


def test_lengths_may_differ_by_five_seconds_and_by_one_in_the_demonstration(
    infant: Scheme, demonstration: Scheme
) -> None:
    assert infant.procedure.length_tolerance_us == 5 * SECOND_US
    assert demonstration.procedure.length_tolerance_us == SECOND_US


def test_the_demonstration_never_claims_a_source(demonstration: Scheme) -> None:
    origins = {e.provenance.origin for e in demonstration.procedure.episodes}
    assert origins == {Origin.PROJECT_DEFAULT}


def test_standard_cues_are_verified_and_their_weak_source_is_named(infant: Scheme) -> None:
    for episode in infant.procedure.episodes:
        assert episode.provenance.origin is Origin.VERIFIED
        assert "appendix II" in episode.provenance.source
        assert "weak source" in episode.provenance.source


def test_the_demonstration_differs_in_lengths_only(infant: Scheme, demonstration: Scheme) -> None:
    def without_lengths(scheme: Scheme) -> list[tuple[object, ...]]:
        return [
            (e.id, e.number, e.kind, e.reunion, e.present, e.start_cue, e.end_cue)
            for e in scheme.procedure.episodes
        ]

    def permissions(scheme: Scheme) -> list[tuple[bool, bool]]:
        return [(e.may_curtail, e.may_extend) for e in scheme.procedure.episodes]

    assert permissions(infant) == permissions(demonstration)
    assert without_lengths(infant) == without_lengths(demonstration)
    as_long = replace(demonstration.ethogram, sampling=infant.ethogram.sampling)
    assert infant.ethogram == as_long
    assert infant.scales == demonstration.scales
    assert infant.rules == demonstration.rules
    assert infant.slots == demonstration.slots
