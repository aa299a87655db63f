"""The certificate on paper, read back as a reader of PDF reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument

from ssp_coder.domain.finding import DomainError
from ssp_coder.training.certificate import (
    Certificate,
    CertifiedFigure,
    LeftOut,
    certificate_of,
)
from ssp_coder.training.measures import Statistic
from ssp_coder.training.pass_rules import Grade, evaluate
from ssp_coder.ui.training.certificate_pdf import write_certificate
from ssp_coder.ui.training.certificate_words import figure_line, figure_title, hashes_of
from tests.builders import infant_scheme
from tests.fixtures.training_figures import classes, criterion, rule, small_pack
from tests.ui.training.pages.sittings import SLOTS

THIRTY = criterion(Statistic.CLASS_SHARE, 0.8, 30)


@pytest.fixture
def certificate() -> Certificate:
    evaluation = evaluate(rule(THIRTY, grade=Grade.PROVISIONAL), classes(27, 3))
    return certificate_of(evaluation, small_pack(), trainee="t07", on="2026-05-17")


@pytest.fixture
def read(qapp, tmp_path):
    """Write a certificate and read it back."""
    made: list[QPdfDocument] = []

    def of(one: Certificate, scheme: object = None) -> QPdfDocument:
        path = tmp_path / f"{len(made)}.pdf"
        write_certificate(path, one, scheme)
        document = QPdfDocument()
        assert document.load(str(path)) == QPdfDocument.Error.None_
        made.append(document)
        return document

    yield of
    for document in made:
        document.close()


def text_of(document: QPdfDocument, page: int) -> str:
    return re.sub(r"\s+", " ", document.getAllText(page).text())


def figure(**fields: object) -> CertifiedFigure:
    given = {
        "statistic": Statistic.WITHIN_ONE,
        "of": "",
        "threshold": 0.8,
        "value": 0.9,
        "low": 0.7,
        "high": 0.97,
        "n": 30,
        "cases": 30,
        "positives": 30,
        "run": 0,
        "enriched": False,
    }
    return CertifiedFigure(**(given | fields))


def test_it_is_a4_in_portrait(read, certificate):
    size = read(certificate).pagePointSize(0)
    assert size.width() == pytest.approx(595, abs=1)
    assert size.height() == pytest.approx(842, abs=1)


def test_the_first_page_says_who_what_and_how_far(read, certificate):
    said = text_of(read(certificate), 0)
    for words in (
        "t07",
        "2026-05-17",
        "pack1 1.2.0",
        "small 1.2.0",
        "rule 1.0.0",
        "convention",
        "made for tests",
        "Provisional",
        "first attempts only, 30 submissions",
        "0.900, 95 % interval 0.744 to 0.965, n = 30",
        "asked for 0.8",
    ):
        assert words in said, words


def test_it_claims_no_authority(read, certificate):
    said = text_of(read(certificate), 0)
    assert "carries no authority of its own" in said
    assert "no licence of any institution" in said


def test_the_second_page_has_every_hash(read, certificate):
    said = text_of(read(certificate), 1).replace(" ", "")
    for _name, value in hashes_of(certificate):
        assert value in said


def test_what_the_trainer_left_out_is_listed_with_the_reason(read, certificate):
    assert "Left out of the figures by the trainer Nothing." in text_of(read(certificate), 1)
    item = LeftOut(case="k3", of="near_1", reason="the picture is too dark")
    said = text_of(read(replace(certificate, left_out=(item,))), 1)
    assert "Case k3, near_1: the picture is too dark" in said


def test_its_number_stands_on_every_page(read, certificate):
    document = read(certificate)
    for page in range(document.pageCount()):
        assert certificate.number in text_of(document, page)


def test_many_submissions_go_on_to_further_pages(read, certificate):
    many = replace(certificate, heads=tuple(f"{n:064x}" for n in range(200)))
    document = read(many)
    assert document.pageCount() > 3
    last = text_of(document, document.pageCount() - 1).replace(" ", "")
    assert f"{199:064x}" in last


def test_many_figures_go_on_to_further_pages(read, certificate):
    many = replace(certificate, figures=tuple(figure(of=f"place {n}") for n in range(60)))
    document = read(many)
    everything = " ".join(text_of(document, page) for page in range(document.pageCount()))
    for n in range(60):
        assert f"Place {n}, within one point: 0.900" in everything


def test_it_is_drawn_with_lines_and_letters_and_no_picture(certificate, qapp, tmp_path):
    path = tmp_path / "x.pdf"
    write_certificate(path, certificate)
    assert b"/Subtype /Image" not in path.read_bytes()


def test_nothing_is_cut_off_at_the_edge(read, certificate):
    long = replace(certificate, rule_source="a source that goes on and on " * 12)
    image = read(long).render(0, QSize(595, 842))
    edge = [image.pixelColor(590, y) for y in range(0, 842, 3)]
    assert all(colour.alpha() == 0 or colour.name() == "#ffffff" for colour in edge)


def test_the_names_of_the_scheme_stand_for_ids(read, certificate):
    slot = SLOTS[0]
    scheme = infant_scheme()
    one = replace(certificate, figures=(figure(of=slot.id),))
    capital = slot.id[:1].upper() + slot.id[1:]
    assert capital in text_of(read(one), 0)
    named = text_of(read(one, scheme), 0)
    assert capital not in named
    assert scheme.scale(slot.scale).abbreviation in named


def test_an_earlier_file_is_replaced(read, certificate, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"something older" * 1000)
    write_certificate(path, certificate)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_named(certificate, tmp_path):
    with pytest.raises(DomainError, match="cannot be written") as caught:
        write_certificate(tmp_path / "gone" / "x.pdf", certificate)
    assert caught.value.finding.remedy == "choose another folder"


@pytest.mark.parametrize(
    ("of", "statistic", "title"),
    [
        ("three_way", Statistic.CLASS_SHARE, "Three classes, share alike"),
        ("within 2 s", Statistic.EVENT_F1, "F1 of onsets within 2 s"),
        ("cry, within 0.5 s", Statistic.CODE_RECALL, "Cry, onsets found within 0.5 s"),
        ("", Statistic.WITHIN_ONE, "Within one point"),
    ],
)
def test_a_figure_is_called_as_on_the_screen(qapp, of: str, statistic: Statistic, title: str):
    assert figure_title(figure(of=of, statistic=statistic)) == title


def test_a_figure_says_rows_and_enriched_sets(qapp):
    words = figure_line(figure(run=5, enriched=True, low=None, high=None))
    assert "no interval" in words
    assert "5 cases in a row" in words
    assert words.endswith("not at the natural base rate")


def test_two_writings_of_one_certificate_say_the_same(read, certificate: Certificate):
    first, second = read(certificate), read(certificate)
    assert text_of(first, 0) == text_of(second, 0)


def test_the_path_may_have_letters_of_any_language(certificate, qapp, tmp_path: Path):
    path = tmp_path / "Zürich Прага.pdf"
    write_certificate(path, certificate)
    assert path.stat().st_size > 1000
