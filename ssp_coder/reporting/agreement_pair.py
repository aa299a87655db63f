"""The report of two codings of one session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ssp_coder.agreement.comparison import ClassAgreement, RatingDifference
from ssp_coder.agreement.lags import LagSummary
from ssp_coder.agreement.pair import TrackAgreement
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US, short_clock_text
from ssp_coder.formats.scores import slot_label
from ssp_coder.reporting.agreement_cases import LEVEL_NAMES
from ssp_coder.reporting.agreement_method import (
    ACCURACY,
    KAPPA_BANDS,
    seconds_words,
)
from ssp_coder.reporting.agreement_page import Block, Grid, Heading, Passage, Picture
from ssp_coder.reporting.agreement_report import (
    DASH,
    PairReport,
    main_estimate,
    method_blocks,
    short_words,
    track_name,
)
from ssp_coder.reporting.agreement_tracks import track_blocks
from ssp_coder.reporting.figures_timeline import (
    interval_figure,
)
from ssp_coder.reporting.signs import (
    minus,
    percent,
    value_words,
    with_interval,
)
from ssp_coder.reporting.words import counted, score_words

_APPROXIMATE = (
    "Intervals within one session are approximate: 95 % percentile intervals of resampled blocks."
)


def pair_blocks(report: PairReport) -> Iterator[Block]:
    """The report from its title to its sources."""
    yield Heading(words=report.title, level=1)
    yield from _opening(report)
    yield from _summary(report)
    yield from _per_code(report)
    yield from _per_episode(report)
    for one in report.tracks:
        yield from track_blocks(report, one)
    yield from _ratings(report)
    yield from method_blocks(report.pair.protocol, report.used)


def _opening(report: PairReport) -> Iterator[Block]:
    pair = report.pair
    for doubt in report.doubts:
        yield Passage(words=f"Careful: {doubt.sentence()}.")
    first, second = pair.coders
    start, end = pair.window.start_us, pair.window.end_us
    removed = int(np.diff(pair.window.blind, axis=1).sum()) if len(pair.window.blind) else 0
    truth = " (taken for the reference)" if report.against_reference else ""
    yield Passage(
        words=f"First coder: {first}{truth}. Second coder: {second}. "
        f"Scheme {report.scheme.id} {report.scheme.version}. "
        f"Compared: {short_clock_text(start, digits=0)} to {short_clock_text(end, digits=0)}, "
        f"{(end - start) / SECOND_US:,.1f} s, of which {removed / SECOND_US:,.1f} s "
        f"could not be seen and were removed."
    )
    if any(pair.open_states):
        left = " and ".join(
            f"{count} by {coder}"
            for count, coder in zip(pair.open_states, pair.coders, strict=True)
        )
        yield Passage(words=f"States never ended, taken to last to the end: {left}.")
    if not report.tracks:
        yield Passage(words="There is nothing to compare: neither coder recorded an event.")


def _summary(report: PairReport) -> Iterator[Block]:
    if not report.tracks:
        return
    tolerance = seconds_words(report.pair.protocol.tolerance_us)
    unit = seconds_words(report.pair.protocol.unit_us)
    yield Heading(words="Time and events, per person and group")
    yield Grid(
        head=(
            "",
            f"kappa, {unit} units",
            f"kappa, ±{tolerance}",
            "agreement",
            "accuracy",
            "units",
            "kappa, events",
            "events",
        ),
        rows=tuple(_summary_row(report, one) for one in report.tracks),
        hints=(
            (1, KAPPA_BANDS),
            (2, "Mean of both directions"),
            (4, ACCURACY),
            (6, f"Aligned events; {KAPPA_BANDS}"),
        ),
    )
    rows = [(track_name(one.track), main_estimate(one)) for one in report.tracks]
    yield Picture(
        figure=interval_figure(rows, "Kappa"),
        caption="Kappa of time units without tolerance; of aligned events where codes are moments. "
        + _APPROXIMATE,
    )


def _summary_row(report: PairReport, one: TrackAgreement) -> tuple[str, ...]:
    events = with_interval(one.alignment.kappa.kappa), f"{len(one.a) + len(one.b):,}"
    if one.time is None:
        return (track_name(one.track), "moments", *("" for _ in range(4)), *events)
    exact, accuracy = one.time.exact, report.accuracy(one)
    return (
        track_name(one.track),
        with_interval(exact.kappa),
        short_words(one.time.mean),
        "" if exact.p_o.value is None else percent(exact.p_o.value),
        "" if accuracy is None else short_words(accuracy),
        f"{exact.n:,}",
        *events,
    )


def _per_code(report: PairReport) -> Iterator[Block]:
    if not report.tracks:
        return
    first, second = report.pair.coders
    tolerances = report.pair.protocol.onsets_us
    yield Heading(words="Per code")
    yield Passage(
        words=f"Events: {first} / {second}. F1 is the share of all onsets of both that are matched "
        f"within the tolerance; lags are {second} minus {first} at the largest tolerance; time is "
        "agreement specific to the code over time units; intervals is the kappa of its presence "
        f"interval by interval. {DASH}",
        quiet=True,
    )
    head = (
        "",
        "events",
        *(f"F1 {seconds_words(time)}" for time in tolerances),
        "recall",
        "precision",
        "median lag",
        "middle half, s",
        "time",
        "intervals",
    )
    rows = tuple(row for one in report.tracks for row in _code_rows(one, tolerances))
    yield Grid(head=head, rows=rows)


def _code_rows(one: TrackAgreement, tolerances: Sequence[int]) -> Iterator[tuple[str, ...]]:
    for place, code in enumerate(one.track.codes):
        found = [onset for onset in one.onsets if onset.code == place]
        counts = int((one.a.codes == place).sum()), int((one.b.codes == place).sum())
        if not any(counts) or not found:
            continue
        by_time = {onset.tolerance_us: onset for onset in found}
        widest = by_time[max(tolerances)]
        yield (
            f"{one.track.subject}: {code}",
            f"{counts[0]} / {counts[1]}",
            *(short_words(by_time[time].counts.f1) for time in tolerances),
            short_words(widest.counts.recall),
            short_words(widest.counts.precision),
            *_lag_cells(widest.lags),
            "" if one.time is None else short_words(one.time.by_code[place]),
            short_words(one.intervals[place].kappa.kappa),
        )


def _lag_cells(lags: LagSummary) -> tuple[str, str]:
    low, high = lags.quartiles_us
    if lags.median_us.value is None or low.value is None or high.value is None:
        return "–", "–"
    ends = (lag_words(end).removesuffix(" s") for end in (low.value, high.value))
    return lag_words(lags.median_us.value), " to ".join(ends)


def lag_words(time_us: float) -> str:
    """``+0.24 s``."""
    words = f"{time_us / SECOND_US:+.2f} s"
    return minus("0.00 s" if words in {"+0.00 s", "-0.00 s"} else words)


def _per_episode(report: PairReport) -> Iterator[Block]:
    rows = tuple(_episode_rows(report))
    if not rows:
        return
    widest = max(report.pair.protocol.onsets_us)
    yield Heading(words="Per episode")
    yield Grid(
        head=(
            "",
            "episode",
            "kappa, time units",
            "agreement",
            "units",
            f"F1 {seconds_words(widest)}",
            "matched",
            "misses",
            "false alarms",
        ),
        rows=rows,
        hints=((2, KAPPA_BANDS),),
    )


def _episode_rows(report: PairReport) -> Iterator[tuple[str, ...]]:
    for one in report.tracks:
        for part in one.episodes:
            hits = dict(part.hits)[max(report.pair.protocol.onsets_us)]
            time = part.time
            if (time is None or _is_silent(part.table)) and not hits.n:
                continue
            yield (
                track_name(one.track),
                part.episode,
                "" if time is None else value_words(time.kappa),
                "" if time is None or time.p_o.value is None else percent(time.p_o.value),
                "" if time is None else f"{time.n:,}",
                short_words(hits.f1),
                str(hits.hits),
                str(hits.misses),
                str(hits.false_alarms),
            )


def _is_silent(table: object) -> bool:
    """Whether neither coder had any code in an episode."""
    return isinstance(table, np.ndarray) and not (table[:-1].any() or table[:, :-1].any())


def _ratings(report: PairReport) -> Iterator[Block]:
    first, second = report.pair.coders
    rated = [row for row in report.ratings if row.difference is not None]
    if rated:
        yield Heading(words="Ratings")
        yield Passage(
            words=f"{counted(len(rated), 'place')} rated by both: "
            f"{sum(row.difference == 0 for row in rated)} equal, "
            f"{sum(abs(row.difference or 0) <= 1 for row in rated)} within one point. One session "
            "gives no coefficient; compare several sessions for that.",
            quiet=True,
        )
        yield Grid(
            head=("", first, second, "difference"),
            rows=tuple(_rating_row(row, report.scheme) for row in report.ratings if _said(row)),
        )
    classes = [row for row in report.classes if row.reference or row.own]
    if classes:
        yield Heading(words="Class")
        yield Grid(head=("", first, second, ""), rows=tuple(_class_row(row) for row in classes))


def _said(row: RatingDifference) -> bool:
    return row.difference is not None or row.reference != row.own


def _rating_row(row: RatingDifference, scheme: Scheme) -> tuple[str, ...]:
    apart = (
        "" if row.difference is None else minus(f"{row.difference:+g}" if row.difference else "0")
    )
    return slot_label(row.slot, scheme), score_words(row.reference), score_words(row.own), apart


def _class_row(row: ClassAgreement) -> tuple[str, ...]:
    verdict = {True: "agrees", False: "differs", None: "not comparable"}[row.agrees]
    return LEVEL_NAMES[row.level], row.reference or "–", row.own or "–", verdict
