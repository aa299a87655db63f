from ssp_coder.editing.edits import ClearSessionEnd
from ssp_coder.ui.rate.clips import Clip
from ssp_coder.ui.rate.evidence import (
    bearing_codes,
    bearing_events,
    first_act,
    lasting,
    slot_span,
)
from ssp_coder.ui.rate.words import clip_words, fact_lines
from tests import builders as b
from tests.ui.rate.judged import lived, slot

SCHEME = b.infant_scheme()


def codes(coding, place):
    return [event.code for event in bearing_events(coding, SCHEME, slot(place))]


class TestWhatBears:
    def test_the_ethogram_names_the_codes(self):
        assert "contact.clinging_c" in bearing_codes(SCHEME, slot("cm_c_5"))
        assert "resistance.push" not in bearing_codes(SCHEME, slot("cm_c_5"))

    def test_nothing_bears_on_a_scale_that_no_code_names(self):
        assert bearing_codes(SCHEME, slot("dorg")) == frozenset()
        assert bearing_events(lived(), SCHEME, slot("dorg")) == ()

    def test_only_events_of_the_episode_count(self):
        assert codes(lived(), "cm_c_5") == ["contact.held_by_c", "contact.clinging_c"]
        assert codes(lived(), "cm_c_8") == ["contact.clinging_c", "maintaining.hold_on"]

    def test_an_act_toward_somebody_else_does_not_count(self):
        assert codes(lived(), "pcs_c_5") == ["seeking.full_approach", "seeking.part_approach"]

    def test_an_act_toward_nobody_named_counts(self):
        coding = b.after(b.with_episodes(), b.add("seeking.reach", 600))
        assert codes(coding, "pcs_c_5") == ["seeking.reach"]

    def test_search_counts_toward_whomever(self):
        coding = b.after(b.with_episodes(), b.add("search.call", 400))
        assert codes(coding, "srch_4") == ["search.call"]

    def test_a_state_that_runs_into_the_episode_counts(self):
        coding = b.after(b.with_episodes(), b.add("contact.held_by_c", 560, end=580))
        assert codes(coding, "cm_c_5") == ["contact.held_by_c"]

    def test_a_state_that_ends_where_the_episode_starts_does_not_count(self):
        coding = b.after(b.with_episodes(), b.add("contact.held_by_c", 560, end=570))
        assert codes(coding, "cm_c_5") == []

    def test_without_the_episode_nothing_counts(self):
        coding = b.after(b.coding(), b.add("contact.held_by_c", 600, end=639))
        assert codes(coding, "cm_c_5") == []
        assert slot_span(coding, SCHEME, slot("cm_c_5")).start_us is None

    def test_the_whole_session_has_no_span(self):
        assert slot_span(lived(), SCHEME, slot("dorg")) is None


class TestFacts:
    def test_the_first_act_is_timed_from_the_start_of_the_episode(self):
        found = first_act(lived(), SCHEME, slot("pcs_c_5"))
        assert (found.code.id, found.after_us) == ("seeking.full_approach", b.s(13))

    def test_states_are_no_first_act(self):
        assert first_act(lived(), SCHEME, slot("cm_c_5")) is None

    def test_states_are_summed_and_the_longest_is_named(self):
        coding = b.after(lived(), b.add("contact.clinging_c", 660, end=690))
        clinging = lasting(coding, SCHEME, slot("cm_c_5"))[0]
        assert clinging.code.id == "contact.clinging_c"
        assert (clinging.total_us, clinging.longest_us) == (b.s(42), b.s(30))

    def test_the_longest_in_all_comes_first(self):
        found = lasting(lived(), SCHEME, slot("cm_c_8"))
        assert [state.code.id for state in found] == ["contact.clinging_c", "maintaining.hold_on"]

    def test_a_state_is_cut_at_the_edges_of_the_episode(self):
        coding = b.after(b.with_episodes(), b.add("contact.held_by_c", 560, end=580))
        (state,) = lasting(coding, SCHEME, slot("cm_c_5"))
        assert state.total_us == b.s(10)

    def test_a_state_without_an_end_counts_to_the_end_of_the_episode(self):
        coding = b.after(b.with_episodes(), b.add("contact.held_by_c", 700))
        assert lasting(coding, SCHEME, slot("cm_c_5"))[0].total_us == b.s(50)

    def test_while_the_end_of_the_episode_is_open_nothing_is_said(self):
        coding = b.after(lived(), ClearSessionEnd())
        assert lasting(coding, SCHEME, slot("cm_c_8")) == ()

    def test_an_unmarked_episode_has_no_facts(self):
        assert first_act(b.coding(), SCHEME, slot("pcs_c_5")) is None
        assert lasting(b.coding(), SCHEME, slot("cm_c_5")) == ()
        assert fact_lines(b.coding(), SCHEME, slot("cm_c_5")) == ()

    def test_facts_are_short_sentences(self):
        assert fact_lines(lived(), SCHEME, slot("pcs_c_5")) == (
            "Full approach: first 13 s after the start",
        )
        assert fact_lines(lived(), SCHEME, slot("cm_c_5")) == (
            "Held by caregiver: 39 s in all, longest 39 s",
            "Clinging to caregiver: 12 s in all, longest 12 s",
        )

    def test_no_more_than_two_states_are_told(self):
        coding = b.after(lived(), b.add("contact.touching_c", 700, end=703))
        assert len(fact_lines(coding, SCHEME, slot("cm_c_5"))) == 2

    def test_a_clip_names_moment_and_act(self):
        clip = Clip.of_event(b.event_of(lived(), "seeking.full_approach"))
        assert clip_words(clip, SCHEME) == "9:43 full appr."
