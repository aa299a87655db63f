"""Where the history gets its steps from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ssp_coder.editing import edits
from ssp_coder.storage.coding_file import CodingFile, open_for_writing, open_read_only
from ssp_coder.ui.history.model import HistoryModel
from ssp_coder.ui.history.past import READ_AT_ONCE, Past
from ssp_coder.ui.session import OpenSession
from tests.builders import mark, rate
from tests.ui.pages import session_of
from tests.unit.storage.storage_files import do, new_file


@pytest.fixture
def reopened(tmp_path):
    """A file of 450 steps, opened again by the trainer."""
    with new_file(tmp_path) as file:
        do(file.document(), *(rate("avo_c_8", 1 + number % 7) for number in range(450)))
    again = open_for_writing(file.path, "trainer")
    yield again
    again.abandon()


def session_on(file: CodingFile) -> OpenSession:
    return OpenSession(file.document(), file)


def test_steps_are_read_in_batches_and_only_once(reopened, monkeypatch):
    asked = []
    past = reopened.past
    monkeypatch.setattr(
        reopened, "past", lambda first, last: asked.append((first, last)) or past(first, last)
    )
    told = Past(session_on(reopened))
    for seq in range(450, 250, -1):
        assert told.told(seq).words.startswith("Rating AVO EP8")
    assert asked == [(450 - READ_AT_ONCE + 1, 450)]
    told.told(250)
    assert len(asked) == 2


def test_a_long_way_asks_the_disk_for_each_step_once(reopened, monkeypatch):
    asked = []
    past = reopened.past
    monkeypatch.setattr(
        reopened, "past", lambda first, last: asked.append(last - first) or past(first, last)
    )
    model = HistoryModel(Past(session_on(reopened)))
    told = model.told_between(0, 450)
    assert [step.seq for step in told] == list(range(1, 451))
    assert len(asked) == -(-450 // READ_AT_ONCE)


def test_the_beginning_is_a_step_of_its_own(reopened):
    begun = Past(session_on(reopened)).told(0)
    assert (begun.words, begun.who, begun.is_lock) == ("Coding begun", "c01", False)


def test_a_step_of_today_is_known_without_the_disk_and_with_who_did_it(reopened, monkeypatch):
    session = session_on(reopened)
    past = Past(session)
    session.changed.connect(lambda changed: past.note(changed.record))

    def never(*_):
        raise AssertionError("the disk was asked")

    monkeypatch.setattr(reopened, "past", never)
    session.submit(mark("EP1", 0))
    told = past.told(451)
    assert (told.words, told.who) == ("EP1 starts at 0:00.00", "trainer")
    assert abs((datetime.now(UTC) - told.when).total_seconds()) < 60


def test_undo_and_redo_tell_no_new_step(reopened):
    session = session_on(reopened)
    past = Past(session)
    session.changed.connect(lambda changed: past.note(changed.record))
    session.undo()
    assert 451 not in past._told


def test_times_are_shown_in_the_time_of_this_computer(reopened):
    when = Past(session_on(reopened)).told(1).when
    assert when.tzinfo is not None
    assert when.utcoffset() == datetime.now().astimezone().utcoffset()


def test_the_reason_of_a_step_is_kept(tmp_path):
    with new_file(tmp_path) as file:
        document = file.document()
        document.submit(edits.LockCoding())
        document.submit(edits.UnlockCoding(reason="slip"), reason="slip")
        told = Past(session_on(file)).told(2)
        assert (told.reason, told.is_lock) == ("slip", True)


def test_a_coding_that_is_not_kept_has_its_steps_in_memory():
    session = session_of()
    session.submit(mark("EP1", 0))
    past = Past(session)
    assert past.stacks() == ((1,), ())
    assert past.told(1).words == "EP1 starts at 0:00.00"
    assert past.told(1).when is None


def test_a_file_that_is_only_read_has_the_stacks_it_was_opened_with(reopened):
    reopened.document().undo()
    reopened.flush()
    session = session_on(open_read_only(reopened.path))
    done, undone = Past(session).stacks()
    assert (len(done), undone) == (449, (450,))
