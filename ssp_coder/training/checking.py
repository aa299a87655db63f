"""Is a pack whole and as it was built? Nothing is unsealed for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.media.whereabouts import is_same
from ssp_coder.training.errors import TrainingError, fault
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import PACK_FILE, SCHEME_FOLDER, Case, Pack, Stage, may_share
from ssp_coder.training.references import checked_bytes, pack_scheme

_AGAIN = "copy the pack once more, as a whole"


def check_pack(
    folder: Path, progress: Callable[[float], None] = lambda _share: None
) -> tuple[Finding, ...]:
    """Every fault of the pack in a folder, with file, place and remedy.

    Args:
        folder: of the pack.
        progress: told the share done, 0 to 1.
    """
    try:
        pack = read_pack(folder)
    except TrainingError as error:
        return error.findings
    findings = [*_scheme(pack), *_sessions(pack), *_exercises(pack)]
    for number, case in enumerate(pack.cases, 1):
        findings += _case(pack, case)
        progress(number / len(pack.cases))
    findings += _sizes(pack)
    findings += _strangers(pack)
    return tuple(findings)


def _scheme(pack: Pack) -> Iterator[Finding]:
    place = pack.folder / SCHEME_FOLDER
    try:
        scheme = pack_scheme(pack)
    except DomainError as error:
        yield error.finding
        return
    if scheme.sha256 != pack.scheme_sha256:
        yield fault("changed_scheme", place, "it is not the scheme the pack was built with", _AGAIN)


def _sessions(pack: Pack) -> Iterator[Finding]:
    """A video that was seen once tests nothing, except where a re-check brings it back."""
    seen: dict[str, Case] = {}
    for case in pack.cases:
        for media in case.media:
            earlier = seen.setdefault(media.fingerprint, case)
            if earlier is not case and not may_share(earlier.stage, case.stage):
                yield fault(
                    "same_video",
                    f"{pack.folder / PACK_FILE}, case {case.id}",
                    f"its video is also that of case {earlier.id}",
                    "build the pack anew with another session",
                )


def _exercises(pack: Pack) -> Iterator[Finding]:
    if pack.exercises.path:
        yield from _file(pack.folder / pack.exercises.path, pack.exercises.sha256)


def _case(pack: Pack, case: Case) -> Iterator[Finding]:
    yield from _file(pack.folder / case.reference, case.reference_sha256)
    if not case.consent.allows_training:
        yield fault(
            "no_consent",
            f"{pack.folder / PACK_FILE}, case {case.id}",
            f"its consent is {case.consent.value!r}, which does not cover training",
            "take the pack out of use and build it without this case",
        )
    for media, path in zip(case.media, pack.media_paths(case), strict=True):
        if not path.is_file():
            yield fault("missing_file", path, "the video is missing", _AGAIN)
        elif not is_same(media, path):
            yield fault("changed_file", path, "it is not the video that was coded", _AGAIN)


def _file(path: Path, sha256: str) -> Iterator[Finding]:
    try:
        checked_bytes(path, sha256)
    except TrainingError as error:
        yield error.finding


def _sizes(pack: Pack) -> Iterator[Finding]:
    """Sealed references that differ in size would tell how much there is to be found."""
    paths = [pack.folder / c.reference for c in pack.cases if c.stage is not Stage.LEARN]
    sizes = {path.stat().st_size for path in paths if path.is_file()}
    if len(sizes) > 1:
        yield fault(
            "telling_sizes", pack.folder, "the sealed references differ in size", "build it anew"
        )


def _strangers(pack: Pack) -> Iterator[Finding]:
    """Files that the pack does not name: a reference that was put there by mistake is in sight."""
    known = {pack.folder / PACK_FILE}
    known |= {pack.folder / SCHEME_FOLDER / mark.path for mark in pack.scheme_files}
    known |= {pack.folder / case.reference for case in pack.cases}
    known |= {path for case in pack.cases for path in pack.media_paths(case)}
    known.add(pack.folder / pack.exercises.path)
    for path in sorted(pack.folder.rglob("*")):
        if path.is_file() and path not in known:
            yield Finding(
                code="training.stranger",
                message="the file does not belong to the pack",
                place=str(path),
                remedy="see what it is, and move it out of the pack",
                severity=Severity.WARNING,
            )
