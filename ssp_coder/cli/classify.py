"""`ssp-coder classify`: what the rule table suggests for codings or for a table of ratings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.reading import read_coding
from ssp_coder.cli.schemes import add_scheme_arguments, chosen_scheme
from ssp_coder.cli.tables import open_table
from ssp_coder.cli.terminal import note, say, say_json_list
from ssp_coder.domain.coding import Classification
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.scheme import Scheme, SuggestionPolicy
from ssp_coder.domain.verdict import Facts, Verdict
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.ratings import RatingsRow, read_ratings
from ssp_coder.formats.score_row import shown_verdict
from ssp_coder.reporting.possibility import NOTHING, possible_lines, short_suggestion
from ssp_coder.reporting.verdicts import (
    BRIEF_KEYS,
    brief_json,
    explain_verdict,
    source_words,
    verdict_json,
)
from ssp_coder.rules.brief import Briefing
from ssp_coder.rules.evaluate import evaluate, reference_of
from ssp_coder.rules.facts import facts_from_coding

NOTHING_SEEN = Facts(scores=())
"""What the table is told while its suggestion is withheld."""
_WITHHELD = {
    SuggestionPolicy.NEVER: "never shows it",
    SuggestionPolicy.AFTER_OWN: "shows it once the coder has recorded a class",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the table says of one session.

    Attributes:
        own: the coder's class, which the table never replaces.
        withheld: whether the scheme hides the suggestion until the coder has recorded a class;
            the verdict then knows no rating.
    """

    session: str
    coder: str
    scheme: Scheme
    verdict: Verdict
    own: Classification | None = None
    withheld: bool = False


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("codings", metavar="FILE.sspc", nargs="*", type=Path, help="codings")
    parser.add_argument(
        "--ratings",
        metavar="RATINGS.csv",
        type=Path,
        help="instead of codings, a table with the columns of the scores CSV",
    )
    add_scheme_arguments(parser)
    parser.add_argument(
        "--reveal",
        action="store_true",
        help="show the suggestion also where the coder has not recorded a class of their own yet",
    )
    parser.add_argument(
        "--rules", metavar="ID", help="ask this rule table instead of the scheme's own"
    )
    parser.add_argument(
        "--numbering",
        metavar="ID",
        help="how the headers of another laboratory's table of ratings count the episodes",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--explain",
        action="store_true",
        help="every reason in words; usual for codings, while a table of ratings gives a line each",
    )
    form.add_argument(
        "--possible", action="store_true", help="only what is still possible and what it needs"
    )
    form.add_argument("--json", action="store_true", help="a list with one object a session")
    parser.add_argument(
        "--short",
        action="store_true",
        help="with --json: the suggestion without its reasons, for thousands of sessions",
    )


def _run(options: Namespace) -> ExitCode:
    if bool(options.codings) == (options.ratings is not None):
        raise DomainError(
            Finding(
                code="classify.nothing",
                message="name either codings or a table of ratings",
                place="classify",
                remedy="'ssp-coder classify S001.c01.sspc' or '... --ratings ratings.csv'",
            )
        )
    if options.ratings is not None:
        return _classify_ratings(options)
    entries = [_ruled(read_coding(path), options) for path in options.codings]
    suggestions = [suggestion_for(entry, reveal=options.reveal) for entry in entries]
    if options.json:
        told = suggestion_json_without_reasons if options.short else suggestion_json
        say_json_list(told(one) for one in suggestions)
    else:
        _say_paragraphs(suggestions, possible=options.possible)
    return ExitCode.OK


def _ruled(entry: Exportable, options: Namespace) -> Exportable:
    return replace(entry, scheme=_with_rules(entry.scheme, options))


def _with_rules(scheme: Scheme, options: Namespace) -> Scheme:
    """The scheme with the rule table that was named, else as it is."""
    if options.rules is None:
        return scheme
    loaded = open_table(options.rules, tuple(options.instruments))
    return replace(scheme, rules=loaded.table, rules_sha256=loaded.sha256)


def _classify_ratings(options: Namespace) -> ExitCode:
    scheme = _with_rules(chosen_scheme(options), options)
    file = read_ratings(options.ratings, scheme, numbering=options.numbering or "")
    for finding in file.notes:
        note(finding)
    suggestions = _of_rows(file.rows, scheme)
    if options.json and options.short:
        say_json_list(_brief_entries(file.rows, scheme))
    elif options.json:
        say_json_list(suggestion_json(one) for one in suggestions)
    elif options.explain or options.possible:
        _say_paragraphs(suggestions, possible=options.possible)
    else:
        for line in short_lines(file.rows, scheme):
            say(line)
    warned = any(finding.severity is not Severity.NOTE for finding in file.notes)
    return ExitCode.FINDINGS if warned else ExitCode.OK


def _of_rows(rows: tuple[RatingsRow, ...], scheme: Scheme) -> Iterator[Suggestion]:
    """One suggestion a row, made when it is asked for."""
    for row in rows:
        yield Suggestion(
            session=row.session,
            coder=row.coder,
            scheme=scheme,
            verdict=evaluate(scheme.rules, row.facts, sha256=scheme.rules_sha256),
        )


def _brief_entries(rows: Sequence[RatingsRow], scheme: Scheme) -> Iterator[dict[str, object]]:
    briefing, table = Briefing(scheme.rules), reference_of(scheme.rules, scheme.rules_sha256)
    for row in rows:
        entry = brief_json(briefing.of(row.facts), table, row.session)
        yield entry | _whose(row.coder, withheld=False)


def _say_paragraphs(suggestions: Iterable[Suggestion], *, possible: bool) -> None:
    words = possible_words if possible else suggestion_lines
    for place, one in enumerate(suggestions):
        say(("\n" if place else "") + "\n".join(words(one)))


def suggestion_for(entry: Exportable, *, reveal: bool) -> Suggestion:
    """What the table suggests for a coding.

    Args:
        entry: the coding with its scheme.
        reveal: whether it is told although the scheme withholds it.
    """
    coding, scheme = entry.coding, entry.scheme
    verdict = shown_verdict(coding, scheme)
    withheld = verdict is None and not reveal
    if verdict is None:
        facts = NOTHING_SEEN if withheld else facts_from_coding(coding, scheme)
        verdict = evaluate(scheme.rules, facts, sha256=scheme.rules_sha256)
    return Suggestion(
        session=coding.session,
        coder=coding.coder,
        scheme=scheme,
        verdict=verdict,
        own=coding.classification,
        withheld=withheld,
    )


def suggestion_lines(suggestion: Suggestion) -> Iterator[str]:
    """The suggestion with every reason, for reading."""
    yield from _head(suggestion)
    if not suggestion.withheld:
        for line in explain_verdict(suggestion.verdict, suggestion.scheme):
            yield f"  {line}"


def possible_words(suggestion: Suggestion) -> Iterator[str]:
    """Only what is still possible and what it needs."""
    yield from _head(suggestion)
    if not suggestion.withheld:
        for line in possible_lines(suggestion.verdict, suggestion.scheme):
            yield f"  {line}"


def _head(suggestion: Suggestion) -> Iterator[str]:
    by = f", coder {suggestion.coder}" if suggestion.coder else ""
    yield f"Session {suggestion.session}{by}"
    own = suggestion.own
    if own is not None:
        yield f"  Recorded by the coder: {own.subgroup or own.primary}"
    if suggestion.withheld:
        yield (
            f"  The suggestion is withheld: scheme {suggestion.scheme.id} "
            f"{_WITHHELD[suggestion.scheme.suggestion]}; --reveal shows it now"
        )


def short_lines(rows: Sequence[RatingsRow], scheme: Scheme) -> Iterator[str]:
    """One line a session under a line of heads, and at the end which table spoke."""
    widths = (
        max([len("session"), *(len(row.session) for row in rows)]),
        max([len("coder"), *(len(row.coder) for row in rows)]),
        *(len(name) for name in ("suggestion", "still possible")),
    )
    briefing = Briefing(scheme.rules)
    named = f"{scheme.rules.id} {scheme.rules.version}"
    heads = ("session", "coder", "suggestion", "still possible")
    yield _columns(heads, widths, "table", "remarks; needs")
    for row in rows:
        brief = briefing.of(row.facts)
        possible = " ".join(brief.possible) if len(brief.possible) > 1 else NOTHING
        cells = (row.session, row.coder or NOTHING, short_suggestion(brief), possible)
        flags, needs = " ".join(brief.flags), " ".join(brief.needs)
        yield _columns(cells, widths, named, f"{flags or NOTHING}; {needs or NOTHING}")
    yield source_words(reference_of(scheme.rules, scheme.rules_sha256))


def _columns(cells: Sequence[str], widths: Sequence[int], *tail: str) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join((*padded, *tail))


def suggestion_json(suggestion: Suggestion) -> dict[str, object]:
    """The suggestion for programs."""
    entry = verdict_json(suggestion.verdict, suggestion.session)
    return entry | _whose(suggestion.coder, withheld=suggestion.withheld)


def suggestion_json_without_reasons(suggestion: Suggestion) -> dict[str, object]:
    """The suggestion for programs that take many."""
    entry = suggestion_json(suggestion)
    return {key: entry[key] for key in (*BRIEF_KEYS, *_WHOSE)}


_WHOSE = ("coder_id", "withheld")


def _whose(coder: str, *, withheld: bool) -> dict[str, object]:
    return {"coder_id": coder or None, "withheld": withheld}


COMMAND = Command(
    name="classify",
    summary="show which class the rule table suggests, and every reason",
    example="ssp-coder classify --ratings S001.c01_scores.csv --json",
    add_arguments=_add_arguments,
    run=_run,
)
