"""Preparing: the episodes to be marked by their cues, and what is known of the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.session import EpisodeSpan, EpisodeStatus, episode_spans
from ssp_coder.domain.time import Micros, short_clock_text
from ssp_coder.editing.edits import (
    ClearEpisode,
    ClearSessionEnd,
    EndSession,
    MarkEpisode,
    MarkEpisodeMissing,
)
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import TagKind
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.prepare.row import EpisodeRow, RowFace
from ssp_coder.ui.prepare.rule_words import length_rule_details, length_rule_words
from ssp_coder.ui.prepare.visit import VisitForm
from ssp_coder.ui.text import length_words, status_words, tr
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

END_ROW = "session end"
EPISODES_PART, VISIT_PART = "episode list", "visit form"

_TAGS = {
    EpisodeStatus.MISSING: TagKind.WARN,
    EpisodeStatus.CURTAILED: TagKind.NEUTRAL,
    EpisodeStatus.EXTENDED: TagKind.NEUTRAL,
}


class PreparePanel(Panel):
    """Marks episodes at the frame on the screen. Enter marks the line that is chosen."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._theme = theme
        self._session = session
        self._moment: tuple[Micros, int | None] | None = None
        self._rows: dict[str, EpisodeRow] = {}
        self._current: str = session.scheme.procedure.episodes[0].id
        self._about = QLabel(self)
        self._reason = FieldWithError(theme, self.tr("Reason"), self)
        self._missing = PushButton(theme, self.tr("Did not take place"), parent=self)
        self._clear = PushButton(theme, self.tr("Clear"), ButtonKind.QUIET, self)
        self._parts = QStackedWidget(self)
        self.visit: VisitForm | None = None
        self.chooser: SegmentedControl | None = None
        self._parts.addWidget(self._build())
        self.set_body(self._parts)
        if session.scheme.procedure.visit_fields:
            self._add_visit()
        self.show_part(EPISODES_PART)
        self._missing.clicked.connect(self._mark_missing)
        self._clear.clicked.connect(self._clear_mark)
        self._reason.committed.connect(self._keep_reason)
        session.changed.connect(self._follow)
        self.refresh()
        self.choose(self._first_open())

    @property
    def current(self) -> str:
        """The id of the line that Enter marks."""
        return self._current

    def set_moment(self, pts_us: Micros, frame: int | None) -> None:
        """Take note of the frame on the screen."""
        self._moment = (pts_us, frame)

    def choose(self, row_id: str) -> None:
        """Make a line the one that Enter marks and that the fields below are about."""
        self._current = row_id
        for row in self._rows.values():
            row.show_current(row.row_id == row_id)
        self._show_current()

    def mark_current(self) -> None:
        """The chosen line starts at the frame on the screen; the next open one is chosen."""
        self.mark(self._current)

    def mark(self, row_id: str) -> None:
        """A line starts at the frame on the screen."""
        if self._moment is None:
            return
        at_us, frame = self._moment
        if row_id == END_ROW:
            done = self._session.submit(EndSession(at_us=at_us, frame=frame))
        else:
            old = self._session.coding.mark(EpisodeId(row_id))
            note = "" if old is None or old.is_missing else old.note
            reason = self._reason_of(row_id)
            done = self._session.submit(
                MarkEpisode(
                    episode=EpisodeId(row_id), at_us=at_us, frame=frame, reason=reason, note=note
                )
            )
        if done:
            self.choose(self._first_open())

    def _reason_of(self, row_id: str) -> str:
        """The reason that a mark takes over: as recorded, or as just written for its line.

        Why an episode did not take place is no reason once it has a start.
        """
        old = self._session.coding.mark(EpisodeId(row_id))
        known = "" if old is None else old.reason
        written = self._reason.text().strip() if row_id == self._current else known
        return "" if old is not None and old.is_missing and written == known else written

    def show_part(self, part: str) -> None:
        """Show the episodes or, where the procedure asks about it, the visit."""
        is_visit = part == VISIT_PART and self.visit is not None
        self._parts.setCurrentIndex(int(is_visit))
        if self.chooser is not None:
            self.chooser.set_chosen(VISIT_PART if is_visit else EPISODES_PART)
        self.set_title(self.tr("Visit") if is_visit else self.tr("Episodes"))
        self._show_note()

    def refresh(self) -> None:
        """Show the marks as they are now."""
        spans = episode_spans(self._session.coding, self._session.scheme.procedure)
        for span in spans:
            self._rows[span.plan.id].show_face(_face(span))
        self._rows[END_ROW].show_face(self._end_face())
        for row in self._rows.values():
            row.set_locked(self._session.read_only)
        self._show_current()

    def main_action(self) -> tuple[str, object]:
        """Words and function of the step's main button."""
        return self.tr("Mark here"), self.mark_current

    def _follow(self, changed: Changed) -> None:
        if changed.record.change.areas & {"episodes", "session_end", "locked"}:
            self.refresh()
        if "visit" in changed.record.change.areas:
            self._show_note()

    def _show_note(self) -> None:
        if self.visit is None or self._parts.currentWidget() is not self.visit:
            self.set_note(self.tr("marked by what is seen, never by the clock"))
            return
        words = self.tr("{0} of {1} answered; may stay open")
        self.set_note(words.format(self.visit.answered_count(), len(self.visit.rows)))

    def _add_visit(self) -> None:
        self.visit = VisitForm(self._theme, self._session, self._parts)
        self._parts.addWidget(self.visit)
        segments = (
            Segment(id=EPISODES_PART, title=self.tr("Episodes")),
            Segment(id=VISIT_PART, title=self.tr("Visit")),
        )
        self.chooser = SegmentedControl(self._theme, segments, self.tr("What to prepare"), self)
        self.chooser.segment_chosen.connect(self.show_part)
        self.add_to_title(self.chooser)

    def _first_open(self) -> str:
        for plan in self._session.scheme.procedure.episodes:
            if self._session.coding.mark(plan.id) is None:
                return plan.id
        return END_ROW

    def _end_face(self) -> RowFace:
        end = self._session.coding.session_end
        return RowFace(
            title=self.tr("Session end"),
            cue=str(self._session.scheme.procedure.session_end_cue),
            time="" if end is None else short_clock_text(end.at_us),
        )

    def _build(self) -> QWidget:
        px = self._theme.px
        body = QWidget(self._parts)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(6), px(4), px(6), px(8))
        column.setSpacing(px(2))
        lines = QWidget()
        rows = QVBoxLayout(lines)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(px(1))
        names = [plan.id for plan in self._session.scheme.procedure.episodes]
        for name in [*names, END_ROW]:
            row = EpisodeRow(self._theme, name, RowFace(title=name, cue=""), lines)
            row.chosen.connect(self.choose)
            row.mark_requested.connect(self.mark)
            row.jump_requested.connect(self._jump)
            rows.addWidget(row)
            self._rows[name] = row
        rows.addStretch(1)
        area = QScrollArea(body)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setWidget(lines)
        area.viewport().setAutoFillBackground(False)
        lines.setAutoFillBackground(False)
        column.addWidget(area, 1)
        column.addWidget(hairline(body))
        column.addLayout(self._build_detail())
        return body

    def _build_detail(self) -> QVBoxLayout:
        px = self._theme.px
        detail = QVBoxLayout()
        detail.setContentsMargins(px(6), px(6), px(6), 0)
        detail.setSpacing(px(4))
        self._about.setFont(self._theme.font(FontUse.CAPTION))
        self._about.setProperty("tone", "second")
        self._about.setWordWrap(True)
        detail.addWidget(self._about)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self._reason, 1)
        line.addWidget(self._missing, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        detail.addLayout(line)
        return detail

    def _show_current(self) -> None:
        is_end = self._current == END_ROW
        locked = self._session.read_only
        self._missing.setEnabled(not is_end and not locked)
        self._clear.setEnabled(not locked)
        self._reason.set_read_only(is_end or locked)
        self._reason.clear_error()
        if is_end:
            self._reason.set_text("")
            self._about.setText(self.tr("Nothing after the session end can be scored."))
            self._about.setToolTip("")
            return
        mark = self._session.coding.mark(EpisodeId(self._current))
        self._reason.set_text("" if mark is None else mark.reason)
        plan = self._session.scheme.procedure.episode(EpisodeId(self._current))
        allowed = {
            (True, True): self.tr("may be cut short or prolonged"),
            (True, False): self.tr("may be cut short"),
            (False, True): self.tr("may be prolonged"),
            (False, False): self.tr("keeps its length"),
        }[plan.may_curtail, plan.may_extend]
        planned = short_clock_text(plan.planned_us, digits=0)
        rules = self._session.scheme.procedure.length_rules_of(plan.id)
        words = self.tr("{0}: planned {1}, {2}.").format(plan.id, planned, allowed)
        rule_words = "; ".join(length_rule_words(rule) for rule in rules)
        known = self.tr("Rules: {0}.").format(rule_words) if rules else ""
        why = self.tr("Say here why it was cut short, prolonged or missing.")
        self._about.setText(" ".join(part for part in (words, known, why) if part))
        self._about.setToolTip("\n\n".join(length_rule_details(rule) for rule in rules))

    def _mark_missing(self) -> None:
        reason = self._reason.text().strip()
        if not reason:
            self._reason.show_error(self.tr("Say why it did not take place"))
            self._reason.edit.setFocus()
            return
        done = self._session.submit(
            MarkEpisodeMissing(episode=EpisodeId(self._current), reason=reason)
        )
        if done:
            self.choose(self._first_open())

    def _clear_mark(self) -> None:
        if self._current == END_ROW:
            self._session.submit(ClearSessionEnd())
        else:
            self._session.submit(ClearEpisode(episode=EpisodeId(self._current)))

    def _keep_reason(self, text: str) -> None:
        mark = self._session.coding.mark(EpisodeId(self._current))
        if mark is None or mark.reason == text.strip():
            return
        if mark.start_us is None:
            if text.strip():
                self._session.submit(
                    MarkEpisodeMissing(episode=mark.episode, reason=text.strip(), note=mark.note)
                )
            return
        self._session.submit(
            MarkEpisode(
                episode=mark.episode,
                at_us=mark.start_us,
                frame=mark.start_frame,
                reason=text.strip(),
                note=mark.note,
            )
        )

    def _jump(self, row_id: str) -> None:
        self.choose(row_id)
        coding = self._session.coding
        mark = None if row_id == END_ROW else coding.mark(EpisodeId(row_id))
        if mark is not None and mark.start_us is not None:
            self._session.jump_requested.emit(mark.start_us)
        elif row_id == END_ROW and coding.session_end is not None:
            self._session.jump_requested.emit(coding.session_end.at_us)


def _face(span: EpisodeSpan) -> RowFace:
    start = span.start_us
    planned = short_clock_text(span.plan.planned_us, digits=0)
    length = length_words(span)
    shown = {EpisodeStatus.UNMARKED, EpisodeStatus.AS_PLANNED, EpisodeStatus.RUNNING}
    tag = "" if span.status in shown else status_words(span.status)
    kind = TagKind.WARN if span.deviates else _TAGS.get(span.status, TagKind.NEUTRAL)
    return RowFace(
        title=f"{span.plan.id}  {span.plan.title}",
        cue=str(span.plan.start_cue),
        time="" if start is None else short_clock_text(start),
        detail=tr("{0}, planned {1}").format(length, planned)
        if length
        else tr("planned {0}").format(planned),
        tag=tag,
        kind=kind,
    )
