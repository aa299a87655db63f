"""`ssp-coder classify`: what the rule table suggests for codings or for a table of ratings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.reading import read_coding
from ssp_coder.cli.schemes import add_scheme_arguments, chosen_scheme
from ssp_coder.cli.terminal import note, say, say_json
from ssp_coder.domain.coding import Classification
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.scheme import Scheme, SuggestionPolicy
from ssp_coder.domain.verdict import Facts, Verdict
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.ratings import read_ratings
from ssp_coder.formats.score_row import shown_verdict
from ssp_coder.reporting.verdicts import explain_verdict, verdict_json
from ssp_coder.rules.evaluate import evaluate
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
    parser.add_argument("--json", action="store_true", help="a list with one object a session")


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
    code = ExitCode.OK
    if options.ratings is not None:
        suggestions, code = _of_ratings(options)
    else:
        entries = [read_coding(path) for path in options.codings]
        suggestions = tuple(suggestion_for(entry, reveal=options.reveal) for entry in entries)
    if options.json:
        say_json([suggestion_json(suggestion) for suggestion in suggestions])
    else:
        say("\n\n".join("\n".join(suggestion_lines(one)) for one in suggestions))
    return code


def _of_ratings(options: Namespace) -> tuple[tuple[Suggestion, ...], ExitCode]:
    scheme = chosen_scheme(options)
    file = read_ratings(options.ratings, scheme)
    for finding in file.notes:
        note(finding)
    suggestions = tuple(
        Suggestion(
            session=row.session,
            coder=row.coder,
            scheme=scheme,
            verdict=evaluate(scheme.rules, row.facts, sha256=scheme.rules_sha256),
        )
        for row in file.rows
    )
    warned = any(finding.severity is not Severity.NOTE for finding in file.notes)
    return suggestions, ExitCode.FINDINGS if warned else ExitCode.OK


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
        return
    for line in explain_verdict(suggestion.verdict, suggestion.scheme):
        yield f"  {line}"


def suggestion_json(suggestion: Suggestion) -> dict[str, object]:
    """The suggestion for programs."""
    entry = verdict_json(suggestion.verdict, suggestion.session)
    entry["coder_id"] = suggestion.coder or None
    entry["withheld"] = suggestion.withheld
    return entry


COMMAND = Command(
    name="classify",
    summary="show which class the rule table suggests, and every reason",
    example="ssp-coder classify --ratings S001.c01_scores.csv --json",
    add_arguments=_add_arguments,
    run=_run,
)
