"""A trainer's release: a small signed file that lets one trainee see or take one test form."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssp_coder.domain.naming import LONGEST_ID, id_concern
from ssp_coder.storage.durable import put_in_place, scratch_for
from ssp_coder.storage.edit_json import read_value, value_text
from ssp_coder.storage.errors import StorageError
from ssp_coder.training.deeds import FormReleased, ReleaseKind
from ssp_coder.training.errors import TrainingError, training_error
from ssp_coder.training.references import trainer_root
from ssp_coder.training.sealing import form_key, is_signed, signer

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.training.logbook import Logbook
    from ssp_coder.training.packs import Pack

SUFFIX = ".ssprelease"
_MAXIMUM_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a trainer allows; a released field keeps its name for ever.

    Attributes:
        id: drawn by chance; a release counts once.
        trainee: pseudonym of the one whom it is for.
        key: key of the form, hexadecimal, when its references may be seen; else empty.
        signature: by the trainer's root over all other fields, hexadecimal.
    """

    id: str
    pack: str
    version: str
    form: str
    kind: ReleaseKind
    trainee: str
    trainer: str
    key: str = ""
    signature: str = ""

    def message(self) -> bytes:
        """What is signed."""
        return value_text(Release, replace(self, signature="")).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWish:
    """For whom a release is, and for what.

    Attributes:
        trainer: pseudonym of the one who allows it.
    """

    form: str
    kind: ReleaseKind
    trainee: str
    trainer: str


def make_release(pack: Pack, wish: ReleaseWish, word: str = "") -> Release:
    """A signed release.

    Args:
        pack: whose form it is about.
        wish: for whom and what.
        word: the trainer's; a pack without one needs none, and anybody can then make a release.

    Raises:
        TrainingError: the word is wrong, the pack has no such form, or it is for or by nobody.
    """
    for who in (wish.trainee, wish.trainer):
        if id_concern(who).forbids:
            raise training_error(
                "release_id",
                pack.label,
                f"{who!r} cannot be the id of a trainee or a trainer",
                f"use up to {LONGEST_ID} letters a to z, digits, '.', '_' and '-'",
            )
    if wish.form not in pack.forms:
        raise training_error(
            "no_form",
            pack.label,
            f"there is no test form {wish.form!r}",
            f"name one of {', '.join(pack.forms) or 'another pack'}",
        )
    root = trainer_root(pack, word)
    shows = wish.kind is ReleaseKind.FEEDBACK
    release = Release(
        id=secrets.token_hex(8),
        pack=pack.id,
        version=pack.version,
        form=wish.form,
        kind=wish.kind,
        trainee=wish.trainee,
        trainer=wish.trainer,
        key=form_key(root, wish.form).hex() if shows else "",
    )
    return replace(release, signature=signer(root).sign(release.message()).hex())


def write_release(release: Release, path: Path) -> None:
    """Write a release to a new file.

    Raises:
        TrainingError: there is a file already, or it cannot be written.
    """
    if path.exists():
        raise training_error(
            "release_place", path, "there is a file already", "choose another name"
        )
    try:
        scratch = scratch_for(path)
        text = json.dumps(json.loads(value_text(Release, release)), indent=1)
        scratch.write_text(f"{text}\n", "utf-8")
        put_in_place(scratch, path)
    except OSError as error:
        raise training_error(
            "release_place",
            path,
            f"it cannot be written ({error.strerror})",
            "choose another place",
        ) from error


def take_in(logbook: Logbook, pack: Pack, path: Path) -> FormReleased:
    """Write a release into the logbook of the trainee whom it is for; twice is harmless.

    Raises:
        TrainingError: it is damaged, of another pack, for somebody else, or not the trainer's.
    """
    release = _read(path)
    for what, is_right in (
        (f"is for pack {release.pack} {release.version}", _is_of(release, pack)),
        (f"is for {release.trainee}", release.trainee == logbook.who),
        ("was not made by the trainer of this pack", _is_genuine(release, pack)),
    ):
        if not is_right:
            raise _refused(path, what)
    deed = FormReleased(
        pack=pack.id,
        form=release.form,
        kind=release.kind,
        trainer=release.trainer,
        release=release.id,
        key=release.key,
        version=release.version,
    )
    if all(entry.deed != deed for entry in logbook.entries):
        logbook.append(deed)
    return deed


def _read(path: Path) -> Release:
    try:
        if path.stat().st_size > _MAXIMUM_BYTES:
            raise _refused(path, "is too large")
        release: Release = read_value(Release, path.read_text("utf-8"), place=str(path))
    except (OSError, UnicodeDecodeError, StorageError) as error:
        raise _refused(path, f"cannot be read ({error})") from error
    return release


def _is_of(release: Release, pack: Pack) -> bool:
    return (release.pack, release.version) == (pack.id, pack.version) and (
        release.form in pack.forms
    )


def _is_genuine(release: Release, pack: Pack) -> bool:
    try:
        signature = bytes.fromhex(release.signature)
    except ValueError:
        return False
    return is_signed(release.message(), signature, pack.seal.releases)


def _refused(path: Path, what: str) -> TrainingError:
    return training_error("release", path, f"the release {what}", "ask the trainer for another one")
