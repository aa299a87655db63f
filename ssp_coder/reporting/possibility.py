"""What is still possible, what it needs, and what can no longer change it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scale import Missing, MissingKind, Points, Score
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import DECISION_INPUT, Verdict
from ssp_coder.reporting.words import both, either, missing_kind
from ssp_coder.rules.brief import Brief

NOTHING = "-"
"""Stands where a line has nothing to tell."""


def possible_lines(verdict: Verdict, scheme: Scheme) -> Iterator[str]:
    """Only what may still come out and what it depends on, one statement a line."""
    table = scheme.rules
    yield f"Possible: {either([titled(name, table) for name in verdict.possible])}"
    if verdict.possible_subgroups:
        yield f"{parts_words(table)} possible: {either(verdict.possible_subgroups)}"
    if verdict.left_open:
        yield "All that matters is known; the table itself does not decide"
    yield from need_lines(verdict, scheme)
    if not verdict.needs:
        yield "It needs nothing more"


def parts_words(table: RuleTable) -> str:
    """What lies within a class: functions tell groups apart, not subgroups."""
    return "Organised groups" if table.functions else "Subgroups"


def need_lines(verdict: Verdict, scheme: Scheme) -> Iterator[str]:
    """What the verdict waits for, and what may turn out as it likes."""
    scores = scores_seen(verdict)
    yield from _waiting("It needs", verdict.needs, scores, scheme)
    only_subgroup = [name for name in verdict.needs if name not in verdict.group_needs]
    if only_subgroup and verdict.exact:
        yield from _whatever(only_subgroup, verdict)
    elif not verdict.exact:
        yield "So much is missing that some of what is called possible may not be"
    idle = [name for name in _unknown(scores) if name not in verdict.needs]
    if idle and verdict.exact:
        yield f"No longer matters, whatever it is: {both(idle)}"


def _waiting(
    head: str, names: Sequence[str], scores: dict[str, Score], scheme: Scheme
) -> Iterator[str]:
    """What is not rated can be asked for; what cannot be rated or does not apply cannot."""
    asked = [name for name in names if not isinstance(scores.get(name), Missing)]
    if asked:
        yield f"{head}: {both([input_words(name) for name in asked])}"
    for kind, why in _WHY_NOT.items():
        stuck = [
            f"{name} ({score.reason})"
            for name in names
            if isinstance(score := scores.get(name), Missing)
            and missing_kind(name, score, scheme) is kind
        ]
        if stuck:
            yield f"It stays open because of what {why}: {both(stuck)}"


_WHY_NOT = {
    MissingKind.CANNOT_CODE: "cannot be rated",
    MissingKind.NOT_APPLICABLE: "does not apply",
}


def _whatever(names: Sequence[str], verdict: Verdict) -> Iterator[str]:
    words = both([input_words(name) for name in names])
    if verdict.group is not None:
        yield f"Whatever you rate for {words}, the group stays {verdict.group}"
    else:
        yield f"Only the subgroup depends on {words}"


def scores_seen(verdict: Verdict) -> dict[str, Score]:
    """Every input that the table looked at, with its score."""
    facts = [cell for fit in verdict.fits for cell in fit.cells]
    facts += [
        fact
        for traces in (verdict.fired, verdict.undecided, verdict.ruled_out)
        for trace in traces
        for fact in trace.facts
    ]
    scores = {fact.input: fact.score for fact in facts if fact.input != DECISION_INPUT}
    return scores | {term.input: term.score for one in verdict.functions for term in one.terms}


def _unknown(scores: dict[str, Score]) -> Iterator[str]:
    return (name for name, score in scores.items() if not isinstance(score, Points))


def input_words(name: str) -> str:
    """The name of an input, the coder's decision in words."""
    return "the coder's decision (d_decision)" if name == DECISION_INPUT else name


def titled(group: str, table: RuleTable) -> str:
    """A main group with its title."""
    return f"{group} ({table.group(group).title.english})"


def group_words(names: Sequence[str], table: RuleTable) -> str:
    """``A (Avoidant) or B (Secure) are``."""
    words = [titled(name, table) for name in names]
    return f"{either(words)} {'is' if len(words) == 1 else 'are'}"


def short_suggestion(verdict: Verdict | Brief) -> str:
    """The suggestion in one word: ``B3``, ``D/B3``, ``A?B`` where it is left open, or a dash."""
    if verdict.left_open:
        return "?".join(verdict.possible)
    if verdict.group is None:
        return NOTHING
    if verdict.secondary is not None:
        return f"{verdict.group}/{verdict.secondary}"
    return verdict.subgroup or verdict.group
