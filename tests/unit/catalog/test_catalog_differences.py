"""What differs between two versions, and what a difference may change."""

from __future__ import annotations

import pytest

from ssp_coder.catalog import CatalogError, load_scheme
from ssp_coder.catalog.copying import copy_of, files_named, ids_for_all
from ssp_coder.catalog.differences import Concern, differences, scheme_differences
from ssp_coder.catalog.reading import read_instrument
from ssp_coder.catalog.tree_differences import DifferenceKind
from ssp_coder.catalog.versions import (
    Version,
    bundled_now,
    compare_versions,
    scheme_of,
    table_of,
    version_in_file,
    version_of_scheme,
    version_on_path,
)

SCHEME = "schemas/schemes/infant.toml"
SCALE = "schemas/scales/avo.toml"
BANDS = "schemas/rules/infant-default.toml"
TABLE = "schemas/rules/infant-main.toml"
PROCEDURE = "episodes/standard.toml"
CODES = "schemas/ethograms/infant.toml"


def read(path):
    return files_named(path)[-1]


def edited(file, *pairs):
    text = file.text
    for old, new in pairs:
        assert old in text, f"{file.path} does not hold {old!r}"
        text = text.replace(old, new, 1)
    return read_instrument(file.path, text.encode(), file.path)


def found_in(path, *pairs):
    file = read(path)
    return differences(file, edited(file, *pairs))


def only(path, *pairs):
    (one,) = found_in(path, *pairs)
    return one


def test_a_file_does_not_differ_from_itself():
    for file in files_named(SCHEME):
        assert differences(file, file) == ()


def test_comments_and_order_of_keys_are_no_difference():
    assert found_in(SCALE, ("# What the points mean.", "# Whatever.")) == ()


def test_a_changed_band_is_told_with_subgroup_input_and_both_ranges():
    one = only(BANDS, ("avo_c_5 = [5, 7]", "avo_c_5 = [4, 7]"))
    assert (one.place, one.old, one.new) == ("subgroup A1, band avo_c_5", "5 to 7", "4 to 7")
    assert one.kind is DifferenceKind.CHANGED
    assert one.concerns is Concern.SUGGESTION
    assert one.key == ("profiles", "A1", "bands", "avo_c_5")


def test_a_band_taken_away_is_told_as_removed():
    one = only(BANDS, ("avo_c_5 = [5, 7]\n", ""))
    assert (one.kind, one.old, one.new) == (DifferenceKind.REMOVED, "5 to 7", "")


def test_items_are_matched_by_id_not_by_place():
    file = read(BANDS)
    first = file.text.index('[[profiles]]\nid = "A1"')
    second = file.text.index('[[profiles]]\nid = "A2"')
    third = file.text.index('[[profiles]]\nid = "B1"')
    text = file.text[:first] + file.text[second:third] + file.text[first:second] + file.text[third:]
    (one,) = differences(file, read_instrument(BANDS, text.encode(), BANDS))
    assert one.key == ("profiles", "order")


def test_a_weight_may_change_suggestions():
    one = only(BANDS, ("weight = 4", "weight = 3"))
    assert (one.place, one.concerns) == ("input avo_c_8, weight", Concern.SUGGESTION)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SCALE, 'en = "None. ', 'en = "Nothing. '),
        (BANDS, 'gist.en = "Least', 'gist.en = "The least'),
        (PROCEDURE, 'origin = "verified"', 'origin = "lab"'),
        (CODES, 'slot = "', 'slot = "grey" # "'),
    ],
)
def test_wording_looks_and_sources_have_no_effect(path, old, new):
    file = read(path)
    if old not in file.text:
        old, new = 'version = "', 'version = "9'
    for one in found_in(path, (old, new)):
        assert one.concerns is Concern.WORDING, one


def test_an_example_only_tests_a_table():
    file = read(BANDS)
    at = file.text.rindex("[[examples]]")
    shorter = read_instrument(BANDS, file.text[:at].encode(), BANDS)
    (one,) = differences(file, shorter)
    assert (one.kind, one.concerns) == (DifferenceKind.REMOVED, Concern.WORDING)


def test_planned_lengths_and_points_of_a_scale_concern_recording():
    length = only(PROCEDURE, ("planned_s = 180", "planned_s = 120"))
    assert (length.concerns, length.old, length.new) == (Concern.RECORDING, "180", "120")
    highest = only(SCALE, ("maximum = 7", "maximum = 6"))
    assert highest.concerns is Concern.RECORDING


def test_german_added_to_english_is_an_addition_and_no_change_of_the_english():
    text = 'kind = "keymap"\nid = "k"\nversion = "1.0.0"\ntitle = "Keys"\n'
    plain = read_instrument("k.toml", text.encode(), "k.toml")
    both = text.replace('"Keys"', '{ en = "Keys", de = "Tasten" }')
    (one,) = differences(plain, read_instrument("k.toml", both.encode(), "k.toml"))
    assert (one.place, one.kind, one.new) == ("title, de", DifferenceKind.ADDED, "Tasten")


def test_a_key_of_the_key_map_is_told_by_its_sign():
    text = 'kind = "keymap"\nid = "k"\nversion = "1.0.0"\ntitle = "Keys"\n[bindings]\nq = "a.b"\n'
    old = read_instrument("k.toml", text.encode(), "k.toml")
    (one,) = differences(old, edited(old, ('q = "a.b"', 'q = "a.c"')))
    assert (one.place, one.old, one.new) == ("key q", "a.b", "a.c")
    assert one.concerns is Concern.RECORDING


def test_a_thing_called_like_wording_is_not_taken_for_wording():
    text = 'kind = "keymap"\nid = "k"\nversion = "1.0.0"\ntitle = "Keys"\n[bindings]\n'
    old = read_instrument("k.toml", f'{text}note = "a.b"\n'.encode(), "k.toml")
    (one,) = differences(old, edited(old, ('"a.b"', '"a.c"')))
    assert one.concerns is Concern.RECORDING


def test_two_kinds_cannot_be_compared():
    with pytest.raises(CatalogError) as caught:
        differences(read(SCALE), read(BANDS))
    assert caught.value.finding.code == "differences.other_kind"


def test_a_copy_of_a_scheme_under_other_ids_changes_no_result():
    files = files_named(SCHEME)
    copy = copy_of(SCHEME, new_ids=ids_for_all(files, "ours"))
    copied = [read_instrument(file.path, file.content, file.path) for file in copy.files]
    found = scheme_differences(files, copied)
    assert not [one for one in found if one.concerns is Concern.SUGGESTION]
    recorded = {one.key[-1] for one in found if one.concerns is Concern.RECORDING}
    assert recorded <= {"bears_on", "usual"}


def test_a_scale_that_left_the_scheme_is_told_as_a_whole():
    files = files_named(SCHEME)
    fewer = [file for file in files if file.path != SCALE]
    (one,) = scheme_differences(files, fewer)
    assert (one.kind, one.place, one.instrument) == (DifferenceKind.REMOVED, "", "Scale avo")
    assert one.concerns is Concern.RECORDING


def test_another_kind_of_rule_table_may_change_suggestions():
    found = compare_versions(version_on_path(TABLE), version_on_path(BANDS))
    assert [one.concerns for one in found] == [Concern.SUGGESTION]


def test_a_scheme_and_a_scale_cannot_be_compared():
    with pytest.raises(CatalogError, match="same kind"):
        compare_versions(version_on_path(SCHEME), version_on_path(SCALE))


def test_the_files_of_a_coding_are_a_version_like_any_other():
    scheme = load_scheme("infant")
    version = version_of_scheme(scheme)
    assert version.is_scheme
    assert version.label == f"infant {scheme.version}"
    assert compare_versions(version, version_on_path(SCHEME)) == ()
    assert scheme_of(version).sha256 == scheme.sha256


def test_a_version_knows_whether_it_can_suggest_anything():
    assert version_on_path(SCHEME).gives_suggestions
    assert version_on_path(BANDS).gives_suggestions
    assert not version_on_path(SCALE).gives_suggestions


def test_a_decision_table_is_put_together_with_its_subgroups():
    table = table_of(version_on_path(TABLE))
    assert table is not None
    assert [part.id for part in table.parts] == ["infant-default"]
    assert table_of(version_on_path(SCALE)) is None


def test_a_decision_table_without_its_subgroups_is_refused():
    alone = Version(files=version_on_path(TABLE).files[-1:])
    with pytest.raises(CatalogError) as caught:
        table_of(alone)
    assert caught.value.finding.code == "file.missing"


def test_a_file_in_a_laboratory_takes_what_it_names_from_there(tmp_path):
    for file in files_named(TABLE):
        place = tmp_path / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(file.text.replace("weight = 4", "weight = 2"), encoding="utf-8")
    version = version_in_file(tmp_path / TABLE)
    found = compare_versions(version_on_path(TABLE), version)
    assert {one.key[-1] for one in found} == {"weight"}


def test_a_file_that_lies_anywhere_takes_what_it_names_from_the_program(tmp_path):
    place = tmp_path / "infant-main.toml"
    place.write_text(read(TABLE).text, encoding="utf-8")
    version = version_in_file(place)
    assert [file.record.id for file in version.files] == ["infant-default", "infant-main"]


def test_the_program_brings_nothing_else_for_a_scheme_of_today():
    assert bundled_now(load_scheme("infant")) is None


def test_the_program_tells_what_it_brings_for_an_earlier_scheme(tmp_path):
    place = tmp_path / SCALE
    place.parent.mkdir(parents=True)
    place.write_text(read(SCALE).text + "# earlier\n", encoding="utf-8")
    earlier = load_scheme("infant", folders=(tmp_path,))
    now = bundled_now(earlier)
    assert now is not None
    assert now.main.record.id == "infant"
