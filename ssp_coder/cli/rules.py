"""`ssp-coder rules`: the rule tables there are, what is in them, and what differs between two."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from pathlib import Path

from ssp_coder.catalog.differences import Difference
from ssp_coder.catalog.tables import LoadedTable, TableSummary, available_rule_tables
from ssp_coder.catalog.versions import Version, compare_versions
from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.tables import findings_on, named_table, open_table
from ssp_coder.cli.terminal import ProgressLine, note, say, say_json
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.reporting.audits import audit_lines
from ssp_coder.reporting.differences import (
    difference_lines,
    differences_json,
    effect_lines,
    read_version,
)
from ssp_coder.reporting.effects import Effects, coding_paths, effects_on_codings
from ssp_coder.reporting.map_picture import map_svg
from ssp_coder.reporting.maps import MapSheet, map_csv, map_lines
from ssp_coder.reporting.tables import matrix_csv, matrix_lines, matrix_markdown
from ssp_coder.reporting.words import origin_words
from ssp_coder.rules.map import outcome_map

_TABLE_HELP = "id of a rule table, or its file"


def _add_arguments(parser: ArgumentParser) -> None:
    several = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    for name, summary, add_arguments, work in _WORKS:
        one = several.add_parser(
            name, help=summary, description=f"{summary[0].upper()}{summary[1:]}."
        )
        one.set_defaults(work=work)
        add_arguments(one)
        one.add_argument(
            "--instruments",
            metavar="FOLDER",
            type=Path,
            action="append",
            default=[],
            help="a folder of your own with schemas/rules, searched before the bundled ones",
        )


def _run(options: Namespace) -> ExitCode:
    code: ExitCode = options.work(options)
    return code


# ---------------------------------------------------------------- list


def _no_arguments(_parser: ArgumentParser) -> None:
    """The list needs no argument of its own."""


def _list(options: Namespace) -> ExitCode:
    summaries = available_rule_tables(tuple(options.instruments))
    rows = [("id", "version", "kind", "state", "origin"), *map(_summary_row, summaries)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())
    broken = [summary.problem for summary in summaries if summary.problem is not None]
    for problem in broken:
        note(problem)
    return ExitCode.FINDINGS if broken else ExitCode.OK


def _summary_row(summary: TableSummary) -> tuple[str, str, str, str, str]:
    state = "closed" if summary.closed else "ready"
    return (
        summary.id,
        summary.version or "-",
        summary.kind.replace("_", " ") or "-",
        state if summary.problem is None else "broken",
        origin_words(summary.provenance) if summary.provenance else "-",
    )


# ---------------------------------------------------------------- audit


def _table_argument(parser: ArgumentParser) -> None:
    parser.add_argument("table", metavar="TABLE", help=_TABLE_HELP)


def _audit(options: Namespace) -> ExitCode:
    findings = findings_on(options.table, tuple(options.instruments))
    for finding in findings:
        note(finding)
    if any(finding.severity is Severity.ERROR for finding in findings):
        say(f"{options.table}: {len(findings)} findings; the table cannot be used")
        return ExitCode.FINDINGS
    for line in audit_lines(_table(options).table):
        say(line)
    grave = any(finding.severity is not Severity.NOTE for finding in findings)
    return ExitCode.FINDINGS if grave else ExitCode.OK


def _table(options: Namespace) -> LoadedTable:
    return named_table(options.table, tuple(options.instruments))


# ---------------------------------------------------------------- matrix


def _matrix_arguments(parser: ArgumentParser) -> None:
    _table_argument(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="as a CSV table")
    form.add_argument("--markdown", action="store_true", help="as Markdown tables")


def _matrix(options: Namespace) -> ExitCode:
    table = _table(options).table
    if options.csv:
        say(matrix_csv(table).rstrip("\n"))
    else:
        for line in matrix_markdown(table) if options.markdown else matrix_lines(table):
            say(line)
    return ExitCode.OK


# ---------------------------------------------------------------- map


def _map_arguments(parser: ArgumentParser) -> None:
    _table_argument(parser)
    parser.add_argument("--x", metavar="INPUT", required=True, help="rating along the columns")
    parser.add_argument("--y", metavar="INPUT", required=True, help="rating along the rows")
    parser.add_argument(
        "--fix",
        metavar="INPUT=VALUE",
        type=_fixed_value,
        nargs="+",
        action="extend",
        default=[],
        help="value of another rating; what is not given stays unknown",
    )
    parser.add_argument("--svg", metavar="FILE", type=Path, help="write a picture too")
    parser.add_argument("--csv", action="store_true", help="as a CSV table, one row a cell")


def _fixed_value(text: str) -> tuple[str, float]:
    name, sign, value = text.partition("=")
    try:
        if sign and name:
            return name, float(value)
    except ValueError:
        pass
    raise ArgumentTypeError(f"{text!r} is no rating with its value, such as NAME=3")


def _map(options: Namespace) -> ExitCode:
    loaded = open_table(options.table, tuple(options.instruments))
    drawn = outcome_map(loaded.table, options.x, options.y, dict(options.fix))
    sheet = MapSheet(map=drawn, table=loaded.table, sha256=loaded.sha256)
    if options.svg is not None:
        _refuse_existing(options.svg)
        options.svg.write_text(map_svg(sheet), encoding="utf-8")
    if options.csv:
        say(map_csv(sheet).rstrip("\n"))
    else:
        for line in map_lines(sheet):
            say(line)
    return ExitCode.OK


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise DomainError(
            Finding(
                code="file.exists",
                message="is there already and was not touched",
                place=str(path),
                remedy="name another file, or remove this one first",
            )
        )


# ---------------------------------------------------------------- diff


def _diff_arguments(parser: ArgumentParser) -> None:
    words = "id of a scheme or instrument, its file, or a coding"
    parser.add_argument("old", metavar="OLD", help=words)
    parser.add_argument("new", metavar="NEW", help=words)
    parser.add_argument(
        "--codings",
        metavar="FOLDER",
        type=Path,
        help="tell which codings in this folder would get another suggestion",
    )
    parser.add_argument("--json", action="store_true", help="an object for programs")


def _diff(options: Namespace) -> ExitCode:
    folders = tuple(options.instruments)
    old, new = (read_version(name, folders=folders) for name in (options.old, options.new))
    found = compare_versions(old, new)
    effects = None if options.codings is None else _effects(options.codings, old, new)
    if options.json:
        say_json(differences_json(found, effects))
    else:
        for line in _diff_lines(found, effects):
            say(line)
    return ExitCode.OK


def _effects(folder: Path, old: Version, new: Version) -> Effects:
    paths = coding_paths(folder)
    if not paths:
        raise DomainError(
            Finding(
                code="codings.none",
                message="holds no coding",
                place=str(folder),
                remedy="name a folder with .sspc files",
            )
        )
    with ProgressLine("asking both tables") as line:
        return effects_on_codings(old, new, paths, line.show)


def _diff_lines(found: tuple[Difference, ...], effects: Effects | None) -> Iterator[str]:
    yield from difference_lines(found)
    if effects is not None:
        yield ""
        yield from effect_lines(effects)


_WORKS = (
    ("list", "list the rule tables and whether they can be used", _no_arguments, _list),
    ("audit", "tell what is wrong with a table, and prove what is right", _table_argument, _audit),
    ("matrix", "show a table as a matrix of rules and ratings", _matrix_arguments, _matrix),
    ("map", "draw what comes out over two ratings", _map_arguments, _map),
    ("diff", "tell what differs between two versions", _diff_arguments, _diff),
)

COMMAND = Command(
    name="rules",
    summary="look into the rule tables: list, audit, matrix, map, diff",
    example="ssp-coder rules audit my-lab/schemas/rules/ours.toml",
    add_arguments=_add_arguments,
    run=_run,
)
