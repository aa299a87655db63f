"""A report of agreement as values for programs."""

from __future__ import annotations

from collections.abc import Iterable

from ssp_coder.agreement.comparison import ClassAgreement
from ssp_coder.agreement.linked import LinkedAgreement
from ssp_coder.agreement.pair import TrackAgreement
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.study import TrackInStudy
from ssp_coder.agreement.table import Floats
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scale import Missing, Points, Score
from ssp_coder.formats.agreement_table import AgreementFigure, AgreementRow
from ssp_coder.formats.protocol_file import protocol_sha256
from ssp_coder.reporting.agreement_figures import pair_rows, study_rows
from ssp_coder.reporting.agreement_method import method_paragraph, sources
from ssp_coder.reporting.agreement_report import NIL, NONE, PairReport, StudyReport


def pair_json(report: PairReport) -> dict[str, object]:
    """The report of a pair; times in microseconds, undefined values null with their reason."""
    pair = report.pair
    return {
        "kind": "pair",
        "session_id": pair.session,
        "coders": list(pair.coders),
        "against_reference": report.against_reference,
        "scheme": {"id": report.scheme.id, "version": report.scheme.version},
        "protocol": protocol_json(pair.protocol),
        "statistics_version": pair.version,
        "window": {
            "start_us": pair.window.start_us,
            "end_us": pair.window.end_us,
            "removed_us": pair.window.blind.tolist(),
        },
        "open_states": list(pair.open_states),
        "doubts": _doubts(report.doubts),
        "tracks": [_track(one) for one in report.tracks],
        "ratings": [
            {
                "slot": row.slot,
                "first": _score(row.reference),
                "second": _score(row.own),
                "difference": row.difference,
            }
            for row in report.ratings
        ],
        "classes": [_class(row) for row in report.classes],
        "figures": _figures(pair_rows(report)),
        "method": method_paragraph(pair.protocol, report.used),
        "sources": list(sources(report.used)),
    }


def study_json(report: StudyReport) -> dict[str, object]:
    """The report of a study."""
    study = report.study
    return {
        "kind": "study",
        "sessions": list(study.sessions),
        "pairs": study.pairs,
        "coders": [list(names) for names in study.coders],
        "scheme": {"id": report.scheme.id, "version": report.scheme.version},
        "protocol": protocol_json(study.protocol),
        "statistics_version": study.version,
        "removed_us": study.removed_us,
        "open_states": study.open_states,
        "doubts": _doubts(report.doubts),
        "tracks": [_study_track(one) for one in report.tracks],
        "scales": [
            {
                "slot": one.slot.id,
                "episode": one.slot.episode,
                "pairs": [list(p) for p in one.pairs],
            }
            for one in study.scales
        ],
        "classes": [
            {
                "level": one.level.value,
                "labels": list(one.figures.labels),
                "table": [list(row) for row in one.figures.table],
            }
            for one in study.classes
        ],
        "figures": _figures(study_rows(study)),
        "method": method_paragraph(study.protocol, report.used),
        "sources": list(sources(report.used)),
    }


def protocol_json(protocol: Protocol) -> dict[str, object]:
    """The settings with their hash."""
    return {
        "name": protocol.name,
        "sha256": protocol_sha256(protocol),
        "unit_us": protocol.unit_us,
        "tolerance_us": protocol.tolerance_us,
        "alignment_us": protocol.alignment_us,
        "onsets_us": list(protocol.onsets_us),
        "overlap": protocol.overlap,
        "interval_us": protocol.interval_us,
        "window": protocol.window.value,
        "lumps": [{"name": lump.name, "codes": list(lump.codes)} for lump in protocol.lumps],
        "block_us": protocol.block_us,
        "resamples": protocol.resamples,
        "seed": protocol.seed,
    }


def _figures(rows: Iterable[AgreementRow]) -> list[dict[str, object]]:
    return [_figure(row.figure) for row in rows]


def _figure(figure: AgreementFigure) -> dict[str, object]:
    estimate = figure.estimate
    return {
        "level": figure.level.value,
        "item": figure.item,
        "code": figure.code or None,
        "episode": figure.episode or None,
        "statistic": figure.statistic,
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "interval": figure.interval or None,
        "n": estimate.n,
        "undefined": estimate.undefined.value if estimate.undefined else None,
        "method": figure.method,
        "tolerance_us": figure.tolerance_us,
    }


def _track(one: TrackAgreement) -> dict[str, object]:
    return {
        "track": one.track.id,
        "title": one.track.title,
        "subject": one.track.subject,
        "codes": list(one.track.codes),
        "events": [len(one.a), len(one.b)],
        "seconds": None if one.time is None else _named(one.time.seconds, one.track.codes, NONE),
        "aligned": _named(one.alignment.table, one.track.codes, NIL),
        "linked": _links(one.alignment),
        "removed_us": one.stretch.blind.tolist(),
    }


def _links(found: LinkedAgreement) -> dict[str, object]:
    """Aligned events by their ids in each coding, with the lag of the second; and those alone."""
    first, second = found.a.ids.tolist(), found.b.ids.tolist()
    return {
        "pairs": [
            {"first": first[i], "second": second[j], "lag_us": lag}
            for (i, j), lag in zip(found.pairs, found.lags_us(), strict=True)
        ],
        "misses": [first[i] for i in found.alone_a().tolist()],
        "false_alarms": [second[j] for j in found.alone_b().tolist()],
    }


def _study_track(one: TrackInStudy) -> dict[str, object]:
    return {
        "track": one.track.id,
        "title": one.track.title,
        "subject": one.track.subject,
        "codes": list(one.track.codes),
        "sessions": one.sessions,
        "units": None if one.tables is None else _named(one.tables[0], one.track.codes, NONE),
        "aligned": _named(one.alignment_table, one.track.codes, NIL),
        "removed_us": one.removed_us,
        "by_session": [{"session_id": name, "kappa": value} for name, value in one.spread],
    }


def _named(table: Floats, codes: tuple[str, ...], last: str) -> dict[str, object]:
    return {"names": [*codes, last], "table": table.tolist()}


def _doubts(doubts: Iterable[Finding]) -> list[str]:
    return [doubt.sentence() for doubt in doubts]


def _class(row: ClassAgreement) -> dict[str, object]:
    return {
        "level": row.level.value,
        "first": row.reference or None,
        "second": row.own or None,
        "agrees": row.agrees,
    }


def _score(score: Score) -> float | str:
    if isinstance(score, Points):
        return score.value
    return score.reason if isinstance(score, Missing) else score.value
