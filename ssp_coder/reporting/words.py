"""How scores, times and sources are put into words."""

from __future__ import annotations

from collections.abc import Sequence

from ssp_coder.domain.scale import Missing, MissingKind, Points, Score, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US
from ssp_coder.domain.words import Provenance
from ssp_coder.formats.columns import ORIGIN_WORDS, is_own_default, number_text

_UNPUBLISHED = ", not published"


def plain(text: str) -> str:
    """Text from a file on one line, so that it cannot move a cursor or break a picture."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def score_words(score: Score) -> str:
    """A number, or why there is none."""
    if isinstance(score, Points):
        return number_text(score.value)
    if isinstance(score, Missing):
        return f"cannot be rated ({score.reason})"
    return "not rated"


def missing_kind(name: str, score: Missing, scheme: Scheme) -> MissingKind:
    """Whether an input could not be seen or did not apply, by its scale's list of reasons."""
    if not scheme.has_slot(name):
        return MissingKind.CANNOT_CODE
    reasons = scheme.scale_of(SlotId(name)).missing_reasons
    kinds = (reason.kind for reason in reasons if reason.id == score.reason)
    return next(kinds, MissingKind.CANNOT_CODE)


def value_words(name: str, score: Score, scheme: Scheme) -> str:
    """An input's number, or which of the three ways it has none."""
    if isinstance(score, Missing):
        kind = missing_kind(name, score, scheme)
        if kind is MissingKind.NOT_APPLICABLE:
            return f"does not apply ({score.reason})"
    return score_words(score)


def origin_words(provenance: Provenance) -> str:
    """How far a statement may be trusted."""
    sure = "" if provenance.confidence is None else f", confidence {provenance.confidence:g}"
    ours = _UNPUBLISHED if is_own_default(provenance) else ""
    return f"{ORIGIN_WORDS[provenance.origin]}{ours}{sure}"


def sourced_words(provenance: Provenance) -> str:
    """How far a statement may be trusted, with its source; nothing is said twice."""
    words, source = origin_words(provenance), provenance.source
    if source.casefold().startswith(words.casefold()):
        return f"{words}{source[len(words) :]}"
    return f"{words} ({source})"


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
