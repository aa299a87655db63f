"""What a window of agreement has worked out outside its thread: read, compared, numbered."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Protocol
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.formats.agreement_table import AgreementRow
from ssp_coder.formats.errors import refusal
from ssp_coder.media.errors import Abandoned
from ssp_coder.reporting.agreement_inputs import (
    Loaded,
    Matched,
    PairFiles,
    Read,
    codings_in,
    files_of,
    listed_pairs,
    load,
    matched,
    paired_within,
)
from ssp_coder.reporting.agreement_report import PairReport, StudyReport

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]
Work = Callable[[Progress, Cancelled], object]

_READ = 0.3
"""Share of the work that reading the files is taken for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where instruments are looked for, and how they are worded.

    Attributes:
        folders: a lab's own, searched first.
        language: code of the language shown.
    """

    folders: tuple[Path, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOrder:
    """Two codings that are to be compared."""

    first: Path
    second: Path
    protocol: Protocol = USUAL_PROTOCOL
    shelf: Shelf = Shelf()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyOrder:
    """Pairs that are to be compared.

    Attributes:
        source: a folder of codings, or a list of pairs.
        second: the other coder's folder, None where the source holds both.
    """

    source: Path
    second: Path | None = None
    protocol: Protocol = USUAL_PROTOCOL
    shelf: Shelf = Shelf()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairResult:
    """Two codings compared.

    Attributes:
        report: what the report tells.
        scheme: worded in the person's language.
        rows: every number.
        notes: what to know of the files.
        files: what was compared.
    """

    report: PairReport
    scheme: Scheme
    rows: tuple[AgreementRow, ...]
    notes: tuple[Finding, ...]
    files: PairFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFigures:
    """A session of a study with its own figures.

    Attributes:
        pairs: its pairs of codings, each to be opened.
        kappas: kappa by id of the track that has one.
    """

    session: str
    pairs: tuple[PairFiles, ...]
    kappas: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyResult:
    """A study compared; its attributes are those of `PairResult`."""

    report: StudyReport
    scheme: Scheme
    rows: tuple[AgreementRow, ...]
    notes: tuple[Finding, ...]
    sessions: tuple[SessionFigures, ...]


def usual_scheme(shelf: Shelf) -> Scheme:
    """The scheme that says of itself that it is the usual one; a folder's own goes first.

    Raises:
        DomainError: its files are wrong, or there is none.
    """
    from ssp_coder.catalog import available_schemes, load_scheme

    for summary in available_schemes(shelf.folders):
        if summary.usual:
            return load_scheme(summary.id, folders=shelf.folders)
    raise refusal(
        "scheme.not_named",
        "no scheme is the usual one",
        "compare a coding file, which brings its scheme",
        place="schemes",
    )


def pair_work(order: PairOrder) -> Work:
    """Reads and compares two codings; it holds values only, no widget."""

    def work(progress: Progress, cancelled: Cancelled) -> object:
        from ssp_coder.reporting.agreement_figures import pair_rows
        from ssp_coder.reporting.agreement_making import pair_report

        files = PairFiles(session="", first=order.first, second=order.second)
        loaded = _loaded((order.first, order.second), order.shelf, (progress, cancelled))

        def told(share: float) -> None:
            _go_on(cancelled)
            progress(_READ + (1 - _READ) * share)

        report = pair_report(files, loaded, order.protocol, watch=told)
        return PairResult(
            report=report,
            scheme=spoken_in(loaded.scheme, order.shelf.language),
            rows=pair_rows(report),
            notes=loaded.notes,
            files=files,
        )

    return work


def study_work(order: StudyOrder) -> Work:
    """Reads and compares the codings of a study; it holds values only, no widget."""

    def work(progress: Progress, cancelled: Cancelled) -> object:
        with _calm():
            loaded, found = _study_files(order, (progress, cancelled))
            try:
                return _studied(order, (loaded, found), (progress, cancelled))
            finally:
                _let_go(loaded)

    return work


def _studied(
    order: StudyOrder, read: tuple[Loaded, Matched], told: tuple[Progress, Cancelled]
) -> StudyResult:
    from ssp_coder.reporting.agreement_figures import study_rows
    from ssp_coder.reporting.agreement_making import study_report

    (loaded, found), (progress, cancelled) = read, told

    def watch(done: int, of: int) -> None:
        _go_on(cancelled)
        progress(_READ + (1 - _READ) * done / of)

    report = study_report(found.pairs, loaded, order.protocol, watch=watch)
    return StudyResult(
        report=report,
        scheme=spoken_in(loaded.scheme, order.shelf.language),
        rows=study_rows(report.study),
        notes=(*loaded.notes, *found.notes),
        sessions=_sessions(report, found.pairs, loaded),
    )


@contextmanager
def _calm() -> Iterator[None]:
    """No search for garbage while a thousand codings are held: one look halts the window."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What was made meanwhile counts as old at once; else the next look goes through it all.
        gc.freeze()
        gc.unfreeze()
        if was_on:
            gc.enable()


def _let_go(loaded: Loaded) -> None:
    """Free the codings one by one, for freeing all at once would halt the window."""
    while loaded.by_file:
        loaded.by_file.popitem()
        time.sleep(0)


def _study_files(order: StudyOrder, told: tuple[Progress, Cancelled]) -> tuple[Loaded, Matched]:
    if order.second is not None:
        first, second = codings_in(order.source), codings_in(order.second)
        loaded = _loaded((*first, *second), order.shelf, told)
        return loaded, matched(first, second, loaded)
    if order.source.is_dir():
        files = codings_in(order.source)
        loaded = _loaded(files, order.shelf, told)
        return loaded, paired_within(files, loaded)
    pairs = listed_pairs(order.source)
    return _loaded(files_of(pairs), order.shelf, told), Matched(pairs=pairs)


def _loaded(files: Iterable[Path], shelf: Shelf, told: tuple[Progress, Cancelled]) -> Loaded:
    def usual() -> Scheme:
        return usual_scheme(shelf)

    return load(files, usual, _reading(*told))


def _reading(progress: Progress, cancelled: Cancelled) -> Read:
    def read(done: int, of: int) -> None:
        _go_on(cancelled)
        progress(_READ * done / max(1, of))

    return read


def _go_on(cancelled: Cancelled) -> None:
    if cancelled():
        raise Abandoned


def _sessions(
    report: StudyReport, pairs: Iterable[PairFiles], loaded: Loaded
) -> tuple[SessionFigures, ...]:
    files: dict[str, list[PairFiles]] = {}
    for one in pairs:
        session = one.session or loaded.pair(one)[0].coding.session or one.first.stem
        files.setdefault(session, []).append(one)
    kappas: dict[str, dict[str, float]] = {session: {} for session in files}
    for track in report.tracks:
        for session, value in track.spread:
            kappas[session][track.track.id] = value
    return tuple(
        SessionFigures(session=session, pairs=tuple(own), kappas=kappas[session])
        for session, own in files.items()
    )
