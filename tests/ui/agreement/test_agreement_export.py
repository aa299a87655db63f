"""Reports written to files: the forms, what is in them, and a disk that refuses."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from ssp_coder.domain.finding import DomainError
from ssp_coder.ui.agreement.export import Form, page_of, written
from ssp_coder.ui.agreement.paper import PaperPage, print_page
from ssp_coder.ui.agreement.work import PairResult
from tests.ui.agreement.agreement_results import a_pair, a_study

pytestmark = pytest.mark.usefixtures("qapp")
BOTH = pytest.mark.parametrize("made", [a_pair, a_study])


def sheets_of(path):
    document = QPdfDocument()
    document.load(str(path))
    return document


@BOTH
def test_a_page_is_one_file_without_a_network(made, tmp_path):
    (path,) = written(made(), Form.HTML, tmp_path / "report.html")
    text = path.read_text()
    assert made().report.title in text
    assert "http" not in text


@BOTH
def test_numbers_come_with_their_codebook(made, tmp_path):
    files = written(made(), Form.CSV, tmp_path)
    assert {path.name for path in files} == {"agreement.csv", "codebook.csv"}
    lines = (tmp_path / "agreement.csv").read_text().splitlines()
    assert len(lines) == len(made().rows) + 1


@BOTH
def test_programs_get_one_object(made, tmp_path):
    (path,) = written(made(), Form.JSON, tmp_path / "report.json")
    found = json.loads(path.read_text())
    assert isinstance(found, dict)
    kind = "pair" if isinstance(made(), PairResult) else "study"
    assert found["protocol"], kind


@BOTH
def test_a_pdf_has_the_title_and_the_method_on_its_sheets(made, tmp_path):
    (path,) = written(made(), Form.PDF, tmp_path / "report.pdf")
    document = sheets_of(path)
    assert document.pageCount() > 1
    assert document.metaData(QPdfDocument.MetaDataField.Title) == made().report.title
    words = " ".join(document.getAllText(at).text() for at in range(document.pageCount()))
    assert "Method, to paste" in words
    assert "Agreement" in document.getAllText(0).text()


def test_no_word_of_a_table_is_broken_on_paper(tmp_path):
    (path,) = written(a_pair(), Form.PDF, tmp_path / "report.pdf")
    document = sheets_of(path)
    words = " ".join(document.getAllText(at).text() for at in range(document.pageCount()))
    assert "false alarms" in words.replace("\N{NO-BREAK SPACE}", " ")


def test_the_ink_reaches_across_the_paper(tmp_path):
    (path,) = written(a_pair(), Form.PDF, tmp_path / "report.pdf")
    picture = sheets_of(path).render(0, QSize(420, 594))
    paper = QImage(picture.size(), QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFF)
    painter = QPainter(paper)
    painter.drawImage(0, 0, picture)
    painter.end()
    inked = [
        x
        for x in range(paper.width())
        if any(paper.pixelColor(x, y).lightness() < 160 for y in range(0, paper.height(), 2))
    ]
    assert min(inked) < 60
    assert max(inked) > 340


def test_figures_are_drawn_finer_than_the_page():
    page = PaperPage()
    html = page_of(a_pair())[1]
    page.setHtml(html)
    source = html.split('<img src="')[1].split('"')[0]
    image = page.loadResource(2, source)
    width = int(html.split('<img src="')[1].split('width="')[1].split('"')[0])
    assert image.width() == 2 * width


def test_sheets_are_counted_where_it_is_printed(tmp_path):
    from PySide6.QtGui import QPdfWriter

    writer = QPdfWriter(str(tmp_path / "a.pdf"))
    sheets = print_page("<p>word</p>" * 400, writer)
    del writer
    assert sheets == sheets_of(tmp_path / "a.pdf").pageCount() > 1


@pytest.mark.parametrize("form", [Form.HTML, Form.PDF, Form.JSON])
def test_a_folder_that_is_not_there_is_said(form, tmp_path):
    with pytest.raises(DomainError, match="cannot be written"):
        written(a_pair(), form, tmp_path / "gone" / f"report.{form.value}")


def test_the_window_writes_in_the_background_and_says_where(pair_window, tmp_path, qtbot):
    pair_window._compared(a_pair())
    pair_window.write(Form.HTML, tmp_path / "report.html")
    assert pair_window.stop.isVisible()
    qtbot.waitUntil(lambda: "report.html" in pair_window.facts.text(), timeout=20_000)
    assert (tmp_path / "report.html").is_file()


def test_the_window_says_what_could_not_be_written(pair_window, tmp_path, qtbot):
    pair_window._compared(a_pair())
    pair_window.write(Form.PDF, tmp_path / "gone" / "report.pdf")
    qtbot.waitUntil(lambda: pair_window.trouble.text() != "", timeout=20_000)
    assert pair_window.compared is not None


def test_the_menu_offers_every_form_and_printing(pair_window):
    words = [action.text() for action in pair_window.export.menu().actions() if action.text()]
    assert len(words) == len(Form) + 1
    assert words[-1].startswith("Print")
