"""What the pages of progress and certificate say, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Undefined, known, missing
from ssp_coder.agreement.wilson import share
from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.training.certificate import Certificate, certificate_of
from ssp_coder.training.drift import drift_setup
from ssp_coder.training.exercises import ExerciseKind
from ssp_coder.training.measures import Statistic
from ssp_coder.training.pass_rules import Grade, Outcome, evaluate
from ssp_coder.training.spacing import KindProgress
from ssp_coder.ui.kit.interval_axis import row_words
from ssp_coder.ui.training.certificate_words import (
    asked_words,
    facts_of,
    figure_row,
    figure_title,
    grade_words,
    hashes_of,
    left_out_lines,
    rule_kind,
    source_of,
    state_words,
)
from ssp_coder.ui.training.progress_figures import limits, progress_figures
from ssp_coder.ui.training.progress_words import (
    curve_picture,
    estimate_line,
    limit_lines,
    ratio_scale,
    retention_rows,
)
from tests.builders import infant_scheme
from tests.fixtures.training_figures import classes, criterion, rule, small_pack, submission
from tests.ui.training.pages.sittings import SLOTS

THIRTY = criterion(Statistic.CLASS_SHARE, 0.8, 30)


def certificate(**fields: object) -> Certificate:
    evaluation = evaluate(rule(THIRTY, **fields), classes(27, 3))
    return certificate_of(evaluation, small_pack(), trainee="t07", on="2026-05-17")


def result(right: int, wrong: int, **fields: object) -> object:
    (one,) = evaluate(
        rule(criterion(Statistic.CLASS_SHARE, 0.8, 10, **fields)), classes(right, wrong)
    ).results
    return one


class TestFigures:
    def test_value_interval_and_n_stand_together(self, qapp):
        assert estimate_line(share(9, 10)) == "0.90 (0.60 to 0.98), n = 10"

    def test_without_an_interval_there_are_no_brackets(self, qapp):
        assert estimate_line(known(0.5, 1)) == "0.50, n = 1"

    def test_an_undefined_value_says_why_and_is_never_1(self, qapp):
        words = estimate_line(missing(Undefined.ONE_CODE, 4))
        assert words == "undefined (one code used), n = 4"

    def test_a_negative_value_has_a_real_minus_sign(self, qapp):
        words = estimate_line(known(-0.25, 8).between(-0.5, 0.1))
        assert words == "\N{MINUS SIGN}0.25 (\N{MINUS SIGN}0.50 to 0.10), n = 8"


class TestRetention:
    def progress(self, **fields: object) -> KindProgress:
        none = missing(Undefined.NOTHING, 0)
        given = {
            "kind": ExerciseKind.ONSET,
            "first": share(3, 4),
            "retained": none,
            "lag": none,
            "within": (),
        }
        return KindProgress(**(given | fields))

    def test_first_sight_and_later_are_two_rows(self, qapp):
        first, later = retention_rows((self.progress(retained=share(1, 3)),))
        assert (first.words, first.n, later.words, later.n) == ("75 %", 4, "33 %", 3)

    def test_both_have_their_interval(self, qapp):
        for row in retention_rows((self.progress(retained=share(1, 3)),)):
            assert row.low < row.value < row.high

    def test_what_was_never_asked_again_is_said_and_not_drawn(self, qapp):
        _first, later = retention_rows((self.progress(),))
        assert (later.value, later.words) == (None, "none yet")

    def test_a_row_can_be_heard(self, qapp):
        first, _later = retention_rows((self.progress(),))
        words = row_words(first, ratio_scale(()))
        assert words.startswith("Onset timing, at first sight, 75 %")
        assert "n = 4" in words


class TestDriftLimits:
    def test_each_fall_that_was_simulated_is_one_line(self, qapp):
        setup = drift_setup()
        falls = [line for line in limit_lines(setup) if "fall" in line]
        assert len(falls) == len(limits(setup)) == 3

    def test_a_laboratory_s_own_numbers_are_said_instead(self, qapp):
        setup = drift_setup()
        rows = tuple(
            one
            if one.is_stable
            else type(one)(chart=one.chart, before=0.8, after=0.5, within=15, share=0.61)
            for one in setup.simulated.rows[:2]
        )
        other = msgspec.structs.replace(
            setup, simulated=msgspec.structs.replace(setup.simulated, rows=rows)
        )
        lines = limit_lines(other)
        assert (
            lines[0]
            == "A fall from 80 % to 50 % agreement is caught within 15 cases 61 % of the time."
        )
        assert len(lines) == 2


class TestCriteria:
    @pytest.mark.parametrize(
        ("right", "wrong", "words"),
        [
            (9, 1, "met"),
            (4, 6, "not met"),
            (9, 0, "insufficient evidence: 9 of 10 cases"),
            (0, 0, "insufficient evidence: 0 of 10 cases"),
        ],
    )
    def test_a_state_is_one_of_three(self, qapp, right, wrong, words):
        assert state_words(result(right, wrong)) == words

    def test_too_rare_is_said_with_how_often(self, qapp):
        one = result(10, 0, minimum_positives=6)
        assert one.outcome is Outcome.INSUFFICIENT
        assert state_words(one) == "insufficient evidence: rarest 5 of 6 times"

    def test_what_is_asked_for_names_threshold_and_cases(self, qapp):
        assert asked_words(result(9, 1)) == "0.8 or above on 10 cases"

    def test_a_row_and_a_rare_class_are_named_too(self, qapp):
        words = asked_words(result(9, 1, minimum_positives=3))
        assert words == "0.8 or above on 10 cases, the rarest 3 times or more"
        words = asked_words(result(9, 1, consecutive=4))
        assert words == "0.8 or above on 10 cases, each of 4 in a row (longest row 9)"

    def test_the_words_of_a_met_and_a_missed_one_differ(self, qapp):
        assert len({state_words(result(*one)) for one in ((9, 1), (1, 9), (2, 0))}) == 3


class TestRule:
    def test_a_convention_is_called_one(self, qapp):
        assert rule_kind(rule(THIRTY)).startswith("A convention, no finding.")

    def test_a_laboratory_s_rule_is_its_own(self, qapp):
        assert rule_kind(rule(THIRTY, convention=False)).startswith("The laboratory's own rule.")

    def test_the_confidence_in_a_source_is_told_where_there_is_one(self, qapp):
        plain = Provenance(origin=Origin.LAB, source="our book")
        assert source_of(plain) == "our book"
        assert source_of(replace(plain, confidence=0.5)) == "our book (confidence 0.5)"

    def test_every_grade_has_words_of_its_own(self, qapp):
        assert len({grade_words(grade) for grade in Grade}) == len(Grade)

    def test_a_trial_says_nothing_about_a_coder(self, qapp):
        assert "says nothing about a coder" in grade_words(Grade.TRIAL)


class TestCertificate:
    def test_the_facts_name_who_when_pack_scheme_rule_and_versions(self, qapp):
        facts = dict(facts_of(certificate()))
        assert facts["Coder"] == "t07"
        assert facts["Day"] == "2026-05-17"
        assert facts["Training pack"] == "pack1 1.2.0, by trainer1"
        assert facts["Scheme"] == "small 1.2.0"
        assert facts["Rule"] == "A rule (rule 1.0.0, convention)"
        assert facts["Counted"] == "first attempts only, 30 submissions"

    def test_a_source_that_was_not_checked_is_told(self, qapp):
        told = Provenance(origin=Origin.LITERATURE, source="a course, as told")
        facts = dict(facts_of(certificate(provenance=told)))
        assert facts["Source of the rule"] == (
            "a course, as told; the original source was not checked"
        )

    def test_a_checked_source_stands_alone(self, qapp):
        checked = Provenance(origin=Origin.VERIFIED, source="a paper")
        assert dict(facts_of(certificate(provenance=checked)))["Source of the rule"] == "a paper"

    def test_the_hashes_begin_with_pack_and_scheme_and_end_with_the_last_submission(self, qapp):
        one = certificate()
        hashes = hashes_of(one)
        assert hashes[0] == ("Pack", one.pack_sha256)
        assert hashes[1] == ("Scheme", one.scheme_sha256)
        assert hashes[-1] == ("Submission 30", one.heads[-1])

    def test_an_older_certificate_without_the_rule_s_hash_shows_none(self, qapp):
        names = [name for name, _ in hashes_of(replace(certificate(), rule_sha256=""))]
        assert "Rule" not in names
        assert "Rule" in [name for name, _ in hashes_of(replace(certificate(), rule_sha256="aa"))]

    def test_nothing_left_out_is_no_line(self, qapp):
        assert left_out_lines(certificate()) == ()

    def test_a_figure_on_paper_has_its_line_to_reach(self, qapp):
        (figure,) = certificate().figures
        row = figure_row(figure)
        assert (row.value, row.criterion, row.n) == (0.9, 0.8, 30)
        assert not row.misses_criterion

    @pytest.mark.parametrize("level", list(ClassLevel))
    def test_every_level_of_a_class_has_a_name(self, qapp, level):
        (figure,) = certificate().figures
        title = figure_title(replace(figure, of=level.value))
        assert level.value not in title
        assert title.endswith("share alike")

    def test_a_place_is_called_as_in_the_pages_that_rate(self, qapp):
        (figure,) = certificate().figures
        scheme = infant_scheme()
        slot = SLOTS[0]
        placed = replace(figure, of=slot.id, statistic=Statistic.WITHIN_ONE)
        sign = scheme.scale(slot.scale).abbreviation
        assert figure_title(placed, scheme) == f"{sign} {slot.episode}, within one point"

    def test_a_scale_a_code_and_something_unknown_are_told_as_well(self, qapp):
        (figure,) = certificate().figures
        scheme = infant_scheme()
        code = scheme.ethogram.groups[0].codes[0]
        scale = scheme.scales[0]
        for of, words in (
            (str(scale.id), str(scale.title)),
            (str(code.id), str(code.title)),
            ("gone", "Gone"),
        ):
            title = figure_title(replace(figure, of=of, statistic=Statistic.CODE_RECALL), scheme)
            assert title.lower().startswith(words.lower())


class TestFiguresOfAPage:
    def test_everything_comes_from_the_pack_at_hand(self, desk):
        found = progress_figures(
            classes(5, 1), rule(THIRTY), (desk.pack, desk.programme, desk.entries)
        )
        assert found.scheme.id == desk.pack.scheme
        assert [one.exercise.id for one in found.book.planned] == ["point", "reading", "moment"]
        assert (found.rechecks, found.watch) == (0, None)

    def test_a_submission_that_says_nothing_makes_no_curve(self, desk):
        found = progress_figures(
            (submission("k1"),), None, (desk.pack, desk.programme, desk.entries)
        )
        assert found.curves == ()

    def test_the_curve_of_the_rule_ends_where_the_criterion_is_judged(self, desk):
        cases = classes(9, 1)
        found = progress_figures(cases, rule(THIRTY), (desk.pack, desk.programme, desk.entries))
        judged = evaluate(rule(THIRTY), cases).results[0].estimate
        last = curve_picture(found.curves[0]).dots[-1]
        assert (last.value, last.low, last.high) == (judged.value, judged.low, judged.high)
