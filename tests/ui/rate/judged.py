"""Codings, sessions and windows for the pages that judge, all on the bundled infant scheme."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ssp_coder.domain.coding import Coding, EventId
from ssp_coder.domain.scale import Points, Rating, RatingSlot, Scale, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import LockCoding, Rate
from ssp_coder.ui.session import OpenSession
from tests import builders as b

FIRST, SECOND = "EP5", "EP8"
CONTACT, SEEKING, RESISTING, AVOIDING = "cm_c_8", "pcs_c_5", "res_c_8", "avo_c_8"
SIZE = (1180, 830)


def lived() -> Coding:
    """Both reunions with acts and states in them, nothing rated."""
    return b.after(
        b.with_episodes(),
        b.add("seeking.part_approach", 590, modifiers={"toward": "c"}),
        b.add("seeking.full_approach", 583, modifiers={"toward": "c"}),
        b.add("seeking.reach", 575, modifiers={"toward": "s"}),
        b.add("contact.held_by_c", 600, end=639),
        b.add("contact.clinging_c", 639, end=651),
        b.add("resistance.push", 655),
        b.add("contact.clinging_c", 1120, end=1216),
        b.add("maintaining.hold_on", 1130, end=1150),
    )


def rated(coding: Coding | None = None, **values: float | str) -> Coding:
    """With these ratings; a text is a reason for having none."""
    edits = [b.rate(slot, value) for slot, value in values.items()]
    return b.after(coding or lived(), *edits)


def rated_all(**changed: float | str) -> Coding:
    """Every number that the table needs, as in a clear case, with some changed."""
    values: dict[str, float | str] = {
        "pcs_c_5": 5,
        "cm_c_5": 5,
        "res_c_5": 2,
        "avo_c_5": 1,
        "pcs_c_8": 6,
        "cm_c_8": 6,
        "res_c_8": 1,
        "avo_c_8": 1,
        "dorg": 2,
    }
    return rated(**(values | changed))


def tied(coding: Coding, slot: str, value: float, *events: int, note: str = "") -> Coding:
    """A rating with events and a note tied to it."""
    rating = Rating(slot=SlotId(slot), score=Points(value), evidence=events, note=note)
    return b.after(coding, Rate(rating=rating))


def event_number(coding: Coding, code: str, *, after_s: float = 0) -> EventId:
    """The first event of a code from a time on."""
    found = (e.id for e in coding.events if e.code == code and e.start_us >= b.s(after_s))
    return next(found)


def locked(coding: Coding) -> Coding:
    return b.after(coding, LockCoding())


def session_of(coding: Coding, scheme: Scheme | None = None) -> OpenSession:
    return OpenSession(Document(coding=coding, scheme=scheme or b.infant_scheme()))


def slot(slot_id: str) -> RatingSlot:
    return b.infant_scheme().slot(SlotId(slot_id))


def scale(scale_id: str) -> Scale:
    return next(scale for scale in b.infant_scheme().scales if scale.id == scale_id)


def scheme_with_slots(*slots: RatingSlot) -> Scheme:
    return replace(b.infant_scheme(), slots=slots)


def open_window(qtbot: QtBot, page: QWidget, size: tuple[int, int] = SIZE) -> QWidget:
    """Show a page as the window would and wait until it takes keys."""
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def asked(signal: object) -> list[tuple[object, ...]]:
    """What a signal told, in order."""
    told: list[tuple[object, ...]] = []

    def note(*arguments: object) -> None:
        told.append(arguments)

    signal.connect(note)
    return told
