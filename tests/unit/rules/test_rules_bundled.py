"""What the bundled infant table says, and the facts of the field it must not get wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import (
    Classification,
    Coding,
    DDecision,
    EpisodeMark,
    Event,
    EventId,
    SessionEnd,
)
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.scale import NOT_RATED, Points, Score
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.domain.verdict import DECISION_INPUT, Verdict
from ssp_coder.domain.words import Origin
from ssp_coder.rules.audit import audit_table
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from tests.fixtures.rule_tables import PROTOTYPES, facts, prototype, section_five, without

OPTIONAL = ("dist_c_5", "dist_c_8", "cry_5", "cry_8")


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme("infant")


def judged(
    scheme: Scheme, values: Mapping[str, float], decision: DDecision | None = None
) -> Verdict:
    return evaluate(scheme.rules, facts(values, d_decision=decision), sha256=scheme.rules_sha256)


def test_the_bundled_table_passes_its_audit(scheme: Scheme) -> None:
    assert audit_table(scheme.rules) == ()


def test_its_bands_and_weights_are_those_of_the_reference(scheme: Scheme) -> None:
    for bundled, expected in zip(scheme.rules.profiles, section_five().profiles, strict=True):
        assert bundled.id == expected.id
        assert set(bundled.bands) == set(expected.bands)


def test_its_bands_are_called_a_project_default(scheme: Scheme) -> None:
    profiles = scheme.rules.profiles
    assert {one.provenance.origin for one in profiles} == {Origin.PROJECT_DEFAULT}


@pytest.mark.parametrize("subgroup", list(PROTOTYPES))
def test_a_clear_case_of_a_subgroup_gets_it(scheme: Scheme, subgroup: str) -> None:
    verdict = judged(scheme, prototype(subgroup))
    assert (verdict.group, verdict.subgroup) == (subgroup[0], subgroup)


@pytest.mark.parametrize("subgroup", [name for name in PROTOTYPES if name != "B1"])
def test_the_group_of_a_clear_case_needs_neither_crying_nor_distance_interaction(
    scheme: Scheme, subgroup: str
) -> None:
    assert judged(scheme, without(prototype(subgroup), *OPTIONAL)).group == subgroup[0]


def test_only_talk_across_a_distance_tells_b1_from_minimal_engagement(scheme: Scheme) -> None:
    verdict = judged(scheme, without(prototype("B1"), *OPTIONAL))
    assert verdict.possible == ("B", "U")
    assert {"dist_c_5", "dist_c_8"} <= set(verdict.needs)


def test_the_same_ratings_with_reunions_exchanged_come_out_otherwise(scheme: Scheme) -> None:
    row = prototype("B2", avo_c_5=6, avo_c_8=2)
    exchanged = row | {"avo_c_5": row["avo_c_8"], "avo_c_8": row["avo_c_5"]}
    assert judged(scheme, row).group == "B"
    assert judged(scheme, exchanged).group == "A"


def test_a_quiet_baby_is_not_secure_by_being_quiet(scheme: Scheme) -> None:
    verdict = judged(scheme, prototype("A1", cry_5=0, cry_8=0))
    assert verdict.group == "A"


def test_a_crying_baby_is_not_resistant_by_crying(scheme: Scheme) -> None:
    for cry in (0, 6, 12):
        verdict = judged(scheme, prototype("B4", cry_5=cry, cry_8=cry))
        assert (verdict.group, verdict.subgroup) == ("B", "B4")


def test_crying_alone_moves_no_clear_case_to_the_resistant_group(scheme: Scheme) -> None:
    for subgroup in ("A1", "A2", "B1", "B2", "B3", "B4"):
        verdict = judged(scheme, prototype(subgroup, cry_5=12, cry_8=12))
        assert "C" not in verdict.possible


def test_friendly_distance_talk_without_contact_is_not_avoidant(scheme: Scheme) -> None:
    distant = prototype("B1", pcs_c_5=1, pcs_c_8=1, cm_c_5=1, cm_c_8=1)
    assert judged(scheme, distant).subgroup == "B1"


@pytest.mark.parametrize("subgroup", list(PROTOTYPES))
def test_separation_and_stranger_ratings_are_no_part_of_the_class(
    scheme: Scheme, subgroup: str
) -> None:
    row = prototype(subgroup)
    elsewhere = {"srch_4": 7.0, "srch_6": 7.0, "cry_4": 12.0, "cry_6": 12.0, "res_s_7": 7.0}
    assert judged(scheme, row | elsewhere) == judged(scheme, row)


@pytest.mark.parametrize("subgroup", list(PROTOTYPES))
def test_d_is_added_with_a_forced_secondary(scheme: Scheme, subgroup: str) -> None:
    verdict = judged(scheme, prototype(subgroup, dorg=7))
    assert (verdict.group, verdict.subgroup, verdict.secondary) == ("D", None, subgroup)


def test_five_is_a_decision_and_not_a_cut_off(scheme: Scheme) -> None:
    row = prototype("B3", dorg=5)
    assert judged(scheme, row).possible == ("B", "D")
    assert judged(scheme, row).needs == (DECISION_INPUT,)
    assert judged(scheme, row, DDecision.NO).group == "B"
    assert judged(scheme, row, DDecision.YES).group == "D"


def test_whatever_you_rate_here_the_group_stays_b(scheme: Scheme) -> None:
    without_seeking = judged(scheme, without(prototype("B3"), "pcs_c_5", *OPTIONAL))
    assert without_seeking.possible == ("B",)
    assert without_seeking.needs == ("pcs_c_5",)  # for the subgroup
    without_holding = judged(scheme, without(prototype("B3"), "cm_c_5", *OPTIONAL))
    assert (without_holding.subgroup, without_holding.needs) == ("B3", ())


def test_a_missing_avoidance_in_the_second_reunion_leaves_two_groups(scheme: Scheme) -> None:
    verdict = judged(scheme, without(prototype("B2"), "avo_c_8"))
    assert verdict.group is None
    assert verdict.possible == ("A", "B")
    assert "avo_c_8" in verdict.needs


def test_a_missing_second_reunion_gives_no_suggestion(scheme: Scheme) -> None:
    second = [name for name in prototype("B3") if name.endswith("_8")]
    verdict = judged(scheme, without(prototype("B3"), *second))
    assert verdict.group is None
    assert verdict.runner_up is None


def test_strong_avoidance_with_strong_resistance_is_a_mixed_case(scheme: Scheme) -> None:
    verdict = judged(scheme, prototype("C1", avo_c_5=6, avo_c_8=6))
    assert verdict.group == "AC"
    assert verdict.secondary is not None
    assert "a_c_question" in verdict.flags


def test_minimal_engagement_is_unclassifiable_with_a_forced_secondary(scheme: Scheme) -> None:
    verdict = judged(scheme, dict.fromkeys(prototype("B1"), 1.0))
    assert (verdict.group, verdict.subgroup) == ("U", None)
    assert verdict.secondary is not None
    assert "u_question" in verdict.flags


def test_a_quiet_baby_who_talks_across_a_distance_is_secure(scheme: Scheme) -> None:
    assert judged(scheme, prototype("B1")).group == "B"


class TestMonotonicity:
    """One rating raised, all others fixed, never moves a case away from what it stands for."""

    @pytest.mark.parametrize("second", [1, 3, 5, 7])
    @pytest.mark.parametrize("subgroup", ["A1", "A2"])
    def test_more_avoidance_never_turns_an_avoidant_case_secure(
        self, scheme: Scheme, subgroup: str, second: int
    ) -> None:
        rows = [prototype(subgroup, avo_c_5=first, avo_c_8=second) for first in range(1, 8)]
        self._never_leaves(scheme, rows, "A", "B")

    @pytest.mark.parametrize("first", [1, 3, 5, 7])
    @pytest.mark.parametrize("subgroup", ["A1", "A2", "B2", "B3"])
    def test_more_avoidance_in_the_second_reunion_never_leads_from_a_to_b3(
        self, scheme: Scheme, subgroup: str, first: int
    ) -> None:
        rows = [prototype(subgroup, avo_c_5=first, avo_c_8=second) for second in range(1, 8)]
        self._never_leaves(scheme, rows, "A", "B")

    @pytest.mark.parametrize("first", [1, 3, 5, 7])
    @pytest.mark.parametrize("subgroup", ["B3", "B4", "C1", "C2"])
    def test_more_resistance_never_leads_from_c_to_a(
        self, scheme: Scheme, subgroup: str, first: int
    ) -> None:
        rows = [prototype(subgroup, res_c_5=first, res_c_8=second) for second in range(1, 8)]
        self._never_leaves(scheme, rows, "C", "A")

    def _never_leaves(
        self, scheme: Scheme, rows: list[dict[str, float]], origin: str, goal: str
    ) -> None:
        groups = [judged(scheme, row).possible for row in rows]
        reached = [place for place, possible in enumerate(groups) if possible == (origin,)]
        after = groups[reached[0] :] if reached else []
        assert all(goal not in possible for possible in after)


class TestFromCoding:
    def coding(self, *events: Event) -> Coding:
        starts = {f"EP{n}": Micros(n * 180 * SECOND_US) for n in range(1, 9)}
        return Coding(
            session="S001",
            coder="c01",
            events=events,
            episodes=tuple(
                EpisodeMark(episode=EpisodeId(name), start_us=start)
                for name, start in starts.items()
            ),
            session_end=SessionEnd(at_us=Micros(9 * 180 * SECOND_US)),
        )

    def event(self, scheme: Scheme, code: str, start_s: int, end_s: int) -> Event:
        return Event(
            id=EventId(1),
            code=CodeId(code),
            subject=scheme.procedure.focal_subject,
            start_us=Micros(start_s * SECOND_US),
            end_us=Micros(end_s * SECOND_US),
        )

    def score(self, scheme: Scheme, name: str, *events: Event) -> Score:
        return dict(facts_from_coding(self.coding(*events), scheme).scores)[name]

    def test_crying_in_a_reunion_is_counted_in_fifteen_second_intervals(
        self, scheme: Scheme
    ) -> None:
        cry = self.event(scheme, "distress.hard_cry", 5 * 180, 5 * 180 + 31)
        assert self.score(scheme, "cry_5", cry) == Points(3)
        assert self.score(scheme, "cry_8", cry) == Points(0)

    def test_fussing_counts_as_crying(self, scheme: Scheme) -> None:
        fuss = self.event(scheme, "distress.fuss", 8 * 180 + 20, 8 * 180 + 25)
        assert self.score(scheme, "cry_8", fuss) == Points(1)

    def test_crying_after_the_end_of_the_last_episode_is_not_counted(self, scheme: Scheme) -> None:
        late = self.event(scheme, "distress.cry", 9 * 180, 9 * 180 + 60)
        assert self.score(scheme, "cry_8", late) == Points(0)

    def test_no_coded_distress_is_not_no_crying(self, scheme: Scheme) -> None:
        assert self.score(scheme, "cry_5") is NOT_RATED

    def test_a_new_coding_leaves_every_class_possible(self, scheme: Scheme) -> None:
        verdict = evaluate(scheme.rules, facts_from_coding(self.coding(), scheme))
        assert verdict.possible == ("A", "B", "C", "D", "U", "AC")

    def test_every_input_of_the_table_comes_from_the_scheme(self, scheme: Scheme) -> None:
        found = dict(facts_from_coding(self.coding(), scheme).scores)
        assert set(found) == {one.id for one in scheme.rules.inputs}

    def test_the_coders_class_does_not_reach_the_table(self, scheme: Scheme) -> None:
        plain = self.coding()
        classed = replace(plain, classification=Classification(primary="A", subgroup="A1"))
        assert facts_from_coding(plain, scheme) == facts_from_coding(classed, scheme)
