"""Codings that are to be compared: which belong together, and reading them once each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.dialect import read_sheet
from ssp_coder.formats.errors import Faults, refusal
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.pair_reading import ReadTimelines, read_timeline_coding, read_timelines
from ssp_coder.storage.coding_file import open_read_only

CODING = ".sspc"
_TABLE = ".csv"
_MOST_SHOWN = 5

Read = Callable[[int, int], None]
"""Told how many files are read, and of how many; what it raises stops the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFiles:
    """Two files that hold codings of one session.

    Attributes:
        session: as the list of pairs names it, empty where it does not.
    """

    session: str
    first: Path
    second: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Codings by file, and the scheme that they are compared with.

    Attributes:
        notes: what a person should know of the files.
    """

    scheme: Scheme
    by_file: dict[Path, Exportable]
    notes: tuple[Finding, ...] = ()

    def pair(self, files: PairFiles) -> tuple[Exportable, Exportable]:
        """The two codings, a reference first, so that lags are the coder's less the reference's."""
        first, second = self.by_file[files.first], self.by_file[files.second]
        turned = second.coding.role is CodingRole.REFERENCE is not first.coding.role
        return (second, first) if turned else (first, second)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Pairs that were found, and what was left out."""

    pairs: tuple[PairFiles, ...]
    notes: tuple[Finding, ...] = field(default=())


def listed_pairs(path: Path) -> tuple[PairFiles, ...]:
    """The pairs of a list: columns session, a, b, with paths from the list's own folder.

    Raises:
        FormatError: a column or a file is missing; names the line.
    """
    sheet = read_sheet(path, any_separator=True)
    sheet.require(("session", "a", "b"))
    faults = Faults(sheet.file)
    pairs = []
    seen: dict[frozenset[Path], int] = {}
    for row in sheet.rows:
        files = tuple(path.parent / row.cell(column) for column in ("a", "b"))
        for column, file in zip(("a", "b"), files, strict=True):
            if not row.cell(column) or not file.is_file():
                fact = f"there is no file {row.cell(column)!r}"
                remedy = f"give its path from the folder of {sheet.file}"
                faults.add("study.no_file", fact, remedy, line=row.line, column=column)
        both = frozenset(file.resolve() for file in files)
        if len(both) == 1 and files[0].is_file():
            remedy = "name two files"
            faults.add("study.same_file", "both are the same file", remedy, line=row.line)
        elif seen.setdefault(both, row.line) != row.line:
            fact = f"the same two files stand in line {seen[both]}"
            faults.add("study.pair_twice", fact, "list a pair once", line=row.line)
        pairs.append(PairFiles(session=row.cell("session"), first=files[0], second=files[1]))
    faults.refuse_if_any()
    if not pairs:
        raise refusal(
            "study.empty",
            "names no pair",
            "write one pair a line: session, a, b",
            place=sheet.file,
        )
    return tuple(pairs)


def refuse_same(files: PairFiles) -> None:
    """Refuse a file that is compared with itself, which would agree perfectly.

    Raises:
        FormatError: both are the same file.
    """
    if files.first.resolve() == files.second.resolve():
        raise refusal(
            "study.same_file",
            "is compared with itself",
            "name the codings of two coders",
            place=str(files.first),
        )


def files_of(pairs: Iterable[PairFiles]) -> tuple[Path, ...]:
    """The files of pairs, in their order."""
    return tuple(file for pair in pairs for file in (pair.first, pair.second))


def codings_in(folder: Path) -> tuple[Path, ...]:
    """The codings that lie in a folder: coding files, else timeline tables.

    Raises:
        FormatError: it holds none.
    """
    files = sorted(path for path in folder.iterdir() if path.is_file())
    codings = tuple(path for path in files if path.suffix == CODING)
    found = codings or tuple(path for path in files if path.name.endswith(f"_events{_TABLE}"))
    if not found:
        raise refusal(
            "study.no_codings",
            "holds neither .sspc files nor timeline tables",
            f"name the folder with one coder's codings; names of tables end in _events{_TABLE}",
            place=str(folder),
        )
    return found


def matched(first: Sequence[Path], second: Sequence[Path], loaded: Loaded) -> Matched:
    """Pairs of the same session in two folders; a consensus, and what has no partner, is left out.

    Raises:
        FormatError: a folder holds two codings of a session, or nothing matches.
    """
    drawn = _consensuses((*first, *second), loaded)
    left, right = (
        _by_session([file for file in files if file not in drawn], loaded)
        for files in (first, second)
    )
    alone = [session for session in (*left, *right) if (session in left) != (session in right)]
    named = {session: str(left.get(session) or right[session]) for session in alone}
    pairs = tuple(
        PairFiles(session=session, first=left[session], second=right[session])
        for session in left
        if session in right
    )
    if not pairs:
        raise refusal(
            "study.no_pairs",
            "no session is in both folders",
            "check the session ids, or list the pairs in a file",
            place=f"{first[0].parent}, {second[0].parent}",
        )
    notes = (*_not_independent(drawn), *_without_partner(named))
    return Matched(pairs=pairs, notes=notes)


def paired_within(files: Sequence[Path], loaded: Loaded) -> Matched:
    """All pairs of codings of one session in one folder; a session coded once is left out.

    Raises:
        FormatError: no session was coded twice.
    """
    drawn = _consensuses(files, loaded)
    sessions: dict[str, list[Path]] = {}
    for file in (one for one in files if one not in drawn):
        sessions.setdefault(_session_of(file, loaded), []).append(file)
    named = {session: str(own[0]) for session, own in sessions.items() if len(own) == 1}
    pairs = tuple(
        PairFiles(session=session, first=first, second=second)
        for session, own in sessions.items()
        for first, second in combinations(own, 2)
    )
    if not pairs:
        raise refusal(
            "study.no_pairs",
            "no session was coded twice in this folder",
            "name two folders, or list the pairs in a file",
            place=str(files[0].parent),
        )
    notes = (*_not_independent(drawn), *_coded_once(named))
    return Matched(pairs=pairs, notes=notes)


def load(files: Iterable[Path], usual: Callable[[], Scheme], progress: Read) -> Loaded:
    """Read every file once.

    The scheme is that of the first coding file, else the usual one; timelines of another program
    bring their own codes.

    Raises:
        DomainError: a file cannot be read, or does not fit the scheme.
    """
    unique = tuple(dict.fromkeys(files))
    codings = [file for file in unique if file.suffix == CODING]
    tables = [file for file in unique if file.suffix != CODING]
    by_file: dict[Path, Exportable] = {}
    notes: list[Finding] = []
    for done, path in enumerate(codings, start=1):
        with open_read_only(path) as file:
            notes += file.findings
            by_file[path] = Exportable(coding=file.coding, scheme=file.scheme)
        progress(done, len(unique))
    scheme = by_file[codings[0]].scheme if codings else usual()
    if tables:
        read = _tables(tables, scheme, strict=bool(codings))
        notes += read.notes
        by_file.update(zip(tables, read.codings, strict=True))
        scheme = read.codings[0].scheme
    progress(len(unique), len(unique))
    return Loaded(scheme=scheme, by_file=by_file, notes=tuple(notes))


def doubts_about(own: Exportable, reference: Exportable, place: str) -> Iterator[Finding]:
    """Why two codings may not belong together."""
    if own.coding.session != reference.coding.session:
        sessions = own.coding.session, reference.coding.session
        message = f"is of session {sessions[0]}, the reference of {sessions[1]}"
        yield _doubt("session", message, place)
    prints = {video.fingerprint for video in own.coding.media}
    others = {video.fingerprint for video in reference.coding.media}
    if prints and others and not prints & others:
        message = "was coded on another video than the reference"
        yield _doubt("video", message, place)
    if own.scheme.sha256 != reference.scheme.sha256:
        one, other = (f"{each.scheme.id} {each.scheme.version}" for each in (own, reference))
        message = f"was made with scheme {one}, the reference with scheme {other}"
        if one == other:
            message = f"was made with other files of scheme {one} than the reference"
        yield _doubt("scheme", message, place)


def doubts(pair: tuple[Exportable, Exportable], place: str) -> Iterator[Finding]:
    """The same of a pair; a session that a table does not name is none."""
    named = all(entry.coding.session for entry in pair)
    for finding in doubts_about(pair[1], pair[0], place):
        if named or not finding.code.endswith("other_session"):
            yield finding


def _tables(tables: Sequence[Path], scheme: Scheme, *, strict: bool) -> ReadTimelines:
    if not strict:
        return read_timelines(tables, scheme)
    read = tuple(read_timeline_coding(path, scheme) for path in tables)
    return ReadTimelines(
        codings=tuple(coding for one in read for coding in one.codings),
        notes=tuple(finding for one in read for finding in one.notes),
    )


def _session_of(file: Path, loaded: Loaded) -> str:
    session = loaded.by_file[file].coding.session
    if not session:
        raise refusal(
            "study.no_session",
            "names no session",
            "fill the column session_id, or list the pairs in a file",
            place=str(file),
        )
    return session


def _by_session(files: Sequence[Path], loaded: Loaded) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for file in files:
        session = _session_of(file, loaded)
        if session in found:
            raise refusal(
                "study.session_twice",
                f"session {session} is there twice, also in {found[session].name}",
                "keep one coding of a session in a folder, or list the pairs in a file",
                place=str(file),
            )
        found[session] = file
    return found


def _consensuses(files: Iterable[Path], loaded: Loaded) -> tuple[Path, ...]:
    """Files that know what both coders saw, so that no reliability is told of them."""
    role = CodingRole.CONSENSUS
    return tuple(file for file in files if loaded.by_file[file].coding.role is role)


def _not_independent(drawn: Iterable[Path]) -> Iterator[Finding]:
    for file in drawn:
        message = "a consensus is not counted in reliability"
        yield _warning(message, str(file))


def _without_partner(named: dict[str, str]) -> Iterator[Finding]:
    for session in list(named)[:_MOST_SHOWN]:
        message = f"session {session} is in one folder only"
        yield _warning(message, named[session])
    if len(named) > _MOST_SHOWN:
        message = f"{len(named) - _MOST_SHOWN} further sessions are in one folder only"
        yield _warning(message, "")


def _coded_once(named: dict[str, str]) -> Iterator[Finding]:
    for session in list(named)[:_MOST_SHOWN]:
        message = f"session {session} was coded once only"
        yield _warning(message, named[session])
    if len(named) > _MOST_SHOWN:
        message = f"{len(named) - _MOST_SHOWN} further sessions were coded once only"
        yield _warning(message, "")


def _warning(message: str, place: str) -> Finding:
    return Finding(
        code="study.alone",
        message=message,
        place=place,
        remedy="it was left out",
        severity=Severity.WARNING,
    )


def _doubt(kind: str, message: str, place: str) -> Finding:
    return Finding(
        code=f"comparison.other_{kind}",
        message=message,
        place=place,
        remedy="check that both belong together",
        severity=Severity.WARNING,
    )
