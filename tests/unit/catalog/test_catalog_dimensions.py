"""Dimension scores as a scheme lists them: built from its ratings, refused where they make none."""

from __future__ import annotations

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Dimension, Scheme
from ssp_coder.domain.words import Origin
from tests.unit.catalog.catalog_lab import Lab

SCHEME = "schemas/schemes/infant.toml"
PARTS = 'parts = ["res_c_5", "res_c_8"]'


def dimension(scheme: Scheme, name: str) -> Dimension:
    return next(one for one in scheme.dimensions if one.id == name)


def finding_at(lab: Lab, line: int) -> Finding:
    finding = lab.finding()
    assert finding.place == lab.place(SCHEME, line)
    assert finding.remedy
    return finding


class TestBuilt:
    def test_proximity_against_avoidance_turns_avoidance_of_both_reunions(
        self, infant: Scheme
    ) -> None:
        parts = {part.input: part.turned for part in dimension(infant, "psa").parts}
        assert parts == {
            "pcs_c_5": False,
            "cm_c_5": False,
            "pcs_c_8": False,
            "cm_c_8": False,
            "avo_c_5": True,
            "avo_c_8": True,
        }

    def test_resistance_turns_nothing(self, infant: Scheme) -> None:
        parts = {part.input: part.turned for part in dimension(infant, "res_dim").parts}
        assert parts == {"res_c_5": False, "res_c_8": False}

    def test_the_range_is_that_of_the_scales(self, infant: Scheme) -> None:
        assert {(one.minimum, one.maximum) for one in infant.dimensions} == {(1, 7)}

    def test_each_says_that_it_is_ours(self, infant: Scheme) -> None:
        for one in infant.dimensions:
            assert one.provenance.origin is Origin.PROJECT_DEFAULT
            assert "not published" in one.provenance.source

    def test_each_has_a_title_in_both_languages(self, infant: Scheme) -> None:
        for one in infant.dimensions:
            assert {language for language, _ in one.title.by_language} == {"en", "de"}

    def test_every_part_is_rated_in_the_scheme(self, infant: Scheme) -> None:
        rated = {str(slot.id) for slot in infant.slots}
        assert {part.input for one in infant.dimensions for part in one.parts} <= rated

    def test_no_column_is_taken_twice(self, infant: Scheme) -> None:
        columns = {str(slot.id) for slot in infant.slots} | {count.id for count in infant.counts}
        names = [one.id for one in infant.dimensions]
        assert len(set(names)) == len(names)
        assert not columns & set(names)

    def test_a_lab_may_do_without(self, lab: Lab) -> None:
        text = lab.text(SCHEME)
        lab.write(SCHEME, text[: text.index("[[dimensions]]")])
        assert lab.load().dimensions == ()

    def test_a_lab_may_add_one_of_its_own(self, lab: Lab) -> None:
        own = (
            '\n[[dimensions]]\nid = "holding"\ntitle = "Holding"\nparts = ["cm_c_8"]\n'
            'turned = ["res_c_8"]\norigin = "lab"\nsource = "Of our lab"\n'
        )
        lab.write(SCHEME, lab.text(SCHEME) + own)
        found = dimension(lab.load(), "holding")
        assert [(part.input, part.turned) for part in found.parts] == [
            ("cm_c_8", False),
            ("res_c_8", True),
        ]
        assert found.provenance.origin is Origin.LAB

    def test_each_bundled_scheme_takes_only_its_own_ratings(self) -> None:
        for name in ("infant", "demonstration"):
            scheme = load_scheme(name)
            rated = {str(slot.id) for slot in scheme.slots}
            assert all(part.input in rated for one in scheme.dimensions for part in one.parts)


class TestRefused:
    def test_a_part_that_is_not_rated(self, lab: Lab) -> None:
        line = lab.change(SCHEME, PARTS, PARTS.replace("res_c_5", "unheard"))
        finding = finding_at(lab, line)
        assert finding.code == "id.unknown"
        assert "part 'unheard' is not rated in this scheme" in finding.message

    def test_a_turned_part_that_is_not_rated(self, lab: Lab) -> None:
        turned = 'turned = ["avo_c_5", "avo_c_8"]'
        line = lab.change(SCHEME, turned, turned.replace("avo_c_8", "unheard"))
        assert finding_at(lab, line).code == "id.unknown"

    def test_a_count_is_no_part(self, lab: Lab) -> None:
        line = lab.change(SCHEME, PARTS, PARTS.replace("res_c_5", "cry_5"))
        assert finding_at(lab, line).code == "id.unknown"

    @pytest.mark.parametrize(
        "twice",
        [
            'parts = ["res_c_5", "res_c_5"]',
            'parts = ["res_c_5"]\nturned = ["res_c_5"]',
        ],
    )
    def test_a_part_that_is_listed_twice(self, lab: Lab, twice: str) -> None:
        line = lab.change(SCHEME, PARTS, twice)
        start = lab.text(SCHEME).splitlines()[:line]
        header = len(start) - start[::-1].index("[[dimensions]]")
        finding = finding_at(lab, header)
        assert finding.code == "id.duplicate"
        assert "part 'res_c_5' is listed twice" in finding.message

    @pytest.mark.parametrize("none", ["parts = []", ""])
    def test_none_at_all(self, lab: Lab, none: str) -> None:
        lab.change(SCHEME, PARTS, none)
        finding = lab.finding()
        assert finding.code == "dimension.empty"
        assert "res_dim has no part" in finding.message

    def test_parts_of_different_ranges(self, lab: Lab) -> None:
        lab.change(SCHEME, PARTS, 'parts = ["res_c_5", "dorg"]')
        finding = lab.finding()
        assert finding.code == "dimension.range"
        assert "different ranges, so their mean says nothing" in finding.message

    @pytest.mark.parametrize("taken", ["psa", "cry_5", "pcs_c_8"])
    def test_a_column_that_is_taken(self, lab: Lab, taken: str) -> None:
        line = lab.change(SCHEME, 'id = "res_dim"', f'id = "{taken}"')
        finding = finding_at(lab, line)
        assert finding.code == "id.duplicate"
        assert f"column '{taken}' occurs twice" in finding.message

    def test_no_source(self, lab: Lab) -> None:
        text = lab.text(SCHEME)
        at = text.index('id = "res_dim"')
        lab.write(SCHEME, text[:at] + text[at:].replace('source = "dimensions"\n', "", 1))
        assert lab.finding().code == "toml.shape"
