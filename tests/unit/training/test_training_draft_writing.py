"""A draft that is written reads back as it was; nothing of a trainer's word is in its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.time import Micros, Span
from ssp_coder.training.draft_file import read_draft
from ssp_coder.training.draft_writing import next_version, with_exclusion, write_draft
from ssp_coder.training.drafts import DraftCase, PackDraft
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.packs import Consent, Exclusion, Rationale, Stage
from tests.unit.training.training_files import ORIGIN, WORD, some_slot


def case(folder: Path, **fields: object) -> DraftCase:
    given_ = {
        "id": "c02",
        "title": "Case 2",
        "stage": Stage.PRACTICE,
        "reference": folder / "references" / "c02.sspc",
        "origin": ORIGIN,
        "consent": Consent.TRAINING,
        "consent_by": "trainer1",
    }
    return DraftCase(**(given_ | fields))


def pack_draft(*cases: DraftCase, **fields: object) -> PackDraft:
    given_ = {"id": "spring", "version": "1.0.0", "title": "Spring", "made_by": "trainer1"}
    given_ |= {"pass_rule": "certified"}
    return PackDraft(**(given_ | {"cases": cases} | fields))


def test_a_written_draft_reads_back_as_it_was(tmp_path):
    draft = pack_draft(
        case(
            tmp_path,
            stage=Stage.TEST,
            form="one",
            media=(tmp_path / "films" / "a.mp4",),
            notes=(
                Rationale(words='It is play,\nand "absorbed".', slot=some_slot()),
                Rationale(words="Here", span=Span(start_us=Micros(1), end_us=Micros(2_500_001))),
            ),
            exclusions=(
                Exclusion(
                    reason="two experts did not agree",
                    code="distress.cry",
                    span=Span(start_us=Micros(0), end_us=Micros(7)),
                ),
            ),
        ),
        enriched=True,
        exercises=tmp_path / "e.toml",
    )
    write_draft(draft, tmp_path / "draft.toml")
    assert read_draft(tmp_path / "draft.toml") == draft


@given(start=st.integers(0, 10**10), length=st.integers(0, 10**9))
def test_stretches_keep_every_microsecond(tmp_path_factory, start, length):
    path = tmp_path_factory.mktemp("drafts") / "draft.toml"
    span = Span(start_us=Micros(start), end_us=Micros(start + length))
    draft = pack_draft(case(path.parent, notes=(Rationale(words="x", span=span),)))
    write_draft(draft, path)
    assert read_draft(path).cases[0].notes[0].span == span


def test_a_draft_without_cases_can_be_kept(tmp_path):
    write_draft(pack_draft(title=""), tmp_path / "draft.toml")
    assert read_draft(tmp_path / "draft.toml").cases == ()


def test_the_word_is_not_in_the_file(tmp_path):
    write_draft(pack_draft(case(tmp_path), word=WORD), tmp_path / "draft.toml")
    assert WORD not in (tmp_path / "draft.toml").read_text("utf-8")


def test_paths_below_the_draft_move_with_it_and_others_stay(tmp_path):
    home, away = tmp_path / "home", tmp_path / "away"
    home.mkdir()
    inside, outside = case(home), case(away, id="c03")
    write_draft(pack_draft(inside, outside), home / "draft.toml")
    home.rename(tmp_path / "moved")
    moved, kept = read_draft(tmp_path / "moved" / "draft.toml").cases
    assert moved.reference == tmp_path / "moved" / "references" / "c02.sspc"
    assert kept.reference == outside.reference


def test_a_day_that_is_none_is_refused_and_the_file_stays(tmp_path):
    path = tmp_path / "draft.toml"
    write_draft(pack_draft(case(tmp_path)), path)
    before = path.read_bytes()
    wrong = case(tmp_path, origin=replace(ORIGIN, on="in May"))
    with pytest.raises(TrainingError, match=r"case c02.*'in May' is no day"):
        write_draft(pack_draft(wrong), path)
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(TrainingError, match="the draft cannot be written"):
        write_draft(pack_draft(), tmp_path / "nowhere" / "draft.toml")


@pytest.mark.parametrize(
    ("version", "following"), [("1.0.0", "1.0.1"), ("9", "10"), ("2.9", "2.10"), ("b", "b.1")]
)
def test_the_next_version_counts_on(version, following):
    assert next_version(version) == following


def test_an_item_is_left_out_of_its_case_alone_and_only_once(tmp_path):
    exclusion = Exclusion(reason="disputed", slot=some_slot())
    draft = pack_draft(case(tmp_path), case(tmp_path, id="c03"))
    once = with_exclusion(draft, "c03", exclusion)
    assert [one.exclusions for one in once.cases] == [(), (exclusion,)]
    assert with_exclusion(once, "c03", exclusion) == once


def test_an_item_of_an_unknown_case_is_refused(tmp_path):
    with pytest.raises(TrainingError, match="no case c09"):
        with_exclusion(pack_draft(case(tmp_path)), "c09", Exclusion(reason="disputed"))
