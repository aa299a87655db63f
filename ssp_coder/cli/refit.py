"""`ssp-coder refit`: classification functions from a laboratory's own codings."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.reading import read_bytes, read_instrument
from ssp_coder.catalog.record_rules import DiscriminantTableFile
from ssp_coder.catalog.writing_tables import table_file
from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.schemes import add_scheme_arguments, chosen_scheme
from ssp_coder.cli.terminal import note, say, say_json
from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.formats.writing import write_together

if TYPE_CHECKING:
    from ssp_coder.calibration.functions import Confusion
    from ssp_coder.calibration.refit import Refit
    from ssp_coder.cli.refit_cases import Gathered

_FIRST_VERSION = "1.0.0"


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source",
        metavar="STUDY|RATINGS.csv",
        type=Path,
        help="a folder of codings, each with the scheme it was made with, or a table with the "
        "columns of the scores CSV and a class (column class or primary)",
    )
    parser.add_argument(
        "--out", metavar="TABLE.toml", type=Path, required=True, help="the rule table to write"
    )
    parser.add_argument(
        "--method",
        choices=("lda", "multinomial"),
        default="lda",
        help="linear discriminant analysis, or multinomial logistic regression (default: lda)",
    )
    parser.add_argument(
        "--priors",
        choices=("sample", "equal"),
        default="sample",
        help="how likely each group is before anything is known: its share, or all alike "
        "(default: sample)",
    )
    parser.add_argument(
        "--variables",
        metavar="A,B,...",
        help="inputs of the rule table to use (default: those that its class cannot do without)",
    )
    parser.add_argument(
        "--role",
        choices=(CodingRole.CONSENSUS.value, CodingRole.REFERENCE.value),
        default=CodingRole.CONSENSUS.value,
        help="which locked codings of a folder to take (default: consensus)",
    )
    parser.add_argument(
        "--secondary",
        action="store_true",
        help="take a class with a forced secondary subgroup by the group of that one; by default "
        "such cases are left out",
    )
    parser.add_argument("--force", action="store_true", help="replace TABLE.toml when it is there")
    parser.add_argument("--json", action="store_true", help="one object with everything")
    parser.add_argument(
        "--numbering",
        metavar="ID",
        help="how the headers of another laboratory's table of ratings count the episodes",
    )
    add_scheme_arguments(parser)


def _run(options: Namespace) -> ExitCode:
    from ssp_coder.calibration.functions import Priors
    from ssp_coder.calibration.lab_table import TableNaming, lab_table
    from ssp_coder.calibration.refit import Method, refit
    from ssp_coder.calibration.sample import sample_of

    _require_place(options.out, replaces=options.force)
    gathered = _gathered(options)
    variables = _variables(options.variables, gathered.table)
    sample = sample_of(
        (one.case(variables) for one in gathered.sessions),
        variables=variables,
        groups=tuple(group.id for group in gathered.table.groups),
    )
    made = refit(sample, method=Method(options.method), priors=Priors(options.priors))
    naming = TableNaming(
        id=options.out.stem,
        version=_next_version(options.out),
        date=datetime.now(UTC).date().isoformat(),
        cases=_cases_in_words(gathered, made),
    )
    table = lab_table(made, gathered.table, naming)
    content, findings = table_file(table, str(options.out))
    write_together({options.out: content}, overwrite=options.force)
    told = (*gathered.notes, *made.warnings, *findings)
    if options.json:
        say_json(refit_json(made, table, told))
    else:
        say("\n".join(refit_lines(made, table, options.out)))
        for finding in told:
            note(finding)
    warned = any(finding.severity is not Severity.NOTE for finding in told)
    return ExitCode.FINDINGS if warned else ExitCode.OK


def _gathered(options: Namespace) -> Gathered:
    from ssp_coder.cli.refit_cases import Secondary, from_ratings, from_study

    secondary = Secondary.USED if options.secondary else Secondary.LEFT_OUT
    if options.source.is_dir():
        return from_study(options.source, CodingRole(options.role), secondary)
    return from_ratings(
        options.source, chosen_scheme(options), secondary, numbering=options.numbering or ""
    )


def _require_place(path: Path, *, replaces: bool) -> None:
    if path.suffix != ".toml":
        raise _refusal("refit.suffix", "is no name of a rule table", f"{path}", "end it in .toml")
    if path.exists() and not replaces:
        raise _refusal(
            "refit.exists",
            "is already there",
            f"{path}",
            "choose another name, or replace it with --force",
        )


def _variables(text: str | None, table: RuleTable) -> tuple[str, ...]:
    """The inputs to use, in the table's order."""
    from ssp_coder.calibration.judging import judged_inputs

    if text is None:
        return judged_inputs(table)
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    known = tuple(rule_input.id for rule_input in table.inputs)
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        raise _refusal(
            "refit.variable",
            f"{', '.join(unknown) or 'nothing'} is no input of rule table {table.id}",
            "--variables",
            f"choose among {', '.join(known)}",
        )
    return tuple(name for name in known if name in wanted)


def _next_version(path: Path) -> str:
    """The first version, or the one after that of the table to be replaced."""
    if not path.exists():
        return _FIRST_VERSION
    try:
        record = read_instrument(f"schemas/rules/{path.name}", read_bytes(path), str(path)).record
    except CatalogError:
        return _FIRST_VERSION
    if not isinstance(record, DiscriminantTableFile):
        return _FIRST_VERSION
    return f"{int(record.version.split('.')[0]) + 1}.0.0"


def _cases_in_words(gathered: Gathered, made: Refit) -> str:
    sizes = ", ".join(
        f"{group} {count}"
        for group, count in zip(made.sample.groups, made.sample.counts, strict=True)
    )
    told = [finding.message for finding in gathered.notes]
    if made.sample.incomplete:
        told.append(f"left out without all variables: {made.sample.incomplete}")
    return "; ".join([f"{len(made.sample)} {gathered.source} ({sizes})", *told])


def refit_lines(made: Refit, table: RuleTable, path: Path) -> Iterator[str]:
    """What was fitted and how well it does, for reading."""
    fit = table.fit
    if fit is not None:
        sizes = ", ".join(f"{group} {count}" for group, count in fit.counts)
        yield f"{fit.method[0].upper()}{fit.method[1:]}, {fit.date}"
        yield f"n = {fit.cases}: {sizes}"
    yield f"Variables: {', '.join(made.sample.variables)}"
    yield ""
    yield "Each case called by the functions fitted to all others (a row is the class given):"
    yield from _matrix_lines(made.left_out)
    yield ""
    left_out, own = made.left_out, made.own
    yield f"Called right when left out: {_share(left_out)}"
    yield f"Called right among the own cases, which flatters: {_share(own)}"
    yield f"Always naming the largest group would be right in {left_out.commonest:.0%}"
    yield ""
    yield f"Written: {path} (rule table {table.id} {table.version}, laboratory's own)"


def _share(confusion: Confusion) -> str:
    return f"{confusion.right} of {confusion.cases} ({confusion.accuracy:.0%})"


def _matrix_lines(confusion: Confusion) -> Iterator[str]:
    heads = [*confusion.groups, *(["none"] if any(confusion.uncalled) else [])]
    width = max(6, *(len(head) + 2 for head in heads))
    yield " " * width + "".join(f"{head:>{width}}" for head in heads)
    for group, row, lost in zip(confusion.groups, confusion.rows, confusion.uncalled, strict=True):
        counts = [*row, *([lost] if any(confusion.uncalled) else [])]
        yield f"{group:>{width}}" + "".join(f"{count:>{width}}" for count in counts)


def refit_json(made: Refit, table: RuleTable, told: tuple[Finding, ...]) -> dict[str, object]:
    """What was fitted and how well it does, for programs."""
    fit = table.fit
    return {
        "table": table.id,
        "version": table.version,
        "method": "" if fit is None else fit.method,
        "date": "" if fit is None else fit.date,
        "n": len(made.sample),
        "left_out_incomplete": made.sample.incomplete,
        "groups": list(made.sample.groups),
        "variables": list(made.sample.variables),
        "leave_one_out": _confusion_json(made.left_out),
        "resubstitution": _confusion_json(made.own),
        "findings": [
            {"code": one.code, "severity": one.severity.value, "message": one.message}
            for one in told
        ],
    }


def _confusion_json(confusion: Confusion) -> dict[str, object]:
    return {
        "rows": [list(row) for row in confusion.rows],
        "uncalled": list(confusion.uncalled),
        "right": confusion.right,
        "accuracy": confusion.accuracy,
    }


def _refusal(code: str, message: str, place: str, remedy: str) -> DomainError:
    return DomainError(Finding(code=code, message=message, place=place, remedy=remedy))


COMMAND = Command(
    name="refit",
    summary="fit classification functions to codings of your own and write them as a rule table",
    example="ssp-coder refit my-study --out my-lab/schemas/rules/own-codings.toml",
    add_arguments=_add_arguments,
    run=_run,
)
