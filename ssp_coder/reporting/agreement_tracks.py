"""One track in the report of a pair: its indexes, timelines, tables and lags."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.kappa import Kappa
from ssp_coder.agreement.onsets import OnsetAgreement
from ssp_coder.agreement.pair import TrackAgreement
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.agreement_method import (
    KAPPA_BANDS,
    seconds_words,
)
from ssp_coder.reporting.agreement_page import Block, Grid, Heading, Passage, Picture, Pictures
from ssp_coder.reporting.agreement_report import (
    NIL,
    NONE,
    PairReport,
    in_use,
    kappa_words,
    short_words,
    track_name,
)
from ssp_coder.reporting.figures_tables import matrix_figure
from ssp_coder.reporting.figures_timeline import (
    Bar,
    Lanes,
    lag_figure,
    lanes_figure,
)
from ssp_coder.reporting.signs import (
    interval_words,
    percent,
    why_undefined,
)
from ssp_coder.reporting.words import counted

INDEX_HEAD = ("Index", "kappa", "interval", "agreement", "by chance", "max", "n", "of")


def track_blocks(report: PairReport, one: TrackAgreement) -> Iterator[Block]:
    """Indexes, timelines, tables and lags of one track."""
    yield Heading(words=track_name(one.track))
    coders = report.pair.coders
    yield Grid(
        head=INDEX_HEAD,
        rows=tuple(_index_rows(report, one)),
        hints=((1, KAPPA_BANDS),),
    )
    linked = one.alignment
    yield Passage(
        words=f"Aligned events: {counted(len(linked.pairs), 'pair')}, "
        f"{counted(linked.misses, 'miss', 'misses')} (only {coders[0]}), "
        f"{counted(linked.false_alarms, 'false alarm')} (only {coders[1]})."
        f"{removed_words(one.stretch.removed_us)}",
        quiet=True,
    )
    yield Picture(
        figure=lanes_figure(_lanes(one, coders)),
        caption="Both codings over each other; grey: removed. Minutes of the video.",
    )
    yield Pictures(pictures=tuple(_tables(report, one)))


def removed_words(removed_us: int) -> str:
    """How much of a track was taken out, to follow another sentence; empty if nothing was."""
    if not removed_us:
        return ""
    return f" {removed_us / SECOND_US:,.1f} s of it could not be seen and were removed."


def _tables(report: PairReport, one: TrackAgreement) -> Iterator[Picture]:
    coders = report.pair.coders
    names = tuple(_code_name(code, report.scheme) for code in one.track.codes)
    # A session shorter than a unit of time has a kappa of nothing, and no table.
    if one.time is not None and len(names) > 1 and one.time.seconds.any():
        used, shown = in_use((*names, NONE), one.time.seconds)
        yield Picture(
            figure=matrix_figure(used, shown, coders=coders, unit="seconds"),
            caption=f"Seconds: rows {coders[0]}, columns {coders[1]}; darker is more of the row.",
        )
    if one.alignment.table.any():
        used, shown = in_use((*names, NIL), one.alignment.table)
        yield Picture(
            figure=matrix_figure(used, shown, coders=coders, unit="events"),
            caption="Aligned events: a pair counts 2, an event without partner 1.",
        )
    widest = max(report.pair.protocol.onsets_us)
    lags = [lag for onset in _widest(one, report) for lag in onset.lags.values_us]
    if lags:
        yield Picture(
            figure=lag_figure(lags, widest, coders),
            caption=f"Lags of onsets matched within {seconds_words(widest)}, n = {len(lags)}.",
        )


def _index_rows(report: PairReport, one: TrackAgreement) -> Iterator[tuple[str, ...]]:
    protocol, time, coders = report.pair.protocol, one.time, report.pair.coders
    if time is not None:
        within = seconds_words(protocol.tolerance_us)
        yield index_row("time units, no tolerance", time.exact, "units")
        yield index_row(f"time units, ±{within}, {coders[0]} in {coders[1]}", time.forth, "units")
        yield index_row(f"time units, ±{within}, {coders[1]} in {coders[0]}", time.back, "units")
        yield estimate_row(f"time units, ±{within}, mean", time.mean, "units")
    lag = seconds_words(protocol.alignment_us)
    yield index_row(f"events aligned, lag up to {lag}", one.alignment.kappa, "tallies")
    if one.overlap is not None:
        share = f"{100 * protocol.overlap:g} %"
        yield index_row(f"states linked, overlap from {share}", one.overlap.kappa, "tallies")
        yield index_row(
            f"states linked, overlap from {share}, linked only", one.overlap.codes_only, "pairs"
        )
    accuracy = report.accuracy(one)
    if accuracy is not None:
        whom = "of the second coder" if report.against_reference else "of two equal coders"
        yield estimate_row(f"accuracy {whom} behind time-unit kappa", accuracy, "units")


def index_row(name: str, kappa: Kappa, of: str) -> tuple[str, ...]:
    """A kappa with what must stand beside it."""
    return (
        name,
        kappa_words(kappa),
        interval_words(kappa.kappa),
        "" if kappa.p_o.value is None else percent(kappa.p_o.value),
        short_words(kappa.p_e),
        short_words(kappa.kappa_max),
        f"{kappa.n:,}",
        of,
    )


def estimate_row(name: str, estimate: Estimate, of: str) -> tuple[str, ...]:
    """A value that has no table of its own."""
    why = why_undefined(estimate)
    value = f"undefined ({why})" if why else short_words(estimate)
    return (name, value, interval_words(estimate), "", "", "", f"{estimate.n:,}", of)


def _widest(one: TrackAgreement, report: PairReport) -> Iterator[OnsetAgreement]:
    widest = max(report.pair.protocol.onsets_us)
    return (onset for onset in one.onsets if onset.tolerance_us == widest)


def _lanes(one: TrackAgreement, coders: tuple[str, str]) -> Lanes:
    bars = tuple(
        tuple(
            Bar(code=code, start_us=start, end_us=end)
            for start, end, code in zip(
                bouts.starts.tolist(), bouts.ends.tolist(), bouts.codes.tolist(), strict=True
            )
        )
        for bouts in (one.a, one.b)
    )
    return Lanes(
        names=tuple(code.partition(".")[2] or code for code in one.track.codes),
        coders=coders,
        bars=(bars[0], bars[1]),
        window=(one.stretch.start_us, one.stretch.end_us),
        blind=tuple((start, end) for start, end in one.stretch.blind.tolist()),
    )


def _code_name(code: str, scheme: Scheme) -> str:
    if scheme.ethogram.has_code(code):
        return code.partition(".")[2] or code
    return code
