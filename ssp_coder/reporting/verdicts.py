"""A rule table's suggestion explained in lines, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.domain.ruletable import RuleTable, TableReference
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import (
    DECISION_INPUT,
    FactTrace,
    FunctionValue,
    RuleTrace,
    Truth,
    Turn,
    Verdict,
)
from ssp_coder.formats.columns import number_text
from ssp_coder.reporting.possibility import group_words, need_lines, parts_words, titled
from ssp_coder.reporting.words import both, either, sourced_words, value_words
from ssp_coder.rules.brief import Brief

_SHOWN_HASH = 12
BRIEF_KEYS = (
    *("session_id", "group", "subgroup", "secondary", "left_open", "possible", "needs", "flags"),
    "table",
)
"""What `brief_json` tells of a verdict."""
_DECISIONS = {
    Truth.YES: "the coder decided for it",
    Truth.NO: "the coder decided against it",
    Truth.UNKNOWN: "the coder has not decided",
}


def explain_verdict(verdict: Verdict, scheme: Scheme) -> tuple[str, ...]:
    """What the table suggests or still needs, and every reason, one statement a line."""
    table = scheme.rules
    return (
        *_outcome(verdict, scheme),
        *(f"Remark: {table.flag(flag).title.english} ({flag})" for flag in verdict.flags),
        *(_rule_line("Holds", trace, scheme) for trace in verdict.fired),
        *(_rule_line("May still hold", trace, scheme) for trace in verdict.undecided),
        *(_function_line(value, scheme) for value in verdict.functions),
        *_misfit(verdict, scheme),
        *_runner_up(verdict),
        *(_turn(turn) for turn in verdict.turns),
        *(f"Put together with: {_reference(part)}." for part in verdict.parts),
        *_citation(table),
        source_words(verdict.table),
    )


def source_words(table: TableReference) -> str:
    """Which table spoke, how far it may be trusted, and who decides."""
    return f"Rule table: {_reference(table)}. It suggests, the coder decides."


def _outcome(verdict: Verdict, scheme: Scheme) -> Iterator[str]:
    table = scheme.rules
    if verdict.left_open:
        words = both([titled(name, table) for name in verdict.possible])
        yield f"Suggestion: left open between {words}"
        yield "All that matters is known; the table itself does not decide"
        yield from _nearest(verdict)
    elif verdict.group is None:
        yield f"Suggestion: not settled; {group_words(verdict.possible, table)} possible"
    elif verdict.subgroup is not None:
        yield f"Suggestion: {verdict.subgroup} ({table.group(verdict.group).title.english})"
    else:
        yield f"Suggestion: {titled(verdict.group, table)}"
    if verdict.secondary is not None:
        part = "group" if table.functions else "subgroup"
        yield f"Best-fitting organised {part}: {verdict.secondary}"
    if len(verdict.possible_subgroups) > 1:
        yield f"{parts_words(table)} still possible: {both(verdict.possible_subgroups)}"
    yield from need_lines(verdict, scheme)


def _nearest(verdict: Verdict) -> Iterator[str]:
    if not verdict.fits:
        return
    then = ""
    if verdict.runner_up is not None and verdict.margin is not None:
        then = f", then {verdict.runner_up}, its misfit larger by {verdict.margin:g}"
    yield f"Nearest subgroup: {verdict.fits[0].subgroup}{then}"


def _rule_line(head: str, trace: RuleTrace, scheme: Scheme) -> str:
    facts = ", ".join(_fact(fact, scheme) for fact in trace.facts)
    reason = f": {facts}" if facts else ""
    title = trace.title.english
    name = trace.rule if title == trace.rule else f"{title} [{trace.rule}]"
    return f"{head}: {name}{_effect(trace)}{reason}"


def _effect(trace: RuleTrace) -> str:
    if trace.between:
        return f", leaves it open between {both(trace.between)}"
    if trace.outcome:
        return f", sets {trace.outcome}"
    return f", remarks {trace.flag}" if trace.flag else ""


def _fact(fact: FactTrace, scheme: Scheme) -> str:
    if fact.input == DECISION_INPUT:
        return _DECISIONS[fact.holds]
    inside = "not in" if fact.holds is Truth.NO else "in"
    return f"{fact.input} {value_words(fact.input, fact.score, scheme)} ({inside} {_range(fact)})"


def _range(fact: FactTrace) -> str:
    if fact.low == fact.high:
        return number_text(fact.low)
    return f"{number_text(fact.low)}-{number_text(fact.high)}"


def _function_line(value: FunctionValue, scheme: Scheme) -> str:
    known = value.lowest == value.highest
    result = f"{value.lowest:g}" if known else f"between {value.lowest:g} and {value.highest:g}"
    terms = ", ".join(
        f"{term.input} {value_words(term.input, term.score, scheme)} times {term.weight:g}"
        for term in value.terms
    )
    return f"Function of {value.group}: {result} (constant {value.constant:g}; {terms})"


def _misfit(verdict: Verdict, scheme: Scheme) -> Iterator[str]:
    for best in verdict.fits[:1]:
        for cell in best.outside:
            yield (
                f"Outside the best-fitting profile {best.subgroup}: {cell.input} is "
                f"{value_words(cell.input, cell.score, scheme)}, expected {_range(cell)} "
                f"(misfit {cell.penalty:g})"
            )


def _runner_up(verdict: Verdict) -> Iterator[str]:
    if verdict.left_open or verdict.runner_up is None or verdict.margin is None:
        return
    if verdict.functions:
        yield f"Next largest function: {verdict.runner_up}, smaller by {verdict.margin:g}"
    elif verdict.margin < 0:
        yield (
            f"Over all groups {verdict.runner_up} fits better, its misfit smaller by "
            f"{-verdict.margin:g}; the rules of the main group go first"
        )
    else:
        yield f"Next best subgroup: {verdict.runner_up}, its misfit larger by {verdict.margin:g}"


def _turn(turn: Turn) -> str:
    subgroups = f" ({either(turn.subgroups)})" if turn.subgroups else ""
    return (
        f"One step would turn it: {turn.input} from {number_text(turn.from_value)} to "
        f"{number_text(turn.to_value)} gives {either(turn.groups)}{subgroups}"
    )


def _reference(table: TableReference) -> str:
    sha256 = f", sha256 {table.sha256[:_SHOWN_HASH]}" if table.sha256 else ""
    return f"{table.id} {table.version}{sha256}; {sourced_words(table.provenance)}"


def _citation(table: RuleTable) -> Iterator[str]:
    """The work whose numbers spoke; only a table that has been filled in names one."""
    if table.citation is not None and table.functions and not table.closed:
        page = f", {table.citation.page}" if table.citation.page else ""
        yield f"Its numbers: {table.citation.work}{page}"


def verdict_json(verdict: Verdict, session_id: str) -> dict[str, object]:
    """A verdict as values that JSON can hold; ids only, never words in a language."""
    return {
        "session_id": session_id,
        "group": verdict.group,
        "subgroup": verdict.subgroup,
        "secondary": verdict.secondary,
        "left_open": verdict.left_open,
        "runner_up": verdict.runner_up,
        "margin": verdict.margin,
        "possible": list(verdict.possible),
        "possible_subgroups": list(verdict.possible_subgroups),
        "exact": verdict.exact,
        "needs": list(verdict.needs),
        "group_needs": list(verdict.group_needs),
        "flags": list(verdict.flags),
        "fired": [trace.rule for trace in verdict.fired],
        "functions": [_function_json(value) for value in verdict.functions],
        "turns": [
            {
                "input": turn.input,
                "from": turn.from_value,
                "to": turn.to_value,
                "groups": list(turn.groups),
                "subgroups": list(turn.subgroups),
            }
            for turn in verdict.turns
        ],
        "table": _reference_json(verdict.table),
        "parts": [_reference_json(part) for part in verdict.parts],
    }


def brief_json(brief: Brief, table: TableReference, session_id: str) -> dict[str, object]:
    """A suggestion without its reasons; each key means what it means in `verdict_json`."""
    return {
        "session_id": session_id,
        "group": brief.group,
        "subgroup": brief.subgroup,
        "secondary": brief.secondary,
        "left_open": brief.left_open,
        "possible": list(brief.possible),
        "needs": list(brief.needs),
        "flags": list(brief.flags),
        "table": _reference_json(table),
    }


def _function_json(value: FunctionValue) -> dict[str, object]:
    return {"group": value.group, "lowest": value.lowest, "highest": value.highest}


def _reference_json(table: TableReference) -> dict[str, object]:
    return {
        "id": table.id,
        "version": table.version,
        "sha256": table.sha256,
        "provenance": table.provenance.origin.value,
        "source": table.provenance.source,
    }
