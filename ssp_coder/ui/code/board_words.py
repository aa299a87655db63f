"""What the status line says about a press of a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.editing.keys import Notice

if TYPE_CHECKING:
    from ssp_coder.domain.ethogram import CodeId
    from ssp_coder.domain.scheme import Scheme


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("board", words)


def notice_words(notice: Notice, code: CodeId | None, scheme: Scheme, pass_name: str = "") -> str:
    """A notice as a sentence; empty where nothing need be said."""
    title = "" if code is None else str(scheme.ethogram.code(code).title)
    if notice is Notice.OUTSIDE:
        group = "" if code is None else str(scheme.ethogram.group_of(code).title)
        return tr("Nothing recorded: {0} is not in the pass {1}").format(group, pass_name)
    sentences = {
        Notice.ALREADY_OPEN: tr("{0} runs here already").format(title),
        Notice.ONE_FRAME: tr("{0} was held for no more than a frame and lasts one frame").format(
            title
        ),
        Notice.NO_PICTURE: tr("Nothing recorded: no frame of a video is on the screen"),
        Notice.LOCKED: tr("Nothing changed: the coding is locked"),
        Notice.READ_ONLY: tr("Nothing changed: the coding is open for reading only"),
        Notice.NOTHING_RUNS: tr("Nothing runs here that could be ended"),
        Notice.NOTHING_CODED: tr("Nothing was coded yet since the coding was opened"),
    }
    return sentences.get(notice, "")
