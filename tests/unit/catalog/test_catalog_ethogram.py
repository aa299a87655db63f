"""What the bundled ethogram and key map say, held against the domain reference and the look."""

from __future__ import annotations

import pytest

from ssp_coder.domain.ethogram import Code, CodeId, CodeKind, GroupId, GroupRole, ModifierId
from ssp_coder.domain.scheme import Scheme

CODES = {
    "presence": "in_room out",
    "distress": "none fuss cry hard_cry",
    "contact": "not_held held_by_c held_by_s clinging_c touching_c",
    "distance": "contact arm_reach near far not_visible",
    "gaze": "to_c to_s to_toy to_door away uncodable",
    "play_explore": "locomotion manipulation visual_exploration oral",
    "affect": "smile laugh vocalise",
    "seeking": "full_approach part_approach reach lean directed_cry clamber",
    "maintaining": "hold_on resist_release re_approach protest_put_down",
    "avoidance": "look_away turn_away move_away ignore",
    "resistance": "push hit kick squirm_down arch_back throw_away_toy tantrum",
    "search": "go_to_door bang_door look_to_door call go_to_empty_chair",
    "distance_interaction": "show_toy smile_across vocalise_across",
    "adult_acts": "signal call_outside door_open pause greet pick_up put_down offer_toy say_bye"
    " leave approach_infant soothe_voice soothe_touch",
    "procedure": "episode_start curtail extend view_lost technical",
}
STATES_AMONG_POINTS = {
    "maintaining.hold_on",
    "avoidance.ignore",
    "resistance.tantrum",
    "procedure.view_lost",
}
HYPERACTIVATING = {
    "seeking.directed_cry",
    "maintaining.hold_on",
    "contact.clinging_c",
    "maintaining.resist_release",
    "maintaining.protest_put_down",
    "maintaining.re_approach",
    "resistance.push",
    "resistance.hit",
    "resistance.kick",
    "resistance.arch_back",
    "resistance.throw_away_toy",
    "resistance.tantrum",
}
TAGS = {
    "proximity",
    "contact",
    "avoidance",
    "resistance",
    "search",
    "distance",
    "exploration",
    "distress",
    "hyperactivating",
    "deactivating",
}
DEACTIVATING = {
    "avoidance.look_away",
    "avoidance.turn_away",
    "avoidance.move_away",
    "avoidance.ignore",
}


def code(scheme: Scheme, code_id: str) -> Code:
    return scheme.ethogram.code(CodeId(code_id))


@pytest.mark.parametrize("group", CODES)
def test_a_group_holds_the_codes_of_the_glossary(infant: Scheme, group: str) -> None:
    names = [code.name for code in infant.ethogram.group(GroupId(group)).codes]
    assert names == CODES[group].split()


def test_there_is_no_other_group(infant: Scheme) -> None:
    assert sorted(group.id for group in infant.ethogram.groups) == sorted(CODES)


def test_what_bears_on_the_class_stands_before_play_on_the_board(infant: Scheme) -> None:
    order = [group.id for group in infant.ethogram.groups]
    for group in ("contact", "seeking", "maintaining", "avoidance", "resistance"):
        assert order.index(group) < order.index("play_explore")


def test_only_states_that_rule_each_other_out_are_exclusive(infant: Scheme) -> None:
    exclusive = {group.id for group in infant.ethogram.groups if group.exclusive}
    assert exclusive == {"presence", "distress", "contact", "distance", "gaze"}


def test_frequency_behaviours_may_go_on_together(infant: Scheme) -> None:
    assert not infant.ethogram.group(GroupId("play_explore")).exclusive


def test_exclusive_groups_and_play_hold_states(infant: Scheme) -> None:
    lasting = {"presence", "distress", "contact", "distance", "gaze", "play_explore"}
    for one in infant.ethogram.codes():
        is_state = one.group in lasting or one.id in STATES_AMONG_POINTS
        assert (one.kind is CodeKind.STATE) is is_state, one.id


def test_code_names_repeat_but_keys_do_not(infant: Scheme) -> None:
    ids = [one.id for one in infant.ethogram.codes()]
    assert len(ids) == len(set(ids)) == 76
    assert code(infant, "distance.contact") is not code(infant, "contact.not_held")
    assert all(one.id == f"{one.group}.{one.name}" for one in infant.ethogram.codes())


def test_roles_name_presence_distress_and_procedure(infant: Scheme) -> None:
    roles = {g.id: g.role for g in infant.ethogram.groups if g.role is not GroupRole.BEHAVIOUR}
    assert roles == {
        "presence": GroupRole.PRESENCE,
        "distress": GroupRole.DISTRESS,
        "procedure": GroupRole.PROCEDURE,
    }


def test_presence_is_coded_of_adults_and_says_who_is_in_the_room(infant: Scheme) -> None:
    group = infant.ethogram.group(GroupId("presence"))
    assert group.subjects == ("caregiver", "stranger", "experimenter")
    assert [(one.name, one.present) for one in group.codes] == [("in_room", True), ("out", False)]


def test_behaviour_is_coded_of_the_infant(infant: Scheme) -> None:
    adults = {"presence", "adult_acts", "procedure"}
    for group in infant.ethogram.groups:
        assert (group.subjects == ("infant",)) is (group.id not in adults)


def test_distress_and_distance_are_ordered_by_level(infant: Scheme) -> None:
    distress = [one.level for one in infant.ethogram.group(GroupId("distress")).codes]
    nearness = [one.level for one in infant.ethogram.group(GroupId("distance")).codes]
    assert distress == sorted(set(distress))
    assert nearness == sorted(set(nearness), reverse=True)
    assert max(distress) == max(nearness) == 1.0
    assert min(*distress, *nearness) > 0, "a coded state is never drawn as nothing"


def test_only_clinging_is_hatched(infant: Scheme) -> None:
    assert [one.id for one in infant.ethogram.codes() if one.hatched] == ["contact.clinging_c"]


def test_colour_and_shape_follow_the_look(infant: Scheme) -> None:
    looks = {group.id: (group.slot, group.shape) for group in infant.ethogram.groups}
    assert looks["distress"] == ("vermilion", "bar")
    assert looks["contact"] == ("green", "bar")
    assert looks["distance"] == ("blue", "bar")
    assert looks["gaze"] == ("sky", "bar")
    assert looks["seeking"] == ("orange", "triangle_up")
    assert looks["maintaining"] == ("orange", "square")
    assert looks["avoidance"] == ("orange", "triangle_down")
    assert looks["resistance"] == ("orange", "diamond")
    assert looks["adult_acts"] == ("rose", "pentagon")
    assert looks["procedure"] == ("grey", "flag")
    assert looks["presence"] == ("grey", "bar")


def test_no_two_groups_look_alike(infant: Scheme) -> None:
    looks = [(group.slot, group.shape) for group in infant.ethogram.groups]
    assert len(set(looks)) == len(looks)


def test_strategies_are_those_of_the_reference(infant: Scheme) -> None:
    def tagged(strategy: str) -> set[str]:
        return {one.id for one in infant.ethogram.codes() if one.strategy == strategy}

    assert tagged("hyperactivating") == HYPERACTIVATING
    assert tagged("deactivating") == DEACTIVATING


def test_tags_are_those_of_the_project(infant: Scheme) -> None:
    used = {tag for one in infant.ethogram.codes() for tag in one.tags}
    assert used == TAGS


def test_a_strategy_is_also_a_tag(infant: Scheme) -> None:
    strategies = {"hyperactivating", "deactivating"}
    for one in infant.ethogram.codes():
        assert strategies & set(one.tags) == ({one.strategy} if one.strategy else set()), one.id


@pytest.mark.parametrize(
    ("group", "tag"),
    [
        ("seeking", "proximity"),
        ("maintaining", "contact"),
        ("avoidance", "avoidance"),
        ("resistance", "resistance"),
        ("search", "search"),
        ("distance_interaction", "distance"),
    ],
)
def test_every_behaviour_of_a_group_has_its_tag(infant: Scheme, group: str, tag: str) -> None:
    assert all(tag in one.tags for one in infant.ethogram.group(GroupId(group)).codes)


def test_what_counts_as_exploring_is_tagged_and_the_mouth_is_not(infant: Scheme) -> None:
    exploring = {one.id for one in infant.ethogram.codes() if "exploration" in one.tags}
    assert exploring == {
        "gaze.to_toy",
        "play_explore.locomotion",
        "play_explore.manipulation",
        "play_explore.visual_exploration",
    }


def test_calm_is_no_distress(infant: Scheme) -> None:
    distressed = {one.name for one in infant.ethogram.codes() if "distress" in one.tags}
    assert distressed == {"fuss", "cry", "hard_cry"}


@pytest.mark.parametrize("name", ["distress.cry", "resistance.squirm_down", "seeking.reach"])
def test_plain_seeking_crying_and_squirming_are_no_strategy(infant: Scheme, name: str) -> None:
    assert code(infant, name).strategy == ""


def test_modifiers_say_toward_whom_and_how_strong(infant: Scheme) -> None:
    toward = infant.ethogram.modifier(ModifierId("toward"))
    intensity = infant.ethogram.modifier(ModifierId("intensity"))
    assert toward.column == "modifier_toward"
    assert [(v.id, v.key) for v in toward.values] == [
        ("c", "c"),
        ("s", "s"),
        ("toy", "o"),
        ("door", "d"),
        ("none", "n"),
    ]
    assert intensity.column == "intensity"
    assert [(v.id, v.key) for v in intensity.values] == [("1", "1"), ("2", "2"), ("3", "3")]


@pytest.mark.parametrize("group", ["seeking", "maintaining", "avoidance", "resistance"])
def test_attachment_acts_ask_toward_whom_and_how_strong(infant: Scheme, group: str) -> None:
    for one in infant.ethogram.group(GroupId(group)).codes:
        assert one.modifiers == ("toward", "intensity")


@pytest.mark.parametrize(
    ("group", "scale"),
    [
        ("seeking", "pcs"),
        ("maintaining", "cm"),
        ("avoidance", "avo"),
        ("resistance", "res"),
        ("search", "srch"),
        ("distance_interaction", "dist"),
    ],
)
def test_a_behaviour_is_evidence_for_its_scale(infant: Scheme, group: str, scale: str) -> None:
    for one in infant.ethogram.group(GroupId(group)).codes:
        assert scale in one.bears_on


def test_crying_alone_is_evidence_for_no_scale(infant: Scheme) -> None:
    for one in infant.ethogram.group(GroupId("distress")).codes:
        assert one.bears_on == ()
    assert "not resistance" in str(code(infant, "distress.cry").hint)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("maintaining.protest_put_down", "resistance if aimed against the person"),
        ("resistance.squirm_down", "without anger, to go and play, it is low contact maintaining"),
        ("avoidance.ignore", "greeting from afar is distance interaction"),
        ("avoidance.look_away", "not avoidance by itself"),
        ("distance_interaction.smile_across", "not avoidance"),
        ("adult_acts.pick_up", "starts at the door"),
    ],
)
def test_hints_name_what_is_confused(infant: Scheme, name: str, words: str) -> None:
    assert words in str(code(infant, name).hint)


def test_short_labels_fit_a_button(infant: Scheme) -> None:
    for one in infant.ethogram.codes():
        assert 2 <= len(str(one.short)) <= 13, one.id


def test_seven_themes_and_what_may_be_ruled_out(infant: Scheme) -> None:
    assert [theme.id for theme in infant.themes] == ["D1", "D2", "D3", "D4", "D5", "D6", "D7"]
    assert {one.id for one in infant.explanations} == {
        "fatigue",
        "illness",
        "motor_neurological",
        "camera",
        "overstress",
    }


KEYS = {
    "1234": "distress.none distress.fuss distress.cry distress.hard_cry",
    "qwert": "contact.not_held contact.held_by_c contact.held_by_s contact.clinging_c"
    " contact.touching_c",
    "asdfg": "distance.contact distance.arm_reach distance.near distance.far distance.not_visible",
    "zxcvb": "gaze.to_c gaze.to_s gaze.to_toy gaze.to_door gaze.away",
    "yuiop": "seeking.full_approach seeking.part_approach seeking.reach seeking.lean"
    " seeking.directed_cry",
    "hjkl": "maintaining.hold_on maintaining.resist_release maintaining.re_approach"
    " maintaining.protest_put_down",
    "5678": "avoidance.look_away avoidance.turn_away avoidance.move_away avoidance.ignore",
    "nm90,": "resistance.push resistance.hit resistance.squirm_down resistance.throw_away_toy"
    " resistance.tantrum",
}


@pytest.mark.parametrize("row", KEYS)
def test_keys_lie_as_in_the_picture_of_the_code_board(infant: Scheme, row: str) -> None:
    assert [infant.keymap.code_for(key) for key in row] == KEYS[row].split()


def test_every_key_has_one_code_and_every_code_one_key_at_most(infant: Scheme) -> None:
    keys = [binding.key for binding in infant.keymap.bindings]
    codes = [binding.code for binding in infant.keymap.bindings]
    assert len(keys) == len(set(keys))
    assert len(codes) == len(set(codes))


def test_behaviour_of_the_infant_has_a_key_each(infant: Scheme) -> None:
    for one in infant.ethogram.codes():
        if infant.ethogram.group_of(one.id).subjects == ("infant",):
            assert infant.keymap.key_for(one.id), one.id
