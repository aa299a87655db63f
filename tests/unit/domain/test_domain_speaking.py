"""Wordings in the language that is spoken, through every depth of a value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.speaking import reworded, spoken_in
from ssp_coder.domain.words import NO_TEXT, Text, english

FAR = Text((("en", "Far"), ("de", "Fern")))
PERSON = Text((("en", "Caregiver"), ("de", "Bezugsperson")))
ONLY_ENGLISH = english("Near")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    title: Text
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class Branch:
    leaves: tuple[Leaf, ...] = ()
    pairs: tuple[tuple[str, Text], ...] = ()
    one: Leaf | None = None


def test_a_text_is_spoken_in_english_unless_told_otherwise() -> None:
    assert str(FAR) == "Far"
    assert str(replace(FAR, spoken="de")) == "Fern"


def test_what_is_spoken_in_a_language_already_is_kept_as_it_is() -> None:
    branch = Branch(leaves=(Leaf(title=FAR),), pairs=(("a", PERSON),), one=Leaf(title=PERSON))
    assert spoken_in(branch, "en") is branch
    german = spoken_in(branch, "de")
    assert german is not branch
    assert spoken_in(german, "de") is german


def test_a_language_that_is_not_there_falls_back_to_english() -> None:
    assert str(spoken_in(ONLY_ENGLISH, "de")) == "Near"
    assert str(spoken_in(FAR, "fr")) == "Far"


def test_english_is_there_whatever_is_spoken() -> None:
    assert spoken_in(FAR, "de").english == "Far"


def test_inside_a_sentence_english_begins_small_and_german_keeps_its_capitals() -> None:
    assert PERSON.within == "caregiver"
    assert spoken_in(PERSON, "de").within == "Bezugsperson"
    assert spoken_in(ONLY_ENGLISH, "de").within == "near"


def test_every_depth_is_spoken() -> None:
    value = Branch(
        leaves=(Leaf(title=FAR, number=3), Leaf(title=ONLY_ENGLISH)),
        pairs=(("x", FAR),),
        one=Leaf(title=PERSON),
    )
    german = spoken_in(value, "de")
    assert [str(leaf.title) for leaf in german.leaves] == ["Fern", "Near"]
    assert german.leaves[0].number == 3
    assert str(german.pairs[0][1]) == "Fern"
    assert german.one is not None
    assert str(german.one.title) == "Bezugsperson"


def test_the_value_itself_stays_as_it_was() -> None:
    value = Branch(one=Leaf(title=FAR))
    spoken_in(value, "de")
    assert str(value.one.title) == "Far"  # type: ignore[union-attr]  # set above


def test_what_holds_no_wording_is_kept_as_it_is() -> None:
    for value in (Branch(), (1, "two", b"three"), "words", None, Leaf):
        assert spoken_in(value, "de") is value


def test_any_wording_may_be_changed() -> None:
    loud = reworded(Branch(one=Leaf(title=FAR)), lambda text: english(text.english.upper()))
    assert loud.one == Leaf(title=english("FAR"))


@given(st.lists(st.sampled_from((FAR, PERSON, ONLY_ENGLISH, NO_TEXT)), max_size=8))
def test_there_and_back_is_the_same_value(texts: list[Text]) -> None:
    value = Branch(leaves=tuple(Leaf(title=text) for text in texts))
    assert spoken_in(spoken_in(value, "de"), "en") == value
