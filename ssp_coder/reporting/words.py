"""How scores, times and sources are put into words."""

from __future__ import annotations

from collections.abc import Sequence

from ssp_coder.domain.scale import Missing, Points, Score
from ssp_coder.domain.time import SECOND_US
from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.formats.columns import number_text

_ORIGINS = {
    Origin.VERIFIED: "checked against its source",
    Origin.LITERATURE: "after the literature, original text not checked",
    Origin.PROJECT_DEFAULT: "project default, not published",
    Origin.LAB: "set by a laboratory",
}


def score_words(score: Score) -> str:
    """A number, or why there is none."""
    if isinstance(score, Points):
        return number_text(score.value)
    if isinstance(score, Missing):
        return f"cannot be rated ({score.reason})"
    return "not rated"


def origin_words(provenance: Provenance) -> str:
    """How far a statement may be trusted."""
    sure = "" if provenance.confidence is None else f", confidence {provenance.confidence:g}"
    return f"{_ORIGINS[provenance.origin]}{sure}"


def either(names: Sequence[str]) -> str:
    """``A, B or C``."""
    return _joined(names, "or")


def both(names: Sequence[str]) -> str:
    """``A, B and C``."""
    return _joined(names, "and")


def _joined(names: Sequence[str], last: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """``1 miss``, ``2 misses``."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def signed_seconds(time_us: float | None) -> str:
    """``+0.20 s``, or a dash where there is nothing to tell."""
    return "-" if time_us is None else f"{time_us / SECOND_US:+.2f} s"


def share(value: float | None) -> str:
    """Two decimals, or ``undefined``."""
    return "undefined" if value is None else f"{value:.2f}"
