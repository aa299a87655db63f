"""Counts of matches, misses, false alarms and wrong codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from ssp_coder.agreement.comparison import Difference, DifferenceKind, Totals
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.scheme import Scheme

_Key = tuple[CodeId | None, EpisodeId | None]


class _Tally:
    """Counts under way for one code and episode."""

    def __init__(self) -> None:
        self.kinds = dict.fromkeys(DifferenceKind, 0)
        self.taken_for = 0
        self.ends_apart = 0
        self.lags: list[int] = []

    def take(self, row: Difference) -> None:
        """Count a row under the code it is named by."""
        self.kinds[row.kind] += 1
        if row.kind is DifferenceKind.MATCH:
            self.lags.append(row.lag_us or 0)
            self.ends_apart += row.ends_apart

    def totals(self, key: _Key) -> Totals:
        """The counts as a value."""
        kinds = self.kinds
        matches, wrong = kinds[DifferenceKind.MATCH], kinds[DifferenceKind.WRONG_CODE]
        misses, alarms = kinds[DifferenceKind.MISS], kinds[DifferenceKind.FALSE_ALARM]
        return Totals(
            code=key[0],
            episode=key[1],
            n_reference=matches + wrong + misses,
            n_own=matches + self.taken_for + alarms,
            matches=matches,
            misses=misses,
            false_alarms=alarms,
            wrong_codes=wrong,
            taken_for=self.taken_for,
            ends_apart=self.ends_apart,
            median_lag_us=median(self.lags) if self.lags else None,
        )


def _tallies(
    rows: Iterable[Difference], key_of: Callable[[CodeId, EpisodeId | None], _Key | None]
) -> dict[_Key, _Tally]:
    """Tallies by key; a row without a key is not counted."""
    tallies: dict[_Key, _Tally] = {}
    for row in rows:
        key = key_of(row.code, row.episode)
        if key is not None:
            tallies.setdefault(key, _Tally()).take(row)
        if row.kind is DifferenceKind.WRONG_CODE and row.own is not None:
            other = key_of(row.own.code, row.episode)
            if other is not None:
                tallies.setdefault(other, _Tally()).taken_for += 1
    return tallies


def overall_totals(rows: Sequence[Difference]) -> Totals:
    """Over all rows."""
    key: _Key = (None, None)
    return _tallies(rows, lambda _code, _episode: key).get(key, _Tally()).totals(key)


def totals_by_code(rows: Sequence[Difference], scheme: Scheme) -> tuple[Totals, ...]:
    """Per code that occurs, in the ethogram's order."""
    tallies = _tallies(rows, lambda code, _episode: (code, None))
    keys: list[_Key] = [(code.id, None) for code in scheme.ethogram.codes()]
    return tuple(tallies[key].totals(key) for key in keys if key in tallies)


def totals_by_episode(rows: Sequence[Difference], scheme: Scheme) -> tuple[Totals, ...]:
    """Per episode of the procedure, also those without any event."""
    tallies = _tallies(rows, lambda _code, episode: (None, episode) if episode else None)
    keys: list[_Key] = [(None, plan.id) for plan in scheme.procedure.episodes]
    return tuple(tallies.get(key, _Tally()).totals(key) for key in keys)


def totals_by_code_and_episode(rows: Sequence[Difference], scheme: Scheme) -> tuple[Totals, ...]:
    """Per code and episode in which it occurs, code by code."""
    tallies = _tallies(rows, lambda code, episode: (code, episode) if episode else None)
    keys: list[_Key] = [
        (code.id, plan.id) for code in scheme.ethogram.codes() for plan in scheme.procedure.episodes
    ]
    return tuple(tallies[key].totals(key) for key in keys if key in tallies)
