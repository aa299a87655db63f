"""One thing that can be found: how it is spoken, and what moves it up and down."""

from __future__ import annotations

import pytest

from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.palette.entry import Entry, EntryKind, fitting, kind_words

pytestmark = pytest.mark.usefixtures("qapp")


def entry(title: str, **fields) -> Entry:
    kind = fields.pop("kind", EntryKind.COMMAND)
    return Entry(id=f"command:{title}", kind=kind, title=title, **fields)


def order(typed: str, *entries: Entry, recent: tuple[str, ...] = ()) -> list[str]:
    return [found.entry.title for found in fitting(typed, entries, recent)]


class TestSpoken:
    def test_everything_shown_is_said_in_a_line(self) -> None:
        shown = entry("Undo", detail="Edit", keys=("Ctrl", "Z"), reason="Open a coding first")
        assert shown.spoken == "Undo, Edit, Command, key Ctrl Z, Open a coding first"

    def test_what_it_does_not_have_leaves_no_gap(self) -> None:
        assert entry("Dark", kind=EntryKind.SETTING).spoken == "Dark, Setting"

    def test_words_that_find_it_are_not_said(self) -> None:
        assert "handbook" not in entry("Rate", also="handbook").spoken

    def test_every_kind_has_a_word_of_its_own_in_every_language(self) -> None:
        english = [kind_words(kind) for kind in EntryKind]
        assert len(set(english)) == len(english)
        SPOKEN.speak("de")
        try:
            german = [kind_words(kind) for kind in EntryKind]
        finally:
            SPOKEN.speak("en")
        assert len(set(german)) == len(german)
        assert entry("x").spoken.endswith("Command")


class TestOrder:
    def test_what_cannot_be_done_goes_behind_what_fits_less_well(self) -> None:
        cannot = entry("Loop the event", reason="No video is open")
        assert order("loop", cannot, entry("The loop")) == ["The loop", "Loop the event"]

    def test_but_it_is_still_found(self) -> None:
        assert order("loop", entry("Loop", reason="No video is open")) == ["Loop"]

    def test_what_was_done_last_goes_before_what_was_done_earlier(self) -> None:
        first, last = entry("Louder"), entry("Loudest")
        assert order("loud", first, last) == ["Louder", "Loudest"]
        recent = (last.id, first.id)
        assert order("loud", first, last, recent=recent) == ["Loudest", "Louder"]

    def test_equal_ones_keep_the_order_in_which_they_came(self) -> None:
        alike = [entry(f"Go {letter}") for letter in "dbca"]
        assert order("go", *alike) == [one.title for one in alike]

    def test_a_word_in_the_title_goes_before_the_same_word_beside_it(self) -> None:
        beside, titled = entry("Reach", detail="Seeking"), entry("Go seeking")
        assert order("seeking", beside, titled) == ["Go seeking", "Reach"]

    def test_each_word_must_be_found_somewhere(self) -> None:
        chapter = entry("Help: Rate", also="The best instance Two timed rules")
        assert order("rate timed", chapter) == ["Help: Rate"]
        assert order("rate zebra", chapter) == []

    @pytest.mark.parametrize("typed", ["nstance", "imed"])
    def test_beside_the_title_only_beginnings_of_words_count(self, typed: str) -> None:
        assert order(typed, entry("Help: Rate", also="The best instance Two timed rules")) == []

    def test_the_letters_meant_in_the_title_are_told_of_each_word(self) -> None:
        (found,) = fitting("re un", [entry("Reunion unrest")])
        assert [found.entry.title[place] for place in found.places] == list("Reun")
