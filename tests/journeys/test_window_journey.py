"""A coder's whole job in the real window, from the first frame to the comparison."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from dataclasses import replace

import pytest

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import DEFAULT_TOLERANCE_US, ClassLevel, DifferenceKind
from ssp_coder.demonstration.story import demonstration_folder
from ssp_coder.domain.scale import NOT_RATED, Missing, Points
from ssp_coder.domain.time import micros
from ssp_coder.editing.apply import apply
from ssp_coder.editing.edits import LockCoding
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.timeline_reading import read_timeline
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.verify import verify
from tests.fixtures.demonstration import copy_of
from tests.journeys.window_story import KEPT_BECAUSE, bare, live_through

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def story(demonstration, tmp_path_factory):
    folder = tmp_path_factory.mktemp("journey")
    return live_through(copy_of(demonstration, folder), folder)


@pytest.fixture(scope="module")
def stored(story):
    with open_read_only(story.session.working) as file:
        return file


@pytest.fixture(scope="module")
def tables(stored, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    export_codings((Exportable(coding=stored.coding, scheme=stored.scheme),), folder)
    return folder


@pytest.fixture(scope="module")
def comparison(story, stored):
    with open_read_only(story.session.reference) as reference:
        return compare(stored.coding, reference.coding, stored.scheme)


@pytest.fixture(scope="module")
def planted():
    with (demonstration_folder() / "differences.toml").open("rb") as file:
        return tomllib.load(file)


def rows_of(folder, table):
    path = next(path for path in folder.glob("*.csv") if path.stem.endswith(table))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_window_begins_with_the_start_page(story):
    assert story.start_shown


def test_playing_moves_the_picture_about_as_far_as_time_went_by(story):
    before, after = story.played
    assert before == 0
    assert 5 <= after <= 60


def test_a_step_is_one_frame_and_a_second_is_as_many_frames_as_it_holds(story):
    first = story.stepped[0]
    assert story.stepped == (first, first + 1, first + 2, first + 1, first + 26)


def test_enter_marks_one_episode_after_the_other(story):
    assert story.trace == [plan.id for plan in story.scheme.procedure.episodes]
    places = [(mark.episode, mark.start_us, mark.start_frame) for mark in story.script.episodes]
    marked = story.at["marked"].episodes
    assert [(mark.episode, mark.start_us, mark.start_frame) for mark in marked] == places


def test_keys_and_clicks_give_the_events_of_the_script(story):
    coded = story.at["coded"]
    assert sorted(map(bare, coded.events)) == sorted(map(bare, story.script.events))
    assert coded.session_end == story.script.session_end


def test_not_rated_cannot_code_and_a_number_are_three_things(story):
    before, without, rated = story.scores
    assert before is NOT_RATED
    assert isinstance(without, Missing)
    assert isinstance(rated, Points)


def test_digits_give_the_ratings_of_the_script(story):
    assert story.at["rated"].ratings == story.script.ratings


def test_an_index_of_disorganization_keeps_what_was_seen_when_and_by_whom(story):
    (made,), (wanted,) = story.at["rated"].d_indices, story.script.d_indices
    assert (made.theme, made.start_us, made.end_us) == (
        wanted.theme,
        wanted.start_us,
        wanted.end_us,
    )
    assert (made.strength, made.ruled_out, made.note) == (
        wanted.strength,
        wanted.ruled_out,
        wanted.note,
    )
    assert set(wanted.present) <= set(made.present)


def test_the_suggestion_is_hidden_until_the_own_class_is_recorded(story):
    assert not any(story.suggestion_before)
    assert all(story.suggestion_after)


def test_the_class_recorded_is_the_one_chosen(story):
    assert story.at["classified"].classification == replace(
        story.script.classification, disagreement=""
    )


def test_a_class_against_the_table_stays_and_keeps_its_reason(story):
    assert story.headline == "You: B4. Table: B3."
    assert story.at["done"].classification == replace(
        story.script.classification, disagreement=KEPT_BECAUSE
    )


def test_the_table_gives_the_outcome_that_the_window_showed(story):
    facts = facts_from_coding(story.at["done"], story.scheme)
    verdict = evaluate(story.scheme.rules, facts, sha256=story.scheme.rules_sha256)
    assert (verdict.subgroup, verdict.needs) == ("B3", ())


def test_the_window_says_saved_only_when_nothing_is_pending(story):
    assert story.unsaved == 0
    assert "Saved" in story.saved_words


def test_reopening_brings_everything_back(story):
    assert story.at["reopened"] == story.at["done"]


def test_what_was_done_before_closing_can_be_undone_and_redone(story):
    (undone,) = story.undone
    assert undone != story.at["done"]
    assert undone.events == story.at["done"].events
    assert story.redone == story.at["done"]


def test_a_locked_coding_takes_no_more_keys(story):
    done = story.at["done"]
    assert story.at["locked"] == apply(done, LockCoding(), story.scheme)


def test_the_file_holds_what_the_window_showed(story, stored):
    assert stored.coding == story.at["locked"]
    assert verify(story.session.working) == ()


def test_the_timeline_read_back_gives_the_same_events(story, stored, tables):
    path = next(path for path in tables.glob("*.csv") if path.stem.endswith("events"))
    again = read_timeline(path, stored.scheme)
    assert sorted(map(bare, again.events)) == sorted(map(bare, stored.coding.events))
    assert len(rows_of(tables, "events")) == len(story.script.events)


def test_the_scores_table_has_the_ratings_and_the_class(story, tables):
    (row,) = rows_of(tables, "scores")
    for rating in story.script.ratings:
        assert float(row[rating.slot]) == rating.score.value
    assert story.script.classification.subgroup in row.values()


def test_every_exported_column_is_described_by_the_codebook(tables):
    described = {(row["table"], row["name"]) for row in rows_of(tables, "codebook")}
    for table in ("events", "scores", "episodes"):
        named = {(table, column) for column in rows_of(tables, table)[0]}
        assert named <= described


def test_the_comparison_finds_exactly_the_planted_differences_of_events(comparison, planted):
    wanted = Counter(pair for entry in planted["events"] for pair in expected_rows(entry))
    found = Counter(
        (row.kind.value, str(row.code), row.at_us)
        for row in comparison.rows
        if row.kind is not DifferenceKind.MATCH or row.lag_us
    )
    assert found == wanted


def expected_rows(entry):
    at_us, code = micros(str(entry["start_s"])), entry["behaviour"]
    if entry["kind"] != "late":
        kind = {"missed": "miss"}.get(entry["kind"], entry["kind"])
        return [(kind, code, at_us)]
    lag_us = micros(str(entry["lag_s"]))
    if lag_us <= DEFAULT_TOLERANCE_US:
        return [("match", code, at_us)]
    return [("miss", code, at_us), ("false_alarm", code, at_us + lag_us)]


def test_late_events_are_as_late_as_planted(comparison, planted):
    late = {
        (entry["behaviour"], micros(str(entry["start_s"]))): micros(str(entry["lag_s"]))
        for entry in planted["events"]
        if entry["kind"] == "late"
    }
    lags = {(str(r.code), r.at_us): r.lag_us for r in comparison.rows if r.lag_us}
    within = {key: lag for key, lag in late.items() if lag <= DEFAULT_TOLERANCE_US}
    assert lags == within


def test_the_comparison_finds_exactly_the_planted_differences_of_ratings(comparison, planted):
    found = {str(r.slot): (r.reference, r.own) for r in comparison.ratings if r.difference}
    wanted = {
        entry["column"]: (Points(float(entry["reference"])), Points(float(entry["trainee"])))
        for entry in planted["ratings"]
    }
    assert found == wanted


def test_the_comparison_finds_the_other_subgroup_and_nothing_coarser(comparison, planted):
    apart = {entry.level: entry for entry in comparison.classes if entry.agrees is False}
    assert set(apart) == {ClassLevel.SUBGROUP}
    own = apart[ClassLevel.SUBGROUP]
    assert (own.reference, own.own) == (
        planted["classification"]["reference"],
        planted["classification"]["trainee"],
    )
