"""One thing that can be found, and the order in which what fits is offered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.ui.palette.matching import BEGINS_WORD, Fit, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.kit.marks import MarkShape

MOST_SHOWN = 60
_ASIDE = 0.6
"""Words beside the title count for less than the title."""
_RECENT_BONUS = 12.0
"""Project default: something found lately goes before what fits a little better."""
_CANNOT_COST = 20.0


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("palette", words)


class EntryKind(StrEnum):
    """What sort of thing is offered."""

    COMMAND = "command"
    SETTING = "setting"
    CODE = "code"
    PLACE = "place"
    EVENT = "event"
    RECENT = "recent"
    HELP = "help"


def kind_words(kind: EntryKind) -> str:
    """A kind in a word."""
    return {
        EntryKind.COMMAND: tr("Command"),
        EntryKind.SETTING: tr("Setting"),
        EntryKind.CODE: tr("Code"),
        EntryKind.PLACE: tr("Place"),
        EntryKind.EVENT: tr("Event"),
        EntryKind.RECENT: tr("Coding"),
        EntryKind.HELP: tr("Help"),
    }[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be found.

    Attributes:
        id: what is done, such as ``command:undo``; has no spaces where it is remembered.
        detail: where it belongs, or how it stands.
        also: further words that find it and are not shown.
        keys: caps of its key.
        reason: why it cannot be done now, empty when it can.
        icon: of the theme, where it has no mark.
        mark: colour slot and shape of a code.
    """

    id: str
    kind: EntryKind
    title: str
    detail: str = ""
    also: str = ""
    keys: tuple[str, ...] = ()
    reason: str = ""
    icon: str = ""
    mark: tuple[str, MarkShape] | None = None

    @property
    def spoken(self) -> str:
        """Everything that is shown of it, in a line."""
        key = tr("key {0}").format(" ".join(self.keys)) if self.keys else ""
        parts = (self.title, self.detail, kind_words(self.kind), key, self.reason)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """Entries that typed letters themselves name, before and after those that fit."""

    first: tuple[Entry, ...] = ()
    last: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry that fits, and which letters of its title were meant."""

    entry: Entry
    places: tuple[int, ...] = field(default=())


def fitting(typed: str, entries: Sequence[Entry], recent: Sequence[str] = ()) -> tuple[Found, ...]:
    """What fits typed words, best first; with nothing typed what was found lately goes first."""
    rank = {entry: place for place, entry in enumerate(recent)}
    if not typed.strip():
        known = [entry for entry in entries if entry.id in rank]
        first = sorted(known, key=lambda entry: rank[entry.id])
        rest = sorted((entry for entry in entries if entry.id not in rank), key=_last_unasked)
        return tuple(Found(entry=entry) for entry in (*first, *rest))[:MOST_SHOWN]
    scored = []
    for place, entry in enumerate(entries):
        found = _fit_entry(typed, entry)
        if found is None:
            continue
        score = found.score + (_RECENT_BONUS / (1 + rank[entry.id]) if entry.id in rank else 0.0)
        score -= _CANNOT_COST if entry.reason else 0.0
        scored.append((-score, place, Found(entry=entry, places=found.places)))
    scored.sort(key=lambda one: one[:2])
    return tuple(found for _, _, found in scored[:MOST_SHOWN])


def _last_unasked(entry: Entry) -> tuple[bool, bool]:
    """What cannot be done stands last, and codes, which have the board, after commands."""
    return bool(entry.reason), entry.kind is EntryKind.CODE


def _fit_entry(typed: str, entry: Entry) -> Fit | None:
    """Each typed word in the title, or at the beginning of a word beside it."""
    aside = f"{entry.detail} {kind_words(entry.kind)} {entry.also}"
    whole = fit(typed, entry.title)
    if whole is not None:
        return whole
    score, places = 0.0, set[int]()
    words = typed.split()
    for word in words:
        titled, beside = fit(word, entry.title), fit(word, aside)
        if titled is not None:
            score += titled.score
            places |= set(titled.places)
        elif beside is not None and beside.score >= BEGINS_WORD:
            score += beside.score * _ASIDE
        else:
            return None
    return Fit(score=score / len(words), places=tuple(sorted(places)))
