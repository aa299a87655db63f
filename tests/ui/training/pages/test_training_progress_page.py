"""The page of progress: curves, tendencies, exercises and drift of one trainee."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.training.deeds import Certified, ExerciseAnswered
from ssp_coder.training.evaluation import CaseFigures, RatedPair, TimeBudget
from ssp_coder.training.measures import Statistic
from ssp_coder.training.packs import Stage
from ssp_coder.ui.training import progress_page
from ssp_coder.ui.training.progress_figures import USUAL_MEASURES, curves_of, limits
from ssp_coder.ui.training.progress_page import ProgressPage
from ssp_coder.ui.training.progress_words import code_flags, code_rows, ratio_scale
from tests.builders import infant_scheme, s
from tests.fixtures.training_figures import budget, classed, classes, criterion, rule, tally
from tests.ui.accessibility import access_walk as walk
from tests.ui.training.pages.sittings import SLOTS, seen

RULE = rule(criterion(Statistic.CLASS_SHARE, 0.8, 30))
STATE = next(
    code.id
    for group in infant_scheme().ethogram.groups
    for code in group.codes
    if code.kind.value == "state"
)


@pytest.fixture
def page(theme, desk, qtbot):
    page = ProgressPage(theme, desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    qtbot.waitUntil(lambda: page.found.setup is not None, timeout=10_000)
    yield page
    page.shut()
    page.close()


def show(page, desk, qtbot, figures: tuple[CaseFigures, ...], asked=RULE) -> None:
    """Let the page show figures that were just worked out."""
    before = page.found
    seen(desk, figures, asked)
    qtbot.waitUntil(lambda: page.found is not before, timeout=20_000)


def leaning(cases: int, points: float, stage: Stage = Stage.TEST) -> tuple[CaseFigures, ...]:
    """Cases in which one scale is always rated so many points too high."""
    slot = SLOTS[0]
    return tuple(
        replace(
            one,
            ratings=(
                RatedPair(
                    slot=slot.id, scale=slot.scale, reference=3, own=3 + points + (n % 2) * 0.01
                ),
            ),
        )
        for n, one in enumerate(classes(cases, 0, stage=stage))
    )


class TestCurves:
    def test_before_the_first_feedback_there_is_none(self, page):
        assert page.curves.charts == ()

    def test_the_statistic_of_the_rule_has_its_line(self, page, desk, qtbot):
        show(page, desk, qtbot, classes(5, 2))
        (chart,) = page.curves.charts
        assert chart.picture.criterion == 0.8
        assert len(chart.picture.dots) == 7

    def test_without_a_rule_the_usual_statistics_are_shown(self, page, desk, qtbot):
        cases = tuple(replace(one, tallies=(tally("a", 3, 4, 4),)) for one in classes(3, 0))
        show(page, desk, qtbot, cases, None)
        assert [chart.accessibleName() for chart in page.curves.charts] == [
            "Three classes, share alike",
            "F1 of onsets within 1 s",
        ]
        assert all(chart.picture.criterion is None for chart in page.curves.charts)

    def test_a_repeat_is_hollow_and_no_part_of_the_figures(self, page, desk, qtbot):
        repeat = classed("k1", "A", "B", of={"is_repeat": True, "attempt": 40})
        show(page, desk, qtbot, (*classes(3, 0), repeat))
        (chart,) = page.curves.charts
        assert sum(dot.hollow for dot in chart.picture.dots) == 1
        assert [dot.value for dot in chart.picture.dots if not dot.hollow] == [1, 1, 1]

    def test_places_to_be_rated_are_never_pooled(self):
        assert not any(one.statistic.of_rating for one in USUAL_MEASURES)

    def test_what_the_rule_asks_for_is_not_shown_twice(self):
        measures = [curve.measure for curve in curves_of(classes(3, 0), RULE)]
        assert len(measures) == len(set(measures)) == 1

    def test_a_new_figure_leaves_the_keyboard_on_its_curve(self, page, desk, qtbot):
        show(page, desk, qtbot, classes(3, 0))
        page.activateWindow()
        page.curves.charts[0].setFocus()
        show(page, desk, qtbot, classes(4, 0))
        assert page.curves.charts[0].hasFocus()


class TestTendencies:
    def test_a_scale_rated_too_high_is_pointed_out(self, page, desk, qtbot):
        show(page, desk, qtbot, leaning(12, 1.0))
        title = str(infant_scheme().scale(SLOTS[0].scale).title)
        assert page.tendency.flags() == f"{title}: too high by about 1.0 points."

    def test_no_lean_is_not_pointed_out(self, page, desk, qtbot):
        show(page, desk, qtbot, leaning(12, 0.0))
        assert "certain" in page.tendency.flags()

    def test_an_over_used_code_is_named_with_how_much(self, page, desk, qtbot):
        cases = tuple(
            replace(one, budgets=(budget(STATE, 60 + n, 150 + 2 * n),))
            for n, one in enumerate(classes(12, 0))
        )
        show(page, desk, qtbot, cases)
        assert "over-used, 2.4" in page.codes.flags.text()
        (row,) = page.codes.axis.rows
        assert row.n == 12
        assert row.low < row.value < row.high

    def test_an_under_used_code_is_named_too(self, desk):
        cases = tuple(
            replace(one, budgets=(budget(STATE, 200 + n, 50),))
            for n, one in enumerate(classes(12, 0))
        )
        seen(desk, cases, RULE)
        (line,) = code_flags(desk.way.bias, None)
        assert line.startswith(f"{STATE}: under-used")

    def test_a_code_used_as_the_reference_does_is_not_pointed_out(self, page, desk, qtbot):
        cases = tuple(
            replace(one, budgets=(budget(STATE, 60 + n, 61 + n),))
            for n, one in enumerate(classes(12, 0))
        )
        show(page, desk, qtbot, cases)
        assert "No code" in page.codes.flags.text()

    def test_few_cases_are_said(self, desk):
        one = replace(classes(1, 0)[0], budgets=(budget(STATE, 60, 90),))
        seen(desk, (one,), RULE)
        (row,) = code_rows(desk.way.bias, None)
        assert row.few

    def test_the_axis_of_ratios_holds_what_is_there(self, desk):
        wide = TimeBudget(code=STATE, reference_us=s(60), own_us=s(190))
        seen(desk, (replace(classes(1, 0)[0], budgets=(wide,)),), RULE)
        rows = code_rows(desk.way.bias, None)
        assert ratio_scale(rows).high == 4
        assert ratio_scale(()).high == 2


class TestExercises:
    def answered(self, desk, exercise: str, right: bool) -> None:
        kind = {"point": "scale_point", "moment": "onset"}[exercise]
        answer = {"point": "6" if right else "1", "moment": "5" if right else "7.9"}[exercise]
        desk.append(
            ExerciseAnswered(
                pack=desk.pack.id, exercise=exercise, kind=kind, answer=answer, right=right
            )
        )

    def test_before_the_first_answer_there_is_nothing(self, page):
        assert page.retention.told.text() == "None answered yet."
        assert not page.retention.axis.isVisible()

    def test_each_kind_that_was_answered_has_two_rows(self, page, desk, qtbot):
        self.answered(desk, "point", right=True)
        qtbot.waitUntil(lambda: bool(page.retention.axis.rows), timeout=10_000)
        first, later = page.retention.axis.rows
        assert (first.label, first.words, first.n) == ("Scale points, at first sight", "100 %", 1)
        assert (later.value, later.words) == (None, "none yet")
        assert first.low is not None


class TestDrift:
    def test_it_is_not_there_for_somebody_who_is_not_certified(self, page):
        assert not page.drift.isVisible()

    def certify(self, desk) -> None:
        desk.append(
            Certified(pack=desk.pack.id, version=desk.pack.version, rule="rule", figures="{}")
        )

    def test_its_limits_are_said_before_the_first_re_check(self, page, desk, qtbot):
        self.certify(desk)
        qtbot.waitUntil(page.drift.isVisible, timeout=10_000)
        assert page.drift.tag.text() == "no re-check yet"
        assert any("32 % of the time" in line for line in page.drift.limits)

    def test_the_numbers_of_the_limits_are_those_of_the_simulation(self, page):
        rows = limits(page.found.setup)
        assert (0.90, 0.75, 20, 0.3189) in rows

    def test_a_coder_who_stays_has_no_alarm(self, page, desk, qtbot):
        show(page, desk, qtbot, leaning(12, 0.0, Stage.UPKEEP))
        assert page.drift.isVisible()
        assert page.drift.tag.text() == "no alarm"
        assert len(page.drift.charts) == 2

    def test_a_coder_who_leans_has_one(self, page, desk, qtbot):
        cases = leaning(12, 1.0, Stage.UPKEEP)
        count = next(
            n for n in range(1, 13) if (0.75 * n + 0.01 * (n // 2)) >= page.found.setup.bias.alarm
        )
        show(page, desk, qtbot, cases[:count])
        assert page.drift.tag.text() == "alarm"
        assert page.drift.charts[1].picture.dots[-1].marked


class TestThePage:
    def test_hidden_it_works_nothing_out(self, theme, desk, qtbot, monkeypatch):
        asked = []
        monkeypatch.setattr(progress_page, "progress_figures", lambda *a: asked.append(a))
        page = ProgressPage(theme, desk)
        qtbot.addWidget(page)
        desk.refresh()
        assert asked == []

    def test_without_a_pack_it_is_empty(self, theme, bare_desk, qtbot):
        page = ProgressPage(theme, bare_desk)
        qtbot.addWidget(page)
        page.show()
        assert page.curves.charts == ()
        page.close()

    def test_what_cannot_be_worked_out_is_told_in_its_place(self, page, desk, qtbot, monkeypatch):
        def fail(*_arguments):
            raise DomainError(Finding(code="x", message="the pack is damaged", place="here"))

        monkeypatch.setattr(progress_page, "progress_figures", fail)
        page.refresh()
        qtbot.waitUntil(page.trouble.isVisible, timeout=10_000)
        assert "damaged" in page.trouble.text()

    def test_nobody_is_praised_ranked_or_compared(self, page, desk, qtbot):
        show(page, desk, qtbot, classes(30, 0))
        labels = page.findChildren(type(page.trouble))
        said = " ".join(label.text() for label in labels).lower()
        for word in ("rank", "best", "score", "great", "well done", "star"):
            assert word not in said

    def test_it_can_be_walked_and_heard(self, page, desk, qtbot):
        self_certified = Certified(pack=desk.pack.id, version="1.0.0", rule="rule", figures="{}")
        desk.append(self_certified)
        show(page, desk, qtbot, (*leaning(12, 1.0, Stage.UPKEEP),))
        walk.settle()
        page.activateWindow()
        assert walk.nameless(page) == walk.without_role(page) == []
        graph = walk.tab_graph(page)
        assert walk.unreachable(page, graph) == walk.traps(graph) == []
