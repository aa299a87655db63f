from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.cli import main, program, window
from ssp_coder.cli.program import COMMANDS, sentences_of
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.formats.errors import FormatError
from ssp_coder.media.errors import MediaError
from tests.unit.cli.cli_desk import Call

ROOT = Path(__file__).parents[3]
NO_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"No module named {name!r}")

sys.meta_path.insert(0, NoQt())
from ssp_coder.cli import main
sys.exit(main(sys.argv[1:]))
"""


def finding(number: int) -> Finding:
    return Finding(code="a.b", message=f"fact {number}", place="file.csv", remedy="mend it")


# ---------------------------------------------------------------- the list of commands


def test_help_lists_every_command_with_what_it_does(ssp: Call) -> None:
    outcome = ssp("--help")
    assert outcome.code == 0
    for command in COMMANDS:
        assert re.search(rf"^    {command.name}\s", outcome.out, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself_with_an_example(ssp: Call, command: program.Command) -> None:
    outcome = ssp(command.name, "--help")
    assert outcome.code == 0
    assert f"example:\n  {command.example}" in outcome.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_example_can_be_read(command: program.Command) -> None:
    _program, *arguments = command.example.split()
    assert program.parser().parse_args(arguments).command is command


def test_the_version_is_told(ssp: Call) -> None:
    assert ssp("--version").out.startswith("ssp-coder 0.")


def test_an_unknown_command_is_answered_in_one_sentence_with_the_remedy(ssp: Call) -> None:
    outcome = ssp("classfy")
    assert outcome.code == 2
    assert "'classfy'" in outcome.complaint
    assert "--help" in outcome.complaint


def test_a_missing_argument_is_named(ssp: Call) -> None:
    outcome = ssp("frame", "video.mp4", "--at", "1")
    assert outcome.code == 2
    assert "--out" in outcome.complaint
    assert "'ssp-coder frame --help'" in outcome.complaint


def test_a_shortened_option_is_refused_so_that_scripts_stay_clear(ssp: Call) -> None:
    assert ssp("export", "a.sspc", "--over", "--to", "x").code == 2


@pytest.mark.parametrize(
    ("text", "said"), [("-1", "negative"), ("1e", "not a number"), ("inf", "not a possible")]
)
def test_an_impossible_tolerance_is_refused(ssp: Call, text: str, said: str) -> None:
    outcome = ssp("compare", "a.sspc", "b.sspc", f"--tolerance={text}")
    assert outcome.code == 2
    assert said in outcome.complaint


# ---------------------------------------------------------------- what is wrong, in sentences


def test_every_fault_of_a_file_gets_its_sentence() -> None:
    faults = finding(1), finding(2)
    sentences = ("file.csv: fact 1; mend it", "file.csv: fact 2; mend it")
    assert sentences_of(FormatError(*faults)) == sentences
    assert sentences_of(CatalogError(faults)) == sentences


def test_an_error_of_the_system_names_the_file_and_a_remedy() -> None:
    (sentence,) = sentences_of(PermissionError(13, "Permission denied", "x.csv"))
    assert sentence == "x.csv: Permission denied; check the name, its folder and its permissions"


def test_an_error_of_the_system_without_a_file_is_told_as_it_is() -> None:
    assert sentences_of(OSError("no space")) == ("no space",)


@pytest.mark.parametrize(
    "error",
    [
        DomainError(finding(1)),
        MediaError("media.empty", Path("a.mp4"), "is empty", "copy it again"),
        FileNotFoundError(2, "No such file", "a.mp4"),
        KeyboardInterrupt(),
    ],
)
def test_no_expected_trouble_shows_a_traceback(
    ssp: Call, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(_arguments: list[str]) -> int:
        raise error

    monkeypatch.setattr(program, "_run", fail)
    outcome = ssp("check")
    assert outcome.code == 2
    assert outcome.complaint.startswith("ssp-coder: ")


def test_a_fault_in_the_program_itself_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_arguments: list[str]) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(program, "_run", fail)
    with pytest.raises(ZeroDivisionError):
        main(["check"])


def test_a_reader_that_goes_away_is_no_reason_to_complain() -> None:
    script = "import sys; from ssp_coder.cli import main; sys.exit(main(['--help']))"
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() in (0, 1)


# ---------------------------------------------------------------- the way to the window


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, ...]]:
    """What the window was opened with."""
    calls: list[tuple[Path, ...]] = []

    def remember(paths: tuple[Path, ...]) -> int:
        calls.append(paths)
        return 0

    monkeypatch.setattr(program, "open_window", remember)
    return calls


def test_without_arguments_the_window_opens(opened: list[tuple[Path, ...]]) -> None:
    assert main([]) == 0
    assert opened == [()]


def test_a_coding_file_alone_opens_in_the_window(opened: list[tuple[Path, ...]]) -> None:
    main(["S001.c01.sspc"])
    assert opened == [(Path("S001.c01.sspc"),)]


def test_the_arguments_of_the_process_are_read_by_default(
    opened: list[tuple[Path, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["ssp-coder"])
    assert main() == 0
    assert opened == [()]


def test_a_missing_coding_is_told_before_any_window(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp(tmp_path / "gone.sspc")
    assert outcome.code == 2
    assert "gone.sspc" in outcome.complaint


def test_another_file_is_not_opened_in_the_window(ssp: Call, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("x")
    outcome = ssp(text)
    assert outcome.code == 2
    assert "no coding file" in outcome.complaint


def test_where_there_is_no_display_the_window_says_so(
    ssp: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "has_display", lambda: False)
    outcome = ssp()
    assert outcome.code == 2
    assert "no display" in outcome.complaint


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_display_is_known_by_its_variable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not window.has_display()
    monkeypatch.setenv(name, "x")
    assert window.has_display()


def test_other_systems_always_have_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert window.has_display()


def test_without_qt_the_window_says_plainly_what_is_missing() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", NO_QT],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen"},
    )
    assert outcome.returncode == 2
    assert len(outcome.stderr.splitlines()) == 1
    assert "PySide6" in outcome.stderr
    assert "pip install" in outcome.stderr


# ---------------------------------------------------------------- a light start


def test_the_command_line_starts_without_heavy_packages() -> None:
    heavy = {"numpy", "pandas", "scipy", "cv2", "av", "PySide6"}
    script = "import json, sys, ssp_coder.cli; print(json.dumps(list(sys.modules)))"
    outcome = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert heavy & set(json.loads(outcome.stdout)) == set()
