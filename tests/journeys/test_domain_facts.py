"""The facts that software usually gets wrong about the procedure (domain reference, section 10).

Each is asked of the bundled instruments and the whole program, not of one function.
"""

from __future__ import annotations

import itertools

import pytest

from ssp_coder.demonstration.codings import session_data
from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.ethogram import GroupRole
from ssp_coder.domain.procedure import EpisodeKind
from ssp_coder.domain.scale import NOT_RATED, Missing, MissingKind, Points, ScaleRole
from ssp_coder.domain.session import EpisodeStatus, episode_spans
from ssp_coder.domain.time import Span, micros
from ssp_coder.domain.verdict import DECISION_INPUT
from ssp_coder.domain.words import Origin
from ssp_coder.editing.edits import Classify, EndSession, LockCoding, MarkEpisodeMissing
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.rules.collapse import SecureBasis, four_way, secure_two_way, three_way
from ssp_coder.rules.consistency import check_classification
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding, facts_from_scores
from ssp_coder.rules.intervals import interval_count
from tests.builders import (
    CAREGIVER,
    INFANT,
    STRANGER,
    add,
    after,
    coding,
    infant_scheme,
    mark,
    rate,
    s,
    with_episodes,
)

SCHEME = infant_scheme()
TABLE = SCHEME.rules
SECURE = {
    "pcs_c_5": 6, "cm_c_5": 5, "avo_c_5": 1, "res_c_5": 1, "dist_c_5": 2,
    "pcs_c_8": 6, "cm_c_8": 6, "avo_c_8": 1, "res_c_8": 1, "dist_c_8": 2,
    "dorg": 1,
}  # fmt: skip


def judged(**changed):
    """The verdict on a clearly secure row with some ratings changed; None leaves one unrated."""
    row = {key: value for key, value in (SECURE | changed).items() if value is not None}
    decision = row.pop("d_decision", None)
    scores = {
        key: Missing(value) if isinstance(value, str) else Points(float(value))
        for key, value in row.items()
    }
    return evaluate(TABLE, facts_from_scores(scores, d_decision=decision))


class TestFact1ReunionsDriveTheClass:
    def test_the_table_reads_the_two_reunions_toward_the_caregiver_and_no_other_rating(self):
        reunions = {plan.id for plan in SCHEME.procedure.episodes if plan.reunion}
        read = {one.id for one in TABLE.inputs}
        for slot in SCHEME.slots:
            if slot.id in read and slot.episode is not None:
                assert slot.episode in reunions
                assert slot.toward == CAREGIVER

    @pytest.mark.parametrize("level", ["distress.none", "distress.hard_cry"])
    def test_crying_while_separated_changes_nothing(self, level):
        value = after(with_episodes(), add("distress.none", 40), add(level, 391))
        value = after(value, add("distress.none", 569), *ratings(value))
        verdict = evaluate(TABLE, facts_from_coding(value, SCHEME))
        assert (verdict.group, verdict.subgroup) == ("B", "B3")


class TestFact2EpisodesStartAtWhatIsSeen:
    def test_no_episode_has_a_start_time_of_its_own(self):
        for plan in SCHEME.procedure.episodes:
            assert str(plan.start_cue)
            assert not any(character.isdigit() for character in str(plan.start_cue))

    def test_the_second_begins_when_the_infant_is_put_down(self):
        assert "put down" in str(SCHEME.procedure.episode("EP2").start_cue)

    @pytest.mark.parametrize("episode", ["EP5", "EP8"])
    def test_a_reunion_begins_at_the_door(self, episode):
        assert "door" in str(SCHEME.procedure.episode(episode).start_cue)

    @pytest.mark.parametrize("episode", ["EP4", "EP6"])
    def test_a_separation_begins_when_the_caregiver_is_out(self, episode):
        assert "out" in str(SCHEME.procedure.episode(episode).start_cue)

    def test_the_walk_to_the_door_still_belongs_to_the_episode_before(self):
        value = with_episodes()
        spans = episode_spans(value, SCHEME.procedure)
        walking = s(389.96)
        assert next(x.plan.id for x in spans if x.holds(walking)) == "EP3"


class TestFact3LengthsAreReal:
    def test_separations_may_be_cut_short_and_only_the_first_reunion_prolonged(self):
        may = {plan.id: (plan.may_curtail, plan.may_extend) for plan in SCHEME.procedure.episodes}
        for plan in SCHEME.procedure.episodes:
            if plan.kind is EpisodeKind.SEPARATION:
                assert may[plan.id] == (True, False)
        assert may["EP5"] == (False, True)
        assert may["EP8"] == (False, False)

    def test_counts_are_prorated_by_the_real_length(self):
        value = after(with_episodes(), mark("EP5", 570), mark("EP6", 660))
        value = after(value, add("distress.cry", 570, end=600))
        counted = interval_count(
            value.events, Span(start_us=s(570), end_us=s(660)), ("distress.cry",), 15_000_000
        )
        assert (counted.raw, counted.n_intervals) == (2, 6)
        assert counted.prorated == pytest.approx(4.0)

    def test_real_and_planned_length_are_both_kept(self):
        value = after(coding(), mark("EP4", 10), mark("EP5", 70))
        span = next(x for x in episode_spans(value, SCHEME.procedure) if x.plan.id == "EP4")
        assert (span.length_us, span.plan.planned_us) == (s(60), s(180))
        assert span.status is EpisodeStatus.CURTAILED


class TestFact4NothingAfterTheEndCounts:
    def test_no_event_can_start_or_last_beyond_the_end(self):
        value = with_episodes()
        for edit in (add("seeking.reach", 1290), add("distress.cry", 1280, end=1291)):
            with pytest.raises(EditRefusedError, match="after the end"):
                after(value, edit)

    def test_the_video_may_go_on(self):
        value = with_episodes()
        assert value.media[0].duration_us > value.session_end.at_us

    def test_an_end_before_coded_behaviour_is_refused(self):
        value = after(coding(), add("seeking.reach", 100))
        with pytest.raises(EditRefusedError, match="start at or after"):
            after(value, EndSession(at_us=s(100)))


class TestFact5EightEpisodes:
    def test_the_reunions_are_the_fifth_and_the_eighth(self):
        numbers = [plan.number for plan in SCHEME.procedure.episodes]
        assert numbers == list(range(1, 9))
        assert [p.number for p in SCHEME.procedure.episodes if p.reunion] == [5, 8]
        assert [p.reunion for p in SCHEME.procedure.episodes if p.reunion] == [1, 2]


class TestFact6ScalesAreJudgements:
    def test_no_event_ever_sets_a_rating(self):
        value = after(
            with_episodes(), *(add("seeking.full_approach", at) for at in range(571, 590))
        )
        assert all(value.score(slot.id) is NOT_RATED for slot in SCHEME.slots)

    def test_seeking_knows_its_two_timing_rules(self):
        seeking = SCHEME.scale_of("pcs_c_5")
        assert {hinge.limit_us for hinge in seeking.hinges} == {micros(15), micros(30)}


class TestFact7OneIsNotMissing:
    def test_the_lowest_point_a_reason_and_nothing_are_told_apart_by_the_table(self):
        assert judged(avo_c_8=1).group == "B"
        missing = judged(avo_c_8="NA_view")
        assert missing.group is None
        assert "avo_c_8" in missing.needs
        assert judged(avo_c_8=None).possible == missing.possible

    def test_every_scale_starts_at_seen_and_absent(self):
        for scale in SCHEME.scales:
            assert scale.minimum == 1
            assert scale.anchor_for(1) is not None

    def test_maintaining_without_contact_is_a_one(self):
        anchor = SCHEME.scale_of("cm_c_5").anchor_for(1)
        assert "contact" in str(anchor.text).lower()

    def test_reasons_say_whether_it_could_not_be_seen_or_did_not_apply(self):
        kinds = {reason.kind for reason in SCHEME.scale_of("pcs_c_5").missing_reasons}
        assert kinds == {MissingKind.CANNOT_CODE, MissingKind.NOT_APPLICABLE}


class TestFact8WhatIsOftenMistaken:
    def test_crying_bears_on_no_resistance(self):
        for code in SCHEME.ethogram.codes():
            if SCHEME.ethogram.group(code.group).role is GroupRole.DISTRESS:
                assert "res" not in code.bears_on

    def test_the_scales_warn_of_their_neighbours(self):
        for slot in ("res_c_5", "avo_c_5", "cm_c_5"):
            assert SCHEME.scale_of(slot).confusions

    def test_squirming_to_play_is_not_tagged_as_a_strategy(self):
        assert SCHEME.ethogram.code("resistance.squirm_down").strategy in ("", "none")


class TestFact9AQuietBabyIsNotSecure:
    def test_nothing_seen_at_all_is_unclassifiable(self):
        quiet = dict.fromkeys((key for key in SECURE if key != "dorg"), 1)
        assert judged(**quiet).group == "U"

    def test_a_crying_baby_who_holds_on_is_secure(self):
        assert judged(cry_5=9, cry_8=9).group == "B"


class TestFact10DIsAddedNotABox:
    @pytest.mark.parametrize("subgroup", ["A1", "B3", "C2"])
    def test_d_keeps_the_best_fitting_organised_class(self, subgroup):
        own = Classification(primary="D", secondary=subgroup, confidence=4)
        assert four_way(own, TABLE).value == "D"
        assert three_way(own, TABLE).value == subgroup[0]

    def test_d_with_b_is_insecure_in_four_way_and_secure_in_forced_work(self):
        own = Classification(primary="D", secondary="B3", confidence=4)
        assert secure_two_way(own, TABLE).value == "insecure"
        forced = secure_two_way(own, TABLE, basis=SecureBasis.FORCED)
        assert forced.value == "secure"
        assert forced.secondary == "B3"

    def test_d_without_a_secondary_is_not_finished(self):
        value = after(
            coding(), rate("dorg", 7), Classify(classification=Classification(primary="D"))
        )
        assert check_classification(value, SCHEME)


class TestFact11FiveIsADecision:
    @pytest.mark.parametrize(
        ("score", "groups"), [(4, ("B",)), (5, ("B", "D")), (6, ("D",)), (9, ("D",))]
    )
    def test_the_scale_alone_decides_only_off_its_middle(self, score, groups):
        verdict = judged(dorg=score)
        assert verdict.possible == groups
        assert (DECISION_INPUT in verdict.needs) == (score == 5)

    @pytest.mark.parametrize(("decision", "group"), [(DDecision.YES, "D"), (DDecision.NO, "B")])
    def test_the_coder_decides_at_five(self, decision, group):
        assert judged(dorg=5, d_decision=decision).group == group

    def test_the_number_of_indices_is_no_input(self):
        names = {one.id for one in TABLE.inputs}
        assert not any("index" in name or "indices" in name for name in names)
        assert SCHEME.slots_of_role(ScaleRole.DISORGANIZATION)[0].id in names


class TestFact12NothingIsPublishedThatIsNot:
    def test_the_table_and_each_of_its_profiles_say_project_default(self):
        assert TABLE.provenance.origin is Origin.PROJECT_DEFAULT
        assert {profile.provenance.origin for profile in TABLE.profiles} == {Origin.PROJECT_DEFAULT}

    def test_every_statement_names_a_source(self):
        sources = [
            SCHEME.provenance,
            SCHEME.procedure.provenance,
            SCHEME.ethogram.provenance,
            *(plan.provenance for plan in SCHEME.procedure.episodes),
            *(scale.provenance for scale in SCHEME.scales),
            *(anchor.provenance for scale in SCHEME.scales for anchor in scale.anchors),
            *(code.provenance for code in SCHEME.ethogram.codes()),
            *(overlay.provenance for overlay in TABLE.overlays),
        ]
        assert all(one.source.strip() for one in sources)

    def test_no_confidence_is_claimed_for_what_was_not_looked_up(self):
        for scale, anchor in ((x, a) for x in SCHEME.scales for a in x.anchors):
            if anchor.provenance.origin is Origin.LITERATURE:
                assert anchor.provenance.confidence is not None, (scale.id, anchor.point)


class TestFact13IndependentCodingsStay:
    def test_a_locked_coding_refuses_every_kind_of_change(self):
        value = after(with_episodes(), LockCoding())
        for edit in (
            add("seeking.reach", 600),
            rate("pcs_c_5", 3),
            mark("EP5", 571),
            MarkEpisodeMissing(episode="EP7", reason="x"),
            Classify(classification=Classification(primary="B")),
        ):
            with pytest.raises(EditRefusedError, match="locked"):
                after(value, edit)

    def test_the_class_is_the_coders_whatever_the_table_says(self):
        value = after(with_episodes(), *ratings(with_episodes()))
        own = Classification(primary="A", subgroup="A2", confidence=2, rationale="seen otherwise")
        value = after(value, Classify(classification=own))
        assert evaluate(TABLE, facts_from_coding(value, SCHEME)).group == "B"
        assert value.classification == own


class TestFact15OneRelationshipOneDay:
    def test_the_demonstration_says_that_it_was_invented(self):
        assert "invented" in session_data().source

    def test_everybody_who_acts_is_a_role_and_never_a_mother(self):
        words = " ".join(
            [str(person.title) for person in SCHEME.procedure.persons]
            + [str(plan.start_cue) for plan in SCHEME.procedure.episodes]
            + [str(code.title) for code in SCHEME.ethogram.codes()]
        ).lower()
        assert "mother" not in words
        assert "father" not in words


class TestFrequencyMeasuresAreNotExclusive:
    def test_a_baby_may_move_hold_a_toy_and_cry_at_once(self):
        value = after(
            with_episodes(),
            add("distress.cry", 600),
            add("play_explore.locomotion", 601),
            add("play_explore.manipulation", 602),
        )
        assert all(event.is_open for event in value.events)

    def test_every_exclusive_group_rules_itself_out_and_no_other(self):
        exclusive = [
            group
            for group in SCHEME.ethogram.groups
            if group.exclusive and INFANT in group.subjects
        ]
        for first, second in itertools.permutations(exclusive, 2):
            value = after(
                with_episodes(), add(first.codes[0].id, 600), add(second.codes[0].id, 610)
            )
            assert all(event.is_open for event in value.events)

    def test_the_stranger_is_still_there_when_a_reunion_begins(self):
        value = after(
            with_episodes(),
            add("presence.in_room", 400, subject=STRANGER),
            add("presence.out", 578, subject=STRANGER),
        )
        first = value.events[0]
        assert first.end_us > s(570)


def ratings(_value):
    return [rate(slot, value) for slot, value in SECURE.items()]
