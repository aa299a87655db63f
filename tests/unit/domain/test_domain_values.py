from __future__ import annotations

import pytest

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, ScaleRole, SlotId
from ssp_coder.domain.session import (
    EpisodeStatus,
    episode_at,
    episode_id_at,
    episode_spans,
    is_present,
)
from ssp_coder.domain.verdict import Truth
from ssp_coder.domain.words import Text, english
from ssp_coder.editing.edits import MarkEpisodeMissing
from tests.builders import (
    CAREGIVER,
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


def test_a_text_falls_back_to_english():
    text = Text((("en", "far"), ("de", "weit")))
    assert text.in_language("de") == "weit"
    assert text.in_language("fr") == "far" == str(text)


def test_a_text_without_english_is_refused():
    with pytest.raises(ValueError, match="English"):
        Text((("de", "weit"),))


def test_truth_refuses_to_be_a_bool():
    with pytest.raises(TypeError, match="three-valued"):
        bool(Truth.UNKNOWN)


def test_not_rated_cannot_code_and_the_lowest_point_are_three_things():
    value = after(coding(), rate("pcs_c_5", 1), rate("pcs_c_8", "NA_view"))
    assert value.score(SlotId("pcs_c_5")) == Points(1.0)
    assert value.score(SlotId("pcs_c_8")) == Missing("NA_view")
    assert value.score(SlotId("cm_c_5")) is NOT_RATED
    assert len({Points(1.0), Missing("NA_view"), NOT_RATED}) == 3


def test_a_scale_allows_whole_points_within_its_range_only():
    scale = infant_scheme().scale_of(SlotId("pcs_c_5"))
    assert scale.allows(1)
    assert scale.allows(7)
    assert not scale.allows(4.5)
    assert not scale.allows(0)
    assert not scale.allows(8)


def test_an_episode_ends_where_the_next_one_starts():
    spans = episode_spans(with_episodes(), infant_scheme().procedure)
    assert [span.end_us for span in spans[:-1]] == [span.start_us for span in spans[1:]]
    assert spans[-1].end_us == s(1290)
    assert all(span.status is EpisodeStatus.AS_PLANNED for span in spans)


def test_a_missing_episode_gives_its_place_to_the_one_before():
    missing = MarkEpisodeMissing(episode="EP7", reason="infant asleep")
    spans = {x.plan.id: x for x in episode_spans(after(with_episodes(), missing), _procedure())}
    assert spans["EP7"].status is EpisodeStatus.MISSING
    assert spans["EP7"].end_us is None
    assert spans["EP6"].end_us == spans["EP8"].start_us


def test_a_separation_cut_short_is_curtailed_and_that_is_foreseen():
    value = after(coding(), mark("EP4", 100), mark("EP5", 160))
    span = next(x for x in episode_spans(value, _procedure()) if x.plan.id == "EP4")
    assert span.status is EpisodeStatus.CURTAILED
    assert not span.deviates
    assert span.length_us == s(60)


def test_a_second_reunion_that_runs_on_deviates_from_the_procedure():
    value = after(coding(), mark("EP3", 100), mark("EP4", 400))
    span = next(x for x in episode_spans(value, _procedure()) if x.plan.id == "EP3")
    assert span.status is EpisodeStatus.EXTENDED
    assert span.deviates


def test_an_episode_without_a_known_end_runs():
    value = after(coding(), mark("EP1", 5))
    first = episode_spans(value, _procedure())[0]
    assert first.status is EpisodeStatus.RUNNING
    assert first.length_us is None
    assert first.holds(s(500))
    assert not first.holds(s(4))


def test_times_before_the_first_episode_belong_to_none():
    value = after(coding(), mark("EP1", 5))
    spans = episode_spans(value, _procedure())
    assert episode_at(spans, s(1)) is None
    assert episode_id_at(spans, s(6)) == "EP1"


def test_presence_follows_the_plan_until_it_is_coded():
    value = with_episodes()
    assert is_present(value, infant_scheme(), CAREGIVER, s(600)) is True
    assert is_present(value, infant_scheme(), STRANGER, s(600)) is False
    coded = after(value, add("presence.in_room", 560, subject=STRANGER))
    assert is_present(coded, infant_scheme(), STRANGER, s(600)) is True
    gone = after(coded, add("presence.out", 580, subject=STRANGER))
    assert is_present(gone, infant_scheme(), STRANGER, s(600)) is False
    assert is_present(gone, infant_scheme(), STRANGER, s(570)) is True


def test_presence_is_unknown_outside_all_episodes():
    assert is_present(coding(), infant_scheme(), CAREGIVER, s(600)) is None


def test_a_finding_says_place_fact_and_remedy_in_one_sentence():
    finding = Finding(code="x.y", message="wrong", place="a.csv:3", remedy="mend it")
    assert finding.sentence() == "a.csv:3: wrong; mend it"
    assert str(DomainError(finding)) == "a.csv:3: wrong; mend it"
    assert Finding(code="x", message="wrong").sentence() == "wrong"


@pytest.mark.parametrize(
    "lookup",
    [
        lambda scheme: scheme.scale("nothing"),
        lambda scheme: scheme.slot("nothing"),
        lambda scheme: scheme.ethogram.code("nothing"),
        lambda scheme: scheme.ethogram.group("nothing"),
        lambda scheme: scheme.ethogram.modifier("nothing"),
        lambda scheme: scheme.procedure.episode("nothing"),
        lambda scheme: scheme.procedure.person("nothing"),
        lambda scheme: scheme.rules.group("nothing"),
        lambda scheme: scheme.rules.group_of("nothing"),
        lambda scheme: scheme.rules.flag("nothing"),
    ],
)
def test_unknown_ids_are_named(lookup):
    with pytest.raises(KeyError, match="nothing"):
        lookup(infant_scheme())


def test_words_of_a_scheme_can_be_looked_up_both_ways():
    scheme = infant_scheme()
    assert scheme.keymap.code_for(scheme.keymap.key_for("contact.held_by_c")) == "contact.held_by_c"
    assert scheme.keymap.code_for("no such key") is None
    assert scheme.keymap.key_for("no such code") == ""
    assert scheme.rules.group_of("B3").id == "B"
    assert scheme.procedure.focal_subject == "infant"
    roles = {scheme.scale(slot.scale).role for slot in scheme.slots_of_role(ScaleRole.SEARCH)}
    assert roles == {ScaleRole.SEARCH}
    assert DDecision.YES == "coder_yes"
    assert str(english("near")) == "near"


def _procedure():
    return infant_scheme().procedure
