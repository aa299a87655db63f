"""A table of classification functions written as a data file that a person can read and change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from ssp_coder.catalog.checking_files import file_findings
from ssp_coder.catalog.errors import CatalogError, errors_among
from ssp_coder.catalog.reading import read_instrument
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.ruletable import (
    Citation,
    ClassificationFunction,
    DisorganizationRule,
    Fit,
    MainGroup,
    RuleInput,
    RuleTable,
    WorkedCase,
)
from ssp_coder.domain.words import Provenance, Text

_PLACE = "schemas/rules"
_HEAD = """#:schema ../format/discriminant_table.schema.json
# Classification functions: the group whose function has the largest value is suggested. A function
# is its constant and the sum of weight times rating. The coder's class is the datum.
"""


def table_file(table: RuleTable, shown: str) -> tuple[bytes, tuple[Finding, ...]]:
    """The file of a table of classification functions, read back and audited.

    Args:
        table: the table; its flags and citation are written too.
        shown: name of the file in what is found.

    Returns:
        The content, and what is worth a look without being an error.

    Raises:
        CatalogError: what was written would not be read back as a sound table.
    """
    content = ("\n".join(_lines(table)) + "\n").encode()
    findings = tuple(file_findings(read_instrument(f"{_PLACE}/{table.id}.toml", content, shown)))
    errors = errors_among(findings)
    if errors:
        raise CatalogError(errors)
    return content, findings


def _lines(table: RuleTable) -> Iterator[str]:
    yield from _HEAD.splitlines()
    yield ""
    yield 'kind = "discriminant_table"'
    yield f"id = {_string(table.id)}"
    yield f"version = {_string(table.version)}"
    yield f"title = {_text(table.title)}"
    yield f"enabled = {'false' if table.closed else 'true'}"
    if table.checksum is not None:
        yield f"checksum = {_number(table.checksum)} # the sum of all constants and weights"
    if table.borderline_flag:
        yield f"borderline_margin = {_number(table.borderline_margin)}"
        yield f"borderline_flag = {_string(table.borderline_flag)}"
    yield from _stated(table.provenance)
    if table.citation is not None:
        yield from _citation(table.citation)
    yield from chain.from_iterable(map(_input, table.inputs))
    yield from chain.from_iterable(map(_group, table.groups))
    yield from chain.from_iterable(map(_function, table.functions))
    yield from chain.from_iterable(map(_case, table.cases))
    if table.disorganization is not None:
        yield from _disorganization(table.disorganization)
    for flag in table.flags:
        yield from ("", "[[flags]]", f"id = {_string(flag.id)}", f"title = {_text(flag.title)}")
    if table.fit is not None:
        yield from _fit(table.fit)


def _stated(provenance: Provenance) -> Iterator[str]:
    yield f"origin = {_string(provenance.origin.value)}"
    yield f"source = {_string(provenance.source)}"
    if provenance.confidence is not None:
        yield f"confidence = {_number(provenance.confidence)}"


def _citation(citation: Citation) -> Iterator[str]:
    yield from ("", "[citation]", f"work = {_string(citation.work)}")
    if citation.page:
        yield f"page = {_string(citation.page)}"
    if citation.sample:
        yield f"sample = {_string(citation.sample)}"


def _input(rule_input: RuleInput) -> Iterator[str]:
    yield from ("", "[[inputs]]", f"id = {_string(rule_input.id)}")
    yield f"title = {_text(rule_input.title)}"
    yield f"minimum = {_number(rule_input.minimum)}"
    yield f"maximum = {_number(rule_input.maximum)}"
    if rule_input.step != 1.0:
        yield f"step = {_number(rule_input.step)}"
    if rule_input.definition:
        yield f"definition = {_string(rule_input.definition)}"


def _group(group: MainGroup) -> Iterator[str]:
    yield from ("", "[[groups]]", f"id = {_string(group.id)}", f"title = {_text(group.title)}")
    if group.subgroups:
        yield f"subgroups = {_strings(group.subgroups)}"
    for key in ("needs_secondary", "secure", "by_decision"):
        if getattr(group, key):
            yield f"{key} = true"
    yield from _stated(group.provenance)


def _function(function: ClassificationFunction) -> Iterator[str]:
    yield from ("", "[[functions]]", f"group = {_string(function.group)}")
    yield f"constant = {_number(function.constant)}"
    weights = ((term.input, _number(term.weight)) for term in function.terms)
    yield f"weights = {_pairs(weights)}"


def _case(case: WorkedCase) -> Iterator[str]:
    yield from ("", "[[worked_cases]]", f"group = {_string(case.group)}")
    yield f"values = {_pairs((name, _number(value)) for name, value in case.values)}"
    if case.scores:
        yield f"scores = {_pairs((name, _number(value)) for name, value in case.scores)}"
    yield f"tolerance = {_number(case.tolerance)}"


def _disorganization(rule: DisorganizationRule) -> Iterator[str]:
    yield from ("", "[disorganization]", f"input = {_string(rule.input)}")
    yield f"decision_point = {_number(rule.decision_point)}"
    yield f"outcome = {_string(rule.outcome)}"
    yield f"title = {_text(rule.title)}"
    yield from _stated(rule.provenance)


def _fit(fit: Fit) -> Iterator[str]:
    groups = ", ".join(group for group, _ in fit.counts)
    yield from ("", "[fit]", f"method = {_string(fit.method)}", f"date = {_string(fit.date)}")
    yield f"cases = {fit.cases}"
    yield f"counts = {_pairs((group, str(count)) for group, count in fit.counts)}"
    yield f"# Each case called by the functions fitted to all others: called {groups}."
    rows = ((group, f"[{', '.join(map(str, row))}]") for group, row in fit.confusion)
    yield f"confusion = {_pairs(rows)}"
    yield f"warnings = {_strings(fit.warnings)}"


def _text(text: Text) -> str:
    if len(text.by_language) == 1:
        return _string(text.by_language[0][1])
    return _pairs((language, _string(words)) for language, words in text.by_language)


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """An inline table; ids and languages are all bare keys."""
    return f"{{ {', '.join(f'{key} = {value}' for key, value in pairs)} }}"


def _strings(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_string, texts))}]"


def _string(text: str) -> str:
    """A basic string: as in JSON, but that TOML also wants the delete sign escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(value: float) -> str:
    """The shortest number that reads back as this one."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
