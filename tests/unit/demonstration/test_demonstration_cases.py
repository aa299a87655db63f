"""The cases of the pack: scripts put together from acts."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from demonstration_pack_cases import DRAWN, drawn, plan, scripted

from ssp_coder import resources
from ssp_coder.demonstration.acts import read_act
from ssp_coder.demonstration.cases import drawn_case, pack_file, pack_folder
from ssp_coder.demonstration.story import StoryError, bundled_story
from ssp_coder.domain.finding import DomainError
from ssp_coder.training.packs import Stage


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    """A copy of the pack's data that may be spoilt."""
    folder = tmp_path / "pack"
    shutil.copytree(pack_folder(), folder)
    return folder


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# ---------------------------------------------------------------- the pack as a whole


def test_there_are_six_synthetic_cases_and_more() -> None:
    assert len(DRAWN) >= 6


def test_every_main_group_can_be_met_and_the_secure_one_in_two_ways() -> None:
    files = [drawn(case).file for case in DRAWN]
    assert {file.classification.primary for file in files} >= {"A", "B", "C", "D"}
    secure = [f.classification.sub for f in files if f.classification.primary == "B"]
    assert len(set(secure)) >= 2


def test_every_stage_has_its_cases() -> None:
    stages = Counter(Stage(case.stage) for case in plan().cases)
    assert stages[Stage.LEARN] >= 1
    assert stages[Stage.PRACTICE] >= 3
    assert 2 <= stages[Stage.TEST] <= 3
    assert stages[Stage.UPKEEP] >= 1


def test_stages_come_in_the_order_of_the_programme() -> None:
    order = list(Stage)
    places = [order.index(Stage(case.stage)) for case in plan().cases]
    assert places == sorted(places)


def test_the_demonstration_session_is_the_first_practice_case() -> None:
    practice = [case for case in plan().cases if case.stage == Stage.PRACTICE]
    assert [case.bundled for case in practice] == [True] + [False] * (len(practice) - 1)


def test_only_test_cases_belong_to_a_form() -> None:
    assert all(bool(case.form) == (case.stage == Stage.TEST) for case in plan().cases)


def test_the_pack_says_that_its_classes_were_chosen() -> None:
    assert plan().enriched


def test_every_act_is_used_by_a_case() -> None:
    used = {
        act
        for case in DRAWN
        for acts in (drawn(case).file.ending, *(e.acts for e in drawn(case).file.episodes))
        for act in acts
    }
    assert used == {path.stem for path in (pack_folder() / "acts").glob("*.csv")}


# ---------------------------------------------------------------- what tells nothing


def test_no_two_cases_look_alike() -> None:
    looks = [
        tuple((actor.skin, actor.hair, actor.top) for actor in drawn(case).story.actors)
        for case in DRAWN
    ]
    assert len(set(looks)) == len(DRAWN)


def test_the_side_of_the_room_tells_no_class() -> None:
    sides: dict[str, set[bool]] = {}
    for case in DRAWN:
        file = drawn(case).file
        sides.setdefault(file.classification.primary, set()).add(file.mirrored)
    assert {"A", "B", "C"} <= {group for group, seen in sides.items() if len(seen) == 2}


def test_the_colour_of_the_room_tells_no_class() -> None:
    rooms: dict[str, set[str]] = {}
    for case in DRAWN:
        rooms.setdefault(drawn(case).story.room.wall, set()).add(
            drawn(case).file.classification.primary
        )
    shared = [wall for wall, groups in rooms.items() if len(groups) > 1]
    assert len(rooms) > 2
    assert shared


def test_films_are_of_one_length_so_that_it_tells_nothing() -> None:
    assert len({drawn(case).story.length_us for case in DRAWN}) == 1


def test_names_of_cases_and_sessions_are_numbers_and_no_classes() -> None:
    for case in plan().cases:
        assert case.id[0] == "k"
        assert case.id[1:].isdigit()
        assert case.title.removeprefix("Session ").isdigit()
    sessions = [drawn(case).file.session for case in DRAWN]
    assert len(set(sessions)) == len(sessions)
    assert all(session.removeprefix("DEMO-").isdigit() for session in sessions)


# ---------------------------------------------------------------- scripts


@pytest.mark.parametrize("case_id", DRAWN)
def test_episodes_start_at_their_cues_in_the_film(case_id: str) -> None:
    case = drawn(case_id)
    caregiver, stranger = case.story.presence("caregiver"), case.story.presence("stranger")
    put_down = next(beat for beat in case.story.beats if beat.does == "set_down")
    assert dict(case.starts) == {
        "EP1": caregiver[0].start_us,
        "EP2": put_down.end_us,
        "EP3": stranger[0].start_us,
        "EP4": caregiver[0].end_us,
        "EP5": caregiver[1].start_us,
        "EP6": caregiver[1].end_us,
        "EP7": stranger[1].start_us,
        "EP8": caregiver[2].start_us,
    }
    assert case.end_us == case.story.presence("experimenter")[1].start_us


@pytest.mark.parametrize("case_id", DRAWN)
def test_the_recording_runs_on_after_the_session(case_id: str) -> None:
    case = drawn(case_id)
    assert 1_000_000 <= case.story.length_us - case.end_us <= 5_000_000


@pytest.mark.parametrize("case_id", DRAWN)
def test_a_case_is_short(case_id: str) -> None:
    assert drawn(case_id).story.length_us <= 120_000_000


@pytest.mark.parametrize("case_id", DRAWN)
def test_the_stranger_is_still_there_when_the_caregiver_comes_back(case_id: str) -> None:
    case = drawn(case_id)
    stays = case.story.presence("stranger")
    for reunion in ("EP5", "EP8"):
        assert any(stay.holds(dict(case.starts)[reunion]) for stay in stays)


@pytest.mark.parametrize("case_id", DRAWN)
def test_nobody_carries_the_child_out_of_a_reunion(case_id: str) -> None:
    carried = ""
    for beat in drawn(case_id).story.beats:
        if beat.does == "carry":
            assert not carried
            carried = beat.who
        elif beat.does == "set_down":
            assert beat.who == carried
            carried = ""
        elif beat.does == "walk" and beat.to == "corridor":
            assert beat.who != carried


def test_the_same_files_make_the_same_case() -> None:
    assert drawn_case(DRAWN[0]) == drawn_case(DRAWN[0])


def test_a_moment_is_told_from_the_cue_of_its_episode() -> None:
    case = drawn(DRAWN[0])
    note = case.file.notes[0]
    found = case.at(note.episode, note.to_s)
    assert found == dict(case.starts)[note.episode] + int(note.to_s * 1_000_000)


def test_acts_of_one_episode_play_at_the_same_time() -> None:
    case = drawn(DRAWN[0])
    episode = next(e for e in case.file.episodes if len(e.acts) > 1)
    start = dict(case.starts)[episode.id]
    for name in episode.acts:
        for beat in read_act(pack_folder() / "acts" / f"{name}.csv").beats:
            moved = [b.at_us for b in case.story.beats if (b.who, b.does) == (beat.who, beat.does)]
            assert start + beat.at_us in moved


def test_places_of_the_demonstration_session_are_those_of_every_case() -> None:
    places = {place.name for place in bundled_story().places}
    assert places < {place.name for place in drawn(DRAWN[0]).story.places}


# ---------------------------------------------------------------- rationale


@pytest.mark.parametrize("case_id", [case.id for case in pack_file().cases])
def test_every_case_is_explained(case_id: str) -> None:
    notes = scripted()[case_id].notes
    assert len(notes) >= 5
    assert all(len(note.words) > 30 for note in notes)


@pytest.mark.parametrize("case_id", [case.id for case in pack_file().cases])
def test_every_explanation_points_into_the_session(case_id: str) -> None:
    case = scripted()[case_id]
    for note in case.notes:
        assert note.span is not None
        assert 0 < note.span.start_us < note.span.end_us <= case.story.length_us


@pytest.mark.parametrize("case_id", DRAWN)
def test_an_explanation_that_names_a_point_names_the_rated_one(case_id: str) -> None:
    file = drawn(case_id).file
    for note in file.notes:
        if note.words[:1].isdigit():
            assert int(note.words[0]) == file.ratings[note.slot], note.words


@pytest.mark.parametrize("case_id", DRAWN)
def test_every_file_says_where_it_comes_from(case_id: str) -> None:
    file = drawn(case_id).file
    assert (file.kind, file.id) == ("drawn_case", case_id)
    assert file.source.startswith("Project default")


# ---------------------------------------------------------------- what can be wrong


def test_an_unknown_act_is_named(own_pack: Path) -> None:
    spoil(own_pack / "cases" / f"{DRAWN[0]}.toml", '"settling"', '"no_such_act"')
    with pytest.raises(StoryError, match=r"no_such_act\.csv"):
        drawn_case(DRAWN[0], own_pack)


def test_an_episode_without_an_end_is_named(own_pack: Path) -> None:
    act = own_pack / "acts" / "settling.csv"
    kept = [line for line in act.read_text("utf-8").splitlines() if ",ends," not in line]
    act.write_text("\n".join(kept) + "\n", "utf-8")
    with pytest.raises(StoryError, match="EP2: no act says when the episode ends"):
        drawn_case(DRAWN[0], own_pack)


def test_a_look_that_nobody_has_is_named(own_pack: Path) -> None:
    spoil(own_pack / "cases" / f"{DRAWN[0]}.toml", "hair_style =", "hat =")
    with pytest.raises(StoryError, match="no 'hat'"):
        drawn_case(DRAWN[0], own_pack)


def test_a_beat_that_cannot_be_played_is_named_with_its_case(own_pack: Path) -> None:
    spoil(own_pack / "acts" / "settling.csv", "walk,behind_rug", "walk,the_moon")
    with pytest.raises(StoryError, match=rf"{DRAWN[0]}\.toml, beat .* no place 'the_moon'"):
        drawn_case(DRAWN[0], own_pack)


def test_a_field_that_does_not_exist_is_named_with_its_file(own_pack: Path) -> None:
    spoil(own_pack / "cases" / f"{DRAWN[0]}.toml", "session =", "sesion =")
    with pytest.raises(DomainError, match="sesion") as caught:
        drawn_case(DRAWN[0], own_pack)
    assert caught.value.finding.place.endswith(f"{DRAWN[0]}.toml")


def test_a_missing_pack_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DomainError) as caught:
        pack_file(tmp_path)
    assert caught.value.finding.place == str(tmp_path / "pack.toml")


def test_all_data_lies_with_the_procedures_and_goes_into_the_package() -> None:
    assert pack_folder().is_relative_to(resources.bundled("episodes"))
