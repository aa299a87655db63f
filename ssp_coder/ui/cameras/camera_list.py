"""The cameras of a session, one chosen, with files that are about to become one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.ui.cameras.camera_card import AddingCard, CameraCard, CardFace
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Media
    from ssp_coder.ui.theme.theme import Theme


class CameraList(QWidget):
    """Shows the cameras it is given and says what the person wants.

    Signals:
        chosen, find_wished, remove_wished: a camera by its place.
        add_wished: a further camera.
    """

    chosen = Signal(int)
    find_wished = Signal(int)
    remove_wished = Signal(int)
    add_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: list[CameraCard] = []
        self.adding: list[AddingCard] = []
        self.add = PushButton(theme, self.tr("Add camera…"), parent=self)
        self._rows = QVBoxLayout()
        self._build()
        self.add.clicked.connect(self.add_wished)

    def show_cameras(self, cameras: tuple[tuple[Media, CardFace], ...]) -> None:
        """Show these cameras; cards that are there already only change."""
        while len(self.cards) > len(cameras):
            card = self.cards.pop()
            card.hide()
            self._rows.removeWidget(card)
            card.deleteLater()
        while len(self.cards) < len(cameras):
            card = CameraCard(self._theme, len(self.cards), self)
            card.chosen.connect(partial(self.chosen.emit, card.place))
            card.find_wished.connect(partial(self.find_wished.emit, card.place))
            card.remove_wished.connect(partial(self.remove_wished.emit, card.place))
            card.neighbour_wished.connect(partial(self._go_to_neighbour, card.place))
            self._rows.insertWidget(len(self.cards), card)
            self.cards.append(card)
        for card, (media, face) in zip(self.cards, cameras, strict=True):
            card.show_camera(media, face)

    def select(self, place: int) -> None:
        """Show which camera the right side speaks of."""
        for card in self.cards:
            card.set_selected(card.place == place)

    def show_adding(self, name: str) -> AddingCard:
        """Show a file that is being read, below the cameras."""
        card = AddingCard(self._theme, name, self)
        self._rows.insertWidget(len(self.cards) + len(self.adding), card)
        self.adding.append(card)
        return card

    def drop_adding(self, card: AddingCard) -> None:
        """The file has become a camera, or will not."""
        self.adding.remove(card)
        card.hide()
        self._rows.removeWidget(card)
        card.deleteLater()

    def _go_to_neighbour(self, place: int, way: int) -> None:
        if 0 <= place + way < len(self.cards):
            self.cards[place + way].setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(place + way)

    def _build(self) -> None:
        px = self._theme.px
        describe(self, self.tr("Cameras of the session"))
        head = QHBoxLayout()
        head.addWidget(lettering(self._theme, self.tr("Cameras"), FontUse.PANEL_TITLE), 1)
        head.addWidget(self.add)
        inside = QWidget(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(4))
        self._rows.addStretch(1)
        inside.setLayout(self._rows)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(area, 1)
