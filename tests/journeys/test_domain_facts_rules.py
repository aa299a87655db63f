"""The fifteen facts of section 10, asked of the instruments that state them and of the rules.

One test or more a fact; `test_domain_facts` asks the editing of codings for the same facts.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.agreement.compare import compare
from ssp_coder.catalog import available_rule_tables, available_schemes, load_rule_table, load_scheme
from ssp_coder.cli import main
from ssp_coder.domain.coding import Classification, CodingRole, DDecision, VisitAnswer
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.procedure import LengthEffect, VisitFieldId
from ssp_coder.domain.scale import Missing, MissingKind, Points, ScaleRole
from ssp_coder.domain.scheme import SuggestionPolicy
from ssp_coder.domain.session import EpisodeStatus, episode_spans
from ssp_coder.domain.words import Origin
from ssp_coder.editing.edits import Classify, LockCoding, RecordVisit
from ssp_coder.formats.ratings import ratings_from_text
from ssp_coder.formats.score_row import shown_verdict
from ssp_coder.reporting.possibility import short_suggestion
from ssp_coder.reporting.verdicts import explain_verdict
from ssp_coder.rules.collapse import SecureBasis, four_way, secure_two_way, three_way
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding, facts_from_scores
from tests.builders import after, coding, infant_scheme, mark, rate, s, with_episodes
from tests.fixtures.rule_tables import PROTOTYPES, RATINGS, facts, prototype, without

SCHEME = infant_scheme()
TABLE = SCHEME.rules
FATHER = "father"


def group(row: dict[str, float], **words: object) -> str | None:
    return evaluate(TABLE, facts(row, **words)).group


class TestFact1OnlyTheReunionsTowardTheCaregiverCount:
    def test_no_rule_of_the_main_group_reads_a_separation_or_the_stranger(self):
        reunions = {plan.id for plan in SCHEME.procedure.episodes if plan.reunion}
        slots = {slot.id: slot for slot in SCHEME.slots}
        read = {one.input for rule in TABLE.main for one in (*rule.all_of, *rule.any_of)}
        assert read
        for name in read:
            assert slots[name].episode in reunions
            assert slots[name].toward == "caregiver"

    def test_avoidance_of_the_stranger_leaves_the_class_alone(self):
        value = after(with_episodes(), *(rate(n, v) for n, v in rated("B3").items()))
        cold = after(value, rate("avo_s_7", 7), rate("res_s_7", 7))
        assert suggestion(value) == suggestion(cold) == "B3"

    def test_search_in_the_separations_leaves_the_class_alone(self):
        value = after(with_episodes(), *(rate(n, v) for n, v in rated("A1").items()))
        searching = after(value, rate("srch_4", 7), rate("srch_6", 7))
        assert suggestion(value) == suggestion(searching) == "A"


class TestFact2EpisodesBeginWithWhatIsSeen:
    @pytest.mark.parametrize("summary", available_schemes(), ids=lambda one: one.id)
    def test_every_scheme_says_at_which_sight_each_episode_begins(self, summary):
        for plan in load_scheme(summary.id).procedure.episodes:
            assert plan.start_cue.english
            assert "minute" not in plan.start_cue.english


class TestFact3LengthsAreRealAndHaveRules:
    def test_a_separation_is_cut_short_by_a_rule_that_names_its_source(self):
        rules = SCHEME.procedure.length_rules_of("EP6")
        seconds = {rule.after_us // 1_000_000 for rule in rules if rule.after_us}
        assert {rule.effect for rule in rules} == {LengthEffect.CURTAIL}
        assert {20, 60} <= seconds
        assert all(rule.provenance.source for rule in rules)

    def test_the_lab_rule_is_not_called_verified(self):
        by_seconds = {r.after_us: r for r in SCHEME.procedure.length_rules_of("EP6") if r.after_us}
        assert by_seconds[s(20)].provenance.origin is Origin.LITERATURE
        assert by_seconds[s(60)].provenance.origin is Origin.VERIFIED

    def test_only_the_first_reunion_may_be_prolonged(self):
        prolonged = {
            episode
            for rule in SCHEME.procedure.length_rules
            if rule.effect is LengthEffect.EXTEND
            for episode in rule.episodes
        }
        assert prolonged == {"EP5"}

    def test_a_count_in_a_short_episode_is_prorated_before_the_table_reads_it(self):
        row = "session_id,cry_5,cry_5_n\nS1,3,6\n"
        (one,) = ratings_from_text(row, SCHEME).rows
        assert dict(one.facts.scores)["cry_5"] == Points(6.0)


class TestFact4NothingAfterTheEndCounts:
    def test_the_last_reunion_ends_with_a_sight_and_not_by_the_clock(self):
        assert "over" in SCHEME.procedure.session_end_cue.english
        value = with_episodes()
        last = episode_spans(value, SCHEME.procedure)[-1]
        assert last.end_us == value.session_end.at_us

    def test_a_reunion_longer_than_planned_is_told_as_such(self):
        value = after(coding(), mark("EP8", 10))
        last = episode_spans(value, SCHEME.procedure)[-1]
        assert last.status is EpisodeStatus.RUNNING
        assert not last.plan.may_extend


class TestFact5EightEpisodesNotSeven:
    HEADERS = "session_id,PS4,CM4,AV4,RS4,PS7,CM7,AV7,RS7\nS1,6,5,1,1,6,6,1,1\n"

    def test_reunions_called_four_and_seven_are_asked_about_and_never_guessed(self):
        with pytest.raises(DomainError, match="numbering"):
            ratings_from_text(self.HEADERS, SCHEME)

    def test_once_told_they_are_the_two_reunions(self):
        (row,) = ratings_from_text(self.HEADERS, SCHEME, numbering="seven").rows
        known = {n for n, score in row.facts.scores if isinstance(score, Points)}
        assert known == set(RATINGS)

    def test_the_other_way_to_count_leaves_the_short_first_one_out(self):
        (seven,) = (one for one in SCHEME.procedure.numberings if one.id == "seven")
        numbers = dict(seven.numbers)
        assert sorted(numbers) == list(range(1, 8))
        assert (numbers[4], numbers[7]) == ("EP5", "EP8")


class TestFact6ScalesAreJudgements:
    def test_the_best_instance_and_both_hinges_are_stated(self):
        seeking = SCHEME.scale_of("pcs_c_8")
        assert "best" in f"{seeking.gist.english} {seeking.note.english}".lower()
        assert {hinge.limit_us for hinge in seeking.hinges} == {s(15), s(30)}

    def test_the_table_reads_no_count_where_there_is_a_scale(self):
        required = {one.id for one in TABLE.inputs if one.required}
        assert required <= {slot.id for slot in SCHEME.slots}


class TestFact7OneIsSeenAndAbsent:
    @pytest.mark.parametrize("name", ["avo_c_8", "res_c_8"])
    def test_a_missing_rating_and_a_one_give_different_verdicts(self, name):
        as_one = evaluate(TABLE, facts(prototype("B3", **{name: 1.0})))
        missing = evaluate(TABLE, facts(without(prototype("B3"), name)))
        assert as_one.group == "B"
        assert missing.group is None

    def test_lost_view_and_absence_are_told_apart_in_words(self):
        words = set()
        reasons = {one.kind: one.id for one in SCHEME.scale_of("avo_c_8").missing_reasons}
        for kind in (MissingKind.CANNOT_CODE, MissingKind.NOT_APPLICABLE):
            scores = {name: Points(value) for name, value in prototype("B3").items()}
            scores["avo_c_8"] = Missing(reasons[kind])
            verdict = evaluate(TABLE, facts_from_scores(scores))
            text = "\n".join(explain_verdict(verdict, SCHEME))
            words |= {word for word in ("cannot be rated", "does not apply") if word in text}
        assert words == {"cannot be rated", "does not apply"}


class TestFact8NeighboursAreNotMistaken:
    def test_crying_alone_makes_no_child_resistant(self):
        assert group(prototype("B3", cry_5=12.0, cry_8=12.0)) == "B"

    def test_friendly_talk_across_the_room_is_b1(self):
        verdict = evaluate(TABLE, facts(prototype("B1")))
        assert (verdict.group, verdict.subgroup) == ("B", "B1")

    def test_low_contact_without_avoidance_is_not_a(self):
        assert group(prototype("A1", avo_c_5=1.0, avo_c_8=1.0)) != "A"


class TestFact9AQuietBabyIsNotSecureNorACryingOneResistant:
    def test_b4_cries_and_is_secure(self):
        assert group(prototype("B4", cry_5=10.0, cry_8=11.0)) == "B"

    def test_b1_hardly_touches_the_caregiver_and_is_secure(self):
        assert group(prototype("B1", pcs_c_8=1.0, cm_c_8=1.0, cm_c_5=1.0)) == "B"

    def test_a_child_who_does_nothing_at_all_is_unclassifiable(self):
        quiet = dict.fromkeys((*RATINGS, "dist_c_5", "dist_c_8", "dorg"), 1.0)
        assert group(quiet) == "U"


class TestFact10DIsAddedWithAForcedClass:
    @pytest.mark.parametrize("subgroup", sorted(PROTOTYPES))
    def test_every_subgroup_is_kept_below_d(self, subgroup):
        verdict = evaluate(TABLE, facts(prototype(subgroup, dorg=8.0)))
        assert (verdict.group, verdict.secondary) == ("D", subgroup)

    def test_d_with_b_is_insecure_in_four_groups_and_secure_only_when_forced(self):
        own = Classification(primary="D", secondary="B3")
        assert (four_way(own, TABLE).value, three_way(own, TABLE).value) == ("D", "B")
        assert secure_two_way(own, TABLE).value == "insecure"
        assert secure_two_way(own, TABLE, basis=SecureBasis.FORCED).value == "secure"


class TestFact11FiveIsADecisionPoint:
    @pytest.mark.parametrize(
        ("score", "decision", "expected"),
        [
            (4.0, DDecision.YES, "B"),
            (5.0, None, None),
            (5.0, DDecision.YES, "D"),
            (5.0, DDecision.NO, "B"),
            (6.0, DDecision.NO, "D"),
        ],
    )
    def test_the_coder_decides_at_five_and_nowhere_else(self, score, decision, expected):
        assert group(prototype("B3", dorg=score), d_decision=decision) == expected

    def test_an_earlier_visit_is_told_and_changes_no_score(self):
        value = after(with_episodes(), *(rate(n, v) for n, v in rated("B3").items()))
        again = after(
            value, RecordVisit(answer=VisitAnswer(field=VisitFieldId("prior_visits"), value=2))
        )
        assert suggestion(value) == suggestion(again)
        (field,) = (f for f in SCHEME.procedure.visit_fields if f.id == "prior_visits")
        (remark,) = field.remarks
        assert remark.provenance.origin is Origin.VERIFIED

    def test_indices_are_never_counted_into_the_scale(self):
        (slot,) = SCHEME.slots_of_role(ScaleRole.DISORGANIZATION)
        assert slot.id in {one.id for one in TABLE.inputs}
        assert not SCHEME.dimensions or all(
            part.input != slot.id for one in SCHEME.dimensions for part in one.parts
        )


class TestFact12NoCutOffsAndNoCoefficientsAreClaimed:
    @pytest.mark.parametrize("summary", available_rule_tables(), ids=lambda one: one.id)
    def test_a_bundled_table_is_ours_or_closed(self, summary):
        ours = summary.provenance.origin is Origin.PROJECT_DEFAULT
        assert bool(summary.closed) is not ours

    @pytest.mark.parametrize(
        "summary", [t for t in available_rule_tables() if t.closed], ids=lambda one: one.id
    )
    def test_a_template_holds_no_number_and_gives_no_verdict(self, summary):
        table = load_rule_table(summary.id).table
        assert (table.functions, table.cases, table.checksum) == ((), (), None)
        with pytest.raises(DomainError) as refused:
            evaluate(table, facts({}))
        assert refused.value.finding.code == "table.closed"

    def test_every_rule_says_that_it_is_a_project_default(self):
        origins = {rule.provenance.origin for rule in (*TABLE.main, *TABLE.profiles)}
        assert origins == {Origin.PROJECT_DEFAULT}

    def test_no_printed_verdict_is_named_after_a_paper(self, tmp_path, capsys):
        row = prototype("B3")
        path = tmp_path / "r.csv"
        path.write_text(f"session_id,{','.join(row)}\nS1,{','.join(map(str, row.values()))}\n")
        for form in ("--explain", "--possible", "--json"):
            assert main(["classify", "--ratings", str(path), form]) == 0
            out = capsys.readouterr().out
            assert not any(name in out for name in ("Richters", "Simonelli", "Kroonenberg"))

    def test_the_composites_are_not_called_factor_scores(self):
        assert SCHEME.dimensions
        for dimension in SCHEME.dimensions:
            assert dimension.provenance.origin is Origin.PROJECT_DEFAULT


class TestFact13CodersAreBlindAndTheirWorkStays:
    def test_no_suggestion_is_seen_before_the_coder_has_a_class(self):
        assert SCHEME.suggestion is SuggestionPolicy.AFTER_OWN
        value = after(with_episodes(), *(rate(n, v) for n, v in rated("B3").items()))
        assert shown_verdict(value, SCHEME) is None
        own = after(value, Classify(classification=Classification(primary="A", subgroup="A1")))
        assert shown_verdict(own, SCHEME).group == "B"
        assert own.classification.primary == "A"

    def test_a_consensus_is_a_record_of_its_own(self):
        independent = after(with_episodes(), *(rate(n, v) for n, v in rated("B3").items()))
        locked = after(independent, LockCoding())
        consensus = replace(locked, role=CodingRole.CONSENSUS, locked=False)
        changed = after(consensus, rate("pcs_c_5", 1))
        assert locked.score("pcs_c_5") != changed.score("pcs_c_5")
        assert locked.role is CodingRole.INDEPENDENT


class TestFact14ManualsAreNotEnough:
    def test_a_trainee_is_held_against_a_reference_rating_by_rating_and_class_by_class(self):
        reference = judged_coding("B3", Classification(primary="B", subgroup="B3"))
        trainee = judged_coding("B3", Classification(primary="B", subgroup="B2"))
        trainee = after(trainee, rate("avo_c_8", 3))
        found = compare(trainee, replace(reference, role=CodingRole.REFERENCE), SCHEME)
        differing = {one.slot for one in found.ratings if one.own != one.reference}
        assert differing == {"avo_c_8"}
        assert {one.agrees for one in found.classes} >= {True, False}


class TestFact15OneRelationshipOnOneDay:
    def test_the_visit_records_with_whom_and_no_rule_reads_it(self):
        fields = {field.id: field for field in SCHEME.procedure.visit_fields}
        assert FATHER in {value.id for value in fields["caregiver_in_visit"].values}
        assert not set(fields) & {one.id for one in TABLE.inputs}

    @pytest.mark.parametrize("summary", available_schemes(), ids=lambda one: one.id)
    def test_no_wording_of_a_rule_speaks_of_the_mother(self, summary):
        table = load_scheme(summary.id).rules
        words = " ".join(
            thing.title.english for thing in (*table.main, *table.profiles, *table.overlays)
        )
        assert "mother" not in words.lower()


def rated(subgroup: str) -> dict[str, float]:
    """The places of a clear case that a coder rates."""
    return {n: v for n, v in prototype(subgroup).items() if SCHEME.has_slot(n)}


def suggestion(value) -> str:
    return short_suggestion(evaluate(TABLE, facts_from_coding(value, SCHEME)))


def judged_coding(subgroup: str, own: Classification):
    edits = [rate(name, value) for name, value in rated(subgroup).items()]
    return after(with_episodes(), *edits, Classify(classification=own))
