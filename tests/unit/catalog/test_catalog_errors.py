"""A mistake in a data file is told with file, line, fact and remedy."""

from __future__ import annotations

import pytest

from ssp_coder.domain.finding import DomainError, Severity
from tests.unit.catalog.catalog_lab import Lab

PROCEDURE = "episodes/standard.toml"
ETHOGRAM = "schemas/ethograms/infant.toml"
SEEKING = "schemas/scales/pcs.toml"
INFANT = 'title = { en = "Infant", de = "Kind" }'
SEARCH = "schemas/scales/srch.toml"
D_SCALE = "schemas/scales/dorg.toml"
RULES = "schemas/rules/infant-default.toml"
KEYMAP = "schemas/keymaps/infant.toml"
SCHEME = "schemas/schemes/infant.toml"


# file, what stands there, what a person writes instead, kind of fact, words of the message
MISTAKES = [
    # syntax
    (PROCEDURE, 'letter = "c"', 'letter = "c', "toml.syntax", "is not valid TOML"),
    (PROCEDURE, "planned_s = 30", "planned_s 30", "toml.syntax", "Expected '='"),
    (PROCEDURE, 'letter = "c"', 'id = "c"', "toml.syntax", "Cannot overwrite a value"),
    (PROCEDURE, "planned_s = 30", "planned_s = " + "9" * 5000, "toml.syntax", "not valid TOML"),
    (KEYMAP, '"2" = ', '"1" = ', "toml.syntax", "Cannot overwrite a value"),
    # shape
    (PROCEDURE, "planned_s = 30", 'planned_s = "30"', "toml.shape", "a number, got text"),
    (PROCEDURE, "planned_s = 30", "planned_s = true", "toml.shape", "a number, got true or false"),
    (PROCEDURE, "planned_s = 30", "planned_s = -30", "toml.shape", "episodes[1].planned_s"),
    (PROCEDURE, "planned_s = 30", "planned_s = 0", "toml.shape", "> 0"),
    (PROCEDURE, "planned_s = 30", "planned = 30", "toml.shape", "key 'planned' is not known here"),
    (PROCEDURE, "planned_s = 30", "planned_s = nan", "toml.not_finite", "not a finite number"),
    (PROCEDURE, "planned_s = 30", "planned_s = 1e400", "toml.not_finite", "not a finite number"),
    (PROCEDURE, 'kind = "reunion"', 'kind = "union"', "toml.shape", "'union' is not one of"),
    (PROCEDURE, 'id = "EP1"', 'id = "EP 1"', "toml.shape", "of the form"),
    (PROCEDURE, 'letter = "c"', 'letter = "C"', "toml.shape", "of the form"),
    (PROCEDURE, '{ en = "Infant"', '{ en = ""', "toml.shape", "persons[1].title"),
    (PROCEDURE, INFANT, 'title = ["a"]', "toml.shape", "text or a table, got a list"),
    (PROCEDURE, 'version = "1.1.0"', 'version = "1"', "toml.shape", "version"),
    (ETHOGRAM, 'slot = "green"', 'slot = "pink"', "toml.shape", "groups[3].slot: 'pink'"),
    (ETHOGRAM, 'shape = "square"', 'shape = "star"', "toml.shape", "'star'"),
    (ETHOGRAM, "level = 0.4", "level = 1.4", "toml.shape", "groups[2].codes[2].level"),
    (ETHOGRAM, "exclusive = true", "exclusive = 1", "toml.shape", "true or false"),
    (SEEKING, "point = 6", "point = nan", "toml.not_finite", "anchors[2].point"),
    (SEEKING, 'column = "pcs_{toward}', 'column = "pcs {toward}', "toml.shape", "slots[1].column"),
    (RULES, "pcs_c_5 = [1, 2]", "pcs_c_5 = [1]", "toml.shape", "length 2"),
    (RULES, "pcs_c_5 = [1, 2]", "pcs_c_5 = 1", "toml.shape", "a list"),
    (KEYMAP, '"1" = "distress.none"', '"1" = "none"', "toml.shape", "bindings: expected text"),
    (SCHEME, 'suggestion = "after_own"', 'suggestion = "later"', "toml.shape", "'later'"),
    (SCHEME, "interval_s = 15", "interval_s = 0", "toml.shape", "> 0"),
    # where a statement comes from
    (PROCEDURE, 'source = "reunion_1"', 'source = "unheard"', "source.unknown", "'unheard'"),
    (SEEKING, 'source = "appIII"', 'source = "appIV"', "source.unknown", "'appIV'"),
    (SEEKING, 'source = "appIII"', 'source = ""', "toml.shape", "source"),
    (
        ETHOGRAM,
        "level = 0.4",
        'level = 0.4\norigin = "lab"',
        "source.missing",
        "fuss has an origin without a source",
    ),
    (
        ETHOGRAM,
        '{ en = "Fuss", de = "Quengeln" }',
        '{ de = "Quengeln" }',
        "text.no_english",
        "groups[2].codes[2].title has no English wording",
    ),
    # names
    (PROCEDURE, 'id = "standard"', 'id = "other"', "id.not_file_name", "'other'"),
    (PROCEDURE, 'id = "EP3"', 'id = "EP2"', "id.duplicate", "id 'EP2' is used twice"),
    (PROCEDURE, 'letter = "s"', 'letter = "c"', "id.duplicate", "letter 'c'"),
    (PROCEDURE, '"s_present"', '"c_present"', "id.duplicate", "presence_column 'c_present'"),
    (ETHOGRAM, 'id = "gaze"', 'id = "contact"', "id.duplicate", "id 'contact'"),
    (ETHOGRAM, 'name = "kick"', 'name = "hit"', "id.duplicate", "name 'hit' is used twice"),
    (ETHOGRAM, 'id = "D2"', 'id = "D1"', "id.duplicate", "themes"),
    (ETHOGRAM, 'id = "illness"', 'id = "fatigue"', "id.duplicate", "explanations"),
    (ETHOGRAM, 'id = "intensity"', 'id = "toward"', "id.duplicate", "modifiers"),
    (SEEKING, "point = 6", "point = 7", "id.duplicate", "point 7.0"),
    (SEEKING, 'id = "NA_view"', 'id = "NA_absent"', "id.duplicate", "missing"),
    (SEEKING, 'id = "prompt_approach"', 'id = "lasting_contact"', "id.duplicate", "hinges"),
    (RULES, 'id = "cm_c_5"', 'id = "pcs_c_5"', "table.duplicate_id", "pcs_c_5"),
    (SCHEME, '"pcs", "cm"', '"pcs", "pcs"', "id.duplicate", "scale 'pcs' is listed twice"),
    # persons and episodes
    (PROCEDURE, '["stranger", "infant"]', '["nurse"]', "id.unknown", "person 'nurse'"),
    (PROCEDURE, "number = 4", "number = 3", "episode.order", "3 does not follow 3"),
    (PROCEDURE, "reunion = 2", "reunion = 1", "id.duplicate", "reunion 1"),
    (PROCEDURE, "reunion = 1", "reunion = 0", "episode.reunion", "EP5 is a reunion"),
    (PROCEDURE, 'letter = "c"', 'letter = "c"\nfocal = true', "person.focal", "more than one"),
    (ETHOGRAM, 'subjects = ["infant"]', 'subjects = ["child"]', "id.unknown", "person 'child'"),
    (SEEKING, 'toward = "stranger"', 'toward = "nurse"', "id.unknown", "person 'nurse'"),
    (SEEKING, '["EP2", "EP3", "EP5"', '["EP2", "EP3", "EP9"', "id.unknown", "episode 'EP5'"),
    (SEEKING, '["EP5", "EP7", "EP8"]', '["EP9"]', "id.unknown", "episode 'EP9'"),
    (SCHEME, '"EP2", "EP3"', '"EP2", "EP0"', "id.unknown", "episode 'EP0'"),
    # codes
    (ETHOGRAM, 'modifiers = ["toward"]', 'modifiers = ["to"]', "id.unknown", "modifier 'to'"),
    (ETHOGRAM, 'tags = ["contact"]', 'tags = ["touch"]', "id.unknown", "tag 'touch'"),
    (ETHOGRAM, '= "deactivating"', '= "minimising"', "id.unknown", "strategy 'minimising'"),
    (ETHOGRAM, 'kind = "state"', 'kind = "point"', "code.point_in_exclusive", "in_room is a point"),
    (ETHOGRAM, 'name = "fuss"', 'name = "fuss"\npresent = true', "code.present", "fuss"),
    (KEYMAP, '"distress.fuss"', '"distress.whine"', "id.unknown", "code 'distress.whine'"),
    (SCHEME, '"distress.fuss"', '"distress.whine"', "id.unknown", "code 'distress.whine'"),
    (SCHEME, '"distress.fuss"', '"affect.smile"', "count.point", "affect.smile is a point"),
    # keys
    (KEYMAP, '"1" =', '"space" =', "key.unusable", "'space' belongs to the program"),
    (KEYMAP, '"1" =', '"ctrl+1" =', "key.unusable", "'ctrl+1' belongs to the program"),
    (KEYMAP, '"q" =', '"Q" =', "key.unusable", "lower case"),
    (ETHOGRAM, 'key = "o"', 'key = "f1"', "key.unusable", "'f1' belongs to the program"),
    (ETHOGRAM, 'key = "o"', 'key = "c"', "id.duplicate", "key 'c'"),
    # scales
    (SEEKING, "point = 7", "point = 8", "anchor.outside", "point 8 is outside 1 to 7"),
    (SEEKING, "point = 1", "point = 0", "anchor.outside", "point 0 is outside 1 to 7"),
    (D_SCALE, "decision_point = 5", "decision_point = 10", "anchor.outside", "point 10"),
    (SEEKING, "step = 1", "step = 0.3", "scale.step", "step 0.3"),
    (SEEKING, "maximum = 7", "maximum = 7.25", "scale.range", "not reached in steps of 1"),
    (SEARCH, "maximum = 7", "maximum = 1", "scale.range", "1 to 1 is no range"),
    (SEARCH, "maximum = 7", "maximum = 7e9", "scale.range", "is no range"),
    (SEARCH, 'column = "srch_{number}"', 'column = "srch"', "slot.column", "{number}"),
    (SEARCH, "srch_{number}", "srch_{toward}_{number}", "slot.column", "without a person"),
    (D_SCALE, 'column = "dorg"', 'column = "dorg_{number}"', "slot.column", "{number}"),
    (SEEKING, 'required = ["EP5"', 'required = ["EP4"', "id.unknown", "required episode 'EP4'"),
    (SEEKING, "pcs_{toward}_", "cm_{toward}_", "id.duplicate", "column 'cm_c_2' occurs twice"),
    # rules
    (RULES, "pcs_c_5 = [1, 2]", "pcs_c_9 = [1, 2]", "table.unknown_input", "pcs_c_9"),
    (RULES, "pcs_c_5 = [1, 2]", "pcs_c_5 = [2, 1]", "table.band_outside_input", "2..1"),
    (RULES, "pcs_c_5 = [1, 2]", "pcs_c_5 = [1, 8]", "table.band_outside_input", "1..8"),
    (RULES, 'group = "A"', 'group = "E"', "table.unknown_group", "E"),
    (RULES, 'group = "A"', 'group = "B"', "table.profile_not_in_group", "A1"),
    (RULES, '["A1", "A2"]', '["A1", "A2", "A3"]', "table.subgroup_without_profile", "A3"),
    (RULES, 'outcome = "AC"', 'outcome = "CA"', "table.unknown_group", "CA"),
    (RULES, 'flag = "u_question"', 'flag = "u"', "table.unknown_flag", "flag u"),
    (RULES, 'borderline_flag = "borderline"', 'borderline_flag = "b"', "table.unknown_flag", "b"),
    (RULES, "decision_point = 5", "decision_point = 12", "table.decision_point_outside", "12"),
    (RULES, 'input = "dorg"', 'input = "d"', "table.unknown_input", "d is not an input"),
    (RULES, "weight = 2", "weight = 0", "input.weight", "weight 0 of avo_c_5"),
    (RULES, "maximum = 12", "maximum = -1", "table.input_range", "0..-1"),
    (RULES, 'subgroup = "B3"', 'subgroup = "B4"', "table.example_fails", "B B4 should come out"),
    (RULES, "holds = true", "holds = false", "table.example_fails", "a_c should be no here"),
    # between rules and scales
    (RULES, 'id = "cry_5"', 'id = "cry_1"', "table.unknown_input", "cry_5"),
    (RULES, "maximum = 9", "maximum = 10", "input.range", "range of its scale"),
    (SCHEME, 'id = "cry_{number}"', 'id = "c_{number}"', "id.unknown", "input 'cry_5'"),
    (SCHEME, '"srch", "dorg"]', '"srch"]', "id.unknown", "input 'dorg'"),
]
ELSEWHERE = {
    # the line to correct is another than the one that was changed
    ("id.duplicate", "column 'cm_c_2' occurs twice"),
    ("id.unknown", "required episode 'EP4'"),
    ("id.unknown", "episode 'EP5'"),
    ("id.unknown", "input 'cry_5'"),
    ("id.unknown", "input 'dorg'"),
    ("table.unknown_input", "cry_5"),
    ("table.example_fails", "B B4 should come out"),
    ("table.example_fails", "a_c should be no here"),
    ("table.input_range", "0..-1"),
    ("input.range", "range of its scale"),
    ("person.focal", "more than one"),
    ("episode.reunion", "EP5 is a reunion"),
    ("table.duplicate_id", "pcs_c_5"),
    ("toml.shape", "length 2"),
    ("toml.shape", "bindings: expected text"),
    ("toml.shape", "a list"),
    ("source.missing", "fuss has an origin without a source"),
    ("code.present", "fuss"),
}


@pytest.mark.parametrize(
    ("below", "old", "new", "code", "words"),
    MISTAKES,
    ids=[f"{code}-{at}" for at, (*_, code, _) in enumerate(MISTAKES)],
)
def test_a_mistake_names_file_line_fact_and_remedy(
    lab: Lab, below: str, old: str, new: str, code: str, words: str
) -> None:
    line = lab.change(below, old, new)
    finding = lab.finding()
    assert (finding.code, words in finding.message) == (code, True), finding.sentence()
    assert finding.remedy
    assert finding.severity is Severity.ERROR
    if (code, words) not in ELSEWHERE:
        assert finding.place == lab.place(below, line)


@pytest.mark.parametrize(
    ("below", "old", "new", "anchor"),
    [
        (SEEKING, 'required = ["EP5"', 'required = ["EP4"', 'required = ["EP4"'),
        (SEEKING, '["EP2", "EP3", "EP5"', '["EP2", "EP3", "EP9"', 'required = ["EP5"'),
        (RULES, 'id = "cry_5"', 'id = "cry_1"', "cry_5 = [0, 1]"),
        (RULES, "maximum = 12", "maximum = -1", '[[inputs]]\nid = "cry_5"'),
        (RULES, "holds = true", "holds = false", "{ values = { avo_c_8 = 5, res_c_8 = 5 }"),
        (ETHOGRAM, 'name = "fuss"', 'name = "fuss"\npresent = true', "present = true\nkind"),
        (PROCEDURE, "reunion = 1", "reunion = 0", 'kind = "reunion"'),
        (
            RULES,
            'id = "cm_c_5"',
            'id = "pcs_c_5"',
            '[[inputs]]\nid = "pcs_c_5"\ntitle = { en = "Contact',
        ),
        (RULES, "pcs_c_5 = [1, 2]", "pcs_c_5 = [1]", "[profiles.bands]"),
        (RULES, "pcs_c_5 = [1, 2]", "pcs_c_5 = 1", "[profiles.bands]"),
        (SCHEME, 'id = "cry_{number}"', 'id = "c_{number}"', ""),
    ],
)
def test_the_line_to_correct_may_be_another(
    lab: Lab, below: str, old: str, new: str, anchor: str
) -> None:
    lab.change(below, old, new)
    place = lab.finding().place
    if anchor:
        line = lab.text(below).partition(anchor)[0].count("\n") + 1
        assert place == lab.place(below, line)
    else:
        line = lab.text(RULES).partition('id = "cry_5"')[0].count("\n") + 1
        assert place == lab.place(RULES, line)


@pytest.mark.parametrize(
    ("below", "lines", "missing"),
    [
        (PROCEDURE, 'id = "standard"\n', "'id' is missing"),
        (PROCEDURE, 'kind = "procedure"\n', "'kind' is missing"),
        (SEEKING, 'abbreviation = "PCS"\n', "'abbreviation' is missing"),
        (SEEKING, 'version = "1.1.0"\n', "'version' is missing"),
        (SEEKING, 'origin = "literature"\n', "'origin' is missing"),
        (RULES, 'source = "bands"\n', "'source' is missing"),
        (SCHEME, 'rules = "infant-main"\n', "'rules' is missing"),
    ],
)
def test_what_is_missing_is_named(lab: Lab, below: str, lines: str, missing: str) -> None:
    lab.change(below, lines, "")
    finding = lab.finding()
    assert missing in finding.message
    assert finding.place.startswith(lab.place(below, 1)[:-2])


def test_a_missing_key_of_a_list_item_has_the_line_of_the_item(lab: Lab) -> None:
    line = lab.change(SEEKING, "[[anchors]]\npoint = 1\ntext = {", "[[anchors]]\npoint = 1\n# {")
    finding = lab.finding()
    assert finding.message == "anchors[7]: key 'text' is missing"
    assert finding.place == lab.place(SEEKING, line)


@pytest.mark.parametrize("below", [PROCEDURE, ETHOGRAM, SEEKING, RULES, KEYMAP, SCHEME])
@pytest.mark.parametrize("content", ["", " \n\n", "\ufeff"])
def test_an_empty_file_is_refused(lab: Lab, below: str, content: str) -> None:
    lab.write(below, content)
    finding = lab.finding()
    assert finding.code in ("file.empty", "toml.shape")
    assert lab.place(below, 1)[:-2] in finding.place


def test_all_mistakes_are_kept_and_the_first_is_the_message(lab: Lab) -> None:
    lab.change(SEEKING, "point = 7", "point = 8")
    lab.change(SEARCH, "point = 7", "point = 9")
    error = lab.refusal()
    assert [f.code for f in error.findings] == ["anchor.outside", "anchor.outside"]
    assert "point 8" in str(error)
    assert str(error).endswith("(and 1 more)")
    assert isinstance(error, DomainError)


def test_one_mistake_is_told_in_one_line(lab: Lab) -> None:
    line = lab.change(SEEKING, "point = 7", "point = 8")
    place = lab.place(SEEKING, line)
    assert str(lab.refusal()) == f"{place}: point 8 is outside 1 to 7; keep it within the scale"


def test_a_second_key_of_a_code_is_a_warning_and_loads(lab: Lab) -> None:
    lab.change(KEYMAP, '"2" = "distress.fuss"', '"2" = "distress.fuss"\n"/" = "distress.fuss"')
    assert lab.load()


def test_a_scale_that_is_not_rated_here_is_a_warning_and_loads(lab: Lab) -> None:
    lab.change(SCHEME, '"srch", "dorg"]', '"dorg"]')
    assert lab.load()


def test_half_points_may_be_allowed_by_scale_and_rules_together(lab: Lab) -> None:
    lab.change(D_SCALE, "step = 1", "step = 0.5")
    assert lab.finding().code == "input.range"
    lab.change(RULES, "minimum = 1\nmaximum = 9", "minimum = 1\nmaximum = 9\nstep = 0.5")
    assert lab.load()
