"""A trainer's draft is read from TOML; what is misspelt or missing is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.domain.time import Span
from ssp_coder.training.building import build_pack
from ssp_coder.training.draft_file import read_draft
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.packs import Consent, Exclusion, Origin, OriginKind, Rationale, Stage
from tests.builders import s
from tests.unit.training.training_files import reference_file, some_slot

HEAD = """kind = "training_pack_draft"
id = "spring"
version = "2.0"
title = "Spring pack"
made_by = "trainer1"
"""
CASE = """
[[cases]]
id = "c02"
title = "Case 2"
stage = "practice"
reference = "c02.sspc"
origin = "expert"
origin_who = "expert2"
origin_on = 2026-05-17
codebook = "lab 3"
consent = "training"
consent_by = "trainer1"
"""
NOTES = f"""
[[cases.notes]]
words = "Far away and busy, not avoiding."
slot = "{some_slot()}"
start_s = 2
end_s = 4.25

[[cases.notes]]
words = "On the whole"

[[cases.exclusions]]
reason = "two experts did not agree"
code = "distress.cry"
start_s = 10.0
end_s = 12.0
"""


def draft_file(folder: Path, text: str) -> Path:
    path = folder / "draft.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_draft_says_what_belongs_into_a_pack(tmp_path):
    draft = read_draft(draft_file(tmp_path, HEAD + CASE), word="a word for it")
    assert (draft.id, draft.version, draft.title) == ("spring", "2.0", "Spring pack")
    assert draft.word == "a word for it"
    (case,) = draft.cases
    assert case.stage is Stage.PRACTICE
    assert case.consent is Consent.TRAINING
    assert case.origin == Origin(
        kind=OriginKind.EXPERT, who="expert2", on="2026-05-17", codebook="lab 3"
    )


def test_paths_begin_at_the_draft(tmp_path):
    media = CASE + 'media = ["films/a.mp4"]\n'
    draft = read_draft(draft_file(tmp_path, HEAD + 'exercises = "e.toml"\n' + media))
    assert draft.exercises == tmp_path / "e.toml"
    assert draft.cases[0].reference == tmp_path / "c02.sspc"
    assert draft.cases[0].media == (tmp_path / "films" / "a.mp4",)


def test_notes_and_exclusions_have_places_and_stretches(tmp_path):
    (case,) = read_draft(draft_file(tmp_path, HEAD + CASE + NOTES)).cases
    assert case.notes == (
        Rationale(
            words="Far away and busy, not avoiding.",
            slot=some_slot(),
            span=Span(start_us=s(2), end_us=s("4.25")),
        ),
        Rationale(words="On the whole"),
    )
    assert case.exclusions == (
        Exclusion(
            reason="two experts did not agree",
            code="distress.cry",
            span=Span(start_us=s(10), end_us=s(12)),
        ),
    )


def test_a_draft_becomes_a_pack(tmp_path):
    reference_file(tmp_path, "c02")
    draft = read_draft(draft_file(tmp_path, HEAD + CASE + NOTES))
    assert build_pack(draft, tmp_path / "pack").label == "spring 2.0"


def test_what_is_not_said_is_empty(tmp_path):
    draft = read_draft(draft_file(tmp_path, HEAD + "cases = []\n"))
    assert (draft.cases, draft.pass_rule, draft.enriched, draft.exercises) == ((), "", False, None)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "training_pack_draft"', 'kind = "pack"', "of kind 'pack'"),
        ('title = "Spring pack"', "", "title"),
        ('title = "Spring pack"', 'titel = "x"', "titel"),
        ('stage = "practice"', 'stage = "play"', r"\$\.cases"),
        ('consent = "training"', "", "consent"),
        ('consent_by = "trainer1"', "", "consent_by"),
        ("origin_on = 2026-05-17", 'origin_on = "soon"', "origin_on"),
        ("end_s = 4.25", "", "only a start or only an end"),
        ("end_s = 4.25", "end_s = 1.0", "before its start"),
        ("start_s = 2\n", "start_s = inf\n", "media time"),
        ("[[cases]]", "[[cases", "no draft"),
    ],
)
def test_a_wrong_draft_is_refused_with_the_place(tmp_path, old, new, words):
    text = HEAD + CASE + NOTES
    assert old in text
    with pytest.raises(TrainingError, match=words) as error:
        read_draft(draft_file(tmp_path, text.replace(old, new, 1)))
    assert "draft.toml" in error.value.finding.place


def test_a_missing_draft_is_told(tmp_path):
    with pytest.raises(TrainingError, match="cannot be read"):
        read_draft(tmp_path / "nowhere.toml")
