"""Frequency measures in an ethogram file: what the bundled one says, and what is refused."""

from __future__ import annotations

import pytest

from ssp_coder.domain.measures import (
    INTERVAL_COLUMNS,
    USUAL_SAMPLING,
    MeasureKind,
    RestRule,
    measure_column,
)
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.words import Origin
from ssp_coder.formats.intervals import intervals_table
from tests.unit.catalog.catalog_lab import Lab

FILE = "schemas/ethograms/infant.toml"
OF_THE_REFERENCE = {
    "crying": "distress.fuss distress.cry distress.hard_cry",
    "locomotion_explore": "play_explore.locomotion",
    "manipulation_explore": "play_explore.manipulation",
    "visual_explore": "play_explore.visual_exploration",
    "looking_c": "gaze.to_c",
    "looking_s": "gaze.to_s",
    "looking_toys": "gaze.to_toy",
    "looking_door": "gaze.to_door",
    "oral_behaviour": "play_explore.oral",
    "smiling": "affect.smile distance_interaction.smile_across",
    "vocalisation": "affect.vocalise distance_interaction.vocalise_across",
}


def without_measures(lab: Lab) -> None:
    text = lab.text(FILE)
    head, _, rest = text.partition("\n[sampling.interval]")
    _, _, tail = rest.partition("# Thematic groups")
    lab.write(FILE, f"{head}\n# Thematic groups{tail}")


# --------------------------------------------------------------------------- the bundled file


def test_the_behaviours_are_those_of_the_reference(infant: Scheme) -> None:
    found = {m.id: " ".join(m.codes) for m in infant.ethogram.measures}
    assert found == OF_THE_REFERENCE


def test_lasting_behaviour_is_told_by_interval_and_brief_acts_are_counted(infant: Scheme) -> None:
    for measure in infant.ethogram.measures:
        kinds = {infant.ethogram.code(code).kind.value for code in measure.codes}
        assert kinds == {"state" if measure.kind is MeasureKind.INTERVAL else "point"}


def test_measures_are_literature_that_was_not_checked(infant: Scheme) -> None:
    for measure in infant.ethogram.measures:
        assert measure.provenance.origin is Origin.LITERATURE
        assert measure.provenance.confidence in (0.85, 0.9)


def test_intervals_last_fifteen_seconds_and_a_full_episode_has_twelve(infant: Scheme) -> None:
    sampling = infant.ethogram.sampling
    assert sampling.interval_us == 15_000_000
    assert sampling.full_intervals == 12
    assert sampling.rest is RestRule.OWN_FROM_HALF
    assert [
        sampling.interval_from.origin,
        sampling.rest_from.origin,
        sampling.full_from.origin,
    ] == [Origin.VERIFIED, Origin.PROJECT_DEFAULT, Origin.LITERATURE]


def test_what_cannot_be_seen_is_said_by_two_states(infant: Scheme) -> None:
    unseen = {code.id for code in infant.ethogram.codes() if code.unseen}
    assert unseen == {"procedure.view_lost", "gaze.uncodable"}


def test_a_measure_is_found_by_its_id(infant: Scheme) -> None:
    assert infant.ethogram.measure("crying").title.english == "Crying"
    with pytest.raises(KeyError, match="has no measure sleeping"):
        infant.ethogram.measure("sleeping")


# --------------------------------------------------------------------------- a lab's file


def test_without_measures_each_state_of_a_behaviour_is_one(lab: Lab) -> None:
    without_measures(lab)
    ethogram = lab.load().ethogram
    ids = [measure.id for measure in ethogram.measures]
    assert "distress_cry" in ids
    assert "play_explore_oral" in ids
    assert not any(name.startswith(("presence", "procedure", "affect")) for name in ids)
    assert "gaze_uncodable" not in ids
    assert {m.provenance.origin for m in ethogram.measures} == {Origin.PROJECT_DEFAULT}
    assert ethogram.sampling == USUAL_SAMPLING


def test_a_lab_chooses_length_rule_and_base(lab: Lab) -> None:
    lab.change(FILE, "seconds = 15", "seconds = 10")
    lab.change(FILE, 'rule = "own_from_half"', 'rule = "drop"')
    lab.change(FILE, "intervals = 12", "intervals = 18")
    sampling = lab.load().ethogram.sampling
    assert sampling.interval_us == 10_000_000
    assert sampling.rest is RestRule.DROP
    assert sampling.full_intervals == 18


def test_a_measure_of_adults_is_told_of_each_of_them(lab: Lab) -> None:
    lab.change(FILE, '"distress.fuss", "distress.cry", "distress.hard_cry"', '"adult_acts.greet"')
    scheme = lab.load()
    measure = scheme.ethogram.measure("crying")
    assert measure.subjects == ("caregiver", "stranger", "experimenter")
    assert "crying_caregiver" in intervals_table((scheme,)).names()


def test_a_measure_may_be_told_of_one_person(lab: Lab) -> None:
    lab.change(
        FILE,
        '"distress.fuss", "distress.cry", "distress.hard_cry"]',
        '"adult_acts.greet"]\nsubjects = ["stranger"]',
    )
    scheme = lab.load()
    assert scheme.ethogram.measure("crying").subjects == ("stranger",)
    assert "crying" in intervals_table((scheme,)).names()


def test_an_unknown_code_is_named_with_its_line(lab: Lab) -> None:
    line = lab.change(FILE, 'codes = ["gaze.to_s"]', 'codes = ["gaze.to_nobody"]')
    finding = lab.finding()
    assert finding.place == lab.place(FILE, line)
    assert "'gaze.to_nobody' is not in the ethogram" in finding.message


def test_a_code_twice_in_a_measure_is_refused(lab: Lab) -> None:
    lab.change(FILE, 'codes = ["gaze.to_s"]', 'codes = ["gaze.to_s", "gaze.to_s"]')
    assert "listed twice in measure looking_s" in lab.finding().message


def test_a_person_who_does_not_do_it_is_refused(lab: Lab) -> None:
    lab.change(FILE, 'codes = ["gaze.to_s"]', 'codes = ["gaze.to_s"]\nsubjects = ["caregiver"]')
    assert "person 'caregiver' is not known" in lab.finding().message


def test_two_measures_of_one_name_are_refused(lab: Lab) -> None:
    line = lab.change(FILE, 'id = "looking_s"', 'id = "looking_c"')
    assert lab.finding().place == lab.place(FILE, line)


@pytest.mark.parametrize("name", ["length_s", "episode", "looking_c_source"])
def test_a_measure_cannot_have_the_column_of_something_else(lab: Lab, name: str) -> None:
    lab.change(FILE, 'id = "looking_s"', f'id = "{name}"')
    assert f"column '{name}' of the interval table has another meaning" in str(lab.refusal())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("seconds = 15", "seconds = 0"),
        ("intervals = 12", "intervals = 0"),
        ('rule = "own_from_half"', 'rule = "halves"'),
        ('kind = "interval"', 'kind = "seconds"'),
        ('codes = ["gaze.to_s"]', "codes = []"),
    ],
)
def test_what_makes_no_sense_is_refused(lab: Lab, old: str, new: str) -> None:
    line = lab.change(FILE, old, new)
    assert lab.finding().place == lab.place(FILE, line)


def test_half_a_sampling_is_refused(lab: Lab) -> None:
    text = lab.text(FILE)
    head, _, rest = text.partition("[sampling.full]")
    lab.write(FILE, head + rest[rest.index("[[measures]]") :])
    assert "full" in lab.finding().message


# --------------------------------------------------------------------------- columns


def test_the_columns_that_no_measure_may_take_are_those_of_the_table(infant: Scheme) -> None:
    names = intervals_table((infant,)).names()
    measures = [m.id for m in infant.ethogram.measures]
    own = [n for n in names if n not in measures and n.removesuffix("_source") not in measures]
    assert tuple(own) == INTERVAL_COLUMNS


def test_a_column_names_the_person_where_there_are_several() -> None:
    assert measure_column("crying", "infant", 1) == "crying"
    assert measure_column("greeting", "care-giver", 2) == "greeting_care_giver"


# --------------------------------------------------------------------------- a scheme's own


def test_the_demonstration_is_cut_ten_times_as_fine_as_it_is_fast(
    infant: Scheme, demonstration: Scheme
) -> None:
    usual, fast = infant.ethogram.sampling, demonstration.ethogram.sampling
    assert fast.interval_us * 10 == usual.interval_us
    assert fast.full_intervals == usual.full_intervals
    assert fast.interval_from.origin is Origin.PROJECT_DEFAULT
    assert demonstration.ethogram.measures == infant.ethogram.measures


@pytest.mark.parametrize("scheme_id", ["infant", "infant-short", "demonstration"])
def test_crying_is_counted_in_the_sheet_as_for_the_rule_table(lab: Lab, scheme_id: str) -> None:
    scheme = lab.load(scheme_id)
    crying = scheme.ethogram.measure("crying")
    assert scheme.counts
    for count in scheme.counts:
        assert set(count.codes) == set(crying.codes)
        assert count.interval_us == scheme.ethogram.sampling.interval_us
