"""The two codings beside the story: what they must have in common with it and with each other."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from ssp_coder import resources
from ssp_coder.demonstration.story import Story, bundled_story, demonstration_folder
from ssp_coder.domain.time import micros

COLUMNS = (
    "behaviour",
    "subject",
    "start_s",
    "stop_s",
    "modifier_toward",
    "intensity",
    "comment",
)
LEVELS = {"fuss": 1, "cry": 2, "hard_cry": 3}
TILED = ("distress", "contact", "distance", "gaze")
BOTH = ("reference", "trainee")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Row:
    start_us: int
    behaviour: str
    subject: str
    stop_us: int
    toward: str
    intensity: str

    @property
    def group(self) -> str:
        return self.behaviour.split(".")[0]

    @property
    def code(self) -> str:
        return self.behaviour.split(".")[1]


def rows_of(who: str) -> list[Row]:
    path = demonstration_folder() / f"{who}_events.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                behaviour=line["behaviour"],
                subject=line["subject"],
                start_us=micros(line["start_s"]),
                stop_us=micros(line["stop_s"]),
                toward=line["modifier_toward"],
                intensity=line["intensity"],
            )
            for line in csv.DictReader(file)
        ]


def read_toml(name: str) -> dict[str, Any]:  # a TOML file has values of every kind
    return tomllib.loads((demonstration_folder() / name).read_text("utf-8"), parse_float=Decimal)


@pytest.fixture(scope="module")
def story() -> Story:
    return bundled_story()


@pytest.fixture(scope="module")
def session() -> dict[str, Any]:
    return read_toml("session.toml")


@pytest.fixture(scope="module")
def differences() -> dict[str, Any]:
    return read_toml("differences.toml")


@pytest.fixture(scope="module")
def ethogram() -> dict[str, Any]:
    path = resources.bundled("schemas") / "ethograms" / "infant.toml"
    return tomllib.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def starts(session: dict[str, Any]) -> dict[str, int]:
    return {episode["id"]: micros(episode["start_s"]) for episode in session["episodes"]}


@pytest.fixture(scope="module")
def end_us(session: dict[str, Any]) -> int:
    return micros(session["session_end_s"])


def of_group(rows: Iterable[Row], group: str, subject: str = "infant") -> list[Row]:
    return sorted(row for row in rows if (row.group, row.subject) == (group, subject))


def code_kinds(ethogram: dict[str, Any]) -> dict[str, str]:
    return {
        f"{group['id']}.{code['name']}": code["kind"]
        for group in ethogram["groups"]
        for code in group["codes"]
    }


def modifiers_of(ethogram: dict[str, Any], behaviour: str) -> set[str]:
    group_id, name = behaviour.split(".")
    return {
        modifier
        for group in ethogram["groups"]
        for code in group["codes"]
        if (group["id"], code["name"]) == (group_id, name)
        for modifier in code.get("modifiers", ())
    }


@pytest.mark.parametrize("who", BOTH)
def test_the_columns_are_those_of_the_exchange(who: str) -> None:
    with (demonstration_folder() / f"{who}_events.csv").open(encoding="utf-8") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS


@pytest.mark.parametrize("who", BOTH)
def test_there_are_enough_events_to_look_at_and_few_enough_to_read(who: str) -> None:
    assert 100 < len(rows_of(who)) < 160


@pytest.mark.parametrize("who", BOTH)
def test_rows_are_in_order_of_time(who: str) -> None:
    times = [row.start_us for row in rows_of(who)]
    assert times == sorted(times)


@pytest.mark.parametrize("who", BOTH)
def test_no_row_is_there_twice(who: str) -> None:
    assert max(Counter(rows_of(who)).values()) == 1


@pytest.mark.parametrize("who", BOTH)
def test_every_time_falls_on_a_frame(who: str, story: Story) -> None:
    for row in rows_of(who):
        assert row.start_us % story.frame_us == 0, row
        assert row.stop_us % story.frame_us == 0, row


@pytest.mark.parametrize("who", BOTH)
def test_nothing_is_coded_after_the_session(who: str, end_us: int) -> None:
    assert all(row.stop_us <= end_us for row in rows_of(who))
    assert all(row.start_us < end_us for row in rows_of(who))


@pytest.mark.parametrize("who", BOTH)
def test_every_behaviour_is_in_the_ethogram(who: str, ethogram: dict[str, Any]) -> None:
    assert {row.behaviour for row in rows_of(who)} <= set(code_kinds(ethogram))


@pytest.mark.parametrize("who", BOTH)
def test_points_have_no_length_and_states_have_one(who: str, ethogram: dict[str, Any]) -> None:
    kinds = code_kinds(ethogram)
    for row in rows_of(who):
        assert (row.stop_us > row.start_us) == (kinds[row.behaviour] == "state"), row


@pytest.mark.parametrize("who", BOTH)
def test_each_group_is_coded_of_its_own_subjects(who: str, ethogram: dict[str, Any]) -> None:
    subjects = {group["id"]: set(group["subjects"]) for group in ethogram["groups"]}
    for row in rows_of(who):
        assert row.subject in subjects[row.group], row


@pytest.mark.parametrize("who", BOTH)
def test_modifiers_are_given_where_the_ethogram_has_them(
    who: str, ethogram: dict[str, Any]
) -> None:
    choices = {
        modifier["id"]: {value["id"] for value in modifier["values"]}
        for modifier in ethogram["modifiers"]
    }
    for row in rows_of(who):
        wanted = modifiers_of(ethogram, row.behaviour)
        assert bool(row.toward) == ("toward" in wanted), row
        assert bool(row.intensity) == ("intensity" in wanted), row
        assert row.toward in choices["toward"] | {""}
        assert row.intensity in choices["intensity"] | {""}


@pytest.mark.parametrize("who", BOTH)
@pytest.mark.parametrize("group", TILED)
def test_exclusive_states_tile_the_session_without_gap_or_overlap(
    who: str, group: str, starts: dict[str, int], end_us: int
) -> None:
    states = of_group(rows_of(who), group)
    assert states[0].start_us == starts["EP2"]
    assert states[-1].stop_us == end_us
    for state, following in pairwise(states):
        assert state.stop_us == following.start_us
        assert state.behaviour != following.behaviour


@pytest.mark.parametrize("who", BOTH)
@pytest.mark.parametrize("adult", ["caregiver", "stranger", "experimenter"])
def test_presence_is_what_the_film_shows(who: str, adult: str, story: Story, end_us: int) -> None:
    states = of_group(rows_of(who), "presence", adult)
    coded = [(row.start_us, row.stop_us) for row in states if row.code == "in_room"]
    shown = [
        (stay.start_us, min(stay.end_us, end_us))
        for stay in story.presence(adult)
        if stay.start_us < end_us
    ]
    assert coded == shown
    assert states[-1].stop_us == end_us
    for state, following in pairwise(states):
        assert state.stop_us == following.start_us


def test_distress_in_the_reference_is_what_the_film_shows_and_sounds(story: Story) -> None:
    coded = [
        (row.start_us, row.stop_us, LEVELS[row.code])
        for row in of_group(rows_of("reference"), "distress")
        if row.code != "none"
    ]
    shown = [
        (weeping.span.start_us, weeping.span.end_us, weeping.level) for weeping in story.weeping()
    ]
    assert coded == shown


def test_the_child_is_held_in_the_reference_while_it_is_carried(story: Story) -> None:
    takes = [beat for beat in story.beats if beat.does == "carry"][1:]
    lets_down = [beat for beat in story.beats if beat.does == "set_down"][1:]
    shown = [
        (take.at_us, down.end_us, take.who) for take, down in zip(takes, lets_down, strict=False)
    ]
    held = [
        row
        for row in of_group(rows_of("reference"), "contact")
        if row.code.startswith(("held", "clinging"))
    ]
    bouts: list[tuple[int, int, str]] = []
    for row in held:
        carrier = {"c": "caregiver", "s": "stranger"}[row.code[-1]]
        if bouts and bouts[-1][1] == row.start_us:
            bouts[-1] = (bouts[-1][0], row.stop_us, carrier)
        else:
            bouts.append((row.start_us, row.stop_us, carrier))
    assert bouts == shown


def gaze_of(target: str, story: Story) -> str:
    """The code of a look at that target."""
    people = {"caregiver": "to_c", "stranger": "to_s"}
    if target in {prop.name for prop in story.props}:
        return "to_toy"
    return people.get(target, "to_door" if target.startswith("door") else "away")


def test_the_childs_looks_in_the_reference_are_those_of_the_film(
    story: Story, starts: dict[str, int], end_us: int
) -> None:
    shown: list[tuple[int, str]] = []
    for beat in story.beats:
        seen = starts["EP2"] <= beat.at_us < end_us
        if seen and (beat.who, beat.does) == ("infant", "look"):
            code = gaze_of(beat.to, story)
            if not shown or shown[-1][1] != code:
                shown.append((beat.at_us, code))
    coded = [(row.start_us, row.code) for row in of_group(rows_of("reference"), "gaze")]
    assert coded == shown


def test_toys_are_handled_in_the_reference_while_they_are_in_the_hand(
    story: Story, end_us: int
) -> None:
    grasps = [beat for beat in story.beats if (beat.who, beat.does) == ("infant", "grasp")]
    shown = [(take.at_us, min(back.at_us, end_us)) for take, back in pairwise(grasps) if take.to]
    coded = [
        (row.start_us, row.stop_us)
        for row in of_group(rows_of("reference"), "play_explore")
        if row.code == "manipulation"
    ]
    assert coded == shown


def test_distance_cannot_be_seen_exactly_while_the_caregiver_is_out() -> None:
    rows = rows_of("reference")
    unseen = {
        (row.start_us, row.stop_us)
        for row in of_group(rows, "distance")
        if row.code == "not_visible"
    }
    out = {
        (row.start_us, row.stop_us)
        for row in of_group(rows, "presence", "caregiver")
        if row.code == "out"
    }
    assert unseen == out


def test_episodes_start_at_their_cues_in_the_film(
    story: Story, starts: dict[str, int], end_us: int
) -> None:
    caregiver, stranger = story.presence("caregiver"), story.presence("stranger")
    put_down = next(beat for beat in story.beats if beat.does == "set_down")
    assert starts == {
        "EP1": caregiver[0].start_us,
        "EP2": put_down.end_us,
        "EP3": stranger[0].start_us,
        "EP4": caregiver[0].end_us,
        "EP5": caregiver[1].start_us,
        "EP6": caregiver[1].end_us,
        "EP7": stranger[1].start_us,
        "EP8": caregiver[2].start_us,
    }
    assert end_us == story.presence("experimenter")[1].start_us


def test_the_recording_runs_on_after_the_session(story: Story, end_us: int) -> None:
    assert 3_000_000 <= story.length_us - end_us <= 10_000_000


def test_the_stranger_is_still_there_when_the_caregiver_comes_back(
    story: Story, starts: dict[str, int]
) -> None:
    for reunion in ("EP5", "EP8"):
        assert any(stay.holds(starts[reunion]) for stay in story.presence("stranger"))


def test_episodes_are_cut_short_and_extended_as_told(
    session: dict[str, Any], starts: dict[str, int], end_us: int
) -> None:
    path = resources.bundled("episodes") / "demonstration.toml"
    procedure = tomllib.loads(path.read_text("utf-8"))
    order = [episode["id"] for episode in session["episodes"]]
    ends = [starts[episode] for episode in order[1:]] + [end_us]
    changed = {}
    for planned, end in zip(procedure["episodes"], ends, strict=True):
        assert planned["id"] in starts
        actual = (end - starts[planned["id"]]) / 1_000_000
        if actual != planned["planned_s"]:
            changed[planned["id"]] = actual - planned["planned_s"]
            assert planned["may_curtail" if actual < planned["planned_s"] else "may_extend"]
    assert changed == {"EP4": -6, "EP5": 4, "EP6": -8, "EP7": -4}
    told = {episode["id"] for episode in session["episodes"] if episode.get("reason")}
    assert told == set(changed)


@pytest.mark.parametrize("who", BOTH)
def test_every_rating_is_a_column_on_its_scale(who: str, session: dict[str, Any]) -> None:
    ratings = session[who]["ratings"]
    wanted = {
        f"{scale}_c_{episode}"
        for scale in ("pcs", "cm", "avo", "res", "dist")
        for episode in (5, 8)
    }
    assert set(ratings) == wanted | {"srch_4", "srch_6", "srch_7", "dorg"}
    assert all(1 <= value <= (9 if column == "dorg" else 7) for column, value in ratings.items())


@pytest.mark.parametrize("who", BOTH)
def test_the_classification_is_complete_and_consistent(who: str, session: dict[str, Any]) -> None:
    judged = session[who]["classification"]
    assert set(judged) - {"disagreement"} == {
        "primary",
        "sub",
        "secondary",
        "confidence",
        "rationale",
    }
    assert judged["sub"].startswith(judged["primary"])
    assert 1 <= judged["confidence"] <= 5
    assert len(judged["rationale"]) > 40


@pytest.mark.parametrize("who", BOTH)
def test_the_candidate_index_lies_in_its_episode_with_the_caregiver_there(
    who: str, session: dict[str, Any], starts: dict[str, int], end_us: int, story: Story
) -> None:
    (index,) = session[who]["indices"]
    begin, end = micros(index["start_s"]), micros(index["end_s"])
    assert starts[index["episode"]] <= begin < end <= end_us
    for person in index["present"]:
        assert any(stay.holds(begin) for stay in story.presence(person))


@pytest.mark.parametrize("who", BOTH)
def test_the_candidate_index_uses_the_words_of_the_ethogram(
    who: str, session: dict[str, Any], ethogram: dict[str, Any]
) -> None:
    (index,) = session[who]["indices"]
    assert index["id"] in {theme["id"] for theme in ethogram["themes"]}
    explanations = {explanation["id"] for explanation in ethogram["explanations"]}
    assert index["ruled_out"]
    assert set(index["ruled_out"]) <= explanations
    assert index["strength"] in ("weak", "strong")


def planted(rows: list[Row], differences: dict[str, Any]) -> list[Row]:
    """The reference with every listed difference applied."""
    changed = list(rows)
    for difference in differences["events"]:
        at_us = micros(difference["start_s"])
        if difference["kind"] == "false_alarm":
            changed.append(
                Row(
                    behaviour=difference["behaviour"],
                    subject=difference["subject"],
                    start_us=at_us,
                    stop_us=at_us,
                    toward=difference.get("toward", ""),
                    intensity=difference.get("intensity", ""),
                )
            )
            continue
        (row,) = (
            row
            for row in rows
            if (row.behaviour, row.subject, row.start_us)
            == (difference["behaviour"], difference["subject"], at_us)
        )
        changed.remove(row)
        if difference["kind"] == "wrong_code":
            changed.append(replace(row, behaviour=difference["coded_as"]))
        elif difference["kind"] == "late":
            changed = delayed(changed, row, micros(difference["lag_s"]))
    return sorted(changed)


def delayed(rows: list[Row], row: Row, lag_us: int) -> list[Row]:
    """A point moves; a state begins later and the state before it ends later."""
    if row.start_us == row.stop_us:
        moved = replace(row, start_us=row.start_us + lag_us, stop_us=row.stop_us + lag_us)
        return [*rows, moved]
    longer = [
        replace(other, stop_us=other.stop_us + lag_us)
        if (other.group, other.subject, other.stop_us) == (row.group, row.subject, row.start_us)
        else other
        for other in rows
    ]
    return [*longer, replace(row, start_us=row.start_us + lag_us)]


def test_the_trainee_differs_in_the_listed_events_and_no_others(
    differences: dict[str, Any],
) -> None:
    assert planted(rows_of("reference"), differences) == sorted(rows_of("trainee"))


def test_the_differences_are_of_the_promised_kinds(differences: dict[str, Any]) -> None:
    kinds = Counter(difference["kind"] for difference in differences["events"])
    assert kinds == {"missed": 3, "false_alarm": 2, "wrong_code": 2, "late": 6}
    lags = sorted(
        difference["lag_s"] for difference in differences["events"] if difference["kind"] == "late"
    )
    assert lags[:5] == [Decimal("0.6")] * 5
    assert lags[5] > 2


def test_a_false_alarm_is_far_from_every_event_of_its_code(differences: dict[str, Any]) -> None:
    for difference in differences["events"]:
        if difference["kind"] == "false_alarm":
            times = [
                row.start_us
                for row in rows_of("reference")
                if row.behaviour == difference["behaviour"]
            ]
            assert all(abs(time - micros(difference["start_s"])) > 3_000_000 for time in times)


def test_a_wrong_code_stays_in_its_group(differences: dict[str, Any]) -> None:
    for difference in differences["events"]:
        if difference["kind"] == "wrong_code":
            assert difference["coded_as"].split(".")[0] == difference["behaviour"].split(".")[0]
            assert difference["coded_as"] != difference["behaviour"]


def test_the_ratings_differ_in_two_places_as_listed(
    session: dict[str, Any], differences: dict[str, Any]
) -> None:
    reference, trainee = session["reference"]["ratings"], session["trainee"]["ratings"]
    found = {
        column: (reference[column], trainee[column])
        for column in reference
        if reference[column] != trainee[column]
    }
    listed = {
        difference["column"]: (difference["reference"], difference["trainee"])
        for difference in differences["ratings"]
    }
    assert found == listed
    assert len(found) == 2


def test_the_class_differs_in_the_subgroup_only(
    session: dict[str, Any], differences: dict[str, Any]
) -> None:
    reference = session["reference"]["classification"]
    trainee = session["trainee"]["classification"]
    listed = differences["classification"]
    assert (reference["sub"], trainee["sub"]) == (listed["reference"], listed["trainee"])
    assert listed["field"] == "sub"
    assert reference["sub"] != trainee["sub"]
    assert reference["primary"] == trainee["primary"]
    assert reference["secondary"] == trainee["secondary"]


def test_session_and_codings_name_each_other(session: dict[str, Any]) -> None:
    for who in BOTH:
        assert (demonstration_folder() / session[who]["events"]).is_file()
        assert session[who]["coder"] == who
    assert (session["reference"]["role"], session["trainee"]["role"]) == (
        "reference",
        "independent",
    )
    assert (resources.bundled("schemas") / "schemes" / f"{session['scheme']}.toml").is_file()


@pytest.mark.parametrize("name", ["story.toml", "session.toml", "differences.toml"])
def test_every_file_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    content = read_toml(name)
    assert content["id"].startswith("demonstration")
    assert content["version"] == "1.0.0"
    assert content["source"].startswith("Project default")
