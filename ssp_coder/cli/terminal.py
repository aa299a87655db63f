"""Speaking to the person at the terminal: results on stdout, all else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from ssp_coder.domain.finding import Finding

_PROGRAM = "ssp-coder"


def say(text: str) -> None:
    """Write a result."""
    sys.stdout.write(f"{text}\n")


def say_json(value: object) -> None:
    """Write a result for programs; plain ASCII, so that no code page can spoil it."""
    say(json.dumps(value, indent=2))


def say_json_list(values: Iterable[object]) -> None:
    """Write a list for programs, one value a line and each as soon as it is there."""
    before = "[\n"
    for value in values:
        sys.stdout.write(f"{before}{json.dumps(value)}")
        before = ",\n"
    say("[]" if before == "[\n" else "\n]")


def complain(sentence: str) -> None:
    """Write one sentence about what is wrong, on one line."""
    sys.stderr.write(f"{_PROGRAM}: {_one_line(sentence)}\n")


def note(finding: Finding) -> None:
    """Write something worth knowing."""
    complain(f"{finding.severity.value}: {finding.sentence()}")


def _one_line(text: str) -> str:
    """Text from a file cannot move the cursor or colour the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


class ProgressLine:
    """The share done of long work, rewritten in place; silent unless a terminal is there."""

    def __init__(self, what: str) -> None:
        """Show nothing yet; `what` says which work it is."""
        self._what = what
        self._watched = sys.stderr.isatty()
        self._shown = ""

    def show(self, share: float) -> None:
        """Show a share, 0 to 1."""
        line = f"{self._what} {min(1.0, max(0.0, share)):4.0%}"
        if self._watched and line != self._shown:
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
            self._shown = line

    def show_rows(self, done: int, rows: int) -> None:
        """Show so many of so many."""
        self.show(done / rows if rows else 1.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            sys.stderr.write(f"\r{' ' * len(self._shown)}\r")
            self._shown = ""
