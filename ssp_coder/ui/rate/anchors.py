"""What the points of a scale mean, which of them are chosen, and what it is confused with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.domain.scale import Anchor, Scale, SlotId, TimedHinge
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.rate.words import provenance_tag
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.words import Text
    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPoint:
    """A point that was chosen in one place of the scale.

    Attributes:
        place: short name of the place, such as its episode.
        current: whether it is the place that keys act on.
    """

    place: str
    point: float
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleView:
    """What the panel shows.

    Attributes:
        slot: the place that keys act on.
        chosen: the points chosen in the places beside one another.
        note: the coder's words on that place; None while it is not rated.
    """

    scale: Scale
    slot: SlotId
    chosen: tuple[ChosenPoint, ...] = ()
    note: str | None = None
    locked: bool = False


class AnchorLine(QWidget):
    """One point with its words; tinted with a bar at the edge where it is the current choice."""

    def __init__(self, theme: Theme, anchor: Anchor, chosen: tuple[ChosenPoint, ...]) -> None:
        super().__init__()
        self._theme = theme
        self.current = any(point.current for point in chosen)
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(4), px(10), px(4))
        row.setSpacing(px(8))
        number = short_lettering(theme, point_text(anchor.point), FontUse.LABEL_STRONG)
        number.setFixedWidth(px(16))
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(lettering(theme, str(anchor.text), FontUse.TABLE), 1)
        for point in chosen:
            kind = TagKind.ACCENT if point.current else TagKind.NEUTRAL
            row.addWidget(Tag(theme, point.place, kind, self), 0, Qt.AlignmentFlag.AlignTop)
        describe(self, f"{point_text(anchor.point)}: {anchor.text}")
        theme.changed.connect(self.update)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        if self.current:
            painter = QPainter(self)
            painter.fillRect(self.rect(), self._theme.colour("sel"))
            painter.fillRect(0, 0, self._theme.px(3), self.height(), self._theme.colour("accent"))
            painter.end()


class AnchorsPanel(Panel):
    """The focused scale in words, and the coder's note on the focused place.

    Emits `note_committed` with the place and the words when they changed.
    """

    note_committed = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._view: ScaleView | None = None
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self.note_field = FieldWithError(theme, self.tr("Note"), self)
        self.note_field.committed.connect(self._commit_note)
        self.set_body(self._build_body())

    def lines(self) -> tuple[AnchorLine, ...]:
        """The points shown, from the highest."""
        inner = self._area.widget()
        return tuple(inner.findChildren(AnchorLine)) if inner is not None else ()

    def show_scale(self, view: ScaleView) -> None:
        """Show a scale as it is used in one place."""
        if view == self._view:
            return
        old, self._view = self._view, view
        if old is not None and old.slot != view.slot:
            self._commit(old)
        self.set_title(str(view.scale.title))
        if old is None or (old.scale, old.chosen) != (view.scale, view.chosen):
            inner = self._build_lines(view)
            self._area.setWidget(inner)
            inner.setAutoFillBackground(False)
        self._show_note(view)

    def _build_body(self) -> QWidget:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(hairline(body))
        foot = QVBoxLayout()
        foot.setContentsMargins(px(10), px(6), px(10), px(2))
        foot.addWidget(self.note_field)
        column.addLayout(foot)
        return body

    def _build_lines(self, view: ScaleView) -> QWidget:
        px = self._theme.px
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, px(2), 0, px(6))
        column.setSpacing(0)
        for anchor in sorted(view.scale.anchors, key=lambda anchor: -anchor.point):
            chosen = tuple(point for point in view.chosen if point.point == anchor.point)
            column.addWidget(AnchorLine(self._theme, anchor, chosen))
        notes = (view.scale.note,) if str(view.scale.note) else ()
        self._add_section(column, self.tr("Often confused"), view.scale.confusions)
        self._add_timing(column, view.scale.hinges)
        self._add_section(column, self.tr("Note on the scale"), notes)
        column.addLayout(self._build_source(view.scale))
        column.addStretch(1)
        return inner

    def _build_source(self, scale: Scale) -> QHBoxLayout:
        px = self._theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(8), px(12), 0)
        tag = Tag(self._theme, *provenance_tag(scale.provenance))
        tag.setToolTip(scale.provenance.source)
        row.addWidget(lettering(self._theme, self.tr("Wording"), FontUse.CAPTION, "hint"), 1)
        row.addWidget(tag)
        return row

    def _add_timing(self, column: QVBoxLayout, hinges: tuple[TimedHinge, ...]) -> None:
        """Timing rules, each with where it comes from; they are facts and set no score."""
        self._add_section(column, self.tr("Timing"), tuple(hinge.text for hinge in hinges))
        px = self._theme.px
        for provenance in dict.fromkeys(hinge.provenance for hinge in hinges):
            row = QHBoxLayout()
            row.setContentsMargins(px(12), px(4), px(12), 0)
            tag = Tag(self._theme, *provenance_tag(provenance))
            tag.setToolTip(provenance.source)
            words = self.tr("Timing, a fact to weigh")
            row.addWidget(lettering(self._theme, words, FontUse.CAPTION, "hint"), 1)
            row.addWidget(tag)
            column.addLayout(row)

    def _add_section(self, column: QVBoxLayout, title: str, texts: tuple[Text, ...]) -> None:
        if not texts:
            return
        px = self._theme.px
        box = QVBoxLayout()
        box.setContentsMargins(px(12), px(8), px(12), 0)
        box.setSpacing(px(4))
        box.addWidget(hairline())
        box.addWidget(lettering(self._theme, title, FontUse.CAPTION_STRONG, "second"))
        for text in texts:
            box.addWidget(lettering(self._theme, str(text), FontUse.TABLE, "second"))
        column.addLayout(box)

    def _show_note(self, view: ScaleView) -> None:
        rated = view.note is not None
        self.note_field.set_text(view.note or "")
        self.note_field.set_read_only(view.locked or not rated)
        hint = self.tr("Note") if rated else self.tr("Rate first: a note belongs to a rating")
        self.note_field.edit.setPlaceholderText(hint + (" \N{MIDDLE DOT} /" if rated else ""))

    def _commit_note(self, _text: str) -> None:
        if self._view is not None:
            self._commit(self._view)

    def _commit(self, view: ScaleView) -> None:
        text = self.note_field.text()
        if view.note is not None and text != view.note and not view.locked:
            self.note_committed.emit(view.slot, text)
