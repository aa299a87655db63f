"""The agreement report as a text document, which is how a window shows and prints it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument, QTextImageFormat
from pytestqt.qtbot import QtBot

from ssp_coder.reporting.agreement_page import page_html
from ssp_coder.reporting.agreement_pair import pair_blocks
from ssp_coder.reporting.agreement_study import study_blocks
from tests.unit.reporting.agreement_desk import pair_report, study_report

WIDTH = 1_000


def document(kind: str) -> QTextDocument:
    blocks = pair_blocks(pair_report()) if kind == "pair" else study_blocks(study_report())
    made = QTextDocument()
    made.setHtml(page_html("Agreement", tuple(blocks)))
    made.setTextWidth(WIDTH)
    return made


def pictures(made: QTextDocument) -> list[QTextImageFormat]:
    found = []
    block = made.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            shape = parts.fragment().charFormat()
            if shape.isImageFormat():
                found.append(shape.toImageFormat())
            parts += 1
        block = block.next()
    return found


@pytest.mark.parametrize("kind", ["pair", "study"])
def test_every_figure_is_drawn_at_its_size(qtbot: QtBot, kind: str) -> None:
    made = document(kind)
    found = pictures(made)
    assert len(found) > 5
    for shape in found:
        picture = made.resource(QTextDocument.ResourceType.ImageResource, QUrl(shape.name()))
        image = picture if isinstance(picture, QImage) else picture.toImage()
        assert not image.isNull()
        assert (image.width(), image.height()) == (shape.width(), shape.height())


@pytest.mark.parametrize("kind", ["pair", "study"])
def test_the_page_is_no_wider_than_the_paper(qtbot: QtBot, kind: str) -> None:
    assert document(kind).size().width() <= WIDTH * 1.06


def test_the_words_of_the_page_are_in_the_document(qtbot: QtBot) -> None:
    words = document("pair").toPlainText()
    assert words.startswith("Agreement, session S002: ref and c02")
    assert "svg" not in words
    assert "Method, to paste" in words
