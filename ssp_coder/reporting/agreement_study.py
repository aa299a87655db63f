"""The report of a study: many sessions, two coders each or more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.study import TrackInStudy
from ssp_coder.agreement.study_onsets import CodeInStudy
from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.agreement_cases import CODERS, case_blocks
from ssp_coder.reporting.agreement_method import (
    ACCURACY,
    KAPPA_BANDS,
    seconds_words,
)
from ssp_coder.reporting.agreement_page import Block, Grid, Heading, Passage, Picture, Pictures
from ssp_coder.reporting.agreement_pair import lag_words
from ssp_coder.reporting.agreement_report import (
    DASH,
    NIL,
    NONE,
    StudyReport,
    in_use,
    method_blocks,
    short_words,
    track_name,
)
from ssp_coder.reporting.agreement_tracks import (
    INDEX_HEAD,
    estimate_row,
    index_row,
    removed_words,
)
from ssp_coder.reporting.figures_tables import matrix_figure
from ssp_coder.reporting.figures_timeline import interval_figure, lag_figure
from ssp_coder.reporting.signs import (
    percent,
    two_decimals,
    with_interval,
)
from ssp_coder.reporting.words import both, counted

_MOST_NAMED = 6


def study_blocks(report: StudyReport) -> Iterator[Block]:
    """The report from its title to its sources."""
    yield Heading(words=report.title, level=1)
    yield from _opening(report)
    yield from case_blocks(report)
    yield from _summary(report)
    yield from _codes(report)
    yield from _per_episode(report)
    for one in report.tracks:
        yield from _track(report, one)
    yield from method_blocks(report.study.protocol, report.used)


def _opening(report: StudyReport) -> Iterator[Block]:
    study = report.study
    for doubt in report.doubts[:_MOST_NAMED]:
        yield Passage(words=f"Careful: {doubt.sentence()}.")
    if len(report.doubts) > _MOST_NAMED:
        yield Passage(words=f"{len(report.doubts) - _MOST_NAMED} further doubts are not shown.")
    first, second = (_named(names) for names in study.coders)
    yield Passage(
        words=f"{counted(study.pairs, 'pair')} of codings of "
        f"{counted(len(study.sessions), 'session')}. First coders: {first}. Second coders: "
        f"{second}. Scheme {report.scheme.id} {report.scheme.version}. "
        f"{study.removed_us / SECOND_US:,.1f} s could not be seen and were removed. "
        f"{counted(study.open_states, 'state')} never ended, taken to last to the end."
    )
    if study.pairs > len(study.sessions):
        yield Passage(
            words="Of several pairs of a session all count for times and events, and the first for "
            "ratings and classes, so that no case counts twice.",
            quiet=True,
        )


def _named(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return both(names)
    return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"


def _summary(report: StudyReport) -> Iterator[Block]:
    if not report.tracks:
        return
    protocol = report.study.protocol
    yield Heading(words="Time and events, per person and group")
    yield Grid(
        head=(
            "",
            f"kappa, {seconds_words(protocol.unit_us)} units",
            f"kappa, ±{seconds_words(protocol.tolerance_us)}",
            "accuracy",
            "units",
            "kappa, events",
            "tallies",
            "sessions",
        ),
        rows=tuple(_track_row(one) for one in report.tracks),
        hints=(
            (1, KAPPA_BANDS),
            (2, "Mean of both directions"),
            (3, ACCURACY),
            (5, "Aligned events"),
        ),
    )
    rows = [(track_name(one.track), _main(one)) for one in report.tracks]
    yield Picture(
        figure=interval_figure(rows, "Kappa"),
        caption="Kappa of time units without tolerance; of aligned events where codes are moments. "
        "Intervals: sessions drawn anew.",
    )


def _main(one: TrackInStudy) -> Estimate:
    return one.alignment.kappa if one.exact is None else one.exact.kappa


def _track_row(one: TrackInStudy) -> tuple[str, ...]:
    linked = one.alignment
    events = with_interval(linked.kappa), f"{linked.n:,}", str(one.sessions)
    if one.exact is None or one.mean is None:
        return (track_name(one.track), "moments", "", "", "", *events)
    return (
        track_name(one.track),
        with_interval(one.exact.kappa),
        with_interval(one.mean),
        "" if one.accuracy is None else short_words(one.accuracy),
        f"{one.exact.n:,}",
        *events,
    )


def _codes(report: StudyReport) -> Iterator[Block]:
    rows = tuple(row for one in report.tracks for row in _code_rows(one))
    if not rows:
        return
    tolerances = report.study.protocol.onsets_us
    yield Heading(words="Per code")
    yield Passage(
        words="F1 is the share of all onsets of both that are matched within the tolerance; lags "
        "are the second coder minus the first at the largest tolerance; time is agreement specific "
        f"to the code over time units. {DASH}",
        quiet=True,
    )
    yield Grid(
        head=(
            "",
            *(f"F1 {seconds_words(time)}" for time in tolerances),
            "median lag",
            "mean lag",
            "time",
            "first",
            "second",
            "sessions",
        ),
        rows=rows,
        hints=((len(tolerances) + 2, "With the interval of sessions drawn anew"),),
    )


def _code_rows(one: TrackInStudy) -> Iterator[tuple[str, ...]]:
    by_code: dict[str, list[CodeInStudy]] = {}
    for code in one.codes:
        by_code.setdefault(code.code, []).append(code)
    times = one.by_code or (None,) * len(by_code)
    for (name, found), time in zip(by_code.items(), times, strict=False):
        hits, widest = found[0].hits, max(found, key=lambda code: code.tolerance_us)
        if not hits.n and (time is None or not time.is_defined):
            continue
        yield (
            f"{one.track.subject}: {name}",
            # Intervals at the other tolerances are in the table; here they would break the cells.
            *(with_interval(at.f1) if at is widest else short_words(at.f1) for at in found),
            _lag(widest.lags.median_us),
            _lag(widest.lags.mean_us),
            "" if time is None else with_interval(time),
            str(hits.hits + hits.misses),
            str(hits.hits + hits.false_alarms),
            str(found[0].sessions),
        )


def _lag(lag: Estimate) -> str:
    """``+0.24 s [+0.11 to +0.38 s]``."""
    if lag.value is None:
        return "–"
    if lag.low is None or lag.high is None:
        return lag_words(lag.value)
    low = lag_words(lag.low).removesuffix(" s")
    return f"{lag_words(lag.value)} [{low} to {lag_words(lag.high)}]"


def _per_episode(report: StudyReport) -> Iterator[Block]:
    rows = tuple(row for one in report.tracks for row in _episode_rows(one))
    if not rows:
        return
    widest = seconds_words(max(report.study.protocol.onsets_us))
    yield Heading(words="Per episode")
    yield Grid(
        head=(
            "",
            "episode",
            "kappa, time units",
            "agreement",
            "units",
            f"F1 {widest}",
            "matched",
            "misses",
            "false alarms",
            "sessions",
        ),
        rows=rows,
        hints=((2, KAPPA_BANDS),),
    )


def _episode_rows(one: TrackInStudy) -> Iterator[tuple[str, ...]]:
    for part in one.episodes:
        if part.silent:
            continue
        time, widest = part.time, max(part.onsets, key=lambda found: found.tolerance_us)
        yield (
            track_name(one.track),
            part.episode,
            "" if time is None else with_interval(time.kappa),
            "" if time is None or time.p_o.value is None else percent(time.p_o.value),
            "" if time is None else f"{time.n:,}",
            with_interval(widest.f1),
            str(widest.hits.hits),
            str(widest.hits.misses),
            str(widest.hits.false_alarms),
            str(part.sessions),
        )


def _track(report: StudyReport, one: TrackInStudy) -> Iterator[Block]:
    yield Heading(words=track_name(one.track))
    yield Grid(head=INDEX_HEAD, rows=tuple(_index_rows(report, one)), hints=((1, KAPPA_BANDS),))
    words = f"{_spread_words(one)}{removed_words(one.removed_us)}".strip()
    if words:
        yield Passage(words=words, quiet=True)
    names = tuple(code.partition(".")[2] or code for code in one.track.codes)
    pictures = []
    if one.tables is not None and len(names) > 1 and one.tables[0].any():
        seconds = one.tables[0] * report.study.protocol.unit_us / SECOND_US
        used, shown = in_use((*names, NONE), seconds)
        figure = matrix_figure(used, shown, coders=CODERS, unit="seconds")
        pictures.append(Picture(figure=figure, caption="Seconds, all sessions."))
    if one.alignment_table.any():
        used, shown = in_use((*names, NIL), one.alignment_table)
        figure = matrix_figure(used, shown, coders=CODERS, unit="events")
        caption = "Aligned events, all sessions: a pair counts 2, an event without partner 1."
        pictures.append(Picture(figure=figure, caption=caption))
    lags = [lag for code in _widest(one) for lag in code.lags.values_us]
    if lags:
        widest = max(report.study.protocol.onsets_us)
        caption = (
            f"Lags of onsets matched within {seconds_words(widest)}, all sessions, n = {len(lags)}."
        )
        pictures.append(Picture(figure=lag_figure(lags, widest, CODERS), caption=caption))
    yield Pictures(pictures=tuple(pictures))


def _spread_words(one: TrackInStudy) -> str:
    if not one.spread:
        return ""
    values = [value for _, value in one.spread]
    session, least = min(one.spread, key=lambda entry: entry[1])
    return (
        f"Kappa pair by pair: median {two_decimals(median(values))}, lowest "
        f"{two_decimals(least)} (session {session}), n = {len(values)}."
    )


def _index_rows(report: StudyReport, one: TrackInStudy) -> Iterator[tuple[str, ...]]:
    protocol = report.study.protocol
    if one.exact is not None:
        yield index_row("time units, no tolerance", one.exact, "units")
    within = seconds_words(protocol.tolerance_us)
    for way, kappa in zip(("first in second", "second in first"), one.directions, strict=False):
        yield index_row(f"time units, ±{within}, {way}", kappa, "units")
    if one.mean is not None:
        yield estimate_row(f"time units, ±{within}, mean", one.mean, "units")
    lag = seconds_words(protocol.alignment_us)
    yield index_row(f"events aligned, lag up to {lag}", one.alignment, "tallies")
    if one.overlap is not None:
        share = f"{100 * protocol.overlap:g} %"
        yield index_row(f"states linked, overlap from {share}", one.overlap, "tallies")
    if one.accuracy is not None:
        yield estimate_row("accuracy behind time-unit kappa", one.accuracy, "units")


def _widest(one: TrackInStudy) -> Iterator[CodeInStudy]:
    widest = max((code.tolerance_us for code in one.codes), default=0)
    return (code for code in one.codes if code.tolerance_us == widest)
