"""What must be true between the files of one scheme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ssp_coder.catalog.building_rules import NOT_FILLED_IN
from ssp_coder.catalog.building_scheme import (
    SchemeParts,
    column_name,
    rated_ranges,
    slots_of,
)
from ssp_coder.catalog.checking_rules import main_rule_findings
from ssp_coder.catalog.dimensions import dimension_findings
from ssp_coder.catalog.locating import Key
from ssp_coder.catalog.reading import InstrumentFile
from ssp_coder.catalog.record_rules import (
    DecisionTableFile,
    DiscriminantTableFile,
    InputRecord,
    VariableRecord,
)
from ssp_coder.catalog.records import (
    FileRecord,
    ScaleFile,
)
from ssp_coder.domain.finding import Finding

_Placed = tuple[InstrumentFile[FileRecord], Key]


def scheme_findings(parts: SchemeParts) -> Iterator[Finding]:
    """Everything wrong between the files; each of them is sound by itself."""
    if parts.procedure.record.template:
        yield _template_finding(parts)
        return
    yield from _rules_findings(parts)
    yield from _scale_list_findings(parts)
    yield from _alias_findings(parts)
    unknown = tuple(_unknown_episode_findings(parts))
    yield from unknown
    yield from _person_findings(parts)
    yield from _code_findings(parts)
    if not unknown:
        yield from _column_findings(parts)
        yield from _input_findings(parts)
        taken = frozenset(name for name, _ in _columns(parts))
        yield from dimension_findings(parts.scheme, rated_ranges(parts), taken)


def _unknown(
    file: InstrumentFile[FileRecord], key: Key, kind: str, name: str, known: tuple[str, ...]
) -> Iterator[Finding]:
    if name not in known:
        yield file.finding(
            "id.unknown", key, f"{kind} {name!r} is not known", f"use one of {', '.join(known)}"
        )


def _template_finding(parts: SchemeParts) -> Finding:
    name = parts.procedure.record.id
    return parts.scheme.finding(
        "procedure.template",
        ("procedure",),
        f"procedure {name!r} is a template: its episodes are for a lab to fill in",
        "name another procedure, or copy the template under another name, fill it in and remove "
        "template = true",
    )


def _scale_list_findings(parts: SchemeParts) -> Iterator[Finding]:
    names = parts.scheme.record.scales
    for at, name in enumerate(names):
        if name in names[:at]:
            yield parts.scheme.finding(
                "id.duplicate", ("scales", at), f"scale {name!r} is listed twice", "keep one"
            )


def _alias_findings(parts: SchemeParts) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for scale in parts.scales:
        for name in (scale.record.id, scale.record.abbreviation):
            owners.setdefault(name.casefold(), scale.record.id)
    for scale in parts.scales:
        for at, alias in enumerate(scale.record.aliases):
            owner = owners.setdefault(alias.casefold(), scale.record.id)
            if owner != scale.record.id:
                yield scale.finding(
                    "scale.alias",
                    ("aliases", at),
                    f"alias {alias!r} is also a name of scale {owner!r}",
                    "keep it with one of them",
                )


def _unknown_episode_findings(parts: SchemeParts) -> Iterator[Finding]:
    known = tuple(episode.id for episode in parts.procedure.record.episodes)
    for at, count in enumerate(parts.scheme.record.counts):
        for place, name in enumerate(count.episodes):
            key: Key = ("counts", at, "episodes", place)
            yield from _unknown(parts.scheme, key, "episode", name, known)
    for scale in parts.scales:
        for key, names in _episode_lists(scale.record):
            for place, name in enumerate(names):
                yield from _unknown(scale, (*key, place), "episode", name, known)


def _episode_lists(scale: ScaleFile) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for at, slot in enumerate(scale.slots):
        yield ("slots", at, "episodes"), slot.episodes
    for at, hinge in enumerate(scale.hinges):
        yield ("hinges", at, "episodes"), hinge.episodes


def _person_findings(parts: SchemeParts) -> Iterator[Finding]:
    known = tuple(person.id for person in parts.procedure.record.persons)
    for at, group in enumerate(parts.ethogram.record.groups):
        for place, name in enumerate(group.subjects):
            key: Key = ("groups", at, "subjects", place)
            yield from _unknown(parts.ethogram, key, "person", name, known)
    for scale in parts.scales:
        for at, slot in enumerate(scale.record.slots):
            if slot.toward:
                yield from _unknown(scale, ("slots", at, "toward"), "person", slot.toward, known)


def _code_findings(parts: SchemeParts) -> Iterator[Finding]:
    groups = parts.ethogram.record.groups
    kinds = {f"{group.id}.{code.name}": code.kind for group in groups for code in group.codes}
    for sign, code in parts.keymap.record.bindings.items():
        yield from _code_unknown(parts.keymap, ("bindings", sign), code, kinds)
    for at, count in enumerate(parts.scheme.record.counts):
        for place, code in enumerate(count.codes):
            key: Key = ("counts", at, "codes", place)
            yield from _code_unknown(parts.scheme, key, code, kinds)
            if kinds.get(code) == "point":
                yield parts.scheme.finding(
                    "count.point", key, f"{code} is a point and has no length", "count states"
                )
    yield from _evidence_findings(parts)


def _code_unknown(
    file: InstrumentFile[FileRecord], key: Key, code: str, known: Iterable[str]
) -> Iterator[Finding]:
    if code not in known:
        yield file.finding(
            "id.unknown", key, f"code {code!r} is not in the ethogram", "write it as group.code"
        )


def _evidence_findings(parts: SchemeParts) -> Iterator[Finding]:
    scales = {scale.record.id for scale in parts.scales}
    for at, group in enumerate(parts.ethogram.record.groups):
        for place, code in enumerate(group.codes):
            for name in code.bears_on:
                if name not in scales:
                    yield parts.ethogram.warning(
                        "id.unknown",
                        ("groups", at, "codes", place, "bears_on"),
                        f"{group.id}.{code.name} bears on {name!r}, which the scheme does not rate",
                        "add the scale to the scheme or remove it here",
                    )


def _columns(parts: SchemeParts) -> Iterator[tuple[str, _Placed]]:
    procedure = parts.procedure.record
    for scale in parts.scales:
        for at, record in enumerate(scale.record.slots):
            for slot in slots_of(record, scale.record.id, procedure):
                yield slot.id, (scale, ("slots", at))
    yield from _count_columns(parts)


def _count_columns(parts: SchemeParts) -> Iterator[tuple[str, _Placed]]:
    episodes = {episode.id: episode for episode in parts.procedure.record.episodes}
    for at, count in enumerate(parts.scheme.record.counts):
        for name in count.episodes:
            place: _Placed = (parts.scheme, ("counts", at))
            yield column_name(count.id, None, episodes[name]), place


def _column_findings(parts: SchemeParts) -> Iterator[Finding]:
    seen: set[str] = set()
    for name, (file, key) in _columns(parts):
        if "{" in name:
            yield file.finding(
                "slot.column", key, f"column {name!r} is not filled in", "remove the braces"
            )
        if name in seen:
            yield file.finding(
                "id.duplicate",
                key,
                f"column {name!r} occurs twice",
                "put {toward} or {number} into the column name",
            )
        seen.add(name)


def _input_findings(parts: SchemeParts) -> Iterator[Finding]:
    procedure = parts.procedure.record
    ranges = {
        slot.id: (scale.record.minimum, scale.record.maximum, scale.record.step)
        for scale in parts.scales
        for slot in chain.from_iterable(
            slots_of(record, scale.record.id, procedure) for record in scale.record.slots
        )
    }
    counts = {name for name, _ in _count_columns(parts)}
    file, items = _listed_inputs(parts)
    for at, item in enumerate(items):
        if item.id in ranges:
            if (item.minimum, item.maximum, item.step) != ranges[item.id]:
                low, high, step = ranges[item.id]
                yield file.finding(
                    "input.range",
                    ("inputs", at),
                    f"{item.id} does not have the range of its scale",
                    f"write {low:g} to {high:g} by {step:g}",
                )
        elif item.id not in counts:
            yield file.finding(
                "id.unknown",
                ("inputs", at, "id"),
                f"input {item.id!r} is neither rated nor counted in this scheme",
                "use a column of a scale's slots or of the scheme's counts",
            )


def _listed_inputs(
    parts: SchemeParts,
) -> tuple[InstrumentFile[FileRecord], tuple[InputRecord | VariableRecord, ...]]:
    """The inputs of the rule table, and the file that lists them."""
    rules = parts.rules.record
    if isinstance(rules, DecisionTableFile):
        below = parts.profiles
        return (parts.rules, ()) if below is None else (below, below.record.inputs)
    return parts.rules, rules.inputs


def _rules_findings(parts: SchemeParts) -> Iterator[Finding]:
    rules = parts.rules.record
    if isinstance(rules, DecisionTableFile) and parts.profiles is not None:
        yield from main_rule_findings(parts.rules, parts.profiles)
    if isinstance(rules, DiscriminantTableFile) and not rules.enabled:
        yield parts.scheme.finding(
            "table.closed",
            ("rules",),
            f"rule table {rules.id!r} cannot be used: {NOT_FILLED_IN}",
            "fill it in from its source, or name another table",
        )
