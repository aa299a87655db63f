"""A language in a file: words by their English, messages of the core by their template."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.ui.language.catalogue import (
    LANGUAGES,
    NO_WORDS,
    Catalogue,
    catalogue_of,
    path_of,
    read_catalogue,
)
from ssp_coder.ui.language.pseudo import is_pseudo, pseudo


def catalogue(**messages: str) -> Catalogue:
    return Catalogue(words={}, messages=messages)


TOLD = Catalogue(
    words={"Undo": "Rückgängig"},
    messages={
        "there is no event {0}": "es gibt kein Ereignis {0}",
        "there is no event": "es gibt kein Ereignis",
        "{0} at {1} overlaps {2}": "{2} wird von {0} bei {1} überlappt",
        "{0} at {1} ends": "{0} endet bei {1}",
        "say why": "sagen Sie warum",
        "say why {0} is not {1} here": "sagen Sie, warum {0} hier nicht {1} ist",
    },
)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("say why", "sagen Sie warum"),
        ("there is no event", "es gibt kein Ereignis"),
        ("there is no event 12", "es gibt kein Ereignis 12"),
        ("cry at 0:12 overlaps fuss", "fuss wird von cry bei 0:12 überlappt"),
        ("cry at 0:12 ends", "cry endet bei 0:12"),
        ("say why 5 is not 6 here", "sagen Sie, warum 5 hier nicht 6 ist"),
        ("say why a (b) is not [c] here", "sagen Sie, warum a (b) hier nicht [c] ist"),
    ],
)
def test_a_message_is_known_by_its_template(english: str, german: str) -> None:
    assert TOLD.message(english) == german


@pytest.mark.parametrize("english", ["", "nobody said this", "there is no", "ends"])
def test_a_message_that_is_not_known_stays_english(english: str) -> None:
    assert TOLD.message(english) == english
    assert NO_WORDS.message(english) == english


def test_a_word_may_be_another_where_one_context_says_it() -> None:
    told = Catalogue(words={"Code": "Code"}, messages={}, contexts={"text": {"Code": "Kodieren"}})
    assert told.word("text", "Code") == "Kodieren"
    assert told.word("EventTable", "Code") == "Code"
    assert told.word("text", "Rate") is None


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_facts_go_through_untouched(one: str, other: str) -> None:
    told = Catalogue(words={}, messages={"from <{0}> to <{1}>!": "nach <{1}> von <{0}>!"})
    if "> to <" in one or ">!" in other[:-1]:
        return
    assert told.message(f"from <{one}> to <{other}>!") == f"nach <{other}> von <{one}>!"


def test_facts_that_hold_a_place_are_not_filled_in_again() -> None:
    told = Catalogue(words={}, messages={"{0} and {1}": "{1} und {0}"})
    assert told.message("{1} and x") == "x und {1}"


def test_places_out_of_order_are_a_mistake_of_the_file() -> None:
    wrong = Catalogue(words={}, messages={"{1} before {0}": "x"})
    with pytest.raises(ValueError, match="not numbered from 0"):
        wrong.message("a before b")


class TestTheFile:
    def write(self, folder: Path, text: str) -> Path:
        path = folder / "xx.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def test_an_empty_translation_counts_as_none(self, tmp_path: Path) -> None:
        path = self.write(tmp_path, '[words]\n"Undo" = ""\n"Redo" = "Wiederholen"\n')
        assert read_catalogue(path).words == {"Redo": "Wiederholen"}

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ('[words]\n"Undo" = 5\n', "'Undo' in words is no text"),
            ('words = "no"\n', "words is no table"),
            ("[sentences]\n", "no table 'sentences'"),
            ('contexts = "no"\n', "contexts is no table"),
            ('[contexts.text]\n"Code" = 1\n', "'Code' in text is no text"),
            ('[words]\n"Undo" = \n', "xx.toml"),
            ('[words]\n"Undo" = "a"\n"Undo" = "b"\n', "mend the file"),
        ],
    )
    def test_what_is_wrong_in_it_is_told(self, tmp_path: Path, text: str, told: str) -> None:
        with pytest.raises(ValueError, match=r"xx\.toml") as caught:
            read_catalogue(self.write(tmp_path, text))
        assert told in str(caught.value)

    def test_the_language_of_the_source_has_no_file(self) -> None:
        assert catalogue_of(LANGUAGES[0]) is NO_WORDS
        assert not path_of(LANGUAGES[0]).exists()

    @pytest.mark.parametrize("language", LANGUAGES[1:])
    def test_every_other_language_has_one_that_can_be_read(self, language: str) -> None:
        assert catalogue_of(language).words["Undo"]


class TestTheLanguageThatNobodySpeaks:
    def test_it_keeps_places_tags_and_file_patterns(self) -> None:
        said = pseudo("Open {0} of <b>{1:.2f}</b> (*.csv)")
        assert "{0}" in said
        assert "<b>{1:.2f}</b>" in said
        assert "*.csv" in said
        assert said.format("a", 1.5)

    def test_it_is_longer_and_told_apart(self) -> None:
        assert len(pseudo("Delete selected events")) > len("Delete selected events") * 1.3
        assert is_pseudo(pseudo("Undo"))
        assert not is_pseudo("Undo")
