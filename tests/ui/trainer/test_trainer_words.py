"""What the desk says in words: values with their intervals, states, and every code of the core."""

from __future__ import annotations

import pytest

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.domain.finding import Severity
from ssp_coder.domain.time import Micros, Span
from ssp_coder.training.bias import Basis, Bias, BiasPanel, Tendency
from ssp_coder.training.deeds import Judgement, ReleaseKind
from ssp_coder.training.drift import Chart, ChartKind, ChartPoint, Watch, drift_setup
from ssp_coder.training.measures import Measure, Statistic
from ssp_coder.training.packs import Consent, OriginKind
from ssp_coder.training.trainee_files import TraineeFile
from ssp_coder.ui.trainer import words
from ssp_coder.ui.trainer.words import Page
from ssp_coder.ui.training.words import judgement_words
from tests.builders import infant_scheme
from tests.unit.training.training_files import some_slot


class Study:
    """As much of a trainee's study as the words look at."""

    def __init__(self, *, bias: BiasPanel | None = None, charts: tuple[Chart, ...] = ()) -> None:
        nothing = missing(Undefined.NOTHING, 0)
        self.bias = bias
        self.watch = Watch(charts=charts, agreement=nothing, events=nothing, rolling=10)


def trainee(tmp_path, study: Study | None = None) -> TraineeFile:
    return TraineeFile(path=tmp_path / "x.ssptrain", trainee="x", study=study)


def bias(tendency: Tendency) -> Bias:
    return Bias(
        estimate=known(1.0, 6), basis=Basis.STUDENT, p=None, corrected=None, tendency=tendency
    )


def chart(*alarms: bool) -> Chart:
    points = tuple(
        ChartPoint(case=f"c{number}", up=1.25, down=0.5, alarm=alarm)
        for number, alarm in enumerate(alarms)
    )
    return Chart(kind=ChartKind.AGREEMENT, scale=None, limit=3.67, points=points)


@pytest.mark.parametrize(
    ("say", "codes"),
    [
        (words.page_title, Page),
        (words.consent_words, Consent),
        (words.origin_words, OriginKind),
        (judgement_words, Judgement),
        (words.release_words, ReleaseKind),
    ],
)
def test_each_code_of_the_core_has_words_of_its_own(qapp, say, codes):
    said = [say(code) for code in codes]
    assert all(said)
    assert len(set(said)) == len(said)


def test_each_page_and_severity_has_a_sign_beside_its_words():
    assert set(words.PAGE_ICONS) == set(Page)
    assert set(words.SEVERITY_ICONS) == set(Severity)


class TestValues:
    def test_a_share_stands_with_its_interval(self, qapp):
        assert words.share_words(known(0.8, 20).between(0.584, 0.919)) == "80 %, 58 to 92"

    def test_a_share_below_zero_is_not_clipped(self, qapp):
        assert words.signed(-0.25, 2) == "\N{MINUS SIGN}0.25"

    @pytest.mark.parametrize("why", list(Undefined))
    def test_what_is_undefined_is_never_a_number(self, qapp, why):
        said = words.share_words(missing(why, 3))
        assert said.startswith("undefined: ")
        assert not any(sign.isdigit() for sign in said)

    @pytest.mark.parametrize(("n", "few"), [(0, False), (1, True), (9, True), (10, False)])
    def test_fewer_than_ten_cases_are_few_and_none_is_no_value(self, n, few):
        assert words.is_few(known(0.5, n)) is few

    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [(1_500_000, 4_000_000, "0:01.5–0:04.0"), (62_500_000, 62_500_000, "1:02.5")],
    )
    def test_a_stretch_is_told_by_its_ends_and_a_moment_once(self, start, end, said):
        assert words.span_words(Span(start_us=Micros(start), end_us=Micros(end))) == said

    def test_no_stretch_and_no_moment_are_a_dash(self):
        assert words.span_words(None) == words.DASH
        assert words.day_words("") == words.DASH


class TestMeasures:
    def test_a_class_is_told_with_its_level(self, qapp):
        measure = Measure(statistic=Statistic.CLASS_SHARE, level=ClassLevel.THREE_WAY)
        assert words.measure_words(measure, None) == "Same class, Three classes"

    def test_a_place_comes_first_since_the_end_of_a_line_is_cut_off(self, qapp):
        measure = Measure(statistic=Statistic.WITHIN_ONE, slot=some_slot())
        said = words.measure_words(measure, infant_scheme())
        assert said.endswith(", Within one point")
        assert said.split(",")[0] != str(some_slot())

    def test_without_a_scheme_the_id_stands_for_the_place(self, qapp):
        measure = Measure(statistic=Statistic.ICC, slot=some_slot())
        assert words.measure_words(measure, None) == f"{some_slot()}, ICC(2,1)"

    @pytest.mark.parametrize("statistic", list(Statistic))
    def test_every_statistic_has_a_name(self, qapp, statistic):
        assert words.measure_words(Measure(statistic=statistic), None)


class TestTrainees:
    def test_before_any_figure_there_is_a_dash_for_tendencies(self, qapp, tmp_path):
        assert words.flag_count(trainee(tmp_path)) == words.DASH
        assert words.flag_count(trainee(tmp_path, Study())) == words.DASH

    @pytest.mark.parametrize(
        ("tendency", "said"), [(Tendency.NONE, "none"), (Tendency.OVER, "1"), (Tendency.UNDER, "1")]
    )
    def test_tendencies_are_counted_whichever_way_they_go(self, qapp, tmp_path, tendency, said):
        panel = BiasPanel(scales=(), codes=(), lag=bias(tendency), onsets=9, settings="1")
        assert words.flag_count(trainee(tmp_path, Study(bias=panel))) == said

    @pytest.mark.parametrize(
        ("charts", "said"),
        [
            ((), "none yet"),
            ((chart(),), "none yet"),
            ((chart(False, False),), "no alarm"),
            ((chart(False, True),), "alarm: calibrate anew"),
            ((chart(True, False),), "no alarm"),
        ],
    )
    def test_drift_is_told_by_the_last_re_check(self, qapp, tmp_path, charts, said):
        assert words.drift_words(trainee(tmp_path, Study(charts=charts))) == said


class TestCharts:
    def test_a_chart_is_told_against_its_limit_with_its_cases_and_alarms(self, qapp):
        assert words.chart_state(chart()) == "no case yet"
        assert words.chart_state(chart(False)) == "1.25 of 3.67, n 1"
        assert words.chart_state(chart(True, False)) == "1.25 of 3.67, n 2; alarms: 1"

    def test_its_false_alarms_come_from_the_stored_simulation(self, qapp):
        setup = drift_setup()
        said = words.false_alarm_words(setup)
        row = setup.false_alarms(ChartKind.AGREEMENT)
        assert f"{100 * row.share:.1f} %" in said
        assert str(setup.simulated.seed) in said

    def test_a_scale_is_told_by_its_title(self, qapp):
        scheme = infant_scheme()
        scale = scheme.scales[0]
        one = Chart(kind=ChartKind.BIAS, scale=scale.id, limit=6.0, points=())
        assert words.chart_title(one, scheme) == str(scale.title)
        assert words.chart_title(one, None) == str(scale.id)
        assert words.chart_title(chart(), scheme) == "Class"
