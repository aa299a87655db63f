"""A trainee's way through a case: begun as a coding file, submitted as a locked copy.

Every step is written down before it is done, and doing it again does no harm: whatever moment a
crash chooses, `resume` at the next start brings what was begun to its end.
"""

from __future__ import annotations

import hashlib
import shutil
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.editing.completeness import OpenWork, open_work
from ssp_coder.editing.edits import LockCoding
from ssp_coder.media.recording import way_down
from ssp_coder.storage.coding_file import create, open_for_writing, open_read_only
from ssp_coder.storage.durable import put_in_place, scratch_for
from ssp_coder.training.attempts import Attempt, attempts_of, next_attempt, unfinished_sets
from ssp_coder.training.barring import barred
from ssp_coder.training.deeds import (
    CaseBegun,
    Enrolled,
    FeedbackOpened,
    SubmissionBegun,
    Submitted,
)
from ssp_coder.training.errors import TrainingError, training_error
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.packs import Case, Pack
from ssp_coder.training.programme import Bar, Programme, programme_of
from ssp_coder.training.references import pack_scheme

SUBMITTED_FOLDER = "submitted"
_SUFFIX = ".sspc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What became of interrupted submissions.

    Attributes:
        done: those that are complete now.
        failed: why others are not.
    """

    done: tuple[Submitted, ...]
    failed: tuple[Finding, ...]


def enrol(logbook: Logbook, pack: Pack) -> None:
    """Take up a pack, or a new version of it; twice is harmless."""
    if not programme_of(pack, logbook.entries).enrolled:
        logbook.append(Enrolled(pack=pack.id, version=pack.version, pack_sha256=pack.sha256))


def begin_case(logbook: Logbook, pack: Pack, case: Case, folder: Path | None = None) -> Path:
    """The coding file for a case: a new one, or the one that is under way.

    Args:
        logbook: of the trainee.
        pack: that the trainee is enrolled for.
        case: one of its cases.
        folder: where a new file goes; the logbook's folder or one below it, the former by default.

    Raises:
        TrainingError: the case may not be begun, and why.
        StorageError: the file cannot be written.
    """
    standing = programme_of(pack, logbook.entries).standing(case.id)
    attempt = standing.last
    if attempt is None or attempt.submitted is not None:
        if standing.begin is not None:
            raise TrainingError(barred(standing.begin, f"{pack.label}, {case.id}"))
        attempt = _begun(logbook, pack, case, folder or logbook.folder)
    path = logbook.folder / attempt.file
    # A coding that was being submitted holds work; an empty one must not take its place.
    if not path.exists() and not attempt.submitting:
        _make(path, logbook.who, pack, case)
    return path


def case_of(pack: Pack, case_id: str) -> Case:
    """The case of a pack that a person named.

    Raises:
        TrainingError: the pack has no such case.
    """
    try:
        return pack.case(case_id)
    except KeyError:
        raise training_error(
            "no_case", pack.label, f"there is no case {case_id!r}", "see which cases it lists"
        ) from None


def what_is_open(path: Path) -> tuple[OpenWork, ...]:
    """What a coding still lacks, to be looked at before it is submitted."""
    with open_read_only(path) as file:
        return open_work(file.coding, file.scheme)


def submit(logbook: Logbook, pack: Pack, case: Case, path: Path) -> Submitted:
    """Lock a coding, keep a copy of it that is never changed, and write it down.

    Nobody may have the coding open for writing. Once more is harmless.

    Raises:
        TrainingError: it is not the coding of this case that is under way, or the pack is not
            the one enrolled for.
        StorageError: the file is in use, damaged, or the disk is full; submit again.
    """
    attempt = _under_way(logbook, pack, case, path)
    if attempt.submitted is not None:
        return attempt.submitted
    _check_belongs(logbook, pack, case, path)
    if not attempt.submitting:
        logbook.append(SubmissionBegun(pack=pack.id, case=case.id, attempt=attempt.number))
    done = _kept(logbook, pack, attempt)
    _finish_sets(logbook, pack)
    return done


def resume(logbook: Logbook, pack: Pack) -> Resumed:
    """Bring to an end what a crash interrupted; to be called when a pack is opened.

    What cannot be done now, because a file is in use or missing, is told and tried the next time.
    """
    attempts = [a for each in attempts_of(logbook.entries, pack.id).values() for a in each]
    done, failed = [], []
    for attempt in attempts:
        if attempt.submitting and attempt.submitted is None:
            try:
                path = logbook.folder / attempt.file
                _check_belongs(logbook, pack, case_of(pack, attempt.case), path)
                done.append(_kept(logbook, pack, attempt))
            except DomainError as error:
                failed.append(error.finding)
    _finish_sets(logbook, pack)
    return Resumed(done=tuple(done), failed=tuple(failed))


def note_feedback(logbook: Logbook, pack: Pack, case: Case) -> Programme:
    """Write down that the reference of a case is shown; twice is harmless.

    Returns:
        Where the trainee stands now.

    Raises:
        TrainingError: it may not be shown yet.
    """
    programme = programme_of(pack, logbook.entries)
    standing = programme.standing(case.id)
    if standing.see is not None and standing.see is not Bar.NEEDS_TRAINER:
        raise TrainingError(barred(standing.see, f"{pack.label}, {case.id}"))
    last = standing.last
    number = 0 if last is None or last.submitted is None else last.number
    deed = FeedbackOpened(pack=pack.id, case=case.id, attempt=number)
    if all(entry.deed != deed for entry in logbook.entries):
        logbook.append(deed)
    return programme_of(pack, logbook.entries)


def _begun(logbook: Logbook, pack: Pack, case: Case, folder: Path) -> Attempt:
    folder = folder.resolve()
    if not folder.is_relative_to(logbook.folder):
        raise training_error(
            "other_folder",
            folder,
            f"it does not lie below the trainee's folder {logbook.folder}",
            "choose a folder there, so that all can be handed in together",
        )
    number = next_attempt(logbook.entries)
    # The name tells neither the case nor whether it is a test, a re-check or a repeat.
    path = _free(folder, f"coding-{number:04d}")
    file = path.relative_to(logbook.folder).as_posix()
    logbook.append(CaseBegun(pack=pack.id, case=case.id, attempt=number, file=file))
    return attempts_of(logbook.entries, pack.id)[case.id][-1]


def _free(folder: Path, stem: str) -> Path:
    path, number = folder / f"{stem}{_SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{_SUFFIX}"
    return path


def _make(path: Path, who: str, pack: Pack, case: Case) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    media = tuple(
        replace(one, relative_path=way_down(place, path))
        for one, place in zip(case.media, pack.media_paths(case), strict=True)
    )
    coding = Coding(session=case.session, coder=who, role=CodingRole.INDEPENDENT, media=media)
    create(path, coding=coding, scheme=pack_scheme(pack), who=who).close()


def _under_way(logbook: Logbook, pack: Pack, case: Case, path: Path) -> Attempt:
    for attempt in attempts_of(logbook.entries, pack.id).get(case.id, ()):
        if logbook.folder / attempt.file == path.resolve():
            return attempt
    raise training_error(
        "no_attempt",
        path,
        f"it is no coding of case {case.id} that was begun with this logbook",
        "submit the file that was made when the case was begun",
    )


def _check_belongs(logbook: Logbook, pack: Pack, case: Case, path: Path) -> None:
    """Refuse a file that was put in the place of the one made for the case, or the pack's."""
    if not programme_of(pack, logbook.entries).enrolled:
        raise TrainingError(barred(Bar.OTHER_PACK, f"{pack.label}, {case.id}"))
    with open_read_only(path) as file:
        coding, scheme = file.coding, file.scheme
    prints = tuple(media.fingerprint for media in case.media)
    for what, is_right in (
        ("another coder", coding.coder == logbook.who),
        ("another session", coding.session == case.session),
        ("another role", coding.role is CodingRole.INDEPENDENT),
        ("another scheme", scheme.sha256 == pack.scheme_sha256),
        ("another video", tuple(media.fingerprint for media in coding.media) == prints),
    ):
        if not is_right:
            raise training_error(
                "other_coding",
                path,
                f"it has {what} than the file made for case {case.id}",
                "put the file made for the case back in its place",
            )


def _kept(logbook: Logbook, pack: Pack, attempt: Attempt) -> Submitted:
    path = logbook.folder / attempt.file
    head = _locked(path, logbook.who)
    snapshot = logbook.folder / SUBMITTED_FOLDER / f"{path.stem}.{head[:12]}{_SUFFIX}"
    if not snapshot.exists() or _sha256(snapshot) != _sha256(path):
        _copy(path, snapshot)
    submitted = Submitted(
        pack=pack.id,
        case=attempt.case,
        attempt=attempt.number,
        snapshot=snapshot.relative_to(logbook.folder).as_posix(),
        snapshot_sha256=_sha256(snapshot),
        head=head,
        pack_version=pack.version,
    )
    logbook.append(submitted)
    return submitted


def _locked(path: Path, who: str) -> str:
    """Lock the coding if it is not locked; the hash of the last row of its log."""
    with open_read_only(path) as file:
        # What is folded into one file can be copied by its bytes.
        is_one_file = not path.with_name(f"{path.name}-wal").exists()
        if file.coding.locked and is_one_file:
            return file.head
    with open_for_writing(path, who) as file:
        file.document().submit(LockCoding())
        file.flush()
        return file.head


def _copy(path: Path, snapshot: Path) -> None:
    snapshot.parent.mkdir(exist_ok=True)
    scratch = scratch_for(snapshot)
    try:
        shutil.copyfile(path, scratch)
        if snapshot.exists():
            snapshot.chmod(stat.S_IRUSR | stat.S_IWUSR)
        put_in_place(scratch, snapshot)
        snapshot.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    except OSError as error:
        raise training_error(
            "not_copied",
            snapshot,
            f"the copy of the submission cannot be written ({error.strerror or error})",
            "make room on the disk and submit again",
        ) from error
    finally:
        scratch.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _finish_sets(logbook: Logbook, pack: Pack) -> None:
    for finished in unfinished_sets(pack, logbook.entries):
        logbook.append(finished)
