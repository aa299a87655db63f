"""A new pass, or a change of one: its name, its groups, what is seen of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.ui.code.passes import Pass
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.marks import MarkIcon, MarkShape
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.ethogram import CodeGroup, Ethogram, GroupId
    from ssp_coder.ui.theme.theme import Theme

LONGEST_NAME = 40


class PassDialog(QDialog):
    """Asks for the name and the groups of a pass; `result_value` is the pass when accepted."""

    def __init__(
        self,
        theme: Theme,
        ethogram: Ethogram,
        taken: frozenset[str],
        start: Pass | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show the pass as it is, or an empty one.

        Args:
            theme: colours and fonts.
            ethogram: its groups are offered.
            taken: names that other passes have.
            start: the pass to change, None for a new one.
            parent: the window.
        """
        super().__init__(parent)
        self._theme = theme
        self._ethogram = ethogram
        self._taken = taken
        self.name = FieldWithError(theme, self.tr("Name of the pass"))
        self.boxes: dict[GroupId, CheckBox] = {}
        self.greyed = CheckBox(theme, self.tr("Show the other groups greyed"))
        self.hint = short_lettering(theme, "", FontUse.CAPTION, "hint")
        self.cancel_button = PushButton(theme, self.tr("Cancel"), parent=self)
        self.keep_button = PushButton(theme, self.tr("Keep"), ButtonKind.PRIMARY, self)
        title = self.tr("New pass") if start is None else self.tr("Change the pass")
        self.setWindowTitle(title)
        self._build()
        self._show(start)
        self._connect()
        self._judge()

    @property
    def result_value(self) -> Pass:
        """The pass as the dialog shows it."""
        return Pass(
            name=self.name.text().strip(),
            groups=tuple(group for group, box in self.boxes.items() if box.isChecked()),
            greyed=self.greyed.isChecked(),
        )

    def _show(self, start: Pass | None) -> None:
        if start is None:
            self.greyed.setChecked(True)
            return
        self.name.set_text(start.name)
        self.greyed.setChecked(start.greyed)
        for group, box in self.boxes.items():
            box.setChecked(group in start.groups)

    def _judge(self) -> None:
        """Say what is still wanted before the pass can be kept."""
        value = self.result_value
        self.name.clear_error()
        wants = ""
        if not value.name:
            wants = self.tr("Give the pass a name")
        elif value.name in self._taken:
            wants = self.tr("There is a pass of this name; choose another name")
            self.name.show_error(wants)
        elif not value.groups:
            wants = self.tr("Choose at least one group")
        self.hint.setText("" if self.name.error() else wants or self._count_words(value))
        if wants:
            self.keep_button.disable(wants)
        else:
            self.keep_button.enable()

    def _count_words(self, value: Pass) -> str:
        return self.tr("{0} of {1} groups").format(len(value.groups), len(self.boxes))

    def _connect(self) -> None:
        self.name.text_edited.connect(self._judge)
        for box in self.boxes.values():
            box.toggled.connect(self._judge)
        self.cancel_button.clicked.connect(self.reject)
        self.keep_button.clicked.connect(self.accept)

    def _build(self) -> None:
        px = self._theme.px
        self.name.edit.setMaxLength(LONGEST_NAME)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(8))
        words = self.tr(
            "In a pass only the chosen groups are coded. The keys of the others do nothing, so "
            "that no slip of a finger changes what an earlier pass recorded."
        )
        column.addWidget(lettering(self._theme, words, FontUse.BODY, "second"))
        column.addWidget(short_lettering(self._theme, self.tr("Name"), FontUse.LABEL))
        column.addWidget(self.name)
        column.addWidget(short_lettering(self._theme, self.tr("Groups"), FontUse.LABEL))
        column.addWidget(self._group_list(), 1)
        column.addWidget(self.greyed)
        column.addWidget(self.hint)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.keep_button)
        column.addLayout(foot)
        self.keep_button.setDefault(True)
        self.resize(px(420), min(px(560), self.screen().availableGeometry().height()))

    def _group_list(self) -> QScrollArea:
        px = self._theme.px
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(px(10), px(6), px(10), px(6))
        column.setSpacing(px(2))
        for group in self._ethogram.groups:
            column.addLayout(self._group_row(group, body))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.StyledPanel)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        describe(area, self.tr("Groups"))
        area.setWidget(body)
        return area

    def _group_row(self, group: CodeGroup, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addWidget(MarkIcon(self._theme, group.slot, MarkShape(group.shape), parent))
        box = CheckBox(self._theme, str(group.title), parent)
        self.boxes[group.id] = box
        row.addWidget(box, 1)
        return row
