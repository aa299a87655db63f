"""The first page: which two codings, how far they agree, and where the consensus is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.ui.agreement.pair_pages import OverviewPage
from ssp_coder.ui.agreement.places import PathField, Sought
from ssp_coder.ui.agreement.words import protocol_words
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.consensus.preparing import Prepared, preparing_work
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_sentence
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.ui.agreement.work import Shelf
    from ssp_coder.ui.theme.theme import Theme

_STEPS = 1000


class StartPage(QWidget):
    """Compares two codings before anything is settled, and asks where to keep the consensus.

    Signals:
        begin_wanted: begin or go on with the consensus of `prepared`, at a `Path`.
    """

    begin_wanted = Signal(object)

    def __init__(self, theme: Theme, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shelf = shelf
        self._work: BackgroundWork | None = None
        self._asked: tuple[Path, Path] | None = None
        self.prepared: Prepared | None = None
        kinds = self.tr("Codings (*.sspc)")
        self.first = PathField(theme, Sought(name=self.tr("First coding"), kinds=kinds), self)
        self.second = PathField(theme, Sought(name=self.tr("Second coding"), kinds=kinds), self)
        self.place = PathField(theme, Sought(name=self.tr("Consensus"), kinds=kinds), self)
        self.trouble = IconLine(theme, "warning", FontUse.BODY, "err", self)
        self.concern = IconLine(theme, "warning", FontUse.TABLE, "warn", self)
        self.facts = lettering(theme, "", FontUse.BODY)
        self.protocol = lettering(theme, "", FontUse.CAPTION, "second")
        self.progress = QProgressBar(self)
        self.compare = PushButton(theme, self.tr("Compare"), parent=self)
        self.begin = PushButton(theme, self.tr("Begin"), ButtonKind.PRIMARY, self)
        self.overview = OverviewPage(theme)
        self.empty = EmptyState(
            theme,
            self.tr("Nothing compared yet"),
            self.tr(
                "Choose two locked codings of one session. Both stay as they are: what you settle "
                "goes into a third."
            ),
        )
        self._stack = QStackedWidget(self)
        self._build()
        self.compare.clicked.connect(self.prepare)
        self.begin.clicked.connect(self._want)
        for field in (self.first, self.second):
            field.changed.connect(self._forget)
        self.place.changed.connect(self._name_begin)
        self._forget()

    def act(self) -> None:
        """Compare, and once that is done begin."""
        if self.prepared is None:
            self.prepare()
        else:
            self._want()

    def prepare(self) -> None:
        """Read and compare the two codings in the background."""
        if self._work is not None or self.first.refuse_missing() or self.second.refuse_missing():
            return
        first, second = self.first.path, self.second.path
        if first is None or second is None:
            return
        self._forget()
        self._asked = first, second
        work = BackgroundWork(preparing_work(first, second, self._shelf), self)
        work.progressed.connect(self._show_progress)
        work.done.connect(self._prepared)
        work.failed.connect(self._failed)
        self._work = work
        self.progress.show()
        self.compare.disable(self.tr("The codings are being compared"))
        work.start()

    def cancel_work(self) -> None:
        """Stop what runs."""
        if self._work is not None:
            self._work.cancel()
            self._end()

    def say(self, sentence: str) -> None:
        """Say what did not work."""
        self.trouble.show_text(sentence)

    def _prepared(self, result: object) -> None:
        self._end()
        if not isinstance(result, Prepared) or not self._is_still_asked():
            return
        self.prepared = result
        self.overview.show_result(result.result)
        self._stack.setCurrentWidget(self.overview)
        self.protocol.setText(protocol_words(result.result.report.pair.protocol))
        self.facts.setText(self._facts(result))
        findings = (*result.sides.warnings, *result.result.notes, *result.result.report.doubts)
        self.concern.show_text("\n".join(said_sentence(finding) for finding in findings))
        self.place.setEnabled(True)
        self.place.set_path(result.place)
        self.begin.enable()

    def _facts(self, result: Prepared) -> str:
        """How much is alike before anything is settled, and whose times are taken."""
        found = result.found
        differing = [item.found for item in found.items if item.found is not None]
        ratings = sum(one.rating is not None for one in differing)
        same_class = all(one.at_level is None for one in differing)
        indices = sum(item.indices is not None for item in found.items)
        alike = (found.agreed.ratings, found.agreed.d_indices)
        words = self.tr(
            "To settle: {0}. Alike: events {1}, ratings {2} of {3}, D indices {4} of {5}; class: "
            "{6}. Where both agree, the times of {7} are taken (project default)."
        )
        return words.format(
            len(found.items),
            len(found.agreed.events),
            len(alike[0]),
            len(alike[0]) + ratings,
            len(alike[1]),
            len(alike[1]) + indices,
            self.tr("alike") if same_class else self.tr("not alike"),
            result.sides.first.coding.coder,
        )

    def _failed(self, sentence: str) -> None:
        self._end()
        if self._is_still_asked():
            self.say(sentence)

    def _is_still_asked(self) -> bool:
        """Whether the codings that were compared are those that are named now."""
        return self._asked == (self.first.path, self.second.path)

    def _end(self) -> None:
        self._work = None
        self.progress.hide()
        self.compare.enable()

    def _forget(self) -> None:
        """Nothing is compared yet, or something else is named now."""
        self.prepared = None
        self.say("")
        self.concern.show_text("")
        self.facts.setText("")
        self.protocol.setText("")
        self.progress.setVisible(self._work is not None)
        self.place.setEnabled(False)
        self.begin.disable(self.tr("Compare the two codings first"))
        self._stack.setCurrentWidget(self.empty)

    def _name_begin(self) -> None:
        path = self.place.path
        goes_on = path is not None and path.is_file()
        if goes_on:
            self.begin.set_words(self.tr("Go on"))
        elif self.prepared is not None and self.prepared.sides.warnings:
            self.begin.set_words(self.tr("Begin all the same"))
        else:
            self.begin.set_words(self.tr("Begin"))

    def _want(self) -> None:
        path = self.place.path
        if self.prepared is None:
            return
        if path is None:
            self.place.field.show_error(self.tr("Say where the consensus is to be kept."))
            return
        self.begin_wanted.emit(path)

    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(share * _STEPS))

    def set_codings(self, first: Path | None, second: Path | None) -> None:
        """Name the two codings."""
        self.first.set_path(first)
        self.second.set_path(second)

    def _build(self) -> None:
        px = self._theme.px
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(px(160), px(8))
        describe(self.progress, self.tr("Progress of the comparison"))
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.overview)
        panel = Panel(self._theme, "", self)
        body = QWidget(panel)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(px(12), px(8), px(12), px(8))
        places = QHBoxLayout()
        places.setSpacing(px(16))
        places.addWidget(self.first, 1)
        places.addWidget(self.second, 1)
        inner.addLayout(places)
        line = QHBoxLayout()
        line.setSpacing(px(16))
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self.place, 1)
        for part in (self.progress, self.compare, self.begin):
            line.addWidget(part, 0, top)
        inner.addLayout(line)
        panel.set_body(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(panel)
        for label in (self.trouble, self.concern, self.facts):
            column.addWidget(label)
        column.addWidget(self._stack, 1)
        column.addWidget(self.protocol)
