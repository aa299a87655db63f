"""The panels beside the feedback, and the question before a submission."""

from __future__ import annotations

import pytest

from ssp_coder.agreement.comparison import ClassAgreement, ClassLevel
from ssp_coder.agreement.estimate import known
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.editing.completeness import OpenWork, Step
from ssp_coder.training.bias import Basis, Bias, BiasPanel, ScaleBias, Tendency
from ssp_coder.training.evaluation import CaseFigures, Sitting
from ssp_coder.training.packs import Stage
from ssp_coder.ui.training.side_panels import ClassPanel, TendencyPanel, WayPanel
from ssp_coder.ui.training.submit_panel import SubmitPanel
from tests.builders import infant_scheme


def bias(value, tendency=Tendency.NONE, low=None, high=None):
    estimate = known(value, 8)
    if low is not None:
        estimate = estimate.between(low, high)
    return Bias(estimate=estimate, basis=Basis.STUDENT, p=None, corrected=None, tendency=tendency)


def panel_of(*scales, lag=0):
    late = Tendency.OVER if lag > 0 else Tendency.UNDER if lag < 0 else Tendency.NONE
    return BiasPanel(
        scales=scales, codes=(), lag=bias(float(lag), late), onsets=20, settings="1.0.0"
    )


def figures(case, reference, own, *, repeat=False):
    return CaseFigures(
        sitting=Sitting(
            case=case,
            stage=Stage.PRACTICE,
            attempt=2 if repeat else 1,
            is_repeat=repeat,
            submitted_at_utc=f"2026-06-01T10:00:0{case[-1]}.000Z",
            head="h",
        ),
        scheme_sha256="s",
        classes=(ClassAgreement(level=ClassLevel.FOUR_WAY, reference=reference, own=own),),
        ratings=(),
        tallies=(),
        budgets=(),
        lags_us=(),
    )


@pytest.fixture
def tendency(theme, qtbot):
    panel = TendencyPanel(theme)
    qtbot.addWidget(panel)
    return panel


@pytest.fixture
def classes(theme, qtbot):
    panel = ClassPanel(theme)
    qtbot.addWidget(panel)
    return panel


@pytest.fixture
def submitting(theme, qtbot):
    panel = SubmitPanel(theme)
    qtbot.addWidget(panel)
    return panel


def some_scale():
    return infant_scheme().scales[0]


def test_a_flagged_scale_is_named_with_its_direction_and_size(tendency):
    over = ScaleBias(scale=some_scale().id, bias=bias(0.9, Tendency.OVER, 0.5, 1.3))
    tendency.show_bias(panel_of(over), infant_scheme())
    assert tendency.flags() == f"{some_scale().title}: too high by about 0.9 points."


def test_a_scale_rated_too_low_is_told_the_other_way(tendency):
    under = ScaleBias(scale=some_scale().id, bias=bias(-0.6, Tendency.UNDER, -1.0, -0.2))
    tendency.show_bias(panel_of(under), infant_scheme())
    assert "too low by about 0.6" in tendency.flags()


def test_what_is_not_flagged_is_drawn_and_not_pointed_out(tendency):
    some = ScaleBias(scale=some_scale().id, bias=bias(0.4, low=-0.1, high=0.9))
    tendency.show_bias(panel_of(some), infant_scheme())
    (row,) = tendency.axis.rows
    assert (row.value, row.low, row.high, row.n) == (0.4, -0.1, 0.9, 8)
    assert tendency.flags() == "No tendency is certain."


def test_a_value_without_an_interval_is_marked_as_resting_on_few(tendency):
    tendency.show_bias(panel_of(ScaleBias(scale=some_scale().id, bias=bias(1.0))), None)
    assert tendency.axis.rows[0].few


@pytest.mark.parametrize(("lag", "words"), [(800_000, "0.8 s late"), (-500_000, "0.5 s early")])
def test_a_lag_is_told_in_seconds(tendency, lag, words):
    some = ScaleBias(scale=some_scale().id, bias=bias(0.0))
    tendency.show_bias(panel_of(some, lag=lag), infant_scheme())
    assert words in tendency.flags()


def test_without_ratings_nothing_is_drawn(tendency):
    tendency.show_bias(None, None)
    assert tendency.axis.rows == ()
    assert tendency.flags() == "Nothing rated in both yet."


def test_without_a_rule_there_is_no_criterion(theme, qtbot):
    panel = WayPanel(theme)
    qtbot.addWidget(panel)
    panel.show_evaluation(None, None)
    assert panel.axis.rows == ()
    assert panel.tag.isHidden()


def test_classes_are_counted_by_case_reference_down(classes):
    done = (figures("c1", "B", "B"), figures("c2", "B", "A"), figures("c3", "A", "A"))
    classes.show_figures(done, {})
    matrix = classes.grid.matrix
    assert matrix.labels == ("A", "B")
    assert (matrix.count((1, 0)), matrix.count((1, 1)), matrix.count((0, 0))) == (1, 1, 1)
    assert matrix.n == 3


def test_a_repeat_is_not_counted_among_the_classes(classes):
    classes.show_figures((figures("c1", "B", "A"), figures("c1", "B", "B", repeat=True)), {})
    assert classes.grid.matrix.n == 1


def test_a_missing_class_has_a_column_of_its_own(classes):
    classes.show_figures((figures("c1", "B", ""),), {})
    assert classes.grid.matrix.labels == ("B", "none")
    assert classes.grid.matrix.count((0, 1)) == 1


def test_a_cell_tells_its_cases_by_their_titles(classes):
    classes.show_figures((figures("c1", "B", "A"),), {"c1": "Session 9"})
    classes.grid.cell_chosen.emit((1, 0))
    assert classes._cases.text() == "Session 9"


def lack(severity):
    return OpenWork(
        step=Step.CODE, finding=Finding(code="x", message="Something", severity=severity)
    )


def test_notes_keep_nobody_from_submitting(submitting, pack):
    submitting.ask(pack.cases[1], (lack(Severity.NOTE),))
    assert submitting.list.isHidden()
    assert submitting.submit.text() == "Submit"


def test_the_case_that_was_asked_about_is_submitted(submitting, pack, qtbot):
    submitting.ask(pack.cases[1], (lack(Severity.ERROR),))
    with qtbot.waitSignal(submitting.submit_wanted, timeout=5_000) as wanted:
        submitting.submit.click()
    assert wanted.args == [pack.cases[1]]
    assert submitting.isHidden()
