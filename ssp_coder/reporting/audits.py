"""What an audit found out about a rule table: figures, examples, and where its statements stand."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.words import Provenance
from ssp_coder.formats.columns import is_own_default
from ssp_coder.reporting.words import both, counted, sourced_words
from ssp_coder.rules.cells import Census, census
from ssp_coder.rules.trial import trials

OPEN_SIGN = "?"
"""Between groups that the table leaves open."""
DEPENDS_SIGN = "/"
"""Between groups of which one comes out once a further rating is given."""
_NO_RULE = "no rule"


def audit_lines(table: RuleTable) -> Iterator[str]:
    """Figures of a table that has no error, for reading."""
    yield f"{table.title.english} [{table.id} {table.version}]"
    yield sourced_words(table.provenance)
    if table.closed:
        yield f"Closed: {table.closed}"
        return
    if table.main:
        yield ""
        yield from _space_lines(table, census(table))
    yield ""
    yield from _ratings_lines(table)
    yield ""
    yield from _trial_lines(table)
    yield ""
    yield from origin_lines(table)


def _space_lines(table: RuleTable, space: Census) -> Iterator[str]:
    gaps, contradictions = len(space.gaps), len(space.contradictions)
    sound = not gaps and not contradictions
    yield (
        f"All {space.total:,} combinations of {counted(len(space.inputs), 'input')} gone through "
        f"in {space.cases:,} cases: "
        + ("exactly one answer for each" if sound else f"{gaps} gaps, {contradictions} conflicts")
    )
    yield f"  {', '.join(space.inputs)}"
    rows = [(OPEN_SIGN.join(groups) or _NO_RULE, count) for groups, count in space.outcomes]
    yield from _shares(rows, space.total)
    settled = sum(count for groups, count in space.outcomes if len(groups) == 1)
    left_open = sum(count for groups, count in space.outcomes if len(groups) > 1)
    yield f"Settled: {percent(settled, space.total)}; left open: {percent(left_open, space.total)}"
    yield "In how many combinations each rule holds:"
    yield from _shares([(rule.id, space.holding(rule.id)) for rule in table.main], space.total)


def _ratings_lines(table: RuleTable) -> Iterator[str]:
    """What the required ratings alone give, every combination judged."""
    from ssp_coder.calibration.census import census as every_combination  # brings numpy along
    from ssp_coder.calibration.judging import Standing

    try:
        judged = every_combination(table)
    except DomainError as error:
        yield f"The required ratings alone: not gone through, {error.finding.message}"
        return
    yield (
        f"The {len(judged.inputs)} required ratings alone, {judged.total:,} combinations, all else "
        "not given:"
    )
    signs = {Standing.SETTLED: "", Standing.LEFT_OPEN: OPEN_SIGN, Standing.DEPENDS: DEPENDS_SIGN}
    yield from _shares(
        [(signs[standing].join(groups), count) for standing, groups, count in judged.groups],
        judged.total,
    )
    yield (
        f"Settled: {_share(judged.share(Standing.SETTLED))}; left open by the table or a tie ("
        f"{OPEN_SIGN}): {_share(judged.share(Standing.LEFT_OPEN))}; depends on what is not given ("
        f"{DEPENDS_SIGN}): {_share(judged.share(Standing.DEPENDS))}"
    )


def _shares(rows: list[tuple[str, int]], total: int) -> Iterator[str]:
    names = max(len(name) for name, _ in rows)
    numbers = max(len(f"{count:,}") for _, count in rows)
    for name, count in rows:
        yield f"  {name.ljust(names)}  {count:>{numbers},}  {percent(count, total):>8}"


def percent(part: int, total: int) -> str:
    """A share with two decimals, more where it would look like nothing or like all."""
    return _share(part / total)


def _share(share: float) -> str:
    digits = 2 if share in (0, 1) or 0.0001 <= share <= 0.9999 else 5
    return f"{100 * share:.{digits}f} %"


def _trial_lines(table: RuleTable) -> Iterator[str]:
    tried = trials(table)
    failed = [one for one in tried if not one.comes_out]
    told = counted(len(tried), "example")
    yield f"{told} tried: {_come_out(len(failed))}"
    for one in failed:
        whose = f"rule {one.rule}" if one.rule else "the table"
        yield f"  example {one.number} of {whose}: stated {one.stated}, found {one.found}"


def _come_out(failed: int) -> str:
    if not failed:
        return "all come out"
    return f"{failed} {'does' if failed == 1 else 'do'} not come out"


def origin_lines(table: RuleTable) -> Iterator[str]:
    """Where each statement of a table comes from, the project's own last."""
    told: dict[Provenance, dict[str, list[str]]] = {}
    for kind, name, provenance in _statements(table):
        told.setdefault(provenance, {}).setdefault(kind, []).append(name)
    yield "Where its statements come from:"
    for provenance in sorted(told, key=is_own_default):
        names = "; ".join(
            f"{kind} {both(several)}".strip() for kind, several in told[provenance].items()
        )
        yield f"  {sourced_words(provenance)}:"
        yield f"    {names}"
    if table.citation is not None:
        work = ", ".join(part for part in (table.citation.work, table.citation.page) if part)
        yield f"  numbers: {work or 'no citation yet'}"
    if not any(map(is_own_default, told)):
        yield "  Nothing in it is a project default"


def _statements(table: RuleTable) -> Iterator[tuple[str, str, Provenance]]:
    """Kind, name and origin of everything that a table states."""
    yield "", "the table", table.provenance
    for kind, things in (
        ("rules", table.main),
        ("groups", table.groups),
        ("subgroups", table.profiles),
        ("rules on top", table.overlays),
    ):
        for thing in things:
            yield kind, thing.id, thing.provenance
    if table.disorganization is not None:
        yield "decision on", table.disorganization.input, table.disorganization.provenance
