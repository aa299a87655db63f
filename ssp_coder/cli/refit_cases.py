"""Sessions with a class, gathered for a fit; whatever is left out is counted and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ssp_coder.calibration.sample import LabelledCase
from ssp_coder.cli.reading import read_coding
from ssp_coder.domain.coding import Classification, CodingRole
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scale import Points
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import Facts
from ssp_coder.formats.dialect import Row, read_sheet
from ssp_coder.formats.errors import Faults
from ssp_coder.formats.guard import without_guard
from ssp_coder.formats.ratings import read_ratings
from ssp_coder.rules.collapse import CollapseRule, three_way
from ssp_coder.rules.facts import facts_from_coding

CLASS_COLUMNS = ("class", "primary")
"""Where a table of ratings has the class that people gave; the first one that is there counts."""
_SECONDARY = "secondary"
_NOT_A_RATING = "ratings.extra_column"


class Secondary(StrEnum):
    """What becomes of a class that is recorded with a forced secondary subgroup."""

    LEFT_OUT = "left_out"
    USED = "used"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassedSession:
    """A session, what is known of it, and the organised group that people gave it."""

    session: str
    facts: Facts
    group: str

    def case(self, variables: tuple[str, ...]) -> LabelledCase:
        """The session in numbers; None where there is none."""
        scores = dict(self.facts.scores)
        found = (scores.get(name) for name in variables)
        return LabelledCase(
            values=tuple(one.value if isinstance(one, Points) else None for one in found),
            group=self.group,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Sessions for a fit.

    Attributes:
        table: rule table whose groups and inputs they use.
        source: what they are, such as locked consensus codings.
        notes: what was left out, and what is doubtful.
    """

    table: RuleTable
    source: str
    sessions: tuple[ClassedSession, ...]
    notes: tuple[Finding, ...]


def from_ratings(
    path: Path, scheme: Scheme, secondary: Secondary, *, numbering: str = ""
) -> Gathered:
    """The rows of a table of ratings that have a class.

    Args:
        path: the table.
        scheme: what the ratings are for.
        secondary: what becomes of a class with a forced secondary subgroup.
        numbering: how headers of another laboratory count the episodes.

    Raises:
        FormatError: the table cannot be used; every fault with line and column.
    """
    sheet = without_guard(read_sheet(path), path)
    column = next((name for name in CLASS_COLUMNS if name in sheet.columns), None)
    if column is None:
        sheet.require(CLASS_COLUMNS[:1])
        column = CLASS_COLUMNS[0]
    faults = Faults(sheet.file)
    classes = {row.line: _class_in(row, column, scheme.rules, faults) for row in sheet.rows}
    faults.refuse_if_any()
    file = read_ratings(path, scheme, numbering=numbering)
    sorting = _Sorting(secondary)
    for rated in file.rows:
        sorting.take(rated.session, rated.facts, classes[rated.line], scheme.rules)
    # That the class is no rating is what it is here for.
    notes = (finding for finding in file.notes if finding.code != _NOT_A_RATING)
    return sorting.gathered(scheme.rules, f"rows of {path.name}", notes)


def from_study(folder: Path, role: CodingRole, secondary: Secondary) -> Gathered:
    """The locked codings of a folder, and of the folders in it, that have a role.

    Raises:
        StorageError: a coding is damaged.
        DomainError: there is no such coding.
    """
    skipped: Counter[str] = Counter()
    entries = []
    for path in sorted(folder.rglob("*.sspc")):
        entry = read_coding(path)
        if entry.coding.role is not role:
            skipped[f"of role {entry.coding.role.value}"] += 1
        elif not entry.coding.locked:
            skipped["not locked"] += 1
        else:
            entries.append(entry)
    if not entries:
        raise _nothing(folder, role, skipped)
    table = entries[0].scheme.rules
    sorting = _Sorting(secondary)
    others = 0
    for entry in entries:
        others += entry.scheme.rules_sha256 != entries[0].scheme.rules_sha256
        facts = facts_from_coding(entry.coding, entry.scheme)
        given = entry.coding.classification
        sorting.take(entry.coding.session, facts, given, entry.scheme.rules)
    notes = [_note("other_codings", f"passed over: {_told(skipped)}")] if skipped else []
    if others:
        remark = f"made with other rules than {table.id} {table.version}: {others}"
        notes.append(_note("other_rules", remark, Severity.WARNING))
    return sorting.gathered(table, f"locked {role.value} codings", notes)


class _Sorting:
    """Takes sessions that have an organised group and counts the others by the reason."""

    def __init__(self, secondary: Secondary) -> None:
        self._secondary = secondary
        self._sessions: list[ClassedSession] = []
        self._left_out: Counter[str] = Counter()
        self._forced: Counter[str] = Counter()

    def take(
        self, session: str, facts: Facts, given: Classification | None, table: RuleTable
    ) -> None:
        """Sort a session in; `table` is the one that its class belongs to."""
        if given is None:
            self._left_out["without a class"] += 1
            return
        group = three_way(given, table)
        if group.rule is CollapseRule.SECONDARY_MISSING:
            self._left_out[f"of class {given.primary} without a secondary subgroup"] += 1
        elif group.rule is not CollapseRule.PRIMARY and self._secondary is Secondary.LEFT_OUT:
            self._left_out[f"of class {given.primary}"] += 1
        else:
            self._forced[given.primary] += group.rule is not CollapseRule.PRIMARY
            self._sessions.append(ClassedSession(session=session, facts=facts, group=group.value))

    def gathered(self, table: RuleTable, source: str, notes: Iterable[Finding]) -> Gathered:
        """All that was taken, with what has to be told of it."""
        return Gathered(
            table=table,
            source=source,
            sessions=tuple(self._sessions),
            notes=(*notes, *self._notes()),
        )

    def _notes(self) -> Iterator[Finding]:
        if self._left_out:
            remedy = "--secondary takes those that have a forced secondary subgroup by its group"
            yield _note("left_out", f"left out: {_told(self._left_out)}", remedy=remedy)
        forced = +self._forced
        if forced:
            told = _told(Counter({f"of class {name}": count for name, count in forced.items()}))
            yield _note("forced", f"counted by the group of a forced secondary subgroup: {told}")
        twice = len(self._sessions) - len({one.session for one in self._sessions})
        if twice:
            yield _note(
                "repeated",
                f"of a session that is there already: {twice}; so the cases are not "
                "independent, and the left-out figures flatter",
                Severity.WARNING,
                remedy="keep one a session",
            )


def _class_in(row: Row, column: str, table: RuleTable, faults: Faults) -> Classification | None:
    """The class of a row; a subgroup stands for its main group."""
    text, secondary = row.cell(column), row.cell(_SECONDARY)
    groups = {group.id: group.id for group in table.groups}
    groups |= {name: group.id for group in table.groups for name in group.subgroups}
    known = tuple(groups)
    if text and text not in groups:
        faults.add(
            "ratings.cell",
            f"{text!r} is no class of rule table {table.id}",
            f"use one of {', '.join(known)}, or leave it empty",
            line=row.line,
            column=column,
        )
        return None
    if secondary and secondary not in table.subgroups():
        faults.add(
            "ratings.cell",
            f"{secondary!r} is no subgroup of rule table {table.id}",
            f"use one of {', '.join(table.subgroups())}, or leave it empty",
            line=row.line,
            column=_SECONDARY,
        )
        return None
    return Classification(primary=groups[text], secondary=secondary) if text else None


def _nothing(folder: Path, role: CodingRole, skipped: Counter[str]) -> DomainError:
    there = f"; there are {_told(skipped)}" if skipped else ""
    return DomainError(
        Finding(
            code="refit.no_coding",
            message=f"holds no locked {role.value} coding{there}",
            place=str(folder),
            remedy="lock what is settled, choose another --role, or name a table of ratings",
        )
    )


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))


def _note(
    kind: str, message: str, severity: Severity = Severity.NOTE, *, remedy: str = ""
) -> Finding:
    return Finding(
        code=f"refit.{kind}", message=message, place="refit", remedy=remedy, severity=severity
    )
