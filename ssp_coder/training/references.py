"""A reference as text, sealed into a pack and opened again, in memory only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ssp_coder.catalog import scheme_from_files
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scheme import Scheme, SchemeFile
from ssp_coder.storage.edit_json import read_value, value_text
from ssp_coder.training.barring import barred
from ssp_coder.training.errors import SealedError, TrainingError, training_error
from ssp_coder.training.packs import (
    SCHEME_FOLDER,
    Case,
    Exclusion,
    Pack,
    Rationale,
    Reference,
    Stage,
)
from ssp_coder.training.programme import Bar, Programme
from ssp_coder.training.sealing import Label, fits, form_key, root_of_word, unsealed

if TYPE_CHECKING:
    from pathlib import Path

WRONG_WORD = "training.wrong_word"
"""Code of the finding that a word is not the trainer's."""
_EXERCISES = "exercises"
"""Stands for the exercises where a sealed file is bound to a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceText:
    """What is sealed for one case; a released field keeps its name for ever."""

    coding: Coding
    scheme_sha256: str
    notes: tuple[Rationale, ...]
    exclusions: tuple[Exclusion, ...]


def reference_text(reference: Reference) -> str:
    """A reference as JSON text."""
    return value_text(
        ReferenceText,
        ReferenceText(
            coding=reference.coding,
            scheme_sha256=reference.scheme.sha256,
            notes=reference.notes,
            exclusions=reference.exclusions,
        ),
    )


def label_of(pack_id: str, version: str, case_id: str | None) -> Label:
    """What the reference of a case is bound to; without a case the exercises."""
    return Label(pack_id, version, _EXERCISES if case_id is None else f"case {case_id}")


def open_reference(
    pack: Pack, case: Case, programme: Programme, word: str | None = None
) -> Reference:
    """The reference of a case, if the trainee may see it now.

    Nothing is written anywhere; forget the value and it is gone.

    Args:
        pack: as it was read.
        case: one of its cases.
        programme: where the trainee stands.
        word: the trainer's, for a test form that is sealed with it.

    Raises:
        SealedError: it may not be seen, and why.
        TrainingError: the word is wrong, or the file was changed.
    """
    bar = programme.standing(case.id).see
    if bar is not None and not (bar is Bar.NEEDS_TRAINER and word is not None):
        raise SealedError(barred(bar, f"{pack.label}, {case.id}"))
    return read_reference(pack, case, _key(pack, case, programme, word))


def judging_reference(
    pack: Pack, case: Case, programme: Programme, word: str | None = None
) -> Reference:
    """The reference for the figures of `Standing.judged`; it is not to be shown.

    Unlike `open_reference` it is there also while a case is coded once more: else whoever begins a
    repeat would take the first attempt out of the figures.

    Raises:
        SealedError: no attempt may be judged, or the form is sealed with the trainer's word.
        TrainingError: the word is wrong, or the file was changed.
    """
    place = f"{pack.label}, {case.id}"
    if not programme.standing(case.id).judged:
        raise SealedError(barred(Bar.NOT_SUBMITTED, place))
    needs_word = case.stage is Stage.TEST and pack.seal.has_word
    if needs_word and word is None and case.form not in dict(programme.releases):
        raise SealedError(barred(Bar.NEEDS_TRAINER, place))
    return read_reference(pack, case, _key(pack, case, programme, word))


def read_reference(pack: Pack, case: Case, key: bytes) -> Reference:
    """The reference of a case with the key that it is sealed with.

    Raises:
        TrainingError: the key is wrong, or the file is missing or was changed.
    """
    path = pack.folder / case.reference
    content = checked_bytes(path, case.reference_sha256)
    place = str(path)
    if case.stage is Stage.LEARN:
        text = content.decode("utf-8", "replace")
    else:
        text = unsealed(content, key, label_of(pack.id, pack.version, case.id), place)
    read: ReferenceText = read_value(ReferenceText, text, place=place)
    if read.scheme_sha256 != pack.scheme_sha256:
        raise training_error(
            "other_scheme",
            place,
            "the reference was made with another scheme than the pack's",
            "ask the trainer for the pack once more",
        )
    return Reference(
        coding=read.coding,
        scheme=pack_scheme(pack),
        notes=read.notes,
        exclusions=read.exclusions,
    )


def exercises_text(pack: Pack) -> str:
    """The pack's file of exercises, empty when it has none.

    Raises:
        TrainingError: the file is missing or was changed.
    """
    if not pack.exercises.path:
        return ""
    path = pack.folder / pack.exercises.path
    content = checked_bytes(path, pack.exercises.sha256)
    label = label_of(pack.id, pack.version, None)
    return unsealed(content, pack_key(pack), label, str(path))


def pack_key(pack: Pack) -> bytes:
    """The key of all that is sealed with the pack's own key."""
    return form_key(pack_root(pack), "")


def pack_root(pack: Pack) -> bytes:
    """The root that lies in the pack."""
    return bytes.fromhex(pack.seal.key)


def trainer_root(pack: Pack, word: str) -> bytes:
    """The root of the test forms and releases; without a trainer's word it is the pack's.

    Raises:
        TrainingError: it is not the trainer's word.
    """
    if not pack.seal.has_word:
        return pack_root(pack)
    root = root_of_word(word, bytes.fromhex(pack.seal.salt), pack.seal.cost)
    if not fits(root, pack.seal.releases):
        raise training_error(
            "wrong_word", pack.label, "this is not the trainer's word", "ask the trainer"
        )
    return root


def pack_scheme(pack: Pack) -> Scheme:
    """The scheme of the pack, from the files it brings.

    Raises:
        TrainingError: a file of it is missing or was changed.
        CatalogError: the scheme cannot be used.
    """
    folder = pack.folder / SCHEME_FOLDER
    files = tuple(
        SchemeFile(
            path=mark.path,
            sha256=mark.sha256,
            content=checked_bytes(folder / mark.path, mark.sha256),
        )
        for mark in pack.scheme_files
    )
    return _scheme(pack.scheme, files)


@lru_cache(maxsize=8)
def _scheme(scheme_id: str, files: tuple[SchemeFile, ...]) -> Scheme:
    return scheme_from_files(scheme_id, files)


def checked_bytes(path: Path, sha256: str) -> bytes:
    """A file of a pack.

    Raises:
        TrainingError: it is missing, or not what the pack says.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise training_error(
            "changed_file",
            path,
            "the file is not the one that the pack was built with",
            "copy the pack once more",
        )
    return content


def _unreadable(path: Path, error: OSError) -> TrainingError:
    return training_error(
        "missing_file",
        path,
        f"the file cannot be read ({error.strerror})",
        "copy the pack once more, as a whole",
    )


def _key(pack: Pack, case: Case, programme: Programme, word: str | None) -> bytes:
    if case.stage is not Stage.TEST:
        return pack_key(pack)
    released = dict(programme.releases).get(case.form, "")
    if released and word is None:
        return bytes.fromhex(released)
    return form_key(trainer_root(pack, word or ""), case.form)
