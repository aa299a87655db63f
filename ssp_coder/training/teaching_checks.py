"""Checks of the data files of the training: is each one as it should be?"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ssp_coder.domain.finding import Finding
from ssp_coder.resources import bundled
from ssp_coder.training.bias import BiasFile
from ssp_coder.training.drift import read_drift_setup
from ssp_coder.training.feedback_items import FeedbackFile
from ssp_coder.training.rule_files import read_pass_rule
from ssp_coder.training.teaching_files import TeachingFileError, read_teaching_file

_READERS: Mapping[str, Callable[[Path], object]] = {
    "bias": lambda path: read_teaching_file(path, BiasFile),
    "drift": read_drift_setup,
    "feedback": lambda path: read_teaching_file(path, FeedbackFile),
    "pass_rule": read_pass_rule,
}
"""How a file of each kind is read."""


def is_teaching_file(path: Path) -> bool:
    """Whether a file belongs to the training: by the kind it says, else by its folder."""
    kind = _kind(path)
    return "training" in path.parts[-3:-1] if kind is None else kind in _READERS


def teaching_findings(path: Path) -> Iterator[Finding]:
    """What is wrong with a data file of the training; nothing when it can be used."""
    try:
        _READERS.get(_kind(path) or "", read_pass_rule)(path)
    except TeachingFileError as error:
        yield error.finding


def bundled_teaching_files() -> tuple[Path, ...]:
    """The data files of the training that the program brings along."""
    return tuple(sorted((bundled("schemas") / "training").rglob("*.toml")))


def _kind(path: Path) -> str | None:
    """What a file says it is; None when it cannot be read or says nothing."""
    try:
        kind = tomllib.loads(path.read_text("utf-8-sig")).get("kind")
    except (OSError, ValueError, RecursionError):
        return None
    return kind if isinstance(kind, str) else None
