"""Which event of a coding answers which event of a reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssp_coder.agreement.comparison import Difference, DifferenceKind
from ssp_coder.agreement.matching import pairs_within
from ssp_coder.domain.coding import Event
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import EpisodeSpan, episode_id_at
from ssp_coder.domain.time import Micros

Pair = tuple[Event, Event]
"""An event of the reference and the own one."""
_LaneKey = tuple[str, str, str]


def differences(
    reference: Sequence[Event],
    own: Sequence[Event],
    scheme: Scheme,
    spans: tuple[EpisodeSpan, ...],
    tolerance_us: Micros,
) -> tuple[Difference, ...]:
    """Every event of both codings, paired or alone, in order of time.

    Only events of one subject, group and kind can answer each other. Same codes are paired first;
    what is left of a group is paired as wrong code. Both steps take as many pairs within the
    tolerance as there can be, and of these the ones with the least total lag.

    Args:
        reference: events in order of time.
        own: events in order of time.
        scheme: what both were coded with.
        spans: episodes by which rows are named.
        tolerance_us: largest lag of a pair.
    """
    left, right = _lanes(reference, scheme), _lanes(own, scheme)
    rows: list[Difference] = []
    for key in {**left, **right}:
        rows.extend(_lane_rows(left.get(key, []), right.get(key, []), spans, tolerance_us))
    return tuple(sorted(rows, key=_time_order))


def _lanes(events: Iterable[Event], scheme: Scheme) -> dict[_LaneKey, list[Event]]:
    lanes: dict[_LaneKey, list[Event]] = {}
    for event in events:
        code = scheme.ethogram.code(event.code)
        lanes.setdefault((event.subject, code.group, code.kind.value), []).append(event)
    return lanes


def _lane_rows(
    reference: list[Event],
    own: list[Event],
    spans: tuple[EpisodeSpan, ...],
    tolerance_us: Micros,
) -> Iterator[Difference]:
    matches = [
        pair
        for code in dict.fromkeys(event.code for event in reference)
        for pair in _pairs(
            [event for event in reference if event.code == code],
            [event for event in own if event.code == code],
            tolerance_us,
        )
    ]
    missed, extra = _alone(reference, own, matches)
    wrong = _pairs(missed, extra, tolerance_us)
    missed, extra = _alone(missed, extra, wrong)
    for kind, pairs in ((DifferenceKind.MATCH, matches), (DifferenceKind.WRONG_CODE, wrong)):
        for pair in pairs:
            yield _pair_row(kind, pair, spans, tolerance_us)
    for event in missed:
        yield _miss_row(event, spans)
    for event in extra:
        yield _false_alarm_row(event, spans)


def _pairs(
    reference: Sequence[Event], own: Sequence[Event], tolerance_us: Micros
) -> tuple[Pair, ...]:
    places = pairs_within(
        [event.start_us for event in reference], [event.start_us for event in own], tolerance_us
    )
    return tuple((reference[first], own[second]) for first, second in places)


def _alone(
    reference: Sequence[Event], own: Sequence[Event], pairs: Iterable[Pair]
) -> tuple[list[Event], list[Event]]:
    answered = {id(event) for pair in pairs for event in pair}
    return (
        [event for event in reference if id(event) not in answered],
        [event for event in own if id(event) not in answered],
    )


def _pair_row(
    kind: DifferenceKind, pair: Pair, spans: tuple[EpisodeSpan, ...], tolerance_us: Micros
) -> Difference:
    reference, own = pair
    end_lag_us = None
    ends_apart = (reference.end_us is None) != (own.end_us is None)
    is_state = reference.end_us != reference.start_us or own.end_us != own.start_us
    if is_state and reference.end_us is not None and own.end_us is not None:
        end_lag_us = own.end_us - reference.end_us
        ends_apart = abs(end_lag_us) > tolerance_us
    return Difference(
        kind=kind,
        reference=reference,
        own=own,
        code=reference.code,
        episode=episode_id_at(spans, reference.start_us),
        at_us=min(reference.start_us, own.start_us),
        lag_us=own.start_us - reference.start_us,
        end_lag_us=end_lag_us,
        ends_apart=ends_apart,
    )


def _miss_row(event: Event, spans: tuple[EpisodeSpan, ...]) -> Difference:
    return Difference(
        kind=DifferenceKind.MISS,
        reference=event,
        own=None,
        code=event.code,
        episode=episode_id_at(spans, event.start_us),
        at_us=event.start_us,
    )


def _false_alarm_row(event: Event, spans: tuple[EpisodeSpan, ...]) -> Difference:
    return Difference(
        kind=DifferenceKind.FALSE_ALARM,
        reference=None,
        own=event,
        code=event.code,
        episode=episode_id_at(spans, event.start_us),
        at_us=event.start_us,
    )


def _time_order(row: Difference) -> tuple[int, str, int, int]:
    return (
        row.at_us,
        row.code,
        row.reference.id if row.reference else 0,
        row.own.id if row.own else 0,
    )
