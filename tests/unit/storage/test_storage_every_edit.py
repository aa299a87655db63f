"""Every kind of edit can be undone and redone, also after the coding was opened again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import (
    Classification,
    Coding,
    Comment,
    CommentId,
    CommentKind,
    EventId,
    IndexId,
    IntervalMark,
    OffsetSource,
)
from ssp_coder.domain.time import Span
from ssp_coder.editing import edits
from ssp_coder.editing.edits import EDIT_TYPES, Edit
from ssp_coder.storage.coding_file import CodingFile, open_for_writing, open_read_only
from ssp_coder.storage.verify import verify
from tests.builders import (
    CAREGIVER,
    INFANT,
    add,
    after,
    answer,
    coding,
    mark,
    rate,
    s,
    video,
)
from tests.unit.storage.storage_files import d_index, new_file

SIDE = replace(video(), name="side.mp4", fingerprint="a" * 64)
SEEN = IntervalMark(episode="EP5", measure="crying", subject=INFANT, interval=2, seen=True)
ASKED = Comment(
    id=CommentId(0),
    kind=CommentKind.QUESTION,
    words="a cry?",
    span=Span(start_us=s(35), end_us=s(35)),
)


def copied(value: Coding) -> Edit:
    reach = next(event for event in value.events if event.code == "seeking.reach")
    at = s(300)
    return edits.AddEvents(events=(replace(reach, start_us=at, end_us=at, start_frame=None),))


def shifted(value: Coding) -> Edit:
    reaches = [event for event in value.events if event.code == "seeking.reach"]
    return edits.ChangeEvents(events=tuple(replace(event, comment="both") for event in reaches))


def last_event(value: Coding, code: str) -> EventId:
    return max(event.id for event in value.events if event.code == code)


STEPS = (
    edits.AttachMedia(media=(video(), SIDE)),
    edits.PlaceCamera(camera=1, offset_us=s(1.5), source=OffsetSource.TYPED),
    mark("EP1", 0),
    edits.MarkEpisodeMissing(episode="EP3", reason="stranger ill"),
    edits.ClearEpisode(episode="EP3"),
    add("distress.cry", 35, lag_us=120_000),
    add("distress.none", 50),
    add("seeking.reach", 36, modifiers={"toward": "c"}),
    add("gaze.to_c", 33),
    lambda value: edits.CloseEvent(
        event=last_event(value, "gaze.to_c"), at_us=s(34), frame=850, lag_us=90_000
    ),
    copied,
    shifted,
    lambda value: edits.SplitEvent(event=last_event(value, "distress.cry"), at_us=s(40)),
    lambda value: edits.MergeEvents(
        events=tuple(event.id for event in value.events if event.code == "distress.cry")
    ),
    lambda value: edits.ChangeEvent(event=replace(value.events[-1], comment="again")),
    lambda value: edits.DeleteEvents(events=(value.events[-1].id,)),
    lambda _value: edits.ImportEvents(
        events=after(coding(), add("presence.in_room", 3, CAREGIVER)).events, source="events.csv"
    ),
    rate("pcs_c_5", 4, "reaches"),
    rate("avo_c_5", 2),
    rate("avo_c_5", None),
    edits.PutDIndex(index=d_index()),
    edits.RemoveDIndex(index=IndexId(1)),
    edits.Classify(classification=Classification(primary="B", subgroup="B3")),
    edits.ClearClassification(),
    answer("prior_visits", 1),
    edits.ClearVisit(field="prior_visits"),
    edits.PutComment(comment=ASKED),
    lambda value: edits.PutComment(comment=replace(value.comments[0], answer="yes", settled=True)),
    lambda value: edits.PutComments(
        comments=tuple(replace(comment, answer="no") for comment in value.comments)
    ),
    edits.RemoveComment(comment=CommentId(1)),
    edits.MarkInterval(mark=SEEN),
    edits.MarkIntervals(
        marks=(replace(SEEN, seen=False), replace(SEEN, measure="looking_c", seen=False))
    ),
    edits.ClearIntervals(episode="EP5", measure="crying", subject=INFANT),
    edits.EndSession(at_us=s(1290), frame=32250),
    edits.ClearSessionEnd(),
)
"""Every kind but the lock, which no undo passes; a function makes the edit of the coding so far."""

LOCKS = {edits.LockCoding, edits.UnlockCoding}
SETTLING = {edits.BeginConsensus, edits.Settle}
"""Only a consensus takes these; its own test undoes and redoes them."""


def made(step: object, value: Coding) -> Edit:
    return step(value) if callable(step) else step


@pytest.fixture
def worked(tmp_path) -> tuple[CodingFile, list[Coding]]:
    """A file in which every step was taken, and the coding after each."""
    file = new_file(tmp_path)
    document, values = file.document(), [file.coding]
    for step in STEPS:
        change = document.submit(made(step, document.coding))
        assert not change.is_empty
        values.append(document.coding)
    file.close()
    return file, values


def test_the_steps_are_of_every_kind(worked) -> None:
    with open_for_writing(worked[0].path, "c01") as file:
        kinds = {type(past.step.edit) for past in file.past(1, 10_000)}
    assert kinds | LOCKS | SETTLING == set(EDIT_TYPES)


def test_all_is_undone_and_redone_step_by_step_after_reopening(worked) -> None:
    path, values = worked[0].path, worked[1]
    with open_for_writing(path, "c01") as file:
        document = file.document()
        for value in reversed(values[:-1]):
            assert document.undo() is not None
            assert document.coding == value
        assert document.undo() is None
    with open_for_writing(path, "c01") as file:
        document = file.document()
        assert document.coding == values[0]
        for value in values[1:]:
            assert document.redo() is not None
            assert document.coding == value
        assert document.redo() is None
    assert open_read_only(path).coding == values[-1]
    assert verify(path) == ()


def test_each_sitting_can_take_back_one_step_of_the_sittings_before(worked) -> None:
    path, values = worked[0].path, worked[1]
    for value in reversed(values[-6:-1]):
        with open_for_writing(path, "c01") as file:
            file.document().undo()
            assert file.coding == value
    assert verify(path) == ()


def test_lock_and_unlock_are_steps_that_no_undo_passes_while_locked(worked) -> None:
    path, values = worked[0].path, worked[1]
    with open_for_writing(path, "c01") as file:
        file.document().submit(edits.LockCoding())
    with open_for_writing(path, "c01") as file:
        document = file.document()
        assert document.undo() is None
        document.submit(edits.UnlockCoding(reason="slip"))
        assert document.coding == values[-1]
    assert verify(path) == ()
