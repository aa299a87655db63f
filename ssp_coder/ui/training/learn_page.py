"""A case to learn from: the reference on the timeline, explained moment by moment, playing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.scale import Points
from ssp_coder.domain.time import SECOND_US, Micros, Span, short_clock_text
from ssp_coder.ui.code import feed
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.text import slot_words
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.timeline.panel import TimelinePanel
from ssp_coder.ui.training.picture import CasePicture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QHideEvent

    from ssp_coder.domain.scale import Rating
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.packs import Reference
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.desk import TrainingDesk
    from ssp_coder.ui.training.lesson import Lesson

AROUND_US = 10 * SECOND_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One thing that is told of the reference.

    Attributes:
        head: place or time.
        words: what is told in the list.
        more: paragraphs told beside the picture.
        span: the stretch that shows it, None for all of it.
    """

    head: str
    words: str
    more: tuple[str, ...]
    span: Span | None = None


class LearnPage(QWidget):
    """Shows an opened reference.

    Signals:
        left: the person wants the list of cases.
    """

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: TrainingDesk,
        cache_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self.lesson: Lesson | None = None
        self._told: tuple[Explained, ...] = ()
        self._title = lettering(theme, "", FontUse.STEP_TITLE)
        self._origin = lettering(theme, "", FontUse.BODY, "second")
        self.back = PushButton(theme, self.tr("All cases"), ButtonKind.PLAIN, self)
        self.list = QListWidget(self)
        self.picture = CasePicture(theme, cache_folder, self)
        self.timeline = TimelinePanel(theme, self)
        self._detail = Panel(theme, self.tr("Explanation"), self)
        self.sheet = Sheet(theme, self.tr("Explanation"), self)
        self._said: tuple[str, ...] = ()
        self._build()
        self.back.clicked.connect(self.left)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemActivated.connect(self._play)
        self.list.itemClicked.connect(self._play)
        self.timeline.timeline.seek_requested.connect(self.picture.go_to)
        self.timeline.timeline.mark_selected.connect(self._show_event)
        self.picture.moment_changed.connect(self._follow)

    def show_lesson(self, lesson: Lesson) -> None:
        """Show the reference of a case."""
        if self._desk.pack is None:
            return
        self.lesson = lesson
        reference, origin = lesson.reference, lesson.case.origin
        self._title.setText(lesson.case.title)
        words = self.tr("Reference by {0}, {1}. Codebook {2}.")
        self._origin.setText(words.format(origin.who, origin.on, origin.codebook))
        self._fill(tuple(self._explained(reference)))
        self._show_marks(reference)
        self.picture.open(self._desk.pack, lesson.case)

    def refresh(self) -> None:
        """Nothing here changes with the logbook."""

    def forget(self) -> None:
        """Let the reference go out of sight and out of memory."""
        self.lesson, self._told = None, ()
        self.list.clear()
        self._say(())
        self.timeline.timeline.set_marks(())
        self.picture.close_video()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.picture.leave()
        super().hideEvent(event)

    def text(self) -> str:
        """What is told beside the picture."""
        return "\n".join(self._said)

    def _say(self, lines: tuple[str, ...]) -> None:
        self._said = lines
        self.sheet.clear()
        for line in lines:
            self.sheet.add_text(line)

    def _explained(self, reference: Reference) -> Iterator[Explained]:
        coding, scheme = reference.coding, reference.scheme
        given = coding.classification
        if given is not None:
            name = given.subgroup or given.primary
            more = (given.rationale,) if given.rationale else ()
            yield Explained(head=self.tr("Class"), words=name, more=(name, *more))
        notes = sorted(reference.notes, key=lambda n: n.span.start_us if n.span else -1)
        for note in notes:
            at = "" if note.span is None else short_clock_text(note.span.start_us, digits=0)
            place = slot_words(note.slot, scheme) if note.slot else ""
            head = "  ".join(part for part in (at, place) if part) or self.tr("Session")
            yield Explained(head=head, words=note.words, more=(note.words,), span=note.span)
        for rating in coding.ratings:
            yield self._rated(rating, scheme)

    def _rated(self, rating: Rating, scheme: Scheme) -> Explained:
        scale, score = scheme.scale_of(rating.slot), rating.score
        if isinstance(score, Points):
            points = point_text(score.value)
            near = [a for a in scale.anchors if abs(a.point - score.value) < 1]
        else:
            points, near = self.tr("cannot be coded"), []
        lines = [f"{scale.title}: {points}"]
        lines += [f"{point_text(anchor.point)}: {anchor.text}" for anchor in near]
        lines += [rating.note] if rating.note else []
        span = rating.clips[0] if rating.clips else None
        head = slot_words(rating.slot, scheme)
        return Explained(head=head, words=points, more=tuple(lines), span=span)

    def _fill(self, told: tuple[Explained, ...]) -> None:
        self._told = told
        self.list.clear()
        for one in told:
            line = " ".join(one.words.split())
            words = line if len(line) < 70 else f"{line[:68]}…"
            item = QListWidgetItem(f"{one.head}\n{words}", self.list)
            item.setSizeHint(QSize(0, self._theme.px(44)))
            item.setToolTip(one.words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.head}: {one.words}")
        if told:
            self.list.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._told):
            return
        one = self._told[row]
        self._say(one.more)
        self._detail.set_note(one.head)
        if one.span is not None:
            start = Micros(max(0, one.span.start_us - AROUND_US))
            around = Span(start_us=start, end_us=Micros(one.span.end_us + AROUND_US))
            self.timeline.timeline.zoom_to(around)
        self.timeline.timeline.set_loop(one.span)

    def _play(self, _item: object) -> None:
        row = self.list.currentRow()
        span = self._told[row].span if 0 <= row < len(self._told) else None
        if span is not None:
            self.picture.loop(span)

    def _show_event(self, mark: str) -> None:
        if self.lesson is None:
            return
        reference = self.lesson.reference
        for event in reference.coding.events:
            if str(event.id) == mark:
                code = reference.scheme.ethogram.code(event.code)
                at = short_clock_text(event.start_us)
                parts = (f"{at}  {code.title}", str(code.hint), event.comment)
                self._say(tuple(part for part in parts if part))
                self._detail.set_note("")
                return

    def _follow(self, pts_us: int) -> None:
        self.timeline.timeline.set_playhead(pts_us)

    def _show_marks(self, reference: Reference) -> None:
        coding, scheme = reference.coding, reference.scheme
        line = self.timeline.timeline
        ends = [event.end_us or event.start_us for event in coding.events]
        ends += [media.duration_us for media in coding.media[:1]]
        line.set_duration(max(ends, default=0) or SECOND_US)
        line.set_lanes(feed.lanes_of(scheme, coding.events, self.tr("{0} acts")))
        line.set_episodes(feed.blocks_of(coding, scheme))
        line.set_cues(feed.cues_of(coding, scheme))
        line.set_marks(feed.marks_of(coding.events, scheme))
        line.set_locked(True)
        line.show_session()

    def _build(self) -> None:
        px = self._theme.px
        gap = px(10)
        head = QHBoxLayout()
        head.setSpacing(px(14))
        self.back.set_icon_name("chevron-left")
        self._title.setWordWrap(False)
        head.addWidget(self._title)
        head.addWidget(self._origin, 1)
        head.addWidget(self.back)
        describe(self.list, self.tr("What is explained"), self.tr("Enter plays it"))
        self.list.setFont(self._theme.font(FontUse.TABLE))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        listed = Panel(self._theme, self.tr("Explained"), self)
        listed.set_body(self.list)
        box = QFrame(self)
        box.setProperty("panel", True)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.picture)
        self._detail.set_body(self.sheet)
        upper = self._splitter(Qt.Orientation.Horizontal, (box, self._detail), (px(560), px(340)))
        parts = (upper, self.timeline)
        right = self._splitter(Qt.Orientation.Vertical, parts, (px(430), px(330)))
        whole = self._splitter(Qt.Orientation.Horizontal, (listed, right), (px(290), px(900)))
        whole.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        column.addLayout(head)
        column.addWidget(whole, 1)

    def _splitter(
        self, orientation: Qt.Orientation, parts: tuple[QWidget, ...], sizes: tuple[int, ...]
    ) -> QSplitter:
        splitter = QSplitter(orientation, self)
        splitter.setChildrenCollapsible(False)
        for part in parts:
            splitter.addWidget(part)
        splitter.setSizes(list(sizes))
        return splitter
