"""``pack.toml``: what a pack says of itself, written by the program and read strictly."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ssp_coder.domain.naming import LONGEST_ID, id_concern
from ssp_coder.media.whereabouts import is_safe
from ssp_coder.storage.json_codec import codec
from ssp_coder.training.errors import TrainingError, training_error
from ssp_coder.training.packs import (
    PACK_FILE,
    Case,
    FileMark,
    Pack,
    Seal,
    Stage,
)
from ssp_coder.training.sealing import is_cost

FORMAT = 1
"""Number of the form of ``pack.toml``; a higher one was written by a newer program."""

_MAXIMUM_BYTES = 16 * 1024 * 1024
_LONGEST_NAME = 255
"""Bytes of a name that every usual disk takes."""
_HEX = re.compile(r"[0-9a-f]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackText:
    """The fields of ``pack.toml``; see `Pack` for what they mean."""

    kind: str
    format: int
    id: str
    version: str
    title: str
    made_by: str
    made_at: str
    made_with: str
    scheme: str
    scheme_version: str
    scheme_sha256: str
    pass_rule: str
    enriched: bool
    base_rate: str
    seal: Seal
    exercises: FileMark
    scheme_files: tuple[FileMark, ...]
    cases: tuple[Case, ...]


KIND = "training_pack"
NATURAL = "not known to differ from the natural base rate"
ENRICHED = "not at natural base rate"


def pack_bytes(text: PackText) -> bytes:
    """The content of ``pack.toml``."""
    import tomlkit

    written: str = tomlkit.dumps(codec(PackText).encode(text))
    return written.encode()


def read_pack(folder: Path) -> Pack:
    """The pack in a folder; only its ``pack.toml`` is read.

    Raises:
        TrainingError: there is none, or it cannot be used.
    """
    folder = folder.resolve()
    path = folder / PACK_FILE
    content = _content(path)
    text = _text(path, content)
    _check_paths(path, text)
    shared = {field.name for field in fields(Pack)} & {field.name for field in fields(PackText)}
    return Pack(
        folder=folder,
        sha256=hashlib.sha256(content).hexdigest(),
        **{name: getattr(text, name) for name in shared},
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAXIMUM_BYTES:
            raise _unusable(path, "it is too large to describe a pack")
        return path.read_bytes()
    except FileNotFoundError:
        raise training_error(
            "no_pack",
            path,
            "there is no training pack in this folder",
            f"choose the folder that holds {PACK_FILE}",
        ) from None
    except OSError as error:
        raise _unusable(path, f"it cannot be read ({error.strerror})") from error


def _text(path: Path, content: bytes) -> PackText:
    try:
        given: dict[str, Any] = tomllib.loads(content.decode())  # TOML gives anything
    except (ValueError, RecursionError) as error:
        raise _unusable(path, f"it is no TOML ({error})") from None
    if given.get("kind") != KIND:
        raise _unusable(path, "it does not describe a training pack")
    number = given.get("format")
    if isinstance(number, int) and number > FORMAT:
        raise training_error(
            "newer_pack", path, "it was built by a newer version of the program", "update it"
        )
    try:
        text: PackText = codec(PackText).decode(given)
    except ValueError as error:
        raise _unusable(path, f"{error}") from None
    return text


def _check_paths(path: Path, text: PackText) -> None:
    """Refuse a pack whose paths leave its folder or whose hashes are none."""
    marks = [*text.scheme_files, *([text.exercises] if text.exercises.path else [])]
    named = [(mark.path, mark.sha256) for mark in marks]
    for case in text.cases:
        named.append((case.reference, case.reference_sha256))
        named += [(media.relative_path, media.fingerprint) for media in case.media]
    for one, sha256 in named:
        if not is_safe(one):
            raise _unusable(path, f"the path {one!r} leads out of the pack")
        if max(len(part.encode()) for part in one.split("/")) > _LONGEST_NAME:
            raise _unusable(path, f"a name in the path {one[:LONGEST_ID]!r} is too long")
        if _SHA256.fullmatch(sha256) is None:
            raise _unusable(path, f"the hash of {one!r} is none")
    _check_seal(path, text.seal)
    _check_cases(path, text)


def _check_seal(path: Path, seal: Seal) -> None:
    if _HEX.fullmatch(seal.salt) is None or len(seal.salt) % 2:
        raise _unusable(path, "the salt of its seal is not written in hexadecimal digits")
    if any(_SHA256.fullmatch(what) is None for what in (seal.key, seal.releases)):
        raise _unusable(path, "a key of its seal is not one of 64 hexadecimal digits")
    if seal.has_word != bool(seal.cost) or (seal.has_word and not is_cost(seal.cost)):
        raise _unusable(path, f"no word is sealed with the work {seal.cost}")


def _check_cases(path: Path, text: PackText) -> None:
    for what, name in (("pack", text.id), *(("case", case.id) for case in text.cases)):
        if id_concern(name).forbids:
            raise _unusable(path, f"{name[:LONGEST_ID]!r} cannot be the id of a {what}")
    # Some disks take large and small letters for the same.
    ids = [case.id.casefold() for case in text.cases]
    if len(set(ids)) < len(ids):
        raise _unusable(path, "two cases have the same id")
    for case in text.cases:
        if not (case.title + case.form + text.title).isprintable():
            raise _unusable(path, f"a title at case {case.id} has signs that cannot be shown")
        if not case.media:
            raise _unusable(path, f"case {case.id} has no video")
        if (case.stage is Stage.TEST) != bool(case.form):
            raise _unusable(path, f"case {case.id} has a form, or lacks one, against its stage")


def _unusable(path: Path, what: str) -> TrainingError:
    return training_error("unusable_pack", path, what, "ask the trainer for the pack once more")


__all__ = ["ENRICHED", "NATURAL", "PackText", "pack_bytes", "read_pack"]
