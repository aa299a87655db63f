"""Words of the pages that judge: places, points, facts and where wording comes from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scale import RatingSlot, Scale
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US, short_clock_text
from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.ui.kit.chip import TagKind
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.rate.clips import Clip
from ssp_coder.ui.rate.evidence import FirstAct, Lasting, first_act, lasting
from ssp_coder.ui.rate.tabs import RatingTab, TabKind

STATES_SHOWN = 2
"""A place shows the times of this many states, the longest ones."""


def tr(text: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("judging", text)


def tab_title(tab: RatingTab, scheme: Scheme) -> str:
    """What a tab is called."""
    titles = {
        TabKind.REUNIONS: tr("Reunions"),
        TabKind.BEFORE: tr("Before separation"),
        TabKind.SEPARATIONS: tr("Separations"),
        TabKind.CAREGIVER: tr("Caregiver"),
        TabKind.OTHER: tr("Other"),
    }
    if tab.kind is TabKind.TOWARD and tab.toward is not None:
        return str(scheme.procedure.person(tab.toward).title)
    return titles.get(tab.kind, tr("Other"))


def place_name(slot: RatingSlot, scheme: Scheme) -> str:
    """A place as people call it, with its scale, episode and person."""
    parts = [str(scheme.scale(slot.scale).title)]
    if slot.episode is not None:
        parts.append(str(slot.episode))
    if slot.toward is not None:
        person = scheme.procedure.person(slot.toward).title.within
        parts.append(tr("toward {0}").format(person))
    return ", ".join(parts)


def point_words(scale: Scale, value: float) -> str:
    """What a point means: its anchor, or between which anchors it lies."""
    anchor = scale.anchor_for(value)
    if anchor is not None:
        return str(anchor.text)
    below = max((a.point for a in scale.anchors if a.point < value), default=None)
    above = min((a.point for a in scale.anchors if a.point > value), default=None)
    if below is None or above is None:
        return ""
    return tr("Between {0} and {1}").format(point_text(below), point_text(above))


def provenance_tag(provenance: Provenance) -> tuple[str, TagKind]:
    """A short word on how far a wording may be trusted, and how the tag looks."""
    match provenance.origin:
        case Origin.VERIFIED:
            return tr("verified source"), TagKind.OK
        case Origin.LITERATURE:
            return tr("literature, unverified"), TagKind.NEUTRAL
        case Origin.LAB:
            return tr("lab"), TagKind.NEUTRAL
        case Origin.PROJECT_DEFAULT:
            return tr("project default, not published"), TagKind.WARN


def clip_words(clip: Clip, scheme: Scheme) -> str:
    """A piece of evidence as its chip shows it, ``9:44 full approach`` or ``9:44.2, 3.5 s``."""
    if clip.event is None:
        length = clip.span.length_us / SECOND_US
        return tr("{0}, {1} s").format(
            short_clock_text(clip.span.start_us, digits=1), f"{length:.1f}"
        )
    name = str(scheme.ethogram.code(clip.event.code).short)
    return f"{short_clock_text(clip.event.start_us, digits=0)} {name}"


def fact_lines(coding: Coding, scheme: Scheme, slot: RatingSlot) -> tuple[str, ...]:
    """Timed facts of a place; they are shown and never set a score."""
    first = first_act(coding, scheme, slot)
    states = lasting(coding, scheme, slot)[:STATES_SHOWN]
    lines = [] if first is None else [_first_words(first)]
    return (*lines, *(_lasting_words(state) for state in states))


def _first_words(first: FirstAct) -> str:
    words = tr("{0}: first {1} s after the start")
    return words.format(str(first.code.title), _seconds(first.after_us))


def _lasting_words(state: Lasting) -> str:
    words = tr("{0}: {1} s in all, longest {2} s")
    return words.format(str(state.code.title), _seconds(state.total_us), _seconds(state.longest_us))


def _seconds(length_us: int) -> str:
    return str(round(length_us / SECOND_US))
