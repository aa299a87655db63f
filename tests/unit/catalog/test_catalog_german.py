"""German beside English: nothing that a coder reads in a bundled instrument is left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssp_coder.catalog import SchemeSummary, available_schemes, load_scheme
from ssp_coder.domain.ethogram import CodeId, GroupId
from ssp_coder.domain.scale import ScaleId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.resources import bundled

WORDING = {
    *("title", "short", "gist", "hint", "note", "text", "confusions", "weight_note"),
    *("start_cue", "end_cue", "session_end_cue"),
}
FILES = (*sorted(bundled("episodes").glob("*.toml")), *sorted(bundled("schemas").rglob("*.toml")))

Place = tuple[str, object]


def wordings(node: object, owner: dict[str, object], place: str) -> Iterator[Place]:
    """Every wording of a file, but for a title that only repeats the id."""
    if isinstance(node, dict):
        for key, value in node.items():
            below = f"{place}.{key}"
            if key not in WORDING:
                yield from wordings(value, node, below)
            elif isinstance(value, list):
                yield from ((below, item) for item in value)
            elif value not in ("", node.get("id")):
                yield below, value
    elif isinstance(node, list):
        for at, item in enumerate(node):
            yield from wordings(item, owner, f"{place}[{at + 1}]")


def all_wordings(path: Path) -> tuple[Place, ...]:
    tree = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(wordings(tree, tree, path.stem))


@pytest.mark.parametrize("path", FILES, ids=[f"{p.parent.name}-{p.stem}" for p in FILES])
def test_every_wording_of_a_bundled_file_is_there_in_german(path: Path) -> None:
    lacking = [
        place
        for place, words in all_wordings(path)
        if not (isinstance(words, dict) and words.get("en") and words.get("de"))
    ]
    assert not lacking


@pytest.mark.parametrize("path", FILES, ids=[f"{p.parent.name}-{p.stem}" for p in FILES])
def test_german_is_set_like_english(path: Path) -> None:
    for place, words in all_wordings(path):
        if not isinstance(words, dict):
            continue
        english, german = words["en"], words["de"]
        assert german.endswith(".") is english.endswith(".") or place.endswith("short"), place
        assert german == german.strip(), place
        assert "  " not in german, place
        assert "ß" not in german or not re.search(r"daß|muß", german), place


def test_no_sentence_was_left_in_english() -> None:
    for path in FILES:
        for place, words in all_wordings(path):
            if isinstance(words, dict):
                assert not re.search(r"\b(the|with|of|not|which)\b", words["de"]), place


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ("pcs", "Nähe- und Kontaktsuche"),
        ("cm", "Kontakterhalten"),
        ("avo", "Vermeidung"),
        ("res", "Widerstand"),
        ("srch", "Suchverhalten"),
        ("dist", "Distanzinteraktion"),
        ("dorg", "Desorganisation"),
    ],
)
def test_scales_have_the_terms_of_the_field(infant: Scheme, scale: str, words: str) -> None:
    assert infant.scale(ScaleId(scale)).title.in_language("de") == words


def test_groups_have_the_terms_of_the_field(infant: Scheme) -> None:
    named = {group.id: group.title.in_language("de") for group in infant.rules.groups}
    assert named["A"] == "Unsicher-vermeidend"
    assert named["B"] == "Sicher"
    assert named["C"] == "Unsicher-ambivalent"
    assert named["D"] == "Desorganisiert"


@pytest.mark.parametrize("summary", available_schemes(), ids=lambda summary: summary.id)
def test_short_german_labels_fit_a_button(summary: SchemeSummary) -> None:
    scheme = load_scheme(summary.id)
    for code in scheme.ethogram.codes():
        assert 2 <= len(code.short.in_language("de")) <= 13, code.id


def test_codes_of_one_group_can_be_told_apart_by_their_short_labels(infant: Scheme) -> None:
    for group in infant.ethogram.groups:
        shorts = [code.short.in_language("de") for code in group.codes]
        assert len(set(shorts)) == len(shorts), group.id


def test_a_scheme_spoken_in_german_says_the_german_words(infant: Scheme) -> None:
    german = spoken_in(infant, "de")
    assert str(german.scale(ScaleId("avo")).title) == "Vermeidung"
    assert str(german.ethogram.code(CodeId("distress.fuss")).short) == "quengeln"
    assert str(german.ethogram.group(GroupId("gaze")).title) == "Blick"
    assert str(german.rules.group("A").title) == "Unsicher-vermeidend"
    assert str(german.procedure.episodes[4].title) != str(infant.procedure.episodes[4].title)


def test_ids_files_and_hashes_do_not_depend_on_the_language(infant: Scheme) -> None:
    german = spoken_in(infant, "de")
    assert german.files is infant.files
    assert (german.id, german.sha256, german.rules_sha256) == (
        infant.id,
        infant.sha256,
        infant.rules_sha256,
    )
    assert [slot.id for slot in german.slots] == [slot.id for slot in infant.slots]
    assert spoken_in(german, "en") == infant


def test_english_stays_at_hand_whatever_is_spoken(infant: Scheme) -> None:
    title = spoken_in(infant, "de").scale(ScaleId("avo")).title
    assert title.english == "Avoidance"
    assert title.in_language("fr") == "Avoidance"
