"""A trainee's submissions, each held against its reference: from the snapshots to the figures."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ssp_coder.domain.coding import Coding
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.training.attempts import Attempt
from ssp_coder.training.errors import SealedError, training_error
from ssp_coder.training.evaluation import CaseFigures, figures_of, sitting_of
from ssp_coder.training.packs import Pack
from ssp_coder.training.programme import Programme
from ssp_coder.training.references import judging_reference


def submitted_coding(folder: Path, attempt: Attempt) -> Coding:
    """What was submitted, from the snapshot and never from the coding file.

    Args:
        folder: the logbook's.
        attempt: one that was submitted.

    Raises:
        TrainingError: it was not submitted, or the snapshot is missing or was changed.
        StorageError: the snapshot cannot be read.
    """
    done = attempt.submitted
    if done is None:
        raise training_error(
            "not_submitted", attempt.case, "the case was not submitted yet", "submit it first"
        )
    path = folder / done.snapshot
    try:
        same = hashlib.sha256(path.read_bytes()).hexdigest() == done.snapshot_sha256
    except OSError as error:
        raise training_error(
            "no_snapshot",
            str(path),
            f"the copy that was submitted cannot be read: {error.strerror or error}",
            "put it back from a backup; nothing else can stand for it",
        ) from error
    if not same:
        raise training_error(
            "snapshot_changed",
            str(path),
            "is not what was submitted",
            "put it back from a backup; nothing else can stand for it",
        )
    with open_read_only(path) as file:
        return file.coding


def figures_of_trainee(
    folder: Path, pack: Pack, programme: Programme, word: str | None = None
) -> tuple[CaseFigures, ...]:
    """The figures of every submission that may be judged now, in order of submission.

    Args:
        folder: the logbook's.
        pack: whose cases were coded.
        programme: where the trainee stands.
        word: the trainer's; with it, test forms sealed with the word count as well.

    Raises:
        TrainingError: the word is wrong, or a file is missing or was changed.
        StorageError: a snapshot cannot be read.
    """
    found = []
    for standing in programme.standings:
        if not standing.judged:
            continue
        try:
            reference = judging_reference(pack, standing.case, programme, word)
        except SealedError:
            continue
        found += [
            figures_of(
                sitting_of(pack, standing.case, attempt),
                submitted_coding(folder, attempt),
                reference,
            )
            for attempt in standing.judged
        ]
    return tuple(sorted(found, key=lambda one: one.sitting.order))
