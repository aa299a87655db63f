"""Coding files to be tested: full ones, tampered ones, and what a coder does at random."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

from ssp_coder.domain.coding import (
    Classification,
    Coding,
    Comment,
    CommentKind,
    DDecision,
    DIndex,
    IndexId,
    IndexStrength,
    IntervalMark,
)
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.scale import Points, Rating
from ssp_coder.domain.time import Span
from ssp_coder.editing import edits
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import Edit
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.storage.coding_file import CodingFile, create, open_read_only
from tests.builders import (
    CAREGIVER,
    INFANT,
    STRANGER,
    add,
    answer,
    coding,
    infant_scheme,
    mark,
    rate,
    s,
)


def new_file(folder: Path, name: str = "S001_c01.sspc", **fields: object) -> CodingFile:
    return create(folder / name, coding=coding(**fields), scheme=infant_scheme(), who="c01")


def d_index(at: float = 40, **fields: object) -> DIndex:
    scheme = infant_scheme()
    given = {
        "id": IndexId(0),
        "theme": scheme.themes[0].id,
        "strength": IndexStrength.STRONG,
        "start_us": s(at),
        "end_us": s(at + 2),
        "present": (INFANT, CAREGIVER),
        "ruled_out": (scheme.explanations[0].id,),
    }
    return DIndex(**(given | fields))


def every_kind_of_edit() -> tuple[Edit, ...]:
    """Edits that together fill every table, and change and empty parts of them."""
    return (
        mark("EP1", 0),
        mark("EP2", 30, reason="late", note="door"),
        edits.MarkEpisodeMissing(episode="EP3", reason="stranger ill"),
        add("distress.none", 31),
        add("distress.cry", 35, comment="laut, \u201eMama\u201c \N{CRYING FACE}"),
        add("seeking.reach", 36, modifiers={"toward": "c", "intensity": "2"}),
        add("gaze.to_c", 33),
        edits.CloseEvent(event=4, at_us=s(34), frame=850),
        edits.DeleteEvents(events=(4,)),
        rate("pcs_c_5", 4, "reaches at once"),
        rate("cm_c_5", "NA_view"),
        rate("avo_c_5", 2),
        rate("avo_c_5", None),
        edits.PutDIndex(index=d_index()),
        edits.PutDIndex(index=d_index(50, present=(INFANT, STRANGER), ruled_out=())),
        edits.RemoveDIndex(index=IndexId(1)),
        answer("prior_visits", 1),
        answer("cry_before_end", 25, "EP6"),
        answer("overstress_note", "wurde \u201elaut\u201c"),
        answer("age_months", 13),
        edits.ClearVisit(field="prior_visits"),
        edits.Classify(
            classification=Classification(
                primary="D",
                secondary="B3",
                d_decision=DDecision.YES,
                d_reason="freezes",
                confidence=4,
                rationale="strong index",
            )
        ),
        edits.PutComment(comment=comment("is this a reach?", event=3)),
        edits.PutComment(comment=comment("", kind=CommentKind.FLAG, span=span(40, 42))),
        edits.PutComment(comment=comment("\u201ewarum?\u201c", id=1, answer="yes", settled=True)),
        edits.PutComment(comment=comment("gone again")),
        edits.PutComments(comments=(comment("gone again", id=3, answer="when?"),)),
        edits.RemoveComment(comment=3),
        edits.MarkInterval(mark=interval(0)),
        edits.MarkInterval(mark=interval(1, seen=False)),
        edits.MarkInterval(mark=interval(2)),
        edits.MarkIntervals(marks=(interval(2, seen=False), interval(3, seen=False))),
        edits.ClearIntervals(episode="EP5", measure="crying", subject=INFANT, interval=1),
        edits.Rate(
            rating=Rating(
                slot="pcs_c_5", score=Points(4.0), note="reaches at once", clips=(span(35, 37.5),)
            )
        ),
        edits.EndSession(at_us=s(1290), frame=32250),
        edits.SplitEvent(event=2, at_us=s(40), frame=1000),
    )


def comment(words: str, **fields: object) -> Comment:
    given = {"id": 0, "kind": CommentKind.QUESTION, "words": words}
    return Comment(**(given | fields))


def interval(number: int, *, seen: bool = True) -> IntervalMark:
    return IntervalMark(episode="EP5", measure="crying", subject=INFANT, interval=number, seen=seen)


def span(start: float, end: float) -> Span:
    return Span(start_us=s(start), end_us=s(end))


def do(document: Document, *wished: Edit) -> None:
    for edit in wished:
        document.submit(edit)


def full_file(folder: Path, name: str = "S001_c01.sspc") -> CodingFile:
    """A file with something in every table, all of it on the disk."""
    file = new_file(folder, name)
    document = file.document()
    do(document, *every_kind_of_edit())
    document.undo()
    document.undo()
    document.redo()
    file.flush()
    return file


def closed_file(folder: Path, name: str = "S001_c01.sspc") -> Path:
    file = full_file(folder, name)
    file.close()
    return file.path


def value_of(path: Path) -> Coding:
    return open_read_only(path).coding


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tamper(path: Path, *statements: str) -> None:
    """Change a file from outside, and leave its declared tables letter by letter as they were."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


class Coder:
    """Somebody who does one thing after the other, at random but the same for a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.scheme = infant_scheme()

    def step(self, document: Document) -> None:
        """One edit, undo or redo; a refused wish changes nothing."""
        choice = self.random.random()
        if choice < 0.15:
            document.undo()
        elif choice < 0.25:
            document.redo()
        else:
            try:
                document.submit(self.wish(document.coding))
            except EditRefusedError:
                return

    def wish(self, value: Coding) -> Edit:
        wishes: tuple[Callable[[Coding], Edit], ...] = (
            self.added,
            self.added,
            self.added,
            self.deleted,
            self.changed,
            self.rated,
            self.marked,
            self.indexed,
            self.classified,
            self.asked,
        )
        return self.random.choice(wishes)(value)

    def added(self, value: Coding) -> Edit:
        code = self.random.choice(tuple(self.scheme.ethogram.codes()))
        group = self.scheme.ethogram.group_of(code.id)
        at = self.random.randrange(1_200_000) / 1000
        longer = code.kind is CodeKind.STATE and self.random.random() < 0.5
        return add(code.id, at, group.subjects[0], end=at + 3 if longer else None)

    def deleted(self, value: Coding) -> Edit:
        if not value.events:
            return edits.ClearClassification()
        return edits.DeleteEvents(events=(self.random.choice(value.events).id,))

    def changed(self, value: Coding) -> Edit:
        if not value.events:
            return edits.ClearSessionEnd()
        event = self.random.choice(value.events)
        words = self.random.choice(("", "later", "see again", "\u00fcbersehen"))
        return edits.ChangeEvent(event=replace(event, comment=words))

    def rated(self, value: Coding) -> Edit:
        slot = self.random.choice(self.scheme.slots)
        return rate(slot.id, self.random.choice((None, "NA_view", 1, 3, 5, 7)))

    def marked(self, value: Coding) -> Edit:
        plan = self.random.choice(self.scheme.procedure.episodes)
        if self.random.random() < 0.2:
            return edits.ClearEpisode(episode=plan.id)
        return mark(plan.id, self.random.randrange(1_300))

    def indexed(self, value: Coding) -> Edit:
        if value.d_indices and self.random.random() < 0.5:
            return edits.RemoveDIndex(index=self.random.choice(value.d_indices).id)
        return edits.PutDIndex(index=d_index(self.random.randrange(1_000)))

    def asked(self, value: Coding) -> Edit:
        if value.visit and self.random.random() < 0.3:
            given = self.random.choice(value.visit)
            return edits.ClearVisit(field=given.field, episode=given.episode)
        episode = self.random.choice(("EP4", "EP6", "EP7"))
        wishes = (
            answer("prior_visits", self.random.randrange(4)),
            answer("cry_before_end", self.random.randrange(90), episode),
            answer("overstressed", self.random.choice(("yes", "no"))),
        )
        return self.random.choice(wishes)

    def classified(self, value: Coding) -> Edit:
        group = self.random.choice(self.scheme.rules.groups)
        return edits.Classify(classification=Classification(primary=group.id))
