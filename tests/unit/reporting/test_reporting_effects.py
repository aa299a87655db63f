"""Which codings would get another suggestion, and how versions and effects are told."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from ssp_coder.catalog import CatalogError, scheme_from_files
from ssp_coder.catalog.reading import read_instrument
from ssp_coder.catalog.versions import Version, compare_versions, version_on_path
from ssp_coder.domain.coding import Classification, Coding
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.scheme import SuggestionPolicy
from ssp_coder.reporting.differences import (
    difference_lines,
    differences_json,
    effect_lines,
    read_version,
)
from ssp_coder.reporting.effects import coding_paths, effects_csv, effects_on_codings
from ssp_coder.storage.coding_file import create
from tests.builders import after, infant_scheme, rate

BANDS = "schemas/rules/infant-default.toml"
CLOSE = {"pcs": 6, "cm": 6, "avo": 1, "res": 1}


def rated(session="S1", **ratings):
    values = CLOSE | ratings
    edits = [rate(f"{name}_c_{place}", value) for name, value in values.items() for place in (5, 8)]
    return after(Coding(session=session, coder="c01", media=()), *edits, rate("dorg", 1))


def classified(value, primary="B", subgroup="B3"):
    return replace(value, classification=Classification(primary=primary, subgroup=subgroup))


@pytest.fixture
def folder(tmp_path):
    def add(value, scheme=None):
        path = tmp_path / "codings" / f"{value.session}.sspc"
        path.parent.mkdir(exist_ok=True)
        create(path, coding=value, scheme=scheme or infant_scheme(), who="c01").close()
        return path.parent

    return add


def bands():
    return version_on_path(BANDS)


def other_bands():
    file = bands().main
    text = file.text
    text = text.replace('id = "B3"\ngroup', 'id = "A9"\ngroup').replace(
        'id = "B2"\ngroup', 'id = "B3"\ngroup'
    )
    text = text.replace('id = "A9"\ngroup', 'id = "B2"\ngroup')
    return Version(files=(read_instrument(BANDS, text.encode(), BANDS),))


def test_a_coding_with_another_suggestion_is_told_with_both(folder):
    place = folder(classified(rated()))
    found = effects_on_codings(bands(), other_bands(), coding_paths(place))
    (one,) = found.changed
    assert (one.session, one.coder, one.then, one.now) == ("S1", "c01", "B B3", "B B2")


def test_another_subgroup_is_told_while_the_group_is_still_open(folder):
    value = after(classified(rated()), rate("dorg", None))
    found = effects_on_codings(bands(), other_bands(), coding_paths(folder(value)))
    (one,) = found.changed
    assert (one.then, one.now) == ("B/D, B3", "B/D, B2")


def test_the_same_version_changes_no_coding(folder):
    place = folder(classified(rated()))
    found = effects_on_codings(bands(), bands(), coding_paths(place))
    assert len(found.told) == 1
    assert found.changed == ()


def test_a_coding_without_a_class_of_its_own_is_counted_and_not_told(folder):
    folder(rated("S1"))
    place = folder(classified(rated("S2")))
    found = effects_on_codings(bands(), other_bands(), coding_paths(place))
    assert found.hidden == 1
    assert [one.session for one in found.told] == ["S2"]
    assert "S1" not in effects_csv(found)
    assert "S1" not in "\n".join(effect_lines(found))


def test_a_scheme_that_never_shows_suggestions_keeps_them_hidden(folder):
    scheme = infant_scheme()
    file = next(file for file in scheme.files if file.path.startswith("schemas/schemes/"))
    changed = file.content.replace(b'suggestion = "after_own"', b'suggestion = "never"')
    assert changed != file.content
    never = scheme_from_files(
        scheme.id,
        tuple(
            replace(one, content=changed, sha256=sha256(changed).hexdigest())
            if one is file
            else one
            for one in scheme.files
        ),
    )
    assert never.suggestion is SuggestionPolicy.NEVER
    place = folder(classified(rated()), never)
    found = effects_on_codings(bands(), other_bands(), coding_paths(place))
    assert (found.told, found.hidden) == ((), 1)


def test_a_damaged_coding_is_left_out_with_its_name(folder):
    place = folder(classified(rated()))
    (place / "broken.sspc").write_bytes(b"no coding")
    found = effects_on_codings(bands(), bands(), coding_paths(place))
    assert len(found.told) == 1
    assert [one.place.rpartition("/")[2] for one in found.left_out] == ["broken.sspc"]


def test_looking_at_codings_changes_none_of_them(folder):
    place = folder(classified(rated()))
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    effects_on_codings(bands(), other_bands(), coding_paths(place))
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_looking_stops_when_nobody_waits_any_more(folder):
    folder(classified(rated("S1")))
    place = folder(classified(rated("S2")))
    asked = iter((False, True))
    found = effects_on_codings(bands(), bands(), coding_paths(place), cancelled=lambda: next(asked))
    assert len(found.told) == 1


def test_progress_grows(folder):
    folder(classified(rated("S1")))
    place = folder(classified(rated("S2")))
    shares: list[float] = []
    effects_on_codings(bands(), bands(), coding_paths(place), shares.append)
    assert shares == [0.0, 0.5]


def test_a_scale_alone_cannot_be_asked(folder):
    place = folder(classified(rated()))
    scale = version_on_path("schemas/scales/avo.toml")
    with pytest.raises(DomainError, match="no rules"):
        effects_on_codings(scale, scale, coding_paths(place))


def test_a_closed_table_is_refused(folder):
    place = folder(classified(rated()))
    closed = version_on_path("schemas/rules/richters-1988.toml")
    with pytest.raises(DomainError) as caught:
        effects_on_codings(bands(), closed, coding_paths(place))
    assert caught.value.finding.code == "effects.no_table"


def test_whole_schemes_can_be_asked(folder):
    place = folder(classified(rated()))
    scheme = version_on_path("schemas/schemes/infant.toml")
    found = effects_on_codings(scheme, scheme, coding_paths(place))
    assert found.told[0].then.startswith("B")
    assert found.old == scheme.label


def test_the_csv_names_both_versions_in_every_row(folder):
    place = folder(classified(rated()))
    lines = effects_csv(effects_on_codings(bands(), other_bands(), coding_paths(place)))
    head, row = lines.splitlines()
    cells = dict(zip(head.split(","), row.split(","), strict=True))
    assert cells["old"] == cells["new"] == bands().label
    assert (cells["then"], cells["now"], cells["changed"]) == ("B B3", "B B2", "1")


def test_no_difference_is_said_in_words():
    assert difference_lines(()) == ("No difference.",)


def test_differences_are_told_by_instrument_with_what_they_may_change():
    lines = difference_lines(compare_versions(bands(), other_bands()))
    assert lines[0].startswith(f"{len(lines) - 3} differences")
    assert "Bands infant-default" in lines
    assert any(line.endswith("[suggestion]") for line in lines)


def test_the_json_holds_differences_and_codings(folder):
    place = folder(classified(rated()))
    effects = effects_on_codings(bands(), other_bands(), coding_paths(place))
    document = differences_json(compare_versions(bands(), other_bands()), effects)
    again = json.loads(json.dumps(document))
    assert again["codings"]["told"][0]["changed"] is True
    assert again["differences"][0]["concerns"] in {"suggestion", "recording", "wording"}
    assert "codings" not in differences_json(())


def test_a_version_is_found_by_id_file_or_coding(folder):
    place = folder(classified(rated()))
    assert read_version("infant").is_scheme
    assert read_version("infant-default").main.path == BANDS
    assert read_version(str(place / "S1.sspc")).label == read_version("infant").label


def test_an_unknown_name_is_refused_with_what_may_be_given():
    with pytest.raises(CatalogError, match="give an id"):
        read_version("nothing-like-it")
