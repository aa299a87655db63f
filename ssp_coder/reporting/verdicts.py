"""A rule table's suggestion explained in lines, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import DECISION_INPUT, FactTrace, RuleTrace, Truth, Turn, Verdict
from ssp_coder.formats.columns import number_text
from ssp_coder.reporting.words import both, either, origin_words, score_words

_SHOWN_HASH = 12
_DECISIONS = {
    Truth.YES: "the coder decided for it",
    Truth.NO: "the coder decided against it",
    Truth.UNKNOWN: "the coder has not decided",
}


def explain_verdict(verdict: Verdict, scheme: Scheme) -> tuple[str, ...]:
    """What the table suggests or still needs, and every reason, one statement a line."""
    table = scheme.rules
    return (
        *_outcome(verdict, table),
        *(f"Remark: {table.flag(flag).title} ({flag})" for flag in verdict.flags),
        *(_rule_line("Holds", trace) for trace in verdict.fired),
        *(_rule_line("May still hold", trace) for trace in verdict.undecided),
        *_misfit(verdict),
        *_runner_up(verdict),
        *(_turn(turn) for turn in verdict.turns),
        _source(verdict),
    )


def _outcome(verdict: Verdict, table: RuleTable) -> Iterator[str]:
    if verdict.group is None:
        yield f"Suggestion: not settled; {_groups(verdict.possible, table)} possible"
    elif verdict.subgroup is not None:
        yield f"Suggestion: {verdict.subgroup} ({_title(verdict.group, table)})"
    else:
        yield f"Suggestion: {verdict.group} ({_title(verdict.group, table)})"
    if verdict.secondary is not None:
        yield f"Best-fitting organised subgroup: {verdict.secondary}"
    open_subgroups = len(verdict.possible_subgroups) > 1
    if open_subgroups:
        yield f"Subgroups still possible: {both(verdict.possible_subgroups)}"
    if verdict.needs:
        yield f"It needs: {both([_input_words(name) for name in verdict.needs])}"
    if not verdict.exact:
        yield "So much is missing that some of what is called possible may not be"


def _groups(names: tuple[str, ...], table: RuleTable) -> str:
    words = [f"{name} ({_title(name, table)})" for name in names]
    return f"{either(words)} {'is' if len(words) == 1 else 'are'}"


def _title(group: str, table: RuleTable) -> str:
    return str(table.group(group).title)


def _input_words(name: str) -> str:
    return "the coder's decision (d_decision)" if name == DECISION_INPUT else name


def _rule_line(head: str, trace: RuleTrace) -> str:
    effect = ""
    if trace.outcome:
        effect = f", sets {trace.outcome}"
    elif trace.flag:
        effect = f", remarks {trace.flag}"
    facts = ", ".join(_fact(fact) for fact in trace.facts)
    reason = f": {facts}" if facts else ""
    title = str(trace.title)
    name = trace.rule if title == trace.rule else f"{title} [{trace.rule}]"
    return f"{head}: {name}{effect}{reason}"


def _fact(fact: FactTrace) -> str:
    if fact.input == DECISION_INPUT:
        return _DECISIONS[fact.holds]
    return f"{fact.input} {score_words(fact.score)} (in {_range(fact)})"


def _range(fact: FactTrace) -> str:
    return f"{number_text(fact.low)}-{number_text(fact.high)}"


def _misfit(verdict: Verdict) -> Iterator[str]:
    best = verdict.fits[0]
    for cell in best.outside:
        yield (
            f"Outside the best-fitting profile {best.subgroup}: {cell.input} is "
            f"{score_words(cell.score)}, expected {_range(cell)} (misfit {cell.penalty:g})"
        )


def _runner_up(verdict: Verdict) -> Iterator[str]:
    if verdict.runner_up is not None and verdict.margin is not None:
        yield f"Next best subgroup: {verdict.runner_up}, its misfit larger by {verdict.margin:g}"


def _turn(turn: Turn) -> str:
    subgroups = f" ({either(turn.subgroups)})" if turn.subgroups else ""
    return (
        f"One step would turn it: {turn.input} from {number_text(turn.from_value)} to "
        f"{number_text(turn.to_value)} gives {either(turn.groups)}{subgroups}"
    )


def _source(verdict: Verdict) -> str:
    table = verdict.table
    sha256 = f", sha256 {table.sha256[:_SHOWN_HASH]}" if table.sha256 else ""
    return (
        f"Rule table: {table.id} {table.version}{sha256}; {origin_words(table.provenance)} "
        f"({table.provenance.source}). It suggests, the coder decides."
    )


def verdict_json(verdict: Verdict, session_id: str) -> dict[str, object]:
    """A verdict as values that JSON can hold; ids only, never words in a language."""
    table = verdict.table
    return {
        "session_id": session_id,
        "group": verdict.group,
        "subgroup": verdict.subgroup,
        "secondary": verdict.secondary,
        "runner_up": verdict.runner_up,
        "margin": verdict.margin,
        "possible": list(verdict.possible),
        "possible_subgroups": list(verdict.possible_subgroups),
        "exact": verdict.exact,
        "needs": list(verdict.needs),
        "flags": list(verdict.flags),
        "fired": [trace.rule for trace in verdict.fired],
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
        "table": {
            "id": table.id,
            "version": table.version,
            "sha256": table.sha256,
            "provenance": table.provenance.origin.value,
            "source": table.provenance.source,
        },
    }
