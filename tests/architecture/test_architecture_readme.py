"""The README tells the truth: its commands, keys, files and snippets exist as it says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from ssp_coder import __version__
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_KEYS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
CITATION = (ROOT / "CITATION.cff").read_text("utf-8")

KEYS_IN_WORDS = {
    "toggle": "Space",
    "replay": "Shift+Space",
    "back_frame": "Left",
    "forward_frame": "Right",
    "event_before": "Ctrl+Up",
    "event_after": "Ctrl+Down",
    "undo": "Ctrl+Z",
    "redo": "Ctrl+Shift+Z",
    "help": "F1",
    "keys": "Shift+F1",
}


def ssp_coder(*arguments: str) -> str:
    outcome = subprocess.run(
        [sys.executable, "-m", "ssp_coder", *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return outcome.stdout


def section(title: str) -> str:
    return README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def commands_in_readme() -> list[str]:
    table = section("Two commands")
    return list(dict.fromkeys(re.findall(r"`(\w+)(?: [^`]*)?`", table.split("| --- |", 1)[1])))


def test_every_command_of_the_program_stands_in_the_table():
    listed = re.findall(r"^    (\w+) ", ssp_coder("--help"), flags=re.MULTILINE)
    known = [name for name in listed if name.islower()]
    assert set(known) <= set(commands_in_readme())


@pytest.mark.parametrize("command", commands_in_readme())
def test_every_command_of_the_table_has_help_with_an_example(command):
    words = ssp_coder(command, "--help")
    assert f"ssp-coder {command}" in words


@pytest.mark.parametrize(("command", "key"), list(KEYS_IN_WORDS.items()))
def test_the_keys_of_the_table_are_those_of_the_window(command, key):
    known = {one.id: one for one in COMMANDS}[command]
    assert QKeySequence(key) in [QKeySequence(keys) for keys in known.keys]
    assert key in section("Keys")


def test_episodes_and_steps_have_the_keys_that_are_named():
    keys = section("Keys")
    assert "Alt+1 to Alt+8" in keys
    assert len(EPISODE_KEYS) == 8
    steps = [one for one in COMMANDS if re.fullmatch(r"step_\d+", one.id)]
    assert f"Ctrl+1 to Ctrl+{len(steps)}" in keys


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_leads_to_a_file(target):
    assert (ROOT / target).exists()


def test_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__
    assert re.search(r"^version: (.+)$", CITATION, flags=re.MULTILINE).group(1).strip('"') == (
        __version__
    )


def test_changes_that_are_not_released_are_listed():
    assert "## [Unreleased]" in CHANGELOG
    assert len(re.findall(r"^- ", CHANGELOG, flags=re.MULTILINE)) >= 10


def test_what_falls_short_is_said():
    limits = section("Limits")
    for word in ("not published", "clocks drift", "null sink", "English only", "Windows"):
        assert word in limits
