"""Words of the instrument browser: parts, origins, places of ratings, lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.procedure import EpisodeKind, LengthEffect
from ssp_coder.domain.time import SECOND_US, short_clock_text
from ssp_coder.domain.words import Origin
from ssp_coder.ui.classify.words import joined
from ssp_coder.ui.instruments.contents import Part

if TYPE_CHECKING:
    from ssp_coder.domain.ethogram import Code, CodeGroup
    from ssp_coder.domain.procedure import EpisodePlan, LengthRule, Procedure
    from ssp_coder.domain.ruletable import RuleInput
    from ssp_coder.domain.scale import Scale
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.words import Provenance


def tr(words: str) -> str:
    """Translate words of the browser."""
    return QCoreApplication.translate("instruments", words)


def part_title(part: Part) -> str:
    """What a part of the browser is called."""
    return {
        Part.OVERVIEW: tr("Overview"),
        Part.PROCEDURE: tr("Procedure"),
        Part.CODES: tr("Codes"),
        Part.SCALES: tr("Scales"),
        Part.RULES: tr("Rules"),
        Part.MAP: tr("Map of outcomes"),
        Part.KEYS: tr("Key map"),
    }[part]


def origin_word(origin: Origin) -> str:
    """The kind of a source, short enough for a cell of a table."""
    return {
        Origin.VERIFIED: tr("verified source"),
        Origin.LITERATURE: tr("literature, unverified"),
        Origin.PROJECT_DEFAULT: tr("project default"),
        Origin.LAB: tr("lab"),
    }[origin]


def source_words(provenance: Provenance) -> str:
    """The source of a statement, with the confidence where one is stated."""
    if provenance.confidence is None:
        return provenance.source
    words = tr("{0} (confidence {1})")
    return words.format(provenance.source, f"{provenance.confidence:.2g}")


def kind_words(kind: EpisodeKind) -> str:
    """What an episode is for."""
    return {
        EpisodeKind.INTRODUCTION: tr("introduction"),
        EpisodeKind.PRESEPARATION: tr("before separation"),
        EpisodeKind.SEPARATION: tr("separation"),
        EpisodeKind.REUNION: tr("reunion"),
    }[kind]


def length_words(length_us: int) -> str:
    """A planned length as a clock, ``3:00``."""
    return short_clock_text(length_us, digits=0)


def change_words(plan: EpisodePlan) -> str:
    """Whether an episode may be cut short or prolonged."""
    parts = [tr("may be cut short")] if plan.may_curtail else []
    parts += [tr("may be extended")] if plan.may_extend else []
    return ", ".join(parts)


def present_words(plan: EpisodePlan, procedure: Procedure) -> str:
    """Who is expected in the room."""
    return ", ".join(str(procedure.person(person).title) for person in plan.present)


def rule_words(rule: LengthRule) -> str:
    """A length rule with its time: ``Lab practice: hard crying, 20 to 30 s``."""
    effect = {
        LengthEffect.CURTAIL: tr("Cut short"),
        LengthEffect.EXTEND: tr("Extended"),
    }[rule.effect]
    words = f"{effect}, {rule.title}: {rule.sign}"
    if rule.after_us is None:
        return words
    if rule.up_to_us is None:
        return tr("{0} After {1} s.").format(words, rule.after_us // SECOND_US)
    ends = (rule.after_us // SECOND_US, rule.up_to_us // SECOND_US)
    return tr("{0} After {1} to {2} s.").format(words, *ends)


def code_kind_words(code: Code) -> str:
    """Whether a behaviour lasts."""
    return tr("state, lasts") if code.kind is CodeKind.STATE else tr("point, a moment")


def group_words(group: CodeGroup, scheme: Scheme) -> str:
    """Exclusivity and subjects of a group."""
    rule = tr("one state at a time") if group.exclusive else tr("several at a time")
    people = ", ".join(str(scheme.procedure.person(subject).title) for subject in group.subjects)
    return f"{rule} \N{MIDDLE DOT} {people}"


def places_of(scale: Scale, scheme: Scheme) -> tuple[str, ...]:
    """Where a scale is rated, one line a person, required places marked with a star."""
    lines: dict[str, list[str]] = {}
    for slot in scheme.slots:
        if slot.scale == scale.id:
            whom = "" if slot.toward is None else str(scheme.procedure.person(slot.toward).title)
            episode = str(slot.episode or tr("whole session"))
            lines.setdefault(whom, []).append(f"{episode}*" if slot.required else episode)
    return tuple(
        tr("toward {0}: {1}").format(whom.lower(), ", ".join(places)) if whom else ", ".join(places)
        for whom, places in lines.items()
    )


def count_words(count: int) -> str:
    """A number of ratings."""
    return tr("1 rating") if count == 1 else tr("{0} ratings").format(count)


def input_place(rule_input: RuleInput, scheme: Scheme) -> str:
    """Id of the episode that an input belongs to, empty for none."""
    if scheme.has_slot(rule_input.id):
        return next(str(s.episode or "") for s in scheme.slots if s.id == rule_input.id)
    return next((str(c.episode) for c in scheme.counts if c.id == rule_input.id), "")


def input_short(rule_input: RuleInput, scheme: Scheme) -> str:
    """An input's sign in a narrow column: abbreviation of its scale, else its title."""
    if scheme.has_slot(rule_input.id):
        slot = next(slot for slot in scheme.slots if slot.id == rule_input.id)
        return scheme.scale(slot.scale).abbreviation
    count = next((count for count in scheme.counts if count.id == rule_input.id), None)
    return str(rule_input.title if count is None else count.title)


def place_title(place: str, scheme: Scheme) -> str:
    """An episode above its columns, ``Reunion 1, EP5``."""
    title = next((str(p.title) for p in scheme.procedure.episodes if p.id == place), "")
    return f"{title}, {place}" if title else place


def input_words(rule_input: RuleInput, scheme: Scheme) -> str:
    """An input as a line speaks of it: ``AVO EP8``."""
    parts = (input_short(rule_input, scheme), input_place(rule_input, scheme))
    return " ".join(part for part in parts if part)


def between_words(groups: tuple[str, ...]) -> str:
    """The main groups of a rule: one, or ``open: A or B``."""
    return groups[0] if len(groups) == 1 else tr("open: {0}").format(joined(groups))
