"""What can be looked up in a scheme: its parts and every item in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssp_coder.domain.ethogram import Code
    from ssp_coder.domain.ruletable import RuleTable
    from ssp_coder.domain.scale import Scale
    from ssp_coder.domain.scheme import Scheme


class Part(StrEnum):
    """The parts of the browser, in the order in which they are listed."""

    OVERVIEW = "overview"
    PROCEDURE = "procedure"
    CODES = "codes"
    SCALES = "scales"
    RULES = "rules"
    MAP = "map"
    KEYS = "keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that can be looked up.

    Attributes:
        item: id of an episode, code, scale or rule within its part.
        title: what the list shows.
        words: everything that a search looks at, in lower case.
    """

    part: Part
    item: str
    title: str
    words: str


def entries_of(scheme: Scheme) -> tuple[Entry, ...]:
    """Every item of a scheme, part by part."""
    return (
        *_episodes(scheme),
        *(_code_entry(code, scheme) for code in scheme.ethogram.codes()),
        *(_scale_entry(scale) for scale in scheme.scales),
        *rule_entries(scheme.rules),
    )


def rule_entries(table: RuleTable) -> Iterator[Entry]:
    """The rules and profiles of a table."""
    for rule in table.main:
        yield _entry(Part.RULES, rule.id, str(rule.title))
    for overlay in table.overlays:
        yield _entry(Part.RULES, overlay.id, str(overlay.title))
    for profile in table.profiles:
        yield _entry(Part.RULES, profile.id, str(profile.title), str(profile.gist))


def matching(entries: tuple[Entry, ...], query: str) -> tuple[Entry, ...]:
    """The entries in which every word of a query occurs; none for an empty query."""
    wanted = query.casefold().split()
    if not wanted:
        return ()
    return tuple(entry for entry in entries if all(word in entry.words for word in wanted))


def _episodes(scheme: Scheme) -> Iterator[Entry]:
    for plan in scheme.procedure.episodes:
        rules = scheme.procedure.length_rules_of(plan.id)
        texts = [str(plan.start_cue), str(plan.end_cue), str(plan.note)]
        texts += [f"{rule.title} {rule.sign}" for rule in rules]
        yield _entry(Part.PROCEDURE, str(plan.id), f"{plan.id} {plan.title}", *texts)


def _code_entry(code: Code, scheme: Scheme) -> Entry:
    group = scheme.ethogram.group(code.group)
    scales = [str(scale.title) for scale in scheme.scales if scale.id in code.bears_on]
    texts = (str(code.short), str(code.hint), str(group.title), *code.tags, code.strategy, *scales)
    return _entry(Part.CODES, str(code.id), str(code.title), *texts)


def _scale_entry(scale: Scale) -> Entry:
    texts = [scale.abbreviation, str(scale.gist), str(scale.note)]
    texts += [str(anchor.text) for anchor in scale.anchors]
    texts += [str(hinge.text) for hinge in scale.hinges]
    texts += [str(confusion) for confusion in scale.confusions]
    return _entry(Part.SCALES, str(scale.id), str(scale.title), *texts)


def _entry(part: Part, item: str, title: str, *texts: str) -> Entry:
    words = " ".join((item, title, *texts)).casefold()
    return Entry(part=part, item=item, title=title, words=words)
