"""The figures beside the feedback: each with what it rests on, undefined in words, never a pass."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QWidget

from ssp_coder.agreement.comparison import ClassAgreement, ClassLevel
from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.agreement.pair import pair_agreement
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.domain.time import SECOND_US
from ssp_coder.training.bias import Tendency
from ssp_coder.training.evaluation import TOLERANCES_US, OnsetTally, figures_of
from ssp_coder.training.measures import Statistic
from ssp_coder.training.pass_rules import Outcome, evaluate
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.training.lesson import WayGone
from ssp_coder.ui.training.side_panels import (
    ClassPanel,
    SidePanels,
    TendencyPanel,
    WayPanel,
)
from ssp_coder.ui.training.verdicts import VerdictStrip
from ssp_coder.ui.training.words import outcome_words
from tests.builders import infant_scheme
from tests.fixtures.training_figures import (
    classes,
    criterion,
    made_up_reference,
    rule,
    sitting,
    submission,
    tally,
)
from tests.ui.training.page_builders import biases, coded_like, leaning, lesson

WIDE_S = TOLERANCES_US[-1] / SECOND_US
ANY = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)


@pytest.fixture(scope="module")
def reference():
    return made_up_reference(1)


@pytest.fixture
def plain(reference):
    """A lesson without figures; each test gives its own."""
    return lesson(reference, reference.coding)


@pytest.fixture
def strip(theme, qtbot):
    strip = VerdictStrip(theme)
    qtbot.addWidget(strip)
    return strip


@pytest.fixture
def told(strip, plain):
    """The strip's figures of a submission."""

    def tell(**figures):
        strip.show_lesson(replace(plain, figures=submission("k1", **figures)))
        return strip.verdicts

    return tell


@pytest.fixture(params=["en", "de"])
def language(request, qapp):
    SPOKEN.speak(request.param)
    yield request.param
    SPOKEN.speak("en")


def labels(panel: QWidget) -> list[str]:
    """Every line of text that is to be seen."""
    return [one.text() for one in panel.findChildren(QLabel) if one.isVisible() and one.text()]


class TestOnsets:
    def test_found_ones_stand_with_interval_and_number(self, told):
        onsets, _ = told(tallies=(tally("distress.cry", 8, 10, 9, WIDE_S),))
        assert onsets.value == "80 %"
        assert onsets.basis == "49 to 94 %, 8 of 10"

    def test_codes_are_added_up_at_the_widest_tolerance_only(self, told):
        narrow = tally("distress.cry", 0, 10, 9, 0.5)
        wide = (tally("a", 3, 10, 9, WIDE_S), tally("b", 5, 10, 9, WIDE_S))
        onsets, _ = told(tallies=(narrow, *wide))
        assert onsets.value == "40 %"
        assert onsets.basis.endswith("8 of 20")

    def test_a_reference_without_onsets_has_no_share(self, told):
        onsets, _ = told(tallies=(tally("distress.cry", 0, 0, 9, WIDE_S),))
        assert onsets.value == "\N{EN DASH}"
        assert "none" in onsets.basis

    def test_all_found_still_has_an_interval(self, told):
        onsets, _ = told(tallies=(tally("distress.cry", 3, 3, 3, WIDE_S),))
        assert onsets.value == "100 %"
        assert onsets.basis.startswith("44 to 100 %")

    @ANY
    @given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=6))
    def test_the_share_lies_inside_its_interval(self, told, counts):
        tallies = tuple(
            OnsetTally(
                code="c",
                tolerance_us=TOLERANCES_US[-1],
                matches=min(pair),
                n_reference=max(pair),
                n_own=max(pair),
            )
            for pair in counts
        )
        onsets, _ = told(tallies=tallies)
        if onsets.value != "\N{EN DASH}":
            low, high = (int(part) for part in onsets.basis.split(" %")[0].split(" to "))
            assert low <= int(onsets.value.split()[0]) <= high


class TestLags:
    @pytest.mark.parametrize(
        ("lags_s", "value"),
        [
            ((0.8,), "+0.8 s"),
            ((-1.2, -0.6), "\N{MINUS SIGN}0.9 s"),
            ((0.04, -0.04), "0.0 s"),
            ((-0.04,), "0.0 s"),
            ((5.0, 0.1, 0.2), "+0.2 s"),
        ],
        ids=["one", "two early", "around nothing", "no signed zero", "unsorted"],
    )
    def test_the_median_has_a_sign_and_one_decimal(self, told, lags_s, value):
        _, lag = told(lags_us=tuple(round(one * SECOND_US) for one in lags_s))
        assert lag.value == value

    def test_without_an_onset_in_common_there_is_none(self, told):
        _, lag = told()
        assert (lag.value, lag.basis) == ("\N{EN DASH}", "no onset in common")

    def test_the_middle_half_is_told_with_its_number(self, told):
        _, lag = told(lags_us=tuple(n * SECOND_US for n in range(8)))
        assert lag.basis == "half lie in +2.0 to +5.0 s, n = 8"

    @ANY
    @given(st.lists(st.integers(-50, 50), min_size=1, max_size=40))
    def test_early_and_late_are_treated_alike(self, told, tenths):
        """Who is as early as another is late gets the mirrored figures."""
        step = SECOND_US // 10
        late = told(lags_us=tuple(one * step * 2 for one in tenths))[1]
        early = told(lags_us=tuple(-one * step * 2 for one in tenths))[1]
        numbers = [
            [as_number(word) for word in f"{one.value} {one.basis.split(',')[0]}".split()]
            for one in (late, early)
        ]
        (median, low, high), (other, other_low, other_high) = (
            [number for number in row if number is not None] for row in numbers
        )
        assert (median, low, high) == (-other, -other_high, -other_low)


def as_number(word):
    try:
        return float(word.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return None


class TestKappas:
    @pytest.fixture
    def kappas(self, strip, reference):
        def of(own):
            agreement = pair_agreement(reference.coding, own, reference.scheme, USUAL_PROTOCOL)
            strip.show_lesson(lesson(reference, own, agreement=agreement))
            return strip.verdicts

        return of

    def test_each_group_of_states_of_the_infant_has_one(self, kappas, reference):
        found = kappas(coded_like(reference, late_s=1))
        titles = [str(group.title) for group in reference.scheme.ethogram.groups]
        named = [one.of.removeprefix("kappa, ") for one in found]
        assert found
        assert [name for name in named if name not in titles] == []

    def test_a_group_that_nobody_coded_is_not_called_perfect(self, kappas, reference):
        unused = [one for one in kappas(reference.coding) if one.value == "\N{EN DASH}"]
        assert unused
        assert all(one.basis for one in unused)

    def test_a_coding_like_the_reference_has_kappa_one(self, kappas, reference):
        assert "1.00" in [one.value for one in kappas(reference.coding)]

    def test_a_worse_coding_has_a_lower_kappa_with_interval_and_n(self, kappas, reference):
        worse = kappas(coded_like(reference, late_s=6))
        (one,) = [one for one in worse if one.value != "\N{EN DASH}"]
        assert float(one.value.replace("\N{MINUS SIGN}", "-")) < 0.9
        assert " to " in one.basis
        assert "n = " in one.basis

    def test_german_leaves_capital_letters_where_they_are(self, kappas, reference):
        SPOKEN.speak("de")
        try:
            found = kappas(reference.coding)
        finally:
            SPOKEN.speak("en")
        titles = [str(group.title) for group in reference.scheme.ethogram.groups]
        assert all(any(title in one.of for title in titles) for one in found)


class TestTheStrip:
    def test_a_screen_reader_hears_every_figure(self, strip, told, language):
        verdicts = told(lags_us=(SECOND_US,), tallies=(tally("c", 1, 2, 2, WIDE_S),))
        spoken = strip.accessibleDescription()
        assert all(one.value in spoken and one.of in spoken for one in verdicts)

    def test_the_next_submission_replaces_the_last(self, told):
        assert told(lags_us=(SECOND_US,))[-1].value == "+1.0 s"
        assert told(lags_us=(-SECOND_US,))[-1].value == "\N{MINUS SIGN}1.0 s"

    def test_cleared_it_says_nothing(self, strip, told):
        told(lags_us=(SECOND_US,))
        strip.clear()
        assert strip.verdicts == ()
        assert strip.accessibleDescription() == ""

    def test_a_narrow_window_cuts_no_figure_and_keeps_its_height(self, strip, told):
        told(lags_us=(SECOND_US,))
        strip.resize(200, 80)
        strip.show()
        assert strip.widget().width() > strip.viewport().width()
        assert strip.widget().height() <= strip.height()


class TestTheWayToTheCriterion:
    @pytest.fixture
    def way(self, theme, qtbot):
        panel = WayPanel(theme)
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def test_without_a_rule_that_is_said(self, way, language):
        way.show_evaluation(None, infant_scheme())
        assert not way.axis.isVisible()
        assert not way.tag.isVisible()
        assert labels(way) != []

    @pytest.mark.parametrize(
        ("right", "wrong", "outcome"),
        [
            (0, 0, Outcome.INSUFFICIENT),
            (9, 0, Outcome.INSUFFICIENT),
            (10, 0, Outcome.PASSED),
            (5, 5, Outcome.NOT_PASSED),
        ],
    )
    def test_the_tag_says_where_the_trainee_stands(self, way, right, wrong, outcome):
        eighty = rule(criterion(Statistic.CLASS_SHARE, 0.8, 10))
        way.show_evaluation(evaluate(eighty, classes(right, wrong)), infant_scheme())
        assert way.tag.text() == outcome_words(outcome)

    def test_a_row_has_value_interval_n_and_line(self, way):
        eighty = rule(criterion(Statistic.CLASS_SHARE, 0.8, 10))
        way.show_evaluation(evaluate(eighty, classes(9, 1)), infant_scheme())
        (row,) = way.axis.rows
        assert (row.value, row.n, row.criterion, row.few) == (0.9, 10, 0.8, False)
        assert row.low < row.value < row.high

    def test_no_case_is_no_value(self, way):
        eighty = rule(criterion(Statistic.CLASS_SHARE, 0.8, 10))
        way.show_evaluation(evaluate(eighty, ()), None)
        (row,) = way.axis.rows
        assert (row.value, row.words, row.few) == (None, "no case yet", True)

    def test_a_habit_of_the_field_is_not_passed_off_as_a_finding(self, way):
        for is_habit, words in ((True, "convention"), (False, "laboratory's own")):
            one = rule(criterion(Statistic.CLASS_SHARE, 0.8, 30), convention=is_habit)
            way.show_evaluation(evaluate(one, ()), None)
            assert words in "".join(labels(way))
            assert "on 30 cases" in "".join(labels(way))


class TestTendencies:
    @pytest.fixture
    def panel(self, theme, qtbot):
        panel = TendencyPanel(theme)
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def test_nothing_rated_is_said(self, panel, language):
        panel.show_bias(None, infant_scheme())
        assert panel.flags() != ""
        assert not panel.axis.isVisible()

    @pytest.mark.parametrize(
        ("value", "tendency", "words"),
        [(0.9, Tendency.OVER, "too high by about 0.9"), (-1.2, Tendency.UNDER, "too low by about")],
    )
    def test_a_certain_tendency_is_said_with_its_size(self, panel, value, tendency, words):
        scale = infant_scheme().scales[0]
        bias = leaning(scale.id, known(value, 9).between(value - 0.2, value + 0.2), tendency)
        panel.show_bias(biases(bias, lag=missing(Undefined.NOTHING, 0)), infant_scheme())
        assert f"{scale.title}: {words}" in panel.flags()
        assert "\N{MINUS SIGN}" not in panel.flags()

    def test_an_uncertain_one_is_shown_and_not_pointed_out(self, panel):
        bias = leaning(infant_scheme().scales[0].id, known(2.0, 3).between(-1.0, 5.0))
        panel.show_bias(biases(bias, lag=missing(Undefined.NOTHING, 0)), infant_scheme())
        assert panel.flags() == "No tendency is certain."
        assert panel.axis.rows[0].value == 2.0

    def test_a_value_without_an_interval_is_called_few(self, panel):
        bias = leaning(infant_scheme().scales[0].id, known(1.0, 1))
        panel.show_bias(biases(bias, lag=missing(Undefined.NOTHING, 0)), infant_scheme())
        assert panel.axis.rows[0].few

    def test_an_undefined_one_says_why(self, panel):
        bias = leaning(infant_scheme().scales[0].id, missing(Undefined.NOTHING, 0))
        panel.show_bias(biases(bias, lag=missing(Undefined.NOTHING, 0)), infant_scheme())
        (row,) = panel.axis.rows
        assert (row.value, row.words, row.few) == (None, "nothing to compare", False)

    @pytest.mark.parametrize(
        ("lag_s", "tendency", "words"),
        [(0.8, Tendency.OVER, "Onsets 0.8 s late."), (-0.5, Tendency.UNDER, "Onsets 0.5 s early.")],
    )
    def test_lateness_is_said_in_seconds(self, panel, lag_s, tendency, words):
        lag = known(lag_s * SECOND_US, 40)
        scale = leaning(infant_scheme().scales[0].id, known(0.0, 9).between(-1, 1))
        panel.show_bias(biases(scale, lag=lag, tendency=tendency), infant_scheme())
        assert panel.flags() == words

    def test_lateness_is_not_lost_where_nothing_was_rated(self, panel):
        lag = known(0.8 * SECOND_US, 40)
        panel.show_bias(biases(lag=lag, tendency=Tendency.OVER), infant_scheme())
        assert "Onsets 0.8 s late." in panel.flags()

    def test_without_a_scheme_the_scale_is_named_by_its_id(self, panel):
        bias = leaning("near", known(0.0, 9).between(-1, 1))
        panel.show_bias(biases(bias, lag=missing(Undefined.NOTHING, 0)), None)
        assert panel.axis.rows[0].label == "near"


class TestClasses:
    @pytest.fixture
    def panel(self, theme, qtbot):
        panel = ClassPanel(theme)
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def show(self, panel, *pairs, **of):
        figures = tuple(
            submission(
                f"k{number}",
                classes=(ClassAgreement(level=ClassLevel.FOUR_WAY, reference=ref, own=own),),
                sitting=sitting(f"k{number}", **of),
            )
            for number, (ref, own) in enumerate(pairs, start=1)
        )
        panel.show_figures(figures, {"k1": "Session 1"})
        return panel.grid.matrix

    def test_without_a_case_there_is_no_matrix(self, panel):
        assert self.show(panel).n == 0
        assert not panel.grid.isVisible()

    def test_cases_are_counted_where_both_classes_meet(self, panel):
        matrix = self.show(panel, ("B", "B"), ("B", "C"), ("B", "C"))
        assert (matrix.n, matrix.alike) == (3, 1)
        assert matrix.count((0, 1)) == 2
        assert matrix.labels == ("B", "C")

    def test_a_submission_without_a_class_is_counted_as_none(self, panel):
        matrix = self.show(panel, ("B", ""), ("C", "C"))
        assert matrix.labels == ("B", "C", "none")
        assert matrix.count((0, 2)) == 1
        assert matrix.is_void((2, 2))

    def test_a_reference_without_a_class_is_left_out(self, panel):
        assert self.show(panel, ("", "B")).n == 0

    def test_repeats_do_not_count(self, panel):
        assert self.show(panel, ("B", "B"), is_repeat=True, attempt=9).n == 0

    def test_a_cell_names_its_cases_and_those_without_a_title_by_id(self, panel):
        self.show(panel, ("B", "B"), ("B", "B"))
        panel.grid.cell_chosen.emit((0, 0))
        assert "Session 1, k2" in labels(panel)
        panel.grid.cell_chosen.emit(None)
        assert "Session 1, k2" not in labels(panel)


def test_all_three_panels_show_what_all_submissions_say(theme, qtbot, reference):
    side = SidePanels(theme)
    qtbot.addWidget(side)
    own = coded_like(reference, late_s=1)
    figures = (figures_of(sitting("k1"), own, reference),)
    eighty = rule(criterion(Statistic.CLASS_SHARE, 0.8, 10))
    way = WayGone(figures=figures, evaluation=evaluate(eighty, figures))
    side.show_way(way, reference.scheme, {})
    assert side.way.tag.text() == outcome_words(Outcome.INSUFFICIENT)
    assert side.classes.grid.matrix.n == 1
    side.show_way(WayGone(), None, {})
    assert side.classes.grid.matrix.n == 0
    assert side.way.axis.rows == ()
