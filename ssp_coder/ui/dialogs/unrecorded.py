"""Asks what shall become of a judgement that was begun and is not in the coding yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrecorded:
    """Something that a page holds and the coding does not.

    Attributes:
        title: of the question.
        words: what would be lost.
        record: puts it into the coding and says whether that was possible; None where it is not
            whole, or the coding can only be read.
        discard: forgets it.
    """

    title: str
    words: str
    record: Callable[[], bool] | None
    discard: Callable[[], None]


def settle(found: Unrecorded, parent: QWidget) -> bool:
    """Ask to record, to discard or to go back; False when it stays as it is."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(found.title)
    box.setText(found.words)
    roles = QMessageBox.ButtonRole
    record = None
    if found.record is not None:
        record = box.addButton(tr("Record it"), roles.AcceptRole)
    discard = box.addButton(tr("Discard it"), roles.DestructiveRole)
    back = box.addButton(tr("Back to it"), roles.RejectRole)
    box.setDefaultButton(record or back)
    box.setEscapeButton(back)
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    if found.record is not None and chosen is record:
        return found.record()
    if chosen is discard:
        found.discard()
        return True
    return False


def tr(words: str) -> str:
    """Words in the language of the window."""
    return QCoreApplication.translate("unrecorded", words)
