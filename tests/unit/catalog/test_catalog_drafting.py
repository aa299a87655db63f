"""Texts checked while they are written, saved or not."""

from __future__ import annotations

import pytest

from ssp_coder.catalog.copying import copy_of, files_named, ids_for_all
from ssp_coder.catalog.drafting import Drafts, check_draft, instrument_paths
from ssp_coder.catalog.placing import write_copy
from ssp_coder.catalog.shelf import instruments_on_shelf

SCHEME = "schemas/schemes/ours.toml"
TABLE = "schemas/rules/ours-main.toml"
BANDS = "schemas/rules/ours-default.toml"
SCALE = "schemas/scales/ours-avo.toml"


@pytest.fixture
def ours(tmp_path):
    path = "schemas/schemes/infant.toml"
    write_copy(copy_of(path, new_ids=ids_for_all(files_named(path), "ours")), tmp_path)
    return tmp_path


def draft(folder, path, *pairs):
    text = (folder / path).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return check_draft(path, Drafts(folder=folder, texts=((path, text),)))


def line_in(folder, path, words):
    text = (folder / path).read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1


def test_a_fresh_copy_can_be_used_file_by_file(ours):
    paths = instrument_paths(ours)
    assert paths[0] == SCHEME
    assert len(paths) == len(set(paths)) == len(list(ours.rglob("*.toml")))
    for path in paths:
        report = check_draft(path, Drafts(folder=ours))
        assert report.findings == (), path
        assert report.usable


def test_a_text_that_is_not_saved_is_checked_and_not_the_file(ours):
    before = (ours / BANDS).read_bytes()
    report = draft(ours, BANDS, ("weight = 4", "weight = -4"))
    assert not report.usable
    first = report.findings[0]
    assert (first.path, first.line) == (BANDS, line_in(ours, BANDS, "weight = 4"))
    assert (ours / BANDS).read_bytes() == before


def test_half_a_line_is_told_with_its_line(ours):
    report = draft(ours, SCALE, ("maximum = 7", "maximum = "))
    (one,) = report.findings
    assert (one.path, one.line) == (SCALE, line_in(ours, SCALE, "maximum = 7"))
    assert report.table is None


def test_an_empty_text_is_told_about_the_whole_file(ours):
    report = check_draft(SCALE, Drafts(folder=ours, texts=((SCALE, ""),)))
    assert [one.line for one in report.findings] == [0]
    assert not report.usable


def test_what_does_not_fit_the_scheme_names_the_other_file(ours):
    report = draft(ours, SCHEME, ('rules = "ours-main"', 'rules = "not-there"'))
    assert not report.usable
    assert any("not-there" in one.finding.sentence() for one in report.findings)


def test_a_column_renamed_in_a_scale_is_missed_by_what_reads_it(ours):
    report = draft(ours, SCALE, ('column = "avo_{toward}_{number}"', 'column = "x_{number}"'))
    assert not report.usable


def test_a_table_whose_example_fails_is_tried_out_all_the_same(ours):
    report = draft(ours, BANDS, ("avo_c_8 = [5, 7]", "avo_c_8 = [1, 2]"))
    assert not report.usable
    assert {one.finding.code for one in report.findings} >= {"table.example_fails"}
    assert report.table is not None


def test_a_table_that_names_an_unknown_group_is_not_tried_out(ours):
    report = draft(ours, BANDS, ('[[groups]]\nid = "B"', '[[groups]]\nid = "Q"'))
    assert not report.usable
    assert report.table is None


def test_a_decision_table_is_tried_with_the_unsaved_bands(ours):
    bands = (ours / BANDS).read_text(encoding="utf-8").replace("weight = 4", "weight = 3")
    report = check_draft(TABLE, Drafts(folder=ours, texts=((BANDS, bands),)))
    assert report.table is not None
    weights = {b.weight for p in report.table.profiles for b in p.bands if b.input == "avo_c_8"}
    assert weights == {3}


def test_a_decision_table_says_when_its_bands_are_broken(ours):
    report = check_draft(TABLE, Drafts(folder=ours, texts=((BANDS, "kind = "),)))
    assert not report.usable
    assert report.findings[0].path == BANDS
    assert report.table is None


def test_findings_in_the_file_itself_come_first(ours):
    report = draft(ours, SCALE, ("maximum = 7", "maximum = 5"))
    paths = [one.path for one in report.findings]
    assert paths
    assert paths == sorted(paths, key=lambda path: path != SCALE)


def test_the_shelf_holds_the_programs_instruments_and_the_laboratorys(ours):
    shelf = instruments_on_shelf((ours,))
    assert shelf[0].is_scheme
    assert {one.folder for one in shelf if one.id == "ours"} == {ours}
    assert {one.folder for one in shelf if one.id == "infant"} == {None}
    places = [(one.path, one.folder) for one in shelf]
    assert len(places) == len(set(places))


def test_one_scheme_on_the_shelf_is_the_usual_one():
    assert [one.id for one in instruments_on_shelf() if one.usual] == ["infant"]


def test_a_file_that_cannot_be_read_is_not_on_the_shelf(ours):
    (ours / SCALE).write_text("kind = ", encoding="utf-8")
    assert SCALE not in {one.path for one in instruments_on_shelf((ours,))}
