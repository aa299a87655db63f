"""A whole session by keyboard alone, from the start page to the locked export."""

from __future__ import annotations

import pytest

from ssp_coder.editing.completeness import is_complete
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.locks import LockKind, read_locks
from ssp_coder.storage.verify import verify
from tests.fixtures.demonstration import copy_of
from tests.journeys.keyboard_story import CODED, INDEX_S, WHY, live_by_keys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def session(demonstration, tmp_path_factory):
    return copy_of(demonstration, tmp_path_factory.mktemp("by-keys"))


@pytest.fixture(scope="module")
def story(session, qapp, tmp_path_factory):
    return live_by_keys(session, tmp_path_factory.mktemp("by-keys-settings"))


def test_the_last_coding_is_opened_from_the_start_page(story):
    assert story.at["opened"].events == ()


def test_the_end_of_the_session_closes_what_was_open(story):
    assert not any(event.is_open for event in story.at["ended"].events)


def test_every_episode_and_the_end_are_marked_to_the_frame(story):
    marks = [(mark.episode, mark.start_us) for mark in story.at["prepared"].episodes]
    assert marks == [(mark.episode, mark.start_us) for mark in story.script.episodes]
    assert story.at["ended"].session_end == story.script.session_end


def test_each_key_records_its_code_at_the_frame_on_the_screen(story):
    coded = [(e.start_us / 1e6, e.code) for e in story.at["coded"].events]
    assert sorted(coded) == sorted(CODED)


def test_undo_and_redo_are_keys_too(story):
    assert len(story.at["undone"].events) == len(CODED) - 1
    assert story.at["redone"].events == story.at["coded"].events


def test_every_required_place_is_rated_by_its_digit(story):
    required = {s.id for s in story.scheme.slots if s.required} - {"dorg"}
    scores = {slot: story.at["rated"].score(slot) for slot in required}
    assert scores == {slot: story.script.score(slot) for slot in required}


def test_a_rating_is_tied_to_a_stretch_that_is_played_again(story):
    spans = [clip for rating in story.at["rated"].ratings for clip in rating.clips]
    assert [(s.start_us, s.end_us) for s in spans] == [(55_000_000, 60_000_000)]
    assert story.played[0] <= 60 * 25
    assert len(story.played) > 3


def test_an_index_is_marked_from_frame_to_frame(story):
    (index,) = story.at["judged"].d_indices
    assert (index.theme, index.note) == ("D3", "stops on the way")
    assert (index.start_us / 1e6, index.end_us / 1e6) == INDEX_S
    assert "caregiver" in index.present


def test_the_score_of_disorganization_is_a_digit(story):
    assert story.at["judged"].score("dorg") == story.script.score("dorg")


def test_the_own_class_comes_before_the_suggestion(story):
    assert story.suggestion == [False, True]
    own = story.at["classified"].classification
    assert (own.primary, own.subgroup, own.rationale) == ("B", "B3", WHY)
    assert own.confidence == story.script.classification.confidence


def test_that_own_class_and_table_agree_is_said(story):
    assert story.said["agreement"] == "You: B3. Table: B3."


def test_the_complete_coding_is_locked_after_one_question(story):
    assert is_complete(story.at["classified"], story.scheme)
    assert story.said["asked"].startswith("Lock now")
    assert story.at["locked"].locked


def test_the_file_holds_it_all_and_is_sound(story, session):
    assert verify(session.working) == ()
    with open_read_only(session.working) as file:
        assert file.coding == story.at["locked"]
    assert [act.kind for act in read_locks(session.working)] == [LockKind.LOCKED]


def test_the_tables_are_written_beside_it(story):
    assert any(name.endswith(".csv") for name in story.exported)
    assert story.said["exported"]


def test_it_takes_fewer_than_a_thousand_keys(story):
    assert 200 < story.keys < 1000
