"""Words of the Classify page: classes, inputs and what a table says of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.scale import Missing, Points, Score, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import (
    DECISION_INPUT,
    FactTrace,
    FunctionValue,
    ProfileFit,
    Verdict,
)
from ssp_coder.ui.kit.rating_row import point_text


def tr(text: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("classify", text)


def class_name(own: Classification) -> str:
    """A class as people write it: ``B3``, ``D / B3``, ``U``."""
    name = own.subgroup or own.primary
    return f"{name} / {own.secondary}" if own.secondary else name


def joined(names: tuple[str, ...]) -> str:
    """``B3``, ``B3 or B4``, ``A2, B3 or B4``."""
    if len(names) < 2:
        return "".join(names)
    return tr("{0} or {1}").format(", ".join(names[:-1]), names[-1])


def input_name(input_id: str, scheme: Scheme) -> str:
    """An input of the table as people call it."""
    if input_id == DECISION_INPUT:
        return _decision(scheme)
    known = {rule_input.id: str(rule_input.title) for rule_input in scheme.rules.inputs}
    return known.get(input_id, input_id)


def input_sign(input_id: str, scheme: Scheme) -> tuple[str, str]:
    """An input in a narrow table: its sign and its episode, which may be empty."""
    if scheme.has_slot(input_id):
        slot = scheme.slot(SlotId(input_id))
        return scheme.scale(slot.scale).abbreviation, str(slot.episode or "")
    count = next((count for count in scheme.counts if count.id == input_id), None)
    if count is not None:
        return str(count.title), str(count.episode)
    return input_name(input_id, scheme), ""


def listed(names: tuple[str, ...]) -> str:
    """``B``, ``B and C``, ``A, B and C``."""
    if len(names) < 2:
        return "".join(names)
    return tr("{0} and {1}").format(", ".join(names[:-1]), names[-1])


def left_open_words(verdict: Verdict) -> str:
    """Between which groups the table leaves it open, and which profiles lie nearest."""
    words = tr("The table leaves it open between {0}").format(listed(verdict.possible))
    possible = (fit for fit in verdict.fits if fit.group in verdict.possible)
    near = sorted(possible, key=lambda fit: fit.penalty)
    if len(near) < 2:
        return f"{words}."
    first, second = near[:2]
    gap = f"{second.penalty - first.penalty:.3g}"
    ends = tr("{0}; nearest {1}, then {2} by {3}.")
    return ends.format(words, first.subgroup, second.subgroup, gap)


def steady_words(verdict: Verdict, scheme: Scheme) -> str:
    """What the missing ratings cannot change: ``Whatever you rate for X, the group stays B``."""
    idle = tuple(need for need in verdict.needs if need not in verdict.group_needs)
    if not idle or not verdict.exact:
        return ""
    names = listed(tuple(input_name(need, scheme) for need in idle))
    if verdict.group is not None and not verdict.group_needs:
        words = tr("Whatever you rate for {0}, the group stays {1}.")
        return words.format(names, verdict.group)
    if not verdict.group_needs:
        return ""
    deciding = listed(tuple(input_name(need, scheme) for need in verdict.group_needs))
    return tr("The group depends on {0} alone.").format(deciding)


def function_words(value: FunctionValue) -> str:
    """The value of a classification function, or its ends while ratings are missing."""
    if value.lowest == value.highest:
        return f"{value.lowest:.2f}"
    return tr("{0} to {1}").format(f"{value.lowest:.2f}", f"{value.highest:.2f}")


def score_words(score: Score) -> str:
    """A score in a table: a number, a reason's id, or a dash."""
    match score:
        case Points(value):
            return f"{value:.3g}"
        case Missing(reason):
            return reason
        case _:
            return "\N{EN DASH}"


def fact_words(fact: FactTrace, scheme: Scheme) -> str:
    """An input beside what the rule expects of it: ``CM EP8 6, expects 4-7``."""
    if fact.input == DECISION_INPUT:
        return f"{_decision(scheme)}: {_answer(fact.score)}"
    sign = " ".join(part for part in input_sign(fact.input, scheme) if part)
    expected = f"{point_text(fact.low)}\N{EN DASH}{point_text(fact.high)}"
    if fact.low == fact.high:
        expected = point_text(fact.low)
    return tr("{0} {1}, expects {2}").format(sign, score_words(fact.score), expected)


def _decision(scheme: Scheme) -> str:
    rule = scheme.rules.disorganization
    return tr("Your decision on {0}").format(rule.outcome if rule else "")


def outside_words(fit: ProfileFit) -> str:
    """How well a profile fits, as the number of ratings outside its bands."""
    count = len(fit.outside)
    if count == 0:
        return tr("no rating outside")
    return tr("1 rating outside") if count == 1 else tr("{0} ratings outside").format(count)


def _answer(score: Score) -> str:
    if not isinstance(score, Points):
        return tr("open")
    return tr("yes") if score.value else tr("no")
