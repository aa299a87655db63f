"""Which coding files were made in training, so that they stay out of a study's reliability.

Sets for training are chosen to be learnt from: what is rare in the field is frequent there, and
agreement on them says nothing about agreement in a study.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ssp_coder.storage.errors import StorageError
from ssp_coder.training.deeds import CaseBegun, Submitted
from ssp_coder.training.errors import TrainingError, fault
from ssp_coder.training.logbook import SUFFIX, read_logbook

_LEVELS = 4
"""Folders above a file in which its logbook is looked for."""


def coded_in_training(files: Iterable[Path]) -> tuple[Path, ...]:
    """Those files that a logbook in a folder above names as begun or submitted, in their order.

    A logbook that cannot be read names none.
    """
    given = [path.resolve() for path in files]
    folders = {folder for path in given for folder in path.parents[:_LEVELS]}
    named = {path for folder in sorted(folders) for path in _named_in(folder)}
    return tuple(path for path in given if path in named)


def refuse_training(files: Iterable[Path]) -> None:
    """Keep codings of a training out of a study.

    Raises:
        TrainingError: some were made in training; names each.
    """
    found = coded_in_training(files)
    if found:
        raise TrainingError(
            *(
                fault(
                    "no_study",
                    path,
                    "it was coded in training; such sets are not at their natural base rate",
                    "leave it out of the study; the training has figures of its own",
                )
                for path in found
            )
        )


def _named_in(folder: Path) -> Iterable[Path]:
    with suppress(OSError):
        for logbook in sorted(folder.glob(f"*{SUFFIX}")):
            with suppress(StorageError):
                for entry in read_logbook(logbook).entries:
                    if isinstance(entry.deed, CaseBegun):
                        yield (folder / entry.deed.file).resolve()
                    elif isinstance(entry.deed, Submitted):
                        yield (folder / entry.deed.snapshot).resolve()
