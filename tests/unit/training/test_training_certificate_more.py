"""What holds of curves, drift charts, certificates and re-checks, whatever was coded."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssp_coder.domain.finding import DomainError
from ssp_coder.training.certificate import (
    Certificate,
    CertifiedFigure,
    LeftOut,
    NotPassedError,
    certificate_from,
    certificate_json,
    certificate_lines,
    certificate_of,
    certified_deed,
    figure_line,
)
from ssp_coder.training.curves import learning_curve
from ssp_coder.training.deeds import Certified, RecheckScheduled
from ssp_coder.training.drift import (
    agreement_chart,
    bias_chart,
    drift_setup,
    watch,
)
from ssp_coder.training.evaluation import CaseFigures
from ssp_coder.training.measures import Measure, Statistic
from ssp_coder.training.packs import Stage
from ssp_coder.training.pass_rules import Outcome, evaluate
from ssp_coder.training.serving import hand_out
from tests.fixtures.training_figures import (
    THREE,
    classed,
    classes,
    criterion,
    rated,
    rule,
    small_pack,
    submission,
    tally,
)

SETUP = drift_setup()
SHARE = Measure(statistic=Statistic.CLASS_SHARE, level=THREE)
few = settings(max_examples=60, deadline=None)
agreements = st.lists(st.booleans(), max_size=40)
points = st.lists(st.floats(-3, 3, allow_nan=False).map(lambda one: round(one, 2)), max_size=40)


def named(values: list) -> list:
    """Each value with the case that it is of."""
    return [(f"k{number}", value) for number, value in enumerate(values, 1)]


class TestDriftCharts:
    @few
    @given(agreements)
    def test_the_sum_never_falls_below_nothing_and_alarms_at_its_limit_only(
        self, values: list[bool]
    ) -> None:
        for point in agreement_chart(SETUP.agreement, named(values)).points:
            assert point.up >= 0
            assert point.alarm == (point.up >= SETUP.agreement.alarm - 1e-9)

    @few
    @given(agreements, agreements)
    def test_what_comes_later_changes_nothing_before(
        self, early: list[bool], late: list[bool]
    ) -> None:
        whole = agreement_chart(SETUP.agreement, named(early + late))
        assert whole.points[: len(early)] == agreement_chart(SETUP.agreement, named(early)).points

    @few
    @given(points)
    def test_too_many_points_and_too_few_are_mirrored(self, values: list[float]) -> None:
        over = bias_chart(SETUP.bias, named(values))
        under = bias_chart(SETUP.bias, named([-value for value in values]))
        assert [(one.up, one.down) for one in over.points] == [
            (one.down, one.up) for one in under.points
        ]
        assert over.alarms == under.alarms

    @few
    @given(points)
    def test_after_an_alarm_the_rest_is_a_chart_of_its_own(self, values: list[float]) -> None:
        chart = bias_chart(SETUP.bias, named(values))
        for place, point in enumerate(chart.points):
            if point.alarm:
                rest = bias_chart(SETUP.bias, named(values)[place + 1 :])
                assert chart.points[place + 1 :] == rest.points

    @few
    @given(agreements)
    def test_one_more_disagreement_never_lowers_the_sum(self, values: list[bool]) -> None:
        good = agreement_chart(SETUP.agreement, named([*values, True])).points[-1]
        bad = agreement_chart(SETUP.agreement, named([*values, False])).points[-1]
        assert bad.up > good.up

    def test_the_order_of_the_rows_does_not_matter_to_the_watch(self) -> None:
        cases = [
            classed(
                f"k{n}", "A", "AB"[n % 2], of={"stage": Stage.UPKEEP}, ratings=(rated("n1", 3, 4),)
            )
            for n in range(1, 15)
        ]
        mixed = cases.copy()
        Random(4).shuffle(mixed)
        assert watch(mixed, SETUP) == watch(cases, SETUP)

    def test_a_scale_that_was_rated_once_has_a_chart_of_one_case(self) -> None:
        cases = [
            classed("k1", "A", "A", of={"stage": Stage.UPKEEP}),
            classed("k2", "A", "A", of={"stage": Stage.UPKEEP}, ratings=(rated("n1", 3, 5),)),
        ]
        (bias,) = (chart for chart in watch(cases, SETUP).charts if chart.scale is not None)
        assert [point.case for point in bias.points] == ["k2"]
        assert bias.points[0].up == pytest.approx(2 - SETUP.bias.slack)


class TestCurves:
    @few
    @given(agreements)
    def test_a_curve_does_not_depend_on_the_order_of_its_rows(self, right: list[bool]) -> None:
        cases = [classed(f"k{n}", "A", "A" if one else "B") for n, one in named_numbers(right)]
        mixed = cases.copy()
        Random(7).shuffle(mixed)
        assert learning_curve(SHARE, mixed) == learning_curve(SHARE, cases)

    @few
    @given(agreements, st.integers(1, 12))
    def test_each_point_is_the_share_of_the_last_cases(
        self, right: list[bool], look_back: int
    ) -> None:
        cases = [classed(f"k{n}", "A", "A" if one else "B") for n, one in named_numbers(right)]
        curve = learning_curve(SHARE, cases, look_back=look_back)
        for place, point in enumerate(curve.points, 1):
            last = right[max(0, place - look_back) : place]
            assert point.estimate.n == len(last)
            assert point.estimate.value == pytest.approx(sum(last) / len(last))
            assert point.value == right[place - 1]

    @few
    @given(agreements)
    def test_a_further_case_leaves_the_points_before_it(self, right: list[bool]) -> None:
        cases = [classed(f"k{n}", "A", "A" if one else "B") for n, one in named_numbers(right)]
        more = [*cases, classed(f"k{len(cases) + 1}", "A", "B")]
        assert learning_curve(SHARE, more).points[:-1] == learning_curve(SHARE, cases).points

    @pytest.mark.parametrize("look_back", [0, -1])
    def test_a_curve_looks_back_on_something(self, look_back: int) -> None:
        with pytest.raises(ValueError, match="give 1 or more"):
            learning_curve(SHARE, (), look_back=look_back)

    def test_without_submissions_there_is_a_curve_without_points(self) -> None:
        curve = learning_curve(SHARE, (), criterion=0.8)
        assert (curve.points, curve.repeats, curve.criterion) == ((), (), 0.8)

    def test_a_case_in_which_nothing_began_has_no_share_of_onsets(self) -> None:
        measure = Measure(statistic=Statistic.EVENT_F1)
        cases = (submission("k1", tallies=(tally("a.x", 0, 0, 0),)),)
        for point in learning_curve(measure, cases).points:
            assert point.value is None
            assert not point.estimate.is_defined


def named_numbers(values: list[bool]) -> list[tuple[int, bool]]:
    return list(enumerate(values, 1))


numbers = st.floats(0, 1, allow_nan=False)
figures = st.builds(
    CertifiedFigure,
    statistic=st.sampled_from(Statistic),
    of=st.sampled_from(["", "near_1", "a.x, within 1 s"]),
    threshold=numbers,
    value=numbers,
    low=st.none() | numbers,
    high=st.none() | numbers,
    n=st.integers(0, 10_000),
    cases=st.integers(0, 400),
    positives=st.integers(0, 400),
    run=st.integers(0, 40),
    enriched=st.booleans(),
)


def made(right: int = 27, cases: tuple[CaseFigures, ...] | None = None) -> Certificate:
    done = classes(right, 30 - right) if cases is None else cases
    evaluation = evaluate(rule(criterion(Statistic.CLASS_SHARE, 0.8, 30)), done)
    return certificate_of(evaluation, small_pack(), trainee="t07", on="2026-05-17")


class TestCertificates:
    @few
    @given(
        st.lists(figures, min_size=1, max_size=4).map(tuple),
        st.text(max_size=20),
        st.lists(st.builds(LeftOut, case=st.just("k1"), of=st.text(), reason=st.text())).map(tuple),
    )
    def test_what_the_logbook_keeps_is_read_back_whole(
        self, given_figures: tuple, title: str, left_out: tuple
    ) -> None:
        one = replace(made(), figures=given_figures, rule_title=title, left_out=left_out)
        back = certificate_from(certificate_json(one))
        assert back == one
        assert back.number == one.number

    @few
    @given(figures)
    def test_every_figure_can_be_said_in_one_line(self, figure: CertifiedFigure) -> None:
        line = figure_line(figure)
        assert "\n" not in line
        assert f"{figure.value:.3f}" in line
        assert f"n = {figure.n}" in line

    @pytest.mark.parametrize(
        "field", [one.name for one in fields(Certificate) if one.type == "str"]
    )
    def test_its_number_stands_for_every_word_of_it(self, field: str) -> None:
        assert replace(made(), **{field: "something else"}).number != made().number

    def test_its_number_stands_for_the_order_of_the_submissions(self) -> None:
        one = made()
        assert replace(one, heads=one.heads[::-1]).number != one.number

    def test_the_order_in_which_rows_are_read_changes_nothing(self) -> None:
        mixed = list(classes(27, 3))
        Random(2).shuffle(mixed)
        assert made(cases=tuple(mixed)) == made()

    def test_repeats_change_nothing(self) -> None:
        repeat = classed("k30", "A", "A", of={"is_repeat": True, "attempt": 99})
        assert made(cases=(*classes(27, 3), repeat)) == made()

    def test_practice_does_not_count(self) -> None:
        practice = classed("k31", "A", "A", of={"stage": Stage.PRACTICE})
        assert made(cases=(*classes(27, 3), practice)) == made()

    @pytest.mark.parametrize("right", range(20, 31))
    def test_there_is_one_exactly_when_the_rule_is_met(self, right: int) -> None:
        asked = rule(criterion(Statistic.CLASS_SHARE, 0.8, 30))
        passed = evaluate(asked, classes(right, 30 - right)).outcome is Outcome.PASSED
        assert passed == (right >= 24)
        if passed:
            assert made(right).figures[0].value == right / 30
        else:
            with pytest.raises(NotPassedError):
                made(right)

    def test_what_a_later_version_added_is_no_reason_to_lose_it(self) -> None:
        kept = json.loads(certificate_json(made())) | {"signed_by": "nobody"}
        assert certificate_from(json.dumps(kept)) == made()

    @pytest.mark.parametrize("gone", ["figures", "heads", "trainee", "grade"])
    def test_one_that_lacks_what_it_rests_on_is_refused(self, gone: str) -> None:
        kept = json.loads(certificate_json(made()))
        del kept[gone]
        with pytest.raises(NotPassedError) as caught:
            certificate_from(json.dumps(kept))
        assert caught.value.finding.remedy

    @pytest.mark.parametrize("empty", ["figures", "heads"])
    def test_one_that_was_emptied_by_hand_is_refused(self, empty: str) -> None:
        kept = json.loads(certificate_json(made())) | {empty: []}
        with pytest.raises(DomainError):
            certificate_from(json.dumps(kept))

    def test_letters_of_any_language_stay_as_they_are(self) -> None:
        one = replace(made(), made_by="Jürgen Łoś", rule_title="Regel für Übung")
        assert "Jürgen Łoś" in certificate_json(one)
        assert any("Regel für Übung" in line for line in certificate_lines(one))

    def test_the_logbooks_deed_is_that_of_its_pack_and_rule(self) -> None:
        deed = certified_deed(made())
        assert isinstance(deed, Certified)
        assert certificate_from(deed.figures).pack == deed.pack


class TestRechecks:
    DAY = "2026-06-10"

    @pytest.fixture
    def certified(self, anna):
        anna.practise()
        anna.do("c04", "c05")
        pack = anna.pack
        anna.logbook.append(Certified(pack=pack.id, version=pack.version, rule="r", figures="{}"))
        return anna

    def schedule(self, trainee, day: str, pack: str = "") -> None:
        trainee.logbook.append(
            RecheckScheduled(pack=pack or trainee.pack.id, case="c07", due_on=day)
        )

    def test_one_of_another_pack_is_not_handed_out(self, certified) -> None:
        self.schedule(certified, self.DAY, pack="other")
        assert hand_out(certified.logbook, certified.pack, self.DAY) == ()

    def test_planned_for_two_days_it_comes_on_each(self, certified) -> None:
        self.schedule(certified, "2026-09-01")
        self.schedule(certified, self.DAY)
        days = (self.DAY, self.DAY, "2026-08-31", "2026-09-01")
        served = [len(hand_out(certified.logbook, certified.pack, day)) for day in days]
        assert served == [1, 0, 0, 1]

    @pytest.mark.parametrize(
        ("day", "served"),
        [("2025-12-31", 0), ("2026-06-09", 0), ("2026-06-10", 1), ("2027-01-01", 1)],
    )
    def test_its_day_is_told_by_the_calendar(self, certified, day: str, served: int) -> None:
        self.schedule(certified, self.DAY)
        assert len(hand_out(certified.logbook, certified.pack, day)) == served

    def test_without_a_plan_there_is_none(self, certified) -> None:
        assert hand_out(certified.logbook, certified.pack, self.DAY) == ()

    def test_what_was_handed_out_can_be_coded_and_submitted(self, certified) -> None:
        self.schedule(certified, self.DAY)
        hand_out(certified.logbook, certified.pack, self.DAY)
        certified.do("c07")
        assert certified.programme.standing("c07").last.submitted is not None
        assert hand_out(certified.logbook, certified.pack, "2026-12-31") == ()

    def test_another_version_of_the_pack_hands_out_nothing(self, certified) -> None:
        self.schedule(certified, self.DAY)
        newer = replace(certified.pack, version="2.0.0", sha256="9" * 64)
        assert hand_out(certified.logbook, newer, self.DAY) == ()
