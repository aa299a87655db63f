"""Settings and files at their limits, as the windows meet them: told, and never a crash."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.domain.finding import DomainError
from ssp_coder.formats.protocol_file import protocol_of, protocol_text
from ssp_coder.ui.agreement.protocol_form import ProtocolDialog
from ssp_coder.ui.agreement.work import PairOrder, StudyOrder, pair_work, study_work
from tests.unit.agreement.study_desk import QUICK

BRIEF = "behaviour,start_s,stop_s\nplay,0,0.2\nrest,0.2,0.4\n"


@pytest.fixture
def dialog(theme, qtbot):
    made = ProtocolDialog(theme, USUAL_PROTOCOL)
    qtbot.addWidget(made)
    return made


def done(work) -> object:
    return work(lambda _share: None, lambda: False)


def table(folder: Path, name: str, text: str = BRIEF) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.parametrize("text", ["0.000001", "0,5", "0.999999", "0"])
def test_a_block_shorter_than_a_second_is_refused_with_what_may_be_given(dialog, text):
    dialog.fields["block_us"].set_text(text)
    assert dialog.read() is None
    assert dialog.fields["block_us"].error() == "1 s to 86400 s"


def test_a_block_of_a_second_is_taken(dialog):
    dialog.fields["block_us"].set_text("1")
    assert dialog.read().block_us == 1_000_000


@pytest.mark.parametrize("text", ["1; 90000", "0.5; -1; 2", "1; 1e12"])
def test_an_onset_out_of_range_is_refused_and_not_left_out(dialog, text):
    dialog.fields["onsets_us"].set_text(text)
    assert dialog.read() is None
    assert dialog.fields["onsets_us"].error()


def test_an_onset_that_stands_twice_is_one(dialog):
    dialog.fields["onsets_us"].set_text("2; 0.5; 2.0;")
    assert dialog.read().onsets_us == (500_000, 2_000_000)


@pytest.mark.parametrize(
    ("key", "text"),
    [("unit_us", "0.000001"), ("tolerance_us", "0"), ("block_us", "86400"), ("overlap", "100")],
)
def test_what_the_form_takes_the_file_takes_too(dialog, key, text):
    dialog.fields[key].set_text(text)
    protocol = dialog.read()
    assert protocol_of(protocol_text(protocol), "x.toml") == protocol


def test_a_file_with_a_block_that_is_too_short_leaves_the_fields(dialog, tmp_path):
    path = tmp_path / "lab.toml"
    path.write_text("block_s = 0.25\n")
    dialog.read_file(path)
    assert dialog.read() == USUAL_PROTOCOL


def test_a_recording_compared_with_itself_is_told_by_the_work(tmp_path):
    path = table(tmp_path / "anna", "S1.csv")
    with pytest.raises(DomainError, match="is compared with itself"):
        done(pair_work(PairOrder(first=path, second=path, protocol=QUICK)))


def test_a_session_shorter_than_a_unit_can_be_reported(tmp_path):
    first, second = (table(tmp_path / who, "S1.csv") for who in ("anna", "ben"))
    result = done(pair_work(PairOrder(first=first, second=second, protocol=QUICK)))
    assert result.report.pair.coders == ("anna/S1", "ben/S1")
    (track,) = result.report.tracks
    assert track.time.exact.n == 0
    assert result.rows


def test_a_list_that_names_a_pair_twice_is_told_by_the_work(tmp_path):
    for who in ("anna", "ben"):
        table(tmp_path / who, "S1.csv")
    listed = tmp_path / "pairs.csv"
    listed.write_text("session,a,b\nS1,anna/S1.csv,ben/S1.csv\nS2,ben/S1.csv,anna/S1.csv\n")
    with pytest.raises(DomainError, match="line 3: the same two files"):
        done(study_work(StudyOrder(source=listed, protocol=replace(QUICK, resamples=5))))


def paint_every_page(window) -> int:
    """Show and draw each tab; an exception while painting would end the process."""
    for place in range(window.tabs.count()):
        window.tabs.setCurrentIndex(place)
        assert not window.grab().isNull()
    return window.tabs.count()


@pytest.mark.parametrize("rows", [BRIEF, "behaviour,start_s,stop_s\n"], ids=["brief", "empty"])
def test_little_to_compare_is_shown_on_every_page_of_a_pair(pair_window, compared, tmp_path, rows):
    first, second = (table(tmp_path / who, "S1.csv", rows) for who in ("anna", "ben"))
    pair_window.set_codings(first, second)
    compared(pair_window)
    assert pair_window.export.isEnabled()
    assert paint_every_page(pair_window) > 0


@pytest.mark.parametrize("rows", [BRIEF, "behaviour,start_s,stop_s\n"], ids=["brief", "empty"])
def test_little_to_compare_is_shown_on_every_page_of_a_study(
    study_window, compared, tmp_path, rows
):
    for who in ("anna", "ben"):
        table(tmp_path / who, "S1.csv", rows)
    listed = tmp_path / "pairs.csv"
    listed.write_text("session,a,b\nS1,anna/S1.csv,ben/S1.csv\n")
    study_window.set_source(listed)
    compared(study_window)
    assert study_window.export.isEnabled()
    assert paint_every_page(study_window) > 0
