from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest

from ssp_coder.cli import terminal
from ssp_coder.cli.terminal import ProgressLine, complain, note, say_json, say_json_list
from ssp_coder.domain.finding import Finding, Severity


def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)


def test_a_result_for_programs_is_plain_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"name": "Łódź"})
    written = capsys.readouterr().out
    assert written.isascii()
    assert json.loads(written) == {"name": "Łódź"}


def test_text_from_a_file_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    complain("code '\x1b[2Jx\r\ny'")
    assert capsys.readouterr().err == "ssp-coder: code ' [2Jx  y'\n"


def test_a_note_says_how_grave_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    note(Finding(code="a.b", message="odd", place="x.csv", severity=Severity.WARNING))
    assert capsys.readouterr().err == "ssp-coder: warning: x.csv: odd\n"


def test_progress_is_silent_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressLine("Reading") as line:
        line.show(0.5)
    assert capsys.readouterr().err == ""


def test_progress_is_rewritten_in_place_and_wiped_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(monkeypatch)
    with ProgressLine("Reading") as line:
        line.show_rows(1, 4)
        line.show(0.9)
    written = capsys.readouterr().err
    assert "\rReading  25%\rReading  90%" in written
    assert written.endswith("\r" + " " * len("Reading  90%") + "\r")
    assert "\n" not in written


def test_progress_that_stands_still_writes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(monkeypatch)
    with ProgressLine("Reading") as line:
        for _ in range(100):
            line.show(0.501)
    assert capsys.readouterr().err.count("Reading") == 1


def test_progress_of_nothing_is_done_at_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(monkeypatch)
    with ProgressLine("Reading") as line:
        line.show_rows(0, 0)
    assert "100%" in capsys.readouterr().err


def test_the_complaints_are_signed(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.complain("x")
    assert capsys.readouterr().err.startswith("ssp-coder: ")


@pytest.mark.parametrize("values", [[], [1], [{"a": "ä"}, None, [1, 2]]])
def test_a_list_for_programs_is_json_and_one_value_a_line(
    capsys: pytest.CaptureFixture[str], values: list[object]
) -> None:
    say_json_list(iter(values))
    out = capsys.readouterr().out
    assert json.loads(out) == values
    assert out.isascii()
    assert len(out.splitlines()) == (len(values) + 2 if values else 1)


def test_each_value_of_a_list_is_written_as_soon_as_it_is_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def values() -> Iterator[int]:
        yield 1
        assert "1" in capsys.readouterr().out
        yield 2

    say_json_list(values())
    assert "2" in capsys.readouterr().out
