from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

from ssp_coder.domain.chords import KeyProblem, chord_problem
from ssp_coder.domain.keyset import clashes
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_COMMANDS, usual_keys
from tests.builders import infant_scheme
from tests.unit.cli.cli_desk import Call

WITHOUT_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{name} is not installed here")

sys.meta_path.insert(0, NoQt())
from ssp_coder.cli import main
raise SystemExit(main(["keys", "--csv"]))
"""


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_command_and_code_stands_in_the_table(ssp: Call) -> None:
    outcome = ssp("keys", "--csv", "--scheme", "infant")
    assert (outcome.code, outcome.err) == (0, "")
    listed = [row["id"] for row in rows(outcome.out)]
    codes = [code.id for code in infant_scheme().ethogram.codes()]
    assert sorted(listed) == sorted([one.id for one in COMMANDS] + [*EPISODE_COMMANDS] + codes)


def test_keys_stand_beside_what_they_do(ssp: Call) -> None:
    by_id = {row["id"]: row for row in rows(ssp("keys", "--csv", "--scheme", "infant").out)}
    assert by_id["redo"]["keys"] == "Ctrl+Shift+Z | Ctrl+Y"
    assert by_id["redo"]["group"] == "Edit"
    assert by_id["seeking.reach"]["keys"] == infant_scheme().keymap.key_for("seeking.reach")
    assert by_id["episode_3"]["keys"] == "Alt+3"


def test_the_text_lists_what_has_a_key_under_its_menu(ssp: Call) -> None:
    lines = ssp("keys").out.splitlines()
    assert lines[0] == "File"
    assert any(line.split() == ["Ctrl+Z", "Undo"] for line in lines)
    assert "Quit" in "".join(lines[1 : lines.index("Edit")])
    assert not any("Demonstration session" in line for line in lines)


def test_own_keys_are_laid_over(ssp: Call, tmp_path: Path) -> None:
    own = tmp_path / "lab.toml"
    own.write_text('kind = "keys"\n[commands]\nundo = ["F13"]\n[codes.infant]\n'
                   '"seeking.reach" = ["f14"]\n')  # fmt: skip
    outcome = ssp("keys", "--csv", "--scheme", "infant", "--keys", own)
    by_id = {row["id"]: row["keys"] for row in rows(outcome.out)}
    assert (by_id["undo"], by_id["seeking.reach"]) == ("F13", "f14")


def test_a_file_with_a_mistake_is_refused_with_its_line(ssp: Call, tmp_path: Path) -> None:
    own = tmp_path / "lab.toml"
    own.write_text('kind = "keys"\n[commands]\nundo = ["Ctrl+Q"]\n')
    outcome = ssp("keys", "--keys", own)
    assert outcome.code == 2
    assert f"{own}:3: Ctrl+Q is the key of" in outcome.complaint
    assert outcome.out == ""


def test_a_file_that_is_not_there_is_told(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("keys", "--keys", tmp_path / "none.toml")
    assert outcome.code == 2
    assert "none.toml" in outcome.complaint


def test_a_scheme_that_is_not_known_is_told(ssp: Call) -> None:
    assert ssp("keys", "--scheme", "nothing").code == 2


def test_keys_are_listed_where_qt_is_absent() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT], capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
    assert len(rows(outcome.stdout)) > len(COMMANDS)


class TestTheTableOfCommands:
    def test_no_key_is_that_of_two_commands_or_of_a_command_and_a_code(self) -> None:
        assert clashes(usual_keys(), (infant_scheme().keymap,)) == ()

    def test_every_key_may_carry_out_a_command(self) -> None:
        problems = {
            key: chord_problem(key)
            for keys in usual_keys().values()
            for key in keys
            if chord_problem(key) is not KeyProblem.NONE
        }
        assert problems == {}


def test_where_nothing_has_a_key_nothing_is_listed(ssp: Call, tmp_path: Path) -> None:
    commands = "".join(f"{one} = []\n" for one in usual_keys())
    codes = "".join(f'"{code.id}" = []\n' for code in infant_scheme().ethogram.codes())
    path = tmp_path / "none.toml"
    path.write_text(f'kind = "keys"\n[commands]\n{commands}[codes.infant]\n{codes}', "utf-8")
    outcome = ssp("keys", "--scheme", "infant", "--keys", str(path))
    assert (outcome.code, outcome.out.strip(), outcome.err) == (0, "", "")
