import pytest

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.scale import NOT_RATED, Missing, Points
from ssp_coder.domain.verdict import DECISION_INPUT, FactTrace, Truth
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from ssp_coder.rules.own_class import Agreement, agreement, outcome_names, verdict_names
from ssp_coder.ui.classify.words import (
    class_name,
    fact_words,
    input_name,
    input_sign,
    joined,
    outside_words,
    score_words,
)
from tests import builders as b
from tests.ui.rate.judged import rated, rated_all

SCHEME = b.infant_scheme()
TABLE = SCHEME.rules


def differs(own, verdict, table):
    return agreement(own, verdict, table) is Agreement.DIFFERS


def verdict_of(coding):
    return evaluate(TABLE, facts_from_coding(coding, SCHEME))


class TestNames:
    @pytest.mark.parametrize(
        ("own", "name"),
        [
            (Classification(primary="B", subgroup="B3"), "B3"),
            (Classification(primary="D", secondary="B3"), "D / B3"),
            (Classification(primary="U"), "U"),
        ],
    )
    def test_a_class_is_written_as_people_do(self, own, name):
        assert class_name(own) == name

    @pytest.mark.parametrize(
        ("names", "words"),
        [((), ""), (("B3",), "B3"), (("B3", "B4"), "B3 or B4"), (("A", "B", "C"), "A, B or C")],
    )
    def test_what_is_possible_is_joined(self, names, words):
        assert joined(names) == words

    def test_outcomes_stand_in_the_order_of_the_table(self):
        assert outcome_names(TABLE, ("A", "B", "D"), ("B3", "A2", "B1")) == ("A2", "B1", "B3", "D")

    def test_a_subgroup_of_an_impossible_group_is_not_named(self):
        assert outcome_names(TABLE, ("D",), ("B3",)) == ("D",)

    def test_a_settled_verdict_has_one_name(self):
        assert verdict_names(verdict_of(rated_all()), TABLE) == ("B3",)

    def test_d_is_named_by_its_group(self):
        assert verdict_names(verdict_of(rated_all(dorg=8)), TABLE) == ("D",)


class TestDiffers:
    B3 = Classification(primary="B", subgroup="B3")

    def test_the_same_class_does_not(self):
        assert not differs(self.B3, verdict_of(rated_all()), TABLE)

    def test_another_subgroup_does(self):
        own = Classification(primary="B", subgroup="B2")
        assert differs(own, verdict_of(rated_all()), TABLE)

    def test_a_class_that_is_still_possible_does_not(self):
        assert not differs(self.B3, verdict_of(rated(pcs_c_5=5)), TABLE)

    def test_the_same_group_with_another_second_class_does(self):
        verdict = verdict_of(rated_all(dorg=8))
        assert differs(Classification(primary="D", secondary="A1"), verdict, TABLE)
        assert not differs(Classification(primary="D", secondary="B3"), verdict, TABLE)


class TestInputs:
    def test_a_place_is_signed_by_scale_and_episode(self):
        assert input_sign("cm_c_8", SCHEME) == ("CM", "EP8")

    def test_a_score_over_the_session_has_no_episode(self):
        assert input_sign("dorg", SCHEME) == ("DORG", "")

    def test_a_count_is_signed_by_its_title(self):
        assert input_sign("cry_5", SCHEME) == ("Intervals with crying", "EP5")

    def test_the_decision_is_named_as_the_coders_own(self):
        assert input_name(DECISION_INPUT, SCHEME) == "Your decision on D"
        assert input_sign(DECISION_INPUT, SCHEME) == ("Your decision on D", "")

    def test_a_place_is_named_by_the_table(self):
        assert input_name("cm_c_8", SCHEME) == "Contact maintaining, reunion 2"

    def test_an_unknown_input_keeps_its_id(self):
        assert input_name("odd", SCHEME) == "odd"

    @pytest.mark.parametrize(
        ("score", "words"),
        [
            (Points(6), "6"),
            (Points(5.5), "5.5"),
            (Points(8 / 3), "2.67"),
            (Missing("NA_view"), "NA_view"),
            (NOT_RATED, "–"),
        ],
    )
    def test_a_score_is_short(self, score, words):
        assert score_words(score) == words

    @pytest.mark.parametrize(
        ("low", "high", "words"),
        [(4, 7, "CM EP8 6, expects 4–7"), (5, 5, "CM EP8 6, expects 5")],
    )
    def test_a_fact_stands_beside_what_was_expected(self, low, high, words):
        fact = FactTrace(input="cm_c_8", score=Points(6), low=low, high=high, holds=Truth.YES)
        assert fact_words(fact, SCHEME) == words

    @pytest.mark.parametrize(
        ("score", "words"), [(NOT_RATED, "open"), (Points(1), "yes"), (Points(0), "no")]
    )
    def test_the_decision_is_an_answer_and_no_number(self, score, words):
        fact = FactTrace(input=DECISION_INPUT, score=score, low=1, high=1, holds=Truth.UNKNOWN)
        assert fact_words(fact, SCHEME) == f"Your decision on D: {words}"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "no rating outside"),
        ({"avo_c_8": 3}, "1 rating outside"),
        ({"avo_c_8": 3, "avo_c_5": 3}, "2 ratings outside"),
    ],
)
def test_ratings_outside_are_counted(changed, words):
    fits = verdict_of(rated_all(**changed)).fits
    assert outside_words(next(fit for fit in fits if fit.subgroup == "B3")) == words
