"""What the suggestion says when the table leaves it open, and what missing ratings cannot move."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.scale import NOT_RATED, Points
from ssp_coder.domain.verdict import FunctionValue, TermTrace
from ssp_coder.editing.edits import Classify
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from ssp_coder.ui.classify.page import ClassifyPage
from ssp_coder.ui.classify.rule_list import rule_title
from ssp_coder.ui.classify.suggestion import SuggestionPanel
from ssp_coder.ui.classify.words import (
    function_words,
    left_open_words,
    listed,
    steady_words,
)
from tests import builders as b
from tests.ui.rate.judged import open_window, rated, rated_all, session_of

SCHEME = b.infant_scheme()
B3 = Classification(primary="B", subgroup="B3")


def verdict_of(coding):
    return evaluate(SCHEME.rules, facts_from_coding(coding, SCHEME))


def half_way():
    """Little contact and moderate resistance: the rules do not tell B from C."""
    return rated_all(pcs_c_5=1, cm_c_5=1, pcs_c_8=1, cm_c_8=1, res_c_8=4)


def without_contact():
    return rated(pcs_c_5=5, cm_c_5=5, res_c_5=2, avo_c_5=1, pcs_c_8=6, avo_c_8=1, res_c_8=1, dorg=2)


def without_resistance():
    return rated(pcs_c_5=5, res_c_5=2, avo_c_5=1, pcs_c_8=6, cm_c_8=5, avo_c_8=1, dorg=2)


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def value(group, lowest, highest):
    return FunctionValue(group=group, constant=1.0, terms=(), lowest=lowest, highest=highest)


class TestLeftOpen:
    def test_the_groups_are_named_with_the_nearest_profiles(self):
        told = left_open_words(verdict_of(half_way()))
        assert told == "The table leaves it open between B and C; nearest C2, then B1 by 4."

    def test_three_groups_are_listed(self):
        told = left_open_words(verdict_of(rated_all(avo_c_8=4, res_c_8=4)))
        assert told.startswith("The table leaves it open between A, C and AC;")

    def test_the_nearest_come_first_whatever_the_order_of_the_fits(self):
        verdict = verdict_of(half_way())
        turned = replace(verdict, fits=tuple(reversed(verdict.fits)))
        assert left_open_words(turned) == left_open_words(verdict)

    def test_without_profiles_only_the_groups_are_named(self):
        verdict = replace(verdict_of(half_way()), fits=())
        assert left_open_words(verdict) == "The table leaves it open between B and C."

    def test_the_page_says_it(self, theme, qtbot):
        coding = b.after(half_way(), Classify(classification=B3))
        page = ClassifyPage(theme, session_of(coding))
        open_window(qtbot, page)
        assert left_open_words(verdict_of(coding)) in words(page.suggestion)

    def test_a_class_within_what_is_open_is_not_called_the_same_group(self, theme, qtbot):
        coding = b.after(half_way(), Classify(classification=B3))
        page = ClassifyPage(theme, session_of(coding))
        open_window(qtbot, page)
        told = words(page.disagreement)
        assert "The table leaves Secure possible. Your class stays." in told
        assert not any("Same main group" in line for line in told)

    def test_the_rule_that_leaves_it_open_says_between_which(self):
        verdict = verdict_of(half_way())
        rule = next(rule for rule in verdict.fired if rule.between)
        assert rule_title(rule, SCHEME).endswith("\N{RIGHTWARDS ARROW} open: B or C")


class TestWhatCannotMoveTheGroup:
    def test_a_rating_that_only_moves_the_subgroup_is_named(self):
        told = steady_words(verdict_of(without_contact()), SCHEME)
        assert told == "Whatever you rate for Contact maintaining, reunion 2, the group stays B."

    def test_the_rating_that_the_group_depends_on_is_named(self):
        told = steady_words(verdict_of(without_resistance()), SCHEME)
        assert told == "The group depends on Resistance, reunion 2 alone."

    def test_nothing_is_said_of_a_complete_coding(self):
        assert steady_words(verdict_of(rated_all()), SCHEME) == ""

    def test_nothing_is_promised_while_more_is_listed_than_possible(self):
        verdict = replace(verdict_of(without_contact()), exact=False)
        assert steady_words(verdict, SCHEME) == ""

    def test_the_page_says_it(self, theme, qtbot):
        coding = b.after(without_contact(), Classify(classification=B3))
        page = ClassifyPage(theme, session_of(coding))
        open_window(qtbot, page)
        assert steady_words(verdict_of(coding), SCHEME) in words(page.suggestion)


class TestFunctions:
    @pytest.mark.parametrize(
        ("shown", "told"),
        [(value("X", 2.5, 2.5), "2.50"), (value("X", -1.0, 4.25), "-1.00 to 4.25")],
    )
    def test_a_value_or_its_ends_are_told(self, shown, told):
        assert function_words(shown) == told

    def test_the_panel_lists_every_function(self, theme, qtbot):
        panel = SuggestionPanel(theme, SCHEME)
        qtbot.addWidget(panel)
        traces = (TermTrace(input="pcs_c_8", score=Points(6), weight=2.0, added=12.0),)
        functions = (replace(value("A", 13.0, 13.0), terms=traces), value("B", 1.0, 9.5))
        panel.show_verdict(replace(verdict_of(rated_all()), functions=functions))
        assert {"A", "13.00", "1.00 to 9.50"} <= set(words(panel))

    def test_bands_are_hidden_for_a_table_without_profiles(self, theme, qtbot, monkeypatch):
        coding = b.after(rated_all(), Classify(classification=B3))
        bare = replace(verdict_of(coding), fits=(), possible_subgroups=(), subgroup=None)
        monkeypatch.setattr(ClassifyPage, "_verdict", lambda _page: bare)
        page = ClassifyPage(theme, session_of(coding))
        open_window(qtbot, page)
        assert page.bands.isHidden()
        assert not page.rules.isHidden()


def test_names_are_listed_as_people_do():
    assert listed(()) == ""
    assert listed(("B",)) == "B"
    assert listed(("A", "B", "C")) == "A, B and C"


def test_what_is_not_rated_is_never_a_number():
    facts = dict(facts_from_coding(without_contact(), SCHEME).scores)
    assert facts["cm_c_8"] is NOT_RATED
