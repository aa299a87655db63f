import pytest

from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.scale import NOT_RATED, Points
from ssp_coder.ui.classify.draft import (
    NO_CLASS,
    at_score,
    is_recordable,
    open_findings,
    with_choice,
    with_decision,
    with_secondary,
)
from tests import builders as b

TABLE = b.infant_scheme().rules
DECIDED = Classification(primary="B", subgroup="B3", d_decision=DDecision.NO, d_reason="tired")


class TestChoosing:
    @pytest.mark.parametrize("group", [group for group in TABLE.groups if group.subgroups])
    def test_a_subgroup_brings_its_group(self, group):
        for name in group.subgroups:
            draft = with_choice(NO_CLASS, TABLE, name)
            assert (draft.primary, draft.subgroup, draft.secondary) == (group.id, name, "")

    @pytest.mark.parametrize("name", ["D", "U", "AC"])
    def test_a_group_without_subgroups_stands_for_itself(self, name):
        draft = with_choice(NO_CLASS, TABLE, name)
        assert (draft.primary, draft.subgroup, draft.secondary) == (name, "", "")

    def test_the_subgroup_before_becomes_the_proposed_second_class(self):
        draft = with_choice(with_choice(NO_CLASS, TABLE, "B3"), TABLE, "D")
        assert (draft.primary, draft.secondary) == ("D", "B3")

    def test_a_second_class_stays_between_groups_that_need_one(self):
        draft = with_secondary(with_choice(NO_CLASS, TABLE, "D"), "C1")
        assert with_choice(draft, TABLE, "U").secondary == "C1"

    def test_back_to_a_subgroup_there_is_no_second_class(self):
        draft = with_choice(with_choice(NO_CLASS, TABLE, "B3"), TABLE, "D")
        assert with_choice(draft, TABLE, "A2").secondary == ""

    def test_what_was_written_stays(self):
        draft = Classification(primary="B", subgroup="B1", confidence=4, rationale="warm")
        chosen = with_choice(draft, TABLE, "B2")
        assert (chosen.confidence, chosen.rationale) == (4, "warm")

    def test_a_reason_to_disagree_goes_with_its_class(self):
        draft = Classification(primary="B", subgroup="B2", disagreement="plays again")
        assert with_choice(draft, TABLE, "B3").disagreement == ""
        assert with_choice(draft, TABLE, "B2").disagreement == "plays again"

    def test_another_second_class_is_another_class(self):
        draft = Classification(primary="D", secondary="B2", disagreement="plays again")
        assert with_secondary(draft, "B3").disagreement == ""


class TestDecision:
    def test_it_is_part_of_the_draft(self):
        draft = with_decision(NO_CLASS, DDecision.YES, "stills")
        assert (draft.d_decision, draft.d_reason) == (DDecision.YES, "stills")

    @pytest.mark.parametrize("score", [Points(5), Points(8)])
    def test_it_stays_where_the_score_asks_for_it(self, score):
        assert at_score(DECIDED, TABLE, score) == DECIDED

    @pytest.mark.parametrize("score", [Points(4), NOT_RATED])
    def test_it_goes_where_the_score_does_not(self, score):
        draft = at_score(DECIDED, TABLE, score)
        assert (draft.d_decision, draft.d_reason) == (None, "")


class TestWhole:
    def test_before_a_class_nothing_is_said_and_nothing_can_be_recorded(self):
        assert open_findings(NO_CLASS, TABLE, Points(5)) == ()
        assert not is_recordable(NO_CLASS, ())

    @pytest.mark.parametrize(
        ("draft", "score", "whole"),
        [
            (Classification(primary="B", subgroup="B3"), Points(2), True),
            (Classification(primary="B", subgroup="B3"), NOT_RATED, True),
            (Classification(primary="B"), Points(2), False),
            (Classification(primary="U"), Points(2), False),
            (Classification(primary="U", secondary="B3"), Points(2), True),
            (Classification(primary="B", subgroup="B3"), Points(5), False),
            (DECIDED, Points(5), True),
            (Classification(primary="D", secondary="B3"), Points(3), False),
            (Classification(primary="D", secondary="B3"), Points(7), True),
            (Classification(primary="D", secondary="B3"), NOT_RATED, True),
        ],
    )
    def test_only_a_whole_class_can_be_recorded(self, draft, score, whole):
        assert is_recordable(draft, open_findings(draft, TABLE, score)) is whole
