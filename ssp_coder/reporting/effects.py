"""Which codings would get another suggestion under another version of a scheme or a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ssp_coder.catalog.versions import Version, scheme_of, table_of
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import Verdict
from ssp_coder.formats.dialect import line_of
from ssp_coder.formats.score_row import suggestion_may_be_seen
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from ssp_coder.rules.trial import outcome_words
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.errors import StorageError

SUFFIX = ".sspc"
COLUMNS = ("file", "session_id", "coder_id", "old", "then", "new", "now", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The suggestion for a coding under both versions.

    Attributes:
        then: group and subgroup under the old version; all that are possible while several are.
        now: the same under the new version.
    """

    file: str
    session: str
    coder: str
    then: str
    now: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.then != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What became of a folder of codings.

    Attributes:
        old: id and version of the old version.
        new: id and version of the new one.
        told: codings whose suggestion may be seen.
        hidden: how many codings have a suggestion that may not be seen yet; nothing of them is
            worked out.
        left_out: codings that cannot be read or compared, and why.
    """

    old: str
    new: str
    told: tuple[Effect, ...]
    hidden: int
    left_out: tuple[Finding, ...]

    @property
    def changed(self) -> tuple[Effect, ...]:
        """Codings with another suggestion."""
        return tuple(effect for effect in self.told if effect.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    """A version that can be asked for a suggestion: a whole scheme, or a table alone."""

    table: RuleTable
    scheme: Scheme | None

    def says(self, coding: Coding, scheme: Scheme) -> str:
        """The suggestion; a table alone reads the coding as its own scheme counts and rates."""
        own = replace(self.scheme or scheme, rules=self.table)
        return _said(evaluate(self.table, facts_from_coding(coding, own)))


def coding_paths(folder: Path) -> tuple[Path, ...]:
    """Coding files in a folder and below, sorted."""
    return tuple(sorted(path for path in folder.rglob(f"*{SUFFIX}") if path.is_file()))


def effects_on_codings(
    old: Version,
    new: Version,
    paths: tuple[Path, ...],
    progress: Callable[[float], None] = lambda _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Effects:
    """The suggestions for coding files under two versions.

    Raises:
        CatalogError: a version is wrong or holds no rule table.
        DomainError: a table is closed.
    """
    judges = _judge(old), _judge(new)
    told: list[Effect] = []
    left_out: list[Finding] = []
    hidden = 0
    for done, path in enumerate(paths):
        if cancelled():
            break
        progress(done / len(paths))
        try:
            effect = _effect(path, judges)
        except DomainError as error:
            left_out.append(replace(error.finding, place=str(path)))
            continue
        if effect is None:
            hidden += 1
        else:
            told.append(effect)
    return Effects(
        old=old.label,
        new=new.label,
        told=tuple(told),
        hidden=hidden,
        left_out=tuple(left_out),
    )


def effects_csv(effects: Effects) -> str:
    """The told codings as a CSV table, each row with the versions that gave it."""
    rows = [
        (e.file, e.session, e.coder, effects.old, e.then, effects.new, e.now, str(int(e.changed)))
        for e in effects.told
    ]
    return "".join(map(line_of, (COLUMNS, *rows)))


def _judge(version: Version) -> _Judge:
    if version.is_scheme:
        scheme = scheme_of(version)
        table: RuleTable | None = scheme.rules
    else:
        scheme, table = None, table_of(version)
    if table is None or table.closed:
        raise DomainError(
            Finding(
                code="effects.no_table",
                message=table.closed if table else "holds no rules that suggest a class",
                place=version.main.shown,
                remedy="choose a scheme or a rule table that can be used",
            )
        )
    return _Judge(table=table, scheme=scheme)


def _effect(path: Path, judges: tuple[_Judge, _Judge]) -> Effect | None:
    with open_read_only(path) as file:
        coding, scheme = file.coding, file.scheme
    if not suggestion_may_be_seen(coding, scheme):
        return None
    _check_rated(path, scheme, judges)
    then, now = (judge.says(coding, scheme) for judge in judges)
    return Effect(file=path.name, session=coding.session, coder=coding.coder, then=then, now=now)


def _said(verdict: Verdict) -> str:
    """The outcome; while it is not settled, with the subgroups that are still possible."""
    words = outcome_words(verdict)
    if verdict.subgroup is not None or verdict.secondary is not None:
        return words
    still = "/".join(sorted(verdict.possible_subgroups))
    return ", ".join(part for part in (words, still) if part)


def _check_rated(path: Path, scheme: Scheme, judges: tuple[_Judge, _Judge]) -> None:
    """Refuse a coding that rates nothing of what a table reads."""
    for judge in judges:
        if any(scheme.has_slot(item.id) for item in judge.table.inputs):
            continue
        raise StorageError(
            Finding(
                code="effects.other_scheme",
                message=f"rates nothing of what {judge.table.id} reads",
                place=str(path),
                remedy="compare codings of the same kind",
            )
        )
