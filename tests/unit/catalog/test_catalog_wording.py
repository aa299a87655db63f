"""The words of the bundled instruments: short, plain, in sentence case."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ssp_coder.domain.scheme import Scheme

PROPER = re.compile(r"[A-Z0-9]")


def titles(scheme: Scheme) -> Iterator[str]:
    procedure, ethogram, rules = scheme.procedure, scheme.ethogram, scheme.rules
    named = (
        *procedure.persons,
        *procedure.episodes,
        *ethogram.groups,
        *ethogram.codes(),
        *ethogram.modifiers,
        *scheme.scales,
        *scheme.themes,
        *scheme.explanations,
        *scheme.counts,
        *rules.inputs,
        *rules.groups,
        *rules.profiles,
        *rules.overlays,
        *rules.flags,
    )
    yield from (str(one.title) for one in (scheme, procedure, ethogram, rules, scheme.keymap))
    yield from (str(one.title) for one in named)
    yield from (str(reason.title) for one in scheme.scales for reason in one.missing_reasons)


def sentences(scheme: Scheme) -> Iterator[str]:
    yield str(scheme.procedure.session_end_cue)
    for episode in scheme.procedure.episodes:
        yield from (str(episode.start_cue), str(episode.end_cue), str(episode.note))
    for code in scheme.ethogram.codes():
        yield str(code.hint)
    for scale in scheme.scales:
        yield from (str(scale.gist), str(scale.note))
        yield from (str(anchor.text) for anchor in scale.anchors)
        yield from (str(hinge.text) for hinge in scale.hinges)
        yield from (str(text) for text in scale.confusions)
    for profile in scheme.rules.profiles:
        yield str(profile.gist)


@pytest.mark.parametrize("scheme_id", ["infant", "demonstration"])
def test_titles_are_short_begin_large_and_have_no_full_stop(
    scheme_id: str, request: pytest.FixtureRequest
) -> None:
    for title in titles(request.getfixturevalue(scheme_id)):
        assert PROPER.match(title), title
        assert not title.endswith("."), title
        assert len(title) <= 80, title


@pytest.mark.parametrize("scheme_id", ["infant", "demonstration"])
def test_sentences_end_with_a_full_stop(scheme_id: str, request: pytest.FixtureRequest) -> None:
    for sentence in filter(None, sentences(request.getfixturevalue(scheme_id))):
        assert PROPER.match(sentence), sentence
        assert sentence.endswith("."), sentence
        assert len(sentence) <= 240, sentence


def test_words_are_spelt_one_way(infant: Scheme) -> None:
    for words in (*titles(infant), *sentences(infant)):
        assert "isation" not in words, words
        assert "  " not in words, words
        assert words == words.strip(), words
        assert not re.search(r"\b(mother|subject|baby|behavior)\b", words, re.IGNORECASE), words


def test_short_labels_begin_small_unless_they_name_a_person(infant: Scheme) -> None:
    for code in infant.ethogram.codes():
        short = str(code.short)
        assert not short.endswith(".") or short.endswith("appr."), short
        assert short[0].islower(), short


def test_no_two_anchors_of_a_scale_say_the_same(infant: Scheme) -> None:
    for scale in infant.scales:
        texts = [str(anchor.text) for anchor in scale.anchors]
        assert len(set(texts)) == len(texts), scale.id


def test_nothing_claims_published_cut_offs(infant: Scheme) -> None:
    files = {file.path: file.content.decode() for file in infant.files}
    assert not any("Richters" in content for content in files.values())
    claims = {path for path, content in files.items() if "cut-offs" in content}
    assert claims == {"schemas/rules/infant-default.toml", "schemas/rules/infant-main.toml"}
    assert all("No publication gives numeric cut-offs" in files[path] for path in claims)
