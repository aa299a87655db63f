"""A certificate: only from a passed evaluation, with every figure it rests on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ssp_coder.agreement.wilson import wilson
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Span
from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.training.certificate import (
    Certificate,
    NotPassedError,
    certificate_from,
    certificate_json,
    certificate_lines,
    certificate_of,
    certified_deed,
    figure_line,
)
from ssp_coder.training.measures import Statistic
from ssp_coder.training.packs import Exclusion
from ssp_coder.training.pass_rules import Grade, evaluate
from tests.builders import s
from tests.fixtures.training_figures import (
    classed,
    classes,
    criterion,
    rated,
    rule,
    small_pack,
    tally,
)

THIRTY = criterion(Statistic.CLASS_SHARE, 0.8, 30)


def made(*, right: int = 27, **fields: object) -> Certificate:
    evaluation = evaluate(rule(THIRTY, **fields), classes(right, 30 - right))
    return certificate_of(evaluation, small_pack(), trainee="t07", on="2026-05-17")


class TestWhoGetsOne:
    def test_a_passed_evaluation_makes_one(self) -> None:
        assert made().trainee == "t07"

    def test_a_failed_one_makes_none(self) -> None:
        with pytest.raises(NotPassedError, match="not_passed"):
            made(right=20)

    def test_too_few_cases_make_none_even_without_a_mistake(self) -> None:
        evaluation = evaluate(rule(THIRTY), classes(29, 0))
        with pytest.raises(NotPassedError, match="insufficient_evidence"):
            certificate_of(evaluation, small_pack(), trainee="t07", on="2026-05-17")

    @pytest.mark.parametrize("empty", [{"figures": ()}, {"heads": ()}])
    def test_none_can_be_made_up_without_figures_or_submissions(
        self, empty: dict[str, tuple[()]]
    ) -> None:
        with pytest.raises(NotPassedError, match="rests on figures"):
            replace(made(), **empty)

    def test_the_refusal_says_what_to_do(self) -> None:
        with pytest.raises(NotPassedError) as caught:
            made(right=0)
        assert caught.value.finding.remedy


class TestFigures:
    def test_the_figure_has_value_interval_and_n(self) -> None:
        (figure,) = made().figures
        assert (figure.value, figure.n, figure.cases) == (0.9, 30, 30)
        assert (figure.low, figure.high) == wilson(27, 30)

    def test_pack_scheme_and_rule_are_named_with_version_and_hash(self) -> None:
        found, pack = made(), small_pack()
        assert (found.pack, found.pack_version, found.pack_sha256) == (
            pack.id,
            pack.version,
            pack.sha256,
        )
        assert (found.scheme, found.scheme_version, found.scheme_sha256) == (
            pack.scheme,
            pack.scheme_version,
            pack.scheme_sha256,
        )
        assert (found.rule, found.rule_version) == ("rule", "1.0.0")

    def test_it_rests_on_the_heads_of_all_submissions(self) -> None:
        assert made().heads == tuple(f"{n:064x}" for n in range(1, 31))

    def test_what_a_statistic_is_of_is_named(self) -> None:
        wanted = rule(
            criterion(Statistic.WITHIN_ONE, 0.5, 2),
            criterion(Statistic.EVENT_F1, 0.5, 2),
            criterion(Statistic.CODE_RECALL, 0.5, 2, code="a.x"),
        )
        cases = [
            classed(
                f"k{n}",
                "A",
                "A",
                ratings=(rated("near_1", 3, 3),),
                tallies=(tally("a.x", 2, 2, 2),),
            )
            for n in (1, 2)
        ]
        found = certificate_of(
            evaluate(wanted, cases), small_pack(), trainee="t07", on="2026-05-17"
        )
        assert [figure.of for figure in found.figures] == [
            "near_1",
            "within 1 s",
            "a.x, within 1 s",
        ]


class TestLeftOut:
    def certificate(self) -> Certificate:
        figures = classes(27, 3)
        slot = Exclusion(reason="the camera was moved", slot=SlotId("near_5"))
        span = Exclusion(reason="a knock", span=Span(start_us=s(12), end_us=s(14)), code="cry")
        figures = (replace(figures[0], exclusions=(slot, span)), *figures[1:])
        evaluation = evaluate(rule(THIRTY), figures)
        return certificate_of(evaluation, small_pack(), trainee="t07", on="2026-05-17")

    def test_excluded_items_are_listed_with_place_and_reason(self) -> None:
        lines = certificate_lines(self.certificate())
        assert "Not counted, k1, near_5: the camera was moved" in lines
        assert "Not counted, k1, cry, 12.000000 to 14.000000 s: a knock" in lines

    def test_nothing_is_said_where_nothing_was_excluded(self) -> None:
        assert not [line for line in certificate_lines(made()) if line.startswith("Not counted")]

    def test_the_logbook_keeps_them(self) -> None:
        one = self.certificate()
        assert certificate_from(certificate_json(one)) == one
        assert one.number != made().number

    def test_the_rule_is_known_by_the_hash_of_its_file(self) -> None:
        assert made().rule_sha256 == "cd" * 32
        assert f"Rule file {'cd' * 32}" in certificate_lines(made())

    def test_a_certificate_of_before_is_still_read(self) -> None:
        kept = json.loads(certificate_json(made()))
        del kept["left_out"], kept["rule_sha256"]
        assert certificate_from(json.dumps(kept)).left_out == ()


class TestWords:
    def test_every_line_that_a_certificate_needs_is_there(self) -> None:
        text = "\n".join(certificate_lines(made()))
        for words in (
            "t07",
            "2026-05-17",
            "pack1 1.2.0",
            "12" * 32,
            "small 1.2.0",
            "made for tests",
            "0.900, 95 % interval 0.744 to 0.965, n = 30, 30 cases",
            "a convention",
            f"{30:064x}",
            "First attempts only, 30 submissions",
        ):
            assert words in text

    @pytest.mark.parametrize(
        ("grade", "words"),
        [
            (Grade.CERTIFIED, "certified"),
            (Grade.PROVISIONAL, "until enough cases are coded"),
            (Grade.TRIAL, "says nothing about a coder"),
        ],
    )
    def test_the_first_line_says_what_it_is_worth(self, grade: Grade, words: str) -> None:
        assert certificate_lines(made(grade=grade))[0].endswith(words)

    def test_a_source_that_was_not_checked_is_said(self) -> None:
        unchecked = Provenance(origin=Origin.LITERATURE, source="somebody", confidence=0.5)
        assert "not checked" in "\n".join(certificate_lines(made(provenance=unchecked)))
        assert "not checked" not in "\n".join(certificate_lines(made()))

    def test_a_laboratorys_own_rule_is_no_convention(self) -> None:
        text = "\n".join(certificate_lines(made(convention=False)))
        assert "the laboratory's own" in text

    def test_a_figure_says_when_cases_are_not_at_their_base_rate(self) -> None:
        (figure,) = made().figures
        assert "base rate" not in figure_line(figure)
        assert "not at the natural base rate" in figure_line(replace(figure, enriched=True))

    def test_a_figure_without_an_interval_and_with_a_row_says_so(self) -> None:
        (figure,) = made().figures
        line = figure_line(replace(figure, low=None, run=3))
        assert "no interval" in line
        assert "3 cases in a row" in line


class TestKeeping:
    def test_the_logbook_keeps_all_of_it(self) -> None:
        found = made()
        deed = certified_deed(found)
        assert certificate_from(deed.figures) == found
        assert (deed.pack, deed.version, deed.rule, deed.provisional) == (
            "pack1",
            "1.2.0",
            "rule",
            False,
        )

    @pytest.mark.parametrize("grade", [Grade.PROVISIONAL, Grade.TRIAL])
    def test_what_is_less_than_certified_is_kept_as_provisional(self, grade: Grade) -> None:
        assert certified_deed(made(grade=grade)).provisional

    def test_the_number_stands_for_every_figure(self) -> None:
        found = made()
        assert found.number == made().number
        assert found.number != made(right=28).number
        assert found.number != replace(found, trainee="t08").number
        assert len(found.number) == 12

    def test_the_same_certificate_is_the_same_text(self) -> None:
        assert certificate_json(made()) == certificate_json(made())

    @pytest.mark.parametrize("text", ["", "{}", "[1]", '{"trainee": 3}'])
    def test_what_is_no_certificate_is_told(self, text: str) -> None:
        with pytest.raises(NotPassedError, match="no certificate"):
            certificate_from(text)
