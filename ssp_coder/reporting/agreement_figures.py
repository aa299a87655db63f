"""Every number of an agreement report, one by one: for the CSV table and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ssp_coder.agreement.alpha import alpha_of_table
from ssp_coder.agreement.estimate import Estimate, known
from ssp_coder.agreement.gwet import ac1
from ssp_coder.agreement.interval_agreement import IntervalAgreement
from ssp_coder.agreement.kappa import bias_index, pabak, prevalence_index, scott_pi
from ssp_coder.agreement.lags import LagSummary
from ssp_coder.agreement.linked import LinkedAgreement
from ssp_coder.agreement.onsets import Hits, OnsetAgreement
from ssp_coder.agreement.pair import TrackAgreement
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.study import StudyAgreement, TrackInStudy
from ssp_coder.agreement.study_onsets import CodeInStudy
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.time_units import TimeAgreement
from ssp_coder.agreement.tracks import Track
from ssp_coder.formats.agreement_table import AgreementFigure, AgreementRow, Level
from ssp_coder.formats.protocol_file import protocol_sha256
from ssp_coder.reporting.agreement_case_figures import case_figures
from ssp_coder.reporting.agreement_item import BLOCKS, SESSIONS, Item
from ssp_coder.reporting.agreement_method import seconds_words
from ssp_coder.reporting.agreement_report import NONE, PairReport

_TWO = 2
"""A code, and the state without it."""


def pair_rows(report: PairReport) -> tuple[AgreementRow, ...]:
    """The rows of a pair."""
    pair = report.pair
    found = chain.from_iterable(_track_figures(report, one) for one in pair.tracks)
    return tuple(
        AgreementRow(
            session=pair.session,
            first=pair.coders[0],
            second=pair.coders[1],
            figure=figure,
            protocol=protocol_sha256(pair.protocol),
            version=pair.version,
        )
        for figure in found
    )


def study_rows(study: StudyAgreement) -> tuple[AgreementRow, ...]:
    """The rows of a study."""
    found = chain(
        chain.from_iterable(_study_track(one, study.protocol) for one in study.tracks),
        case_figures(study),
    )
    first, second = (names[0] if len(names) == 1 else "several" for names in study.coders)
    return tuple(
        AgreementRow(
            session=f"{len(study.sessions)} sessions",
            first=first,
            second=second,
            figure=figure,
            protocol=protocol_sha256(study.protocol),
            version=study.version,
        )
        for figure in found
    )


def _track_figures(report: PairReport, one: TrackAgreement) -> Iterator[AgreementFigure]:
    protocol = report.pair.protocol
    if one.time is not None:
        yield from _time_figures(one, one.time, protocol)
        accuracy = report.accuracy(one)
        if accuracy is not None:
            method = f"accuracy model, {report.observers.value}"
            yield Item(Level.TRACK, one.track.id, method, BLOCKS).figure("accuracy", accuracy)
    lag = protocol.alignment_us
    yield from _linked_figures(one, one.alignment, "event alignment", lag)
    if one.overlap is not None:
        method = f"linked by overlap from {100 * protocol.overlap:g} %"
        yield from _linked_figures(one, one.overlap, method, None)
    matched = Item(Level.TRACK, one.track.id, "onset matching, all codes", BLOCKS)
    for within, f1 in one.f1:
        yield matched.figure("f1", f1, tolerance_us=within)
    for onset in one.onsets:
        yield from _onset_figures(one, onset)
    for interval in one.intervals:
        yield from _interval_figures(one, interval)
    yield from _episode_figures(one, protocol)


def _time_figures(
    one: TrackAgreement, time: TimeAgreement, protocol: Protocol
) -> Iterator[AgreementFigure]:
    unit = f"time units of {seconds_words(protocol.unit_us)}"
    item = Item(Level.TRACK, one.track.id, unit, BLOCKS)
    yield from item.kappa(time.exact, tolerance_us=0)
    for way, kappa in (("first in second", time.forth), ("second in first", time.back)):
        directed = Item(Level.TRACK, one.track.id, f"{unit}, {way}", BLOCKS)
        yield from directed.kappa(kappa, tolerance_us=time.tolerance_us)
    mean = Item(Level.TRACK, one.track.id, f"{unit}, mean of both directions", BLOCKS)
    yield mean.figure("kappa", time.mean, tolerance_us=time.tolerance_us)
    yield from _companions(one.track, time.tables[0], unit)
    for code, estimate in zip((*one.track.codes, NONE), time.by_code, strict=True):
        yield item.figure("specific_agreement", estimate, code=code, tolerance_us=0)


def _companions(track: Track, table: Floats, method: str) -> Iterator[AgreementFigure]:
    """What some ask for beside kappa of time units, from the same table; never the headline."""
    item = Item(Level.TRACK, track.id, method)
    named = (
        ("pabak", pabak(table)),
        ("scott_pi", scott_pi(table)),
        ("ac1", ac1(table).ac),
        ("alpha_nominal", alpha_of_table(table)),
    )
    for name, estimate in named:
        yield item.figure(name, estimate, tolerance_us=0)
    if len(table) == _TWO:
        yield item.figure("bias_index", bias_index(table), tolerance_us=0)
        yield item.figure("prevalence_index", prevalence_index(table), tolerance_us=0)


def _linked_figures(
    one: TrackAgreement, linked: LinkedAgreement, method: str, tolerance_us: int | None
) -> Iterator[AgreementFigure]:
    item = Item(Level.TRACK, one.track.id, method, BLOCKS)
    yield from item.kappa(linked.kappa, tolerance_us=tolerance_us)
    yield item.figure("kappa_linked_only", linked.codes_only.kappa, tolerance_us=tolerance_us)
    yield item.figure("share_linked", linked.linked, tolerance_us=tolerance_us)
    events = len(linked.a) + len(linked.b)
    for name, count in (("misses", linked.misses), ("false_alarms", linked.false_alarms)):
        yield item.figure(name, known(count, events), tolerance_us=tolerance_us)
    for code, found in zip(one.track.codes, linked.by_code, strict=True):
        named = (("specific_agreement", found.specific), ("kappa", found.kappa))
        for name, estimate in named:
            yield item.figure(name, estimate, code=code, tolerance_us=tolerance_us)


def _hit_figures(item: Item, code: str, hits: Hits, tolerance_us: int) -> Iterator[AgreementFigure]:
    named = (
        ("hits", known(hits.hits, hits.n)),
        ("misses", known(hits.misses, hits.n)),
        ("false_alarms", known(hits.false_alarms, hits.n)),
        ("precision", hits.precision),
        ("recall", hits.recall),
    )
    for name, estimate in named:
        yield item.figure(name, estimate, code=code, tolerance_us=tolerance_us)


def _onset_figures(one: TrackAgreement, onset: OnsetAgreement) -> Iterator[AgreementFigure]:
    item = Item(Level.TRACK, one.track.id, "onset matching")
    code, within = one.track.codes[onset.code], onset.tolerance_us
    yield from _hit_figures(item, code, onset.counts, within)
    yield item.figure("f1", onset.counts.f1, code=code, tolerance_us=within)
    named = (
        *_lag_figures(onset.lags),
        ("offset_bias_us", onset.ends.mean_us),
        ("duration_bias_us", onset.lengths.mean_us),
    )
    for name, estimate in named:
        yield item.figure(name, estimate, code=code, tolerance_us=within)


def _lag_figures(lags: LagSummary) -> Iterable[tuple[str, Estimate]]:
    return (
        ("lag_mean_us", lags.mean_us),
        ("lag_median_us", lags.median_us),
        ("lag_25_us", lags.quartiles_us[0]),
        ("lag_75_us", lags.quartiles_us[1]),
        ("lag_5_us", lags.tails_us[0]),
        ("lag_95_us", lags.tails_us[1]),
        *zip(("within_500_ms", "within_1_s", "within_2_s"), lags.near, strict=True),
    )


def _interval_figures(one: TrackAgreement, found: IntervalAgreement) -> Iterator[AgreementFigure]:
    method = f"interval by interval, {seconds_words(found.interval_us)}"
    item = Item(Level.TRACK, one.track.id, method)
    named = (
        ("occurrence", found.occurrence),
        ("non_occurrence", found.non_occurrence),
        ("total", found.total),
        ("kappa", found.kappa.kappa),
        ("exact_count", found.exact_count),
        ("count_ratio", found.count_ratio),
        ("count_ratio_used", found.count_ratio_used),
    )
    for name, estimate in named:
        yield item.figure(name, estimate, code=one.track.codes[found.code])


def _episode_figures(one: TrackAgreement, protocol: Protocol) -> Iterator[AgreementFigure]:
    unit = f"time units of {seconds_words(protocol.unit_us)}"
    units = Item(Level.TRACK, one.track.id, unit, BLOCKS)
    onsets = Item(Level.TRACK, one.track.id, "onset matching")
    for part in one.episodes:
        if part.time is not None:
            yield from units.kappa(part.time, episode=part.episode, tolerance_us=0)
        for tolerance_us, hits in part.hits:
            yield onsets.figure("f1", hits.f1, episode=part.episode, tolerance_us=tolerance_us)


def _study_track(one: TrackInStudy, protocol: Protocol) -> Iterator[AgreementFigure]:
    unit = f"time units of {seconds_words(protocol.unit_us)}, sessions summed"
    item = Item(Level.TRACK, one.track.id, unit, SESSIONS)
    if one.exact is not None and one.tables is not None:
        yield from item.kappa(one.exact, tolerance_us=0)
        yield from _companions(one.track, one.tables[0], unit)
    for way, kappa in zip(("first in second", "second in first"), one.directions, strict=False):
        directed = Item(Level.TRACK, one.track.id, f"{unit}, {way}", SESSIONS)
        yield from directed.kappa(kappa, tolerance_us=protocol.tolerance_us)
    if one.mean is not None:
        yield item.figure("kappa_mean", one.mean, tolerance_us=protocol.tolerance_us)
    if one.accuracy is not None:
        model = Item(Level.TRACK, one.track.id, "accuracy model", SESSIONS)
        yield model.figure("accuracy", one.accuracy)
    events = Item(Level.TRACK, one.track.id, "event alignment, sessions summed", SESSIONS)
    yield from events.kappa(one.alignment, tolerance_us=protocol.alignment_us)
    if one.overlap is not None:
        method = f"linked by overlap from {100 * protocol.overlap:g} %, sessions summed"
        yield from Item(Level.TRACK, one.track.id, method, SESSIONS).kappa(one.overlap)
    if one.by_code:
        for name, estimate in zip((*one.track.codes, NONE), one.by_code, strict=True):
            yield item.figure("specific_agreement", estimate, code=name, tolerance_us=0)
    for code in one.codes:
        yield from _study_code(one, code)
    yield from _study_episodes(one, item)


def _study_code(one: TrackInStudy, code: CodeInStudy) -> Iterator[AgreementFigure]:
    item = Item(Level.TRACK, one.track.id, "onset matching, sessions summed", SESSIONS)
    yield from _hit_figures(item, code.code, code.hits, code.tolerance_us)
    yield item.figure("f1", code.f1, code=code.code, tolerance_us=code.tolerance_us)
    for name, estimate in _lag_figures(code.lags):
        yield item.figure(name, estimate, code=code.code, tolerance_us=code.tolerance_us)


def _study_episodes(one: TrackInStudy, units: Item) -> Iterator[AgreementFigure]:
    onsets = Item(Level.TRACK, one.track.id, "onset matching, sessions summed", SESSIONS)
    for part in one.episodes:
        if part.time is not None:
            yield from units.kappa(part.time, episode=part.episode, tolerance_us=0)
        for found in part.onsets:
            yield onsets.figure(
                "f1", found.f1, episode=part.episode, tolerance_us=found.tolerance_us
            )
