from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import (
    Classification,
    DIndex,
    IndexId,
    IndexStrength,
    OffsetSource,
)
from ssp_coder.domain.session import EpisodeStatus, episode_spans
from ssp_coder.editing import edits
from ssp_coder.editing.completeness import Step
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.session import OpenSession
from ssp_coder.ui.text import edit_words, length_words, status_words, step_title
from tests.builders import (
    add,
    after,
    coding,
    infant_scheme,
    mark,
    rate,
    s,
    with_episodes,
)
from tests.ui.pages import session_of


def test_pages_hear_of_each_edit_undo_and_redo():
    session, heard = session_of(), []
    session.changed.connect(lambda changed: heard.append(changed.record.kind))
    session.submit(add("seeking.reach", 1))
    session.undo()
    session.redo()
    assert heard == ["edit", "undo", "redo"]


def test_a_refused_edit_is_told_in_a_sentence_and_changes_nothing():
    session, said = session_of(), []
    session.refused.connect(said.append)
    assert not session.submit(add("seeking.reach", -1))
    assert "outside the video" in said[0]
    assert session.coding.events == ()


def test_without_a_file_nothing_waits_to_be_saved():
    session = session_of()
    session.submit(add("seeking.reach", 1))
    assert session.unsaved == 0
    assert not session.read_only
    session.close()


def test_with_a_file_every_edit_is_told_when_it_is_durable(tmp_path, qtbot):
    file = create(tmp_path / "a.sspc", coding=coding(), scheme=infant_scheme(), who="c01")
    session = OpenSession(file.document(), file)
    session.submit(add("seeking.reach", 1))
    session.submit(add("seeking.lean", 2))
    qtbot.waitUntil(lambda: session.unsaved == 0, timeout=10_000)
    session.close()


def test_a_locked_coding_is_read_only():
    session = session_of(after(coding(), edits.LockCoding()))
    assert session.read_only


def test_a_file_open_for_reading_refuses_in_words(tmp_path):
    path = tmp_path / "a.sspc"
    create(path, coding=coding(), scheme=infant_scheme(), who="c01").close()
    from ssp_coder.storage.coding_file import open_read_only

    file = open_read_only(path)
    session, said = OpenSession(file.document(), file), []
    session.refused.connect(said.append)
    assert not session.submit(add("seeking.reach", 1))
    assert said == ["This coding is open for reading only"]


INDEX = DIndex(
    id=IndexId(1),
    theme="D1",
    strength=IndexStrength.WEAK,
    start_us=s(1),
    end_us=s(2),
    present=(),
)
EVENT = after(coding(), add("seeking.reach", 1)).events[0]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (add("seeking.reach", 1), "reach"),
        (mark("EP5", 1), "EP5"),
        (edits.MarkEpisodeMissing(episode="EP7", reason="x"), "EP7"),
        (edits.ClearEpisode(episode="EP7"), "clearing of EP7"),
        (rate("pcs_c_5", 3), "PCS EP5"),
        (rate("dorg", 3), "DORG"),
        (edits.DeleteEvents(events=(1,)), "deletion"),
        (edits.Classify(classification=Classification(primary="B")), "class"),
    ],
)
def test_undo_says_what_it_takes_back(edit, words):
    assert edit_words(edit, infant_scheme()) == words


def test_every_kind_of_edit_has_words():
    samples = {
        edits.CloseEvent: edits.CloseEvent(event=1, at_us=s(1)),
        edits.ChangeEvent: edits.ChangeEvent(event=EVENT),
        edits.ImportEvents: edits.ImportEvents(events=(), source="a"),
        edits.EndSession: edits.EndSession(at_us=s(1)),
        edits.ClearSessionEnd: edits.ClearSessionEnd(),
        edits.ClearRating: edits.ClearRating(slot="pcs_c_5"),
        edits.PutDIndex: edits.PutDIndex(index=INDEX),
        edits.RemoveDIndex: edits.RemoveDIndex(index=IndexId(1)),
        edits.ClearClassification: edits.ClearClassification(),
        edits.AttachMedia: edits.AttachMedia(media=()),
        edits.PlaceCamera: edits.PlaceCamera(camera=1, offset_us=0, source=OffsetSource.TYPED),
        edits.LockCoding: edits.LockCoding(),
        edits.UnlockCoding: edits.UnlockCoding(reason="x"),
    }
    for edit in samples.values():
        assert edit_words(edit, infant_scheme())


def test_every_step_and_state_has_words():
    assert len({step_title(step) for step in Step}) == len(Step)
    assert len({status_words(status) for status in EpisodeStatus}) == len(EpisodeStatus)


def test_length_shows_the_difference_from_the_plan():
    value = with_episodes()
    short = replace(value.episodes[4], start_us=s(500))
    value = replace(value, episodes=(*value.episodes[:4], short, *value.episodes[5:]))
    spans = {x.plan.id: x for x in episode_spans(value, infant_scheme().procedure)}
    assert length_words(spans["EP4"]) == "1:50 \N{MINUS SIGN}1:10"
    assert length_words(spans["EP5"]) == "4:10 +1:10"
    assert length_words(spans["EP3"]) == "3:00"
    assert length_words(episode_spans(coding(), infant_scheme().procedure)[0]) == ""
