"""A pack made from locked references: written beside its place and given its name when whole."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ssp_coder import __version__
from ssp_coder.domain.coding import Coding, Media
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.media.errors import Abandoned
from ssp_coder.media.whereabouts import is_same
from ssp_coder.storage.durable import sync_folder
from ssp_coder.storage.lock import utc_now
from ssp_coder.training.draft_checking import CheckedDraft, LoadedCase, check_draft
from ssp_coder.training.drafts import DraftCase, PackDraft
from ssp_coder.training.errors import TrainingError, training_error
from ssp_coder.training.pack_file import (
    ENRICHED,
    FORMAT,
    KIND,
    NATURAL,
    PackText,
    pack_bytes,
    read_pack,
)
from ssp_coder.training.packs import (
    EXERCISES_FILE,
    MEDIA_FOLDER,
    OPEN_FOLDER,
    PACK_FILE,
    SCHEME_FOLDER,
    SEALED_FOLDER,
    Case,
    FileMark,
    Pack,
    Reference,
    Seal,
    Stage,
)
from ssp_coder.training.references import label_of, reference_text
from ssp_coder.training.sealing import (
    USUAL_COST,
    common_size,
    form_key,
    new_root,
    packed,
    public_key,
    root_of_word,
    sealed,
)

CHECKING_SHARE = 0.2
"""Share of the work that reading and verifying the references takes."""
_CHUNK = 1 << 20
_NOTHING = FileMark(path="", sha256="")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roots:
    """Where the keys of a new pack come from, and what the pack says of it."""

    own: bytes
    trainer: bytes
    seal: Seal

    def key(self, form: str) -> bytes:
        return form_key(self.trainer, form) if form else form_key(self.own, "")


class _Work:
    """How far the building has come, and whether it is still wanted."""

    def __init__(
        self, report: Callable[[float], None], cancelled: Callable[[], bool], whole: int
    ) -> None:
        """Begin at nothing of `whole` bytes of video."""
        self._report = report
        self._cancelled = cancelled
        self._whole = max(1, whole)
        self._done = 0

    def add(self, count: int) -> None:
        """So many bytes of video were copied.

        Raises:
            Abandoned: it is not wanted any more.
        """
        if self._cancelled():
            raise Abandoned
        self._done += count
        self._report(CHECKING_SHARE + (1 - CHECKING_SHARE) * self._done / self._whole)


def build_pack(
    draft: PackDraft,
    folder: Path,
    progress: Callable[[float], None] = lambda _share: None,
    cancelled: Callable[[], bool] = lambda: False,
    warned: Callable[[Finding], None] = lambda _finding: None,
) -> Pack:
    """Make the pack that a draft describes.

    Args:
        draft: what the trainer wants.
        folder: a new folder.
        progress: told the share done, 0 to 1.
        cancelled: asked often whether to stop.
        warned: told what is worth a look and keeps nothing from being built.

    Raises:
        TrainingError: the draft is not fit (all its faults are in ``findings``), the folder is
            there already, or it cannot be written; nothing is left behind.
        Abandoned: it was cancelled; nothing is left behind.
    """
    _refuse(folder)
    count = max(1, len(draft.cases))

    def checked(cases: int) -> None:
        if cancelled():
            raise Abandoned
        progress(CHECKING_SHARE * cases / count)

    result = check_draft(draft, checked)
    if result.errors:
        raise TrainingError(*result.errors)
    for finding in result.findings:
        warned(finding)
    videos = sum(path.stat().st_size for case in result.cases for path in case.media)
    try:
        with _scratch(folder) as scratch:
            _write(scratch, result, _Work(progress, cancelled, videos))
            _sync(scratch)
            _refuse(folder)
            scratch.rename(folder)
            sync_folder(folder.parent)
    except OSError as error:
        raise training_error(
            "pack_unwritable",
            folder,
            f"the pack cannot be written ({error.strerror or error})",
            "check the space and the rights of its folder, or choose another one",
        ) from error
    progress(1.0)
    return read_pack(folder)


def _refuse(folder: Path) -> None:
    if folder.exists():
        raise training_error(
            "pack_exists", folder, "there is something of this name already", "choose a new folder"
        )
    if not folder.absolute().parent.is_dir():
        raise training_error(
            "pack_place", folder, "it lies in a folder that does not exist", "create that first"
        )


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder beside the place; what a crash left there is removed, as is what goes wrong."""
    scratch = folder.with_name(f".{folder.name}-new")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _write(scratch: Path, checked: CheckedDraft, work: _Work) -> None:
    draft, scheme = checked.draft, checked.cases[0].scheme
    for name in (MEDIA_FOLDER, SCHEME_FOLDER, SEALED_FOLDER, OPEN_FOLDER):
        (scratch / name).mkdir()
    roots = _roots(draft.word)
    media = [_copy_media(scratch, case, work) for case in checked.cases]
    references = _write_references(scratch, checked, media, roots)
    text = PackText(
        kind=KIND,
        format=FORMAT,
        id=draft.id,
        version=draft.version,
        title=draft.title.strip(),
        made_by=draft.made_by,
        made_at=utc_now(),
        made_with=__version__,
        scheme=scheme.id,
        scheme_version=scheme.version,
        scheme_sha256=scheme.sha256,
        pass_rule=draft.pass_rule,
        enriched=draft.enriched,
        base_rate=ENRICHED if draft.enriched else NATURAL,
        seal=roots.seal,
        exercises=_write_exercises(scratch, draft, roots),
        scheme_files=_write_scheme(scratch, scheme),
        cases=tuple(
            _case(case, videos, mark)
            for case, videos, mark in zip(checked.cases, media, references, strict=True)
        ),
    )
    (scratch / PACK_FILE).write_bytes(pack_bytes(text))


def _roots(word: str) -> _Roots:
    own = new_root()
    salt = os.urandom(16) if word else b""
    cost = USUAL_COST if word else 0
    trainer = root_of_word(word, salt, cost) if word else own
    seal = Seal(key=own.hex(), salt=salt.hex(), cost=cost, releases=public_key(trainer))
    return _Roots(own=own, trainer=trainer, seal=seal)


def _copy_media(scratch: Path, case: LoadedCase, work: _Work) -> tuple[Media, ...]:
    copied = []
    for number, (media, path) in enumerate(zip(case.coding.media, case.media, strict=True), 1):
        # The name that a video had elsewhere may tell what is to be found out.
        name = f"{case.draft.id}-{number}{path.suffix.lower()}"
        target = scratch / MEDIA_FOLDER / name
        _copy(path, target, work)
        if not is_same(media, target):
            raise training_error(
                "other_media", path, "the video changed while it was copied", "build once more"
            )
        copied.append(replace(media, name=name, relative_path=f"{MEDIA_FOLDER}/{name}"))
    return tuple(copied)


def _copy(source: Path, target: Path, work: _Work) -> None:
    with source.open("rb") as read, target.open("xb") as written:
        while chunk := read.read(_CHUNK):
            written.write(chunk)
            work.add(len(chunk))


def _write_references(
    scratch: Path, checked: CheckedDraft, media: list[tuple[Media, ...]], roots: _Roots
) -> tuple[FileMark, ...]:
    texts = [
        reference_text(_reference(case, videos))
        for case, videos in zip(checked.cases, media, strict=True)
    ]
    packed_texts = [packed(text) for text in texts]
    size = common_size(
        tuple(
            len(plain)
            for case, plain in zip(checked.cases, packed_texts, strict=True)
            if case.draft.stage is not Stage.LEARN
        )
    )
    marks = []
    for case, text, plain in zip(checked.cases, texts, packed_texts, strict=True):
        one = case.draft
        if one.stage is Stage.LEARN:
            marks.append(_put(scratch, f"{OPEN_FOLDER}/{one.id}.json", text.encode()))
        else:
            label = label_of(checked.draft.id, checked.draft.version, one.id)
            content = sealed(plain, roots.key(one.form), label, size)
            marks.append(_put(scratch, f"{SEALED_FOLDER}/{one.id}.ref", content))
    return tuple(marks)


def _reference(case: LoadedCase, media: tuple[Media, ...]) -> Reference:
    coding: Coding = replace(case.coding, media=media)
    return Reference(
        coding=coding,
        scheme=case.scheme,
        notes=case.draft.notes,
        exclusions=case.draft.exclusions,
    )


def _write_exercises(scratch: Path, draft: PackDraft, roots: _Roots) -> FileMark:
    if draft.exercises is None:
        return _NOTHING
    plain = packed(draft.exercises.read_text("utf-8"))
    label = label_of(draft.id, draft.version, None)
    content = sealed(plain, roots.key(""), label, common_size((len(plain),)))
    return _put(scratch, EXERCISES_FILE, content)


def _write_scheme(scratch: Path, scheme: Scheme) -> tuple[FileMark, ...]:
    for file in scheme.files:
        path = scratch / SCHEME_FOLDER / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return tuple(FileMark(path=file.path, sha256=file.sha256) for file in scheme.files)


def _put(scratch: Path, path: str, content: bytes) -> FileMark:
    (scratch / path).write_bytes(content)
    return FileMark(path=path, sha256=hashlib.sha256(content).hexdigest())


def _case(case: LoadedCase, media: tuple[Media, ...], mark: FileMark) -> Case:
    draft: DraftCase = case.draft
    return Case(
        id=draft.id,
        title=draft.title.strip(),
        stage=draft.stage,
        form=draft.form,
        session=case.coding.session,
        media=media,
        origin=draft.origin,
        consent=draft.consent,
        consent_by=draft.consent_by,
        reference=mark.path,
        reference_sha256=mark.sha256,
    )


def _sync(scratch: Path) -> None:
    """Bring every file to the disk before the folder gets its name."""
    for path in scratch.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
