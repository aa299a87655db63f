"""A real file of every released format opens, holds what it held, and still verifies."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ssp_coder.domain.coding import CommentKind, EventId
from ssp_coder.domain.scale import Points, SlotId
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.schema import FORMAT
from ssp_coder.storage.verify import verify

SAMPLES = Path(__file__).parents[2] / "fixtures" / "formats"
VERSIONS = range(1, FORMAT + 1)
CAME_WITH_THE_FOURTH = (
    "add_events",
    "change_events",
    "clear_intervals",
    "mark_interval",
    "mark_intervals",
    "merge_events",
    "put_comment",
    "remove_comment",
    "split_event",
)


def sample(version: int) -> Path:
    return SAMPLES / f"version-{version}.sspc"


@pytest.mark.parametrize("version", VERSIONS)
def test_there_is_a_sample_of_every_format(version: int) -> None:
    assert sample(version).is_file()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sample_opens_with_everything_in_it(version: int) -> None:
    with open_read_only(sample(version)) as file:
        coding, scheme = file.coding, file.scheme
    assert (coding.session, coding.coder) == ("DEMO", "trainee")
    assert len(coding.events) == 143
    assert [mark.episode for mark in coding.episodes] == [f"EP{n}" for n in range(1, 9)]
    assert coding.session_end is not None
    assert coding.score("pcs_c_8") == Points(7.0)
    assert coding.classification is not None
    assert coding.classification.subgroup == "B4"
    assert len(coding.d_indices) == 1
    assert scheme.id == "demonstration"


def test_the_fourth_holds_what_came_with_it() -> None:
    with open_read_only(sample(4)) as file:
        coding, scheme = file.coding, file.scheme
    question, flag = coding.comments
    assert (question.event, question.settled) == (21, True)
    assert question.answer == "Only a look: nothing follows."
    assert (flag.kind, flag.slot) == (CommentKind.FLAG, "avo_c_5")
    assert coding.next_comment == 4
    assert coding.event(EventId(21)).start_lag_us == 160_000
    rating = coding.rating(SlotId("avo_c_5"))
    assert rating is not None
    assert [clip.start_us for clip in rating.clips] == [27_600_000]
    told = {
        (measure.id, person) for measure in scheme.ethogram.measures for person in measure.subjects
    }
    assert [(mark.interval, mark.seen) for mark in coding.intervals] == [(0, True), (1, False)]
    assert {(mark.measure, mark.subject) for mark in coding.intervals} <= told


def test_the_fourth_holds_every_new_edit_in_its_log() -> None:
    with closing(sqlite3.connect(sample(4))) as connection:
        kinds = {
            json.loads(edit)["kind"]
            for (edit,) in connection.execute("SELECT edit FROM log WHERE kind = 'edit'")
        }
    assert kinds >= set(CAME_WITH_THE_FOURTH)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sample_verifies(version: int) -> None:
    assert verify(sample(version)) == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_work_on_a_sample_can_go_on_and_be_undone_to_its_beginning(
    version: int, tmp_path: Path
) -> None:
    path = tmp_path / "S.sspc"
    shutil.copy(sample(version), path)
    with open_for_writing(path, "trainee") as file:
        document = file.document()
        undone = 0
        while document.undo() is not None:
            undone += 1
        assert document.coding.events == ()
        assert undone > 20
    assert verify(path) == ()
