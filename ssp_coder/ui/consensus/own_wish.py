"""What can be chosen where neither coder is right: another code, other times, points or class."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.consensus import answer_of
from ssp_coder.domain.coding import Classification, DDecision, IndexStrength
from ssp_coder.domain.ethogram import CodeId, CodeKind
from ssp_coder.domain.scale import Missing, Points, Rating
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.ui.classify.draft import with_choice
from ssp_coder.ui.consensus.words import strength_words
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.pairs.making import class_words, level_words

if TYPE_CHECKING:
    from ssp_coder.agreement.consensus import Draw, OpenItem
    from ssp_coder.domain.coding import DIndex, Event
    from ssp_coder.domain.scale import Scale
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.settlement import Settlement
    from ssp_coder.domain.time import Micros

Option = tuple[str, str]
"""What it is called by the program, and its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment that was chosen, with its frame where it was taken from the picture."""

    at_us: Micros
    frame: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to choose."""

    name: str
    options: tuple[Option, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWish:
    """What an answer of one's own is made of.

    Attributes:
        start: where it starts, None where it has no time.
        end: where it ends, None where it has no end.
        points: choices of the first thing that have no end.
    """

    choices: tuple[Choice, ...]
    start: Moment | None = None
    end: Moment | None = None
    points: frozenset[str] = frozenset()


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("consensus", words)


def wish_for(found: Draw, item: OpenItem, scheme: Scheme) -> OwnWish:
    """What is to be chosen for an item, beginning with what the first coder has, or the second."""
    if item.row is not None:
        return _event_wish(_an_event(item), scheme)
    if item.indices is not None:
        return _index_wish(_an_index(item), scheme)
    if item.found is not None and item.found.rating is not None:
        scale = scheme.scale_of(item.found.rating.slot)
        return OwnWish(choices=(Choice(name=tr("Points"), options=_scores(scale)),))
    return OwnWish(choices=_class_choices(found, item, scheme))


def own_settlement(
    found: Draw, item: OpenItem, picked: tuple[str, ...], times: tuple[Moment | None, Moment | None]
) -> Settlement:
    """The settlement that the choices amount to; reason and names are still to be said."""
    blank = replace(answer_of(found, item, SettledFor.NEITHER), taken=SettledFor.OWN)
    if item.row is not None:
        return replace(blank, events=(_event(_an_event(item), picked[0], times, found.scheme),))
    if item.indices is not None:
        return replace(blank, index=_index(_an_index(item), picked, times))
    if blank.slot is not None:
        kind, _, value = picked[0].partition(":")
        score = Points(float(value)) if kind == "points" else Missing(value)
        return replace(blank, rating=Rating(slot=blank.slot, score=score))
    return replace(blank, classification=_class(item, picked, found.scheme))


def _an_event(item: OpenItem) -> Event:
    event = None if item.row is None else item.row.own or item.row.reference
    if event is None:
        raise ValueError(f"{item.key} is about no event")
    return event


def _an_index(item: OpenItem) -> DIndex:
    index = None if item.indices is None else item.indices.first or item.indices.second
    if index is None:
        raise ValueError(f"{item.key} is about no index")
    return index


def _event_wish(event: Event, scheme: Scheme) -> OwnWish:
    codes = scheme.ethogram.group_of(event.code).codes
    options = tuple((str(code.id), str(code.title)) for code in codes if not code.unseen)
    if event.code not in dict(options):
        code = scheme.ethogram.code(event.code)
        options = (*options, (str(code.id), str(code.title)))
    has_end = any(code.kind is CodeKind.STATE for code in codes)
    end_us = event.start_us if event.end_us is None else event.end_us
    return OwnWish(
        choices=(Choice(name=tr("Code"), options=options, chosen=event.code),),
        start=Moment(at_us=event.start_us, frame=event.start_frame),
        end=Moment(at_us=end_us, frame=event.end_frame) if has_end else None,
        points=frozenset(str(code.id) for code in codes if code.kind is CodeKind.POINT),
    )


def _event(
    event: Event, code: str, times: tuple[Moment | None, Moment | None], scheme: Scheme
) -> Event:
    start = times[0] or Moment(at_us=event.start_us, frame=event.start_frame)
    is_point = scheme.ethogram.code(CodeId(code)).kind is CodeKind.POINT
    end = start if is_point else times[1]
    taken = scheme.ethogram.code(CodeId(code)).modifiers
    return replace(
        event,
        code=CodeId(code),
        start_us=start.at_us,
        start_frame=start.frame,
        start_lag_us=0,
        end_us=None if end is None else end.at_us,
        end_frame=None if end is None else end.frame,
        end_lag_us=0,
        modifiers=tuple(pair for pair in event.modifiers if pair[0] in taken),
        comment="",
    )


def _index_wish(index: DIndex, scheme: Scheme) -> OwnWish:
    themes = tuple((theme.id, str(theme.title)) for theme in scheme.themes)
    strengths = tuple((str(one), strength_words(one)) for one in IndexStrength)
    return OwnWish(
        choices=(
            Choice(name=tr("Theme"), options=themes, chosen=index.theme),
            Choice(name=tr("Strength"), options=strengths, chosen=index.strength),
        ),
        start=Moment(at_us=index.start_us),
        end=Moment(at_us=index.end_us),
    )


def _index(
    index: DIndex, picked: tuple[str, ...], times: tuple[Moment | None, Moment | None]
) -> DIndex:
    start, end = times
    return replace(
        index,
        theme=picked[0],
        strength=IndexStrength(picked[1]),
        start_us=index.start_us if start is None else start.at_us,
        end_us=index.end_us if end is None else end.at_us,
        note="",
    )


def _scores(scale: Scale) -> tuple[Option, ...]:
    count = round((scale.maximum - scale.minimum) / scale.step) + 1
    points = (scale.minimum + place * scale.step for place in range(count))
    return (
        *((f"points:{value:g}", point_text(value)) for value in points),
        *((f"missing:{one.id}", str(one.title)) for one in scale.missing_reasons),
    )


def _class_choices(found: Draw, item: OpenItem, scheme: Scheme) -> tuple[Choice, ...]:
    level = item.level or ClassLevel.PRIMARY
    name = level_words(level)
    second = tuple((one, one) for one in scheme.rules.subgroups())
    if level is ClassLevel.D_DECISION:
        options = tuple((str(one), class_words(str(one))) for one in DDecision)
        return (Choice(name=name, options=options),)
    if level is ClassLevel.SECONDARY:
        return (Choice(name=name, options=second),)
    if level is ClassLevel.SUBGROUP:
        own = found.first.classification
        primary = "" if own is None else own.primary
        return (Choice(name=name, options=tuple((one, one) for one in _within(primary, scheme))),)
    classes = tuple(
        (one, one) for group in scheme.rules.groups for one in (group.subgroups or (group.id,))
    )
    none: Option = ("", tr("none"))
    behind = level_words(ClassLevel.SECONDARY)
    return Choice(name=name, options=classes), Choice(name=behind, options=(none, *second))


def _within(primary: str, scheme: Scheme) -> tuple[str, ...]:
    return next((group.subgroups for group in scheme.rules.groups if group.id == primary), ())


def _class(item: OpenItem, picked: tuple[str, ...], scheme: Scheme) -> Classification:
    nothing = Classification(primary="")
    if item.level is ClassLevel.D_DECISION:
        return replace(nothing, d_decision=DDecision(picked[0]))
    if item.level is ClassLevel.SECONDARY:
        return replace(nothing, secondary=picked[0])
    if item.level is ClassLevel.SUBGROUP:
        return replace(nothing, subgroup=picked[0])
    chosen = with_choice(nothing, scheme.rules, picked[0])
    needs = scheme.rules.group(chosen.primary).needs_secondary
    return replace(chosen, secondary=picked[1] if needs else "")
