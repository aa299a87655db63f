"""The page of the certificate: a criterion is met, not met, or there is too little evidence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.training.certificate import certificate_from
from ssp_coder.training.deeds import Certified
from ssp_coder.training.evaluation import CaseFigures
from ssp_coder.training.logbook import read_logbook
from ssp_coder.training.measures import Statistic
from ssp_coder.training.pass_rules import Grade, Outcome
from ssp_coder.ui.training.certificate_page import CertificatePage
from tests.fixtures.training_figures import classes, criterion, rated, rule
from tests.ui.accessibility import access_walk as walk
from tests.ui.training.pages.sittings import SLOTS, seen

THIRTY = criterion(Statistic.CLASS_SHARE, 0.8, 30)


@pytest.fixture
def page(theme, desk, qtbot):
    page = CertificatePage(theme, desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    yield page
    page.shut()
    page.close()


@pytest.fixture
def answered(monkeypatch):
    """The file name that a person gives; none at first."""
    given = {"name": ""}
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (given["name"], ""))
    return given


def certificates(desk) -> list[Certified]:
    return [one.deed for one in desk.entries if isinstance(one.deed, Certified)]


def states(page) -> list[str]:
    return [line[-1] for line in page.criteria.lines]


class TestHowTheRuleStands:
    def test_before_anything_nothing_can_be_certified(self, page):
        assert "Nothing can be certified yet" in page.state.text()
        assert not page.make.isEnabled()
        assert page.make.statusTip() == "Opens when every criterion is met"

    def test_a_met_criterion_shows_value_interval_and_n(self, page, desk):
        seen(desk, classes(27, 3), rule(THIRTY))
        assert page.criteria.lines == (
            (
                "Three classes, share alike",
                "0.8 or above on 30 cases",
                "0.90 (0.74 to 0.97)",
                "30",
                "met",
            ),
        )
        assert page.make.isEnabled()

    def test_a_missed_criterion_says_so_and_opens_nothing(self, page, desk):
        seen(desk, classes(20, 10), rule(THIRTY))
        assert states(page) == ["not met"]
        assert not page.make.isEnabled()
        assert "Not met" in page.state.text()

    def test_too_few_cases_are_insufficient_even_without_a_mistake(self, page, desk):
        seen(desk, classes(29, 0), rule(THIRTY))
        assert states(page) == ["insufficient evidence: 29 of 30 cases"]
        assert not page.make.isEnabled()
        assert "neither met nor not met" in page.state.text()

    def test_a_rare_class_that_is_too_rare_is_insufficient_too(self, page, desk):
        rare = criterion(Statistic.CLASS_SHARE, 0.8, 10, minimum_positives=9)
        seen(desk, classes(12, 0), rule(rare))
        assert states(page) == ["insufficient evidence: rarest 6 of 9 times"]
        assert "the rarest 9 times or more" in page.criteria.lines[0][1]

    def test_an_undefined_statistic_is_insufficient_and_says_why(self, page, desk):
        icc = criterion(Statistic.ICC, 0.7, 2)
        alike = tuple(replace(one, ratings=(rated(SLOTS[0].id, 3, 3),)) for one in classes(3, 0))
        seen(desk, alike, rule(icc))
        assert states(page) == ["insufficient evidence: the statistic is undefined"]
        assert "undefined (" in page.criteria.lines[0][2]

    def test_a_row_of_cases_says_the_longest(self, page, desk):
        row = criterion(Statistic.CLASS_SHARE, 0.8, 10, consecutive=5)
        seen(desk, classes(10, 2), rule(row))
        assert "each of 5 in a row (longest row 10)" in page.criteria.lines[0][1]

    def test_places_are_told_one_by_one_with_their_scale(self, page, desk, qtbot):
        within = criterion(Statistic.WITHIN_ONE, 0.5, 2)
        cases = tuple(
            replace(one, ratings=tuple(rated(slot.id, 3, 3, slot.scale) for slot in SLOTS[:2]))
            for one in classes(3, 0)
        )
        seen(desk, cases, rule(within))
        assert len(page.criteria.lines) == 2
        qtbot.waitUntil(lambda: "_" not in page.criteria.lines[0][0], timeout=10_000)

    def test_cases_from_an_enriched_set_are_said(self, page, desk):
        seen(desk, classes(30, 0, enriched=True), rule(THIRTY))
        assert "not at the natural base rate" in page.criteria.lines[0][1]

    def test_the_rule_says_that_it_is_a_convention_and_where_it_comes_from(self, page, desk):
        source = Provenance(origin=Origin.LITERATURE, source="a course, as told", confidence=0.5)
        seen(desk, (), rule(THIRTY, provenance=source))
        words = " ".join(label.text() for label in page.rule.words)
        assert "A convention, no finding." in words
        assert "a course, as told (confidence 0.5)" in words

    def test_a_pack_without_a_rule_says_so(self, page, desk):
        seen(desk, classes(3, 0), None)
        assert "no pass rule" in page.rule.words[0].text()
        assert page.criteria.lines == ()

    @pytest.mark.parametrize("outcome", list(Outcome))
    def test_every_state_has_words_and_a_look_of_its_own(self, page, desk, outcome):
        figures = {
            Outcome.PASSED: classes(30, 0),
            Outcome.NOT_PASSED: classes(10, 20),
            Outcome.INSUFFICIENT: classes(5, 0),
        }[outcome]
        seen(desk, figures, rule(THIRTY))
        assert page.criteria.tag.text()
        page.criteria.grab()


class TestMakingOne:
    @pytest.fixture
    def passed(self, page, desk) -> tuple[CaseFigures, ...]:
        figures = classes(27, 3)
        seen(desk, figures, rule(THIRTY))
        return figures

    def test_the_button_writes_the_file_and_the_logbook(
        self, page, desk, passed, answered, tmp_path
    ):
        answered["name"] = str(tmp_path / "mine.pdf")
        page.make.click()
        assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF")
        (deed,) = certificates(desk)
        made = certificate_from(deed.figures)
        assert (made.trainee, made.figures[0].value, made.figures[0].n) == ("t07", 0.9, 30)
        assert made.heads == tuple(one.sitting.head for one in passed)

    def test_the_logbook_on_the_disk_has_it(self, page, desk, passed, answered, tmp_path):
        answered["name"] = str(tmp_path / "mine.pdf")
        page.make.click()
        path = desk.logbook.path
        desk.close()
        kept = [one.deed for one in read_logbook(path).entries]
        assert isinstance(kept[-1], Certified)

    def test_a_name_without_an_ending_gets_one(self, page, passed, answered, tmp_path):
        answered["name"] = str(tmp_path / "mine")
        page.make.click()
        assert (tmp_path / "mine.pdf").is_file()

    def test_no_name_makes_nothing(self, page, desk, passed, answered):
        page.make.click()
        assert certificates(desk) == []

    def test_where_the_file_cannot_be_written_nothing_is_certified(
        self, page, desk, passed, answered, tmp_path
    ):
        answered["name"] = str(tmp_path / "no such folder" / "mine.pdf")
        page.make.click()
        assert certificates(desk) == []
        assert "cannot be written" in page.trouble.text()
        assert page.trouble.isVisible()

    def test_the_same_one_is_not_made_twice(self, page, desk, passed, answered, tmp_path):
        answered["name"] = str(tmp_path / "mine.pdf")
        page.make.click()
        assert not page.make.isVisible()
        assert page.certify(tmp_path / "again.pdf")
        assert len(certificates(desk)) == 1

    def test_what_the_logbook_keeps_can_be_saved_again(
        self, page, desk, passed, answered, tmp_path
    ):
        answered["name"] = str(tmp_path / "mine.pdf")
        page.make.click()
        answered["name"] = str(tmp_path / "copy.pdf")
        page.again.click()
        assert (tmp_path / "copy.pdf").is_file()
        number = certificate_from(certificates(desk)[0].figures).number
        assert number in page.state.text()

    def test_later_cases_make_another_one_possible(self, page, desk, passed, answered, tmp_path):
        answered["name"] = str(tmp_path / "mine.pdf")
        page.make.click()
        seen(desk, classes(28, 3), rule(THIRTY))
        assert page.make.isVisible()
        assert page.make.isEnabled()

    def test_a_certificate_that_cannot_be_read_is_named_by_its_rule(self, page, desk, tmp_path):
        desk.append(
            Certified(pack=desk.pack.id, version="1.0.0", rule="old rule", figures="not JSON")
        )
        assert "by rule old rule" in page.state.text()
        assert not page.save_again(tmp_path / "x.pdf")
        assert page.trouble.isVisible()

    @pytest.mark.parametrize(
        ("grade", "word"),
        [
            (Grade.PROVISIONAL, "Provisional"),
            (Grade.TRIAL, "trial"),
            (Grade.CERTIFIED, "Certified"),
        ],
    )
    def test_the_grade_of_the_rule_is_said(self, page, desk, tmp_path, grade, word):
        seen(desk, classes(30, 0), rule(THIRTY, grade=grade))
        assert page.certify(tmp_path / "x.pdf")
        assert word in page.state.text()
        assert certificates(desk)[0].provisional == (grade is not Grade.CERTIFIED)

    @pytest.mark.parametrize("right", [0, 20, 23])
    def test_no_way_leads_to_one_without_passing(self, page, desk, tmp_path, right):
        seen(desk, classes(right, 30 - right), rule(THIRTY))
        target: Path = tmp_path / "x.pdf"
        assert not page.certify(target)
        assert not target.exists()
        assert certificates(desk) == []

    def test_without_anything_open_nothing_happens(self, theme, bare_desk, qtbot, tmp_path):
        page = CertificatePage(theme, bare_desk)
        qtbot.addWidget(page)
        assert not page.certify(tmp_path / "x.pdf")
        assert not page.save_again(tmp_path / "x.pdf")


def test_it_can_be_walked_and_heard(page, desk):
    seen(desk, classes(30, 0), rule(THIRTY))
    page.activateWindow()
    walk.settle()
    assert walk.nameless(page) == walk.without_role(page) == walk.shut_without_words(page) == []
    graph = walk.tab_graph(page)
    assert walk.unreachable(page, graph) == walk.traps(graph) == []
