"""The handbook: every step has a chapter, words are found, sources are shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from ssp_coder.catalog import load_scheme
from ssp_coder.catalog.handbooks import handbook_for
from ssp_coder.domain.handbook import About
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.handbook.pages import found, pages_of
from ssp_coder.ui.handbook.window import HandbookWindow
from ssp_coder.ui.main.help import topics


@pytest.fixture(scope="module")
def scheme():
    return load_scheme("infant")


@pytest.fixture(scope="module")
def handbook(scheme):
    return handbook_for(scheme.system)


@pytest.fixture
def book(theme, qtbot, handbook, scheme):
    made = HandbookWindow(theme, pages_of(handbook, topics(), scheme), scheme)
    qtbot.addWidget(made)
    return made


def said(window) -> str:
    return "\n".join(label.text() for label in window.sheet.findChildren(QLabel))


def titles(window) -> list[str]:
    return [window.list.item(row).text() for row in range(window.list.count())]


@pytest.mark.usefixtures("qapp")
class TestPages:
    def test_every_step_of_the_work_has_a_chapter_with_its_help(self, handbook, scheme) -> None:
        pages = pages_of(handbook, topics(), scheme)
        for step in Step:
            (page,) = (page for page in pages if page.page == step)
            assert page.passages
            assert page.lines

    def test_a_page_of_the_window_without_a_chapter_has_its_help_alone(
        self, handbook, scheme
    ) -> None:
        (page,) = (page for page in pages_of(handbook, topics(), scheme) if page.page == "compare")
        assert page.lines
        assert page.passages == ()

    def test_without_a_handbook_the_help_remains(self) -> None:
        pages = pages_of(None, topics(), None)
        assert {page.page for page in pages} == {topic.page for topic in topics()}

    def test_the_fifteen_mistakes_are_fifteen(self, handbook, scheme) -> None:
        (page,) = (p for p in pages_of(handbook, topics(), scheme) if p.id == "mistakes")
        numbers = [str(passage.heading).partition(".")[0] for passage in page.passages]
        assert numbers == [str(number) for number in range(1, 16)]

    def test_a_search_finds_passages_help_and_what_the_scheme_says(self, handbook, scheme) -> None:
        pages = pages_of(handbook, topics(), scheme)
        assert "rate" in [page.id for page in found(pages, "BEST instance")]
        assert "prepare" in [page.id for page in found(pages, "cue Enter")]
        theme = str(scheme.themes[0].title)
        assert [page.id for page in found(pages, theme)] == ["disorganization"]
        assert found(pages, "zebra crossing") == ()
        assert found(pages, " ") == pages


class TestTheWindow:
    def test_it_opens_at_the_chapter_of_a_step(self, book) -> None:
        book.show_page(Step.DISORGANIZATION)
        assert book.shown.page == Step.DISORGANIZATION
        assert "Five is a decision" in said(book)
        assert "In the program" in said(book)

    def test_an_unknown_page_opens_the_first_chapter(self, book) -> None:
        book.show_page("nowhere")
        assert book.shown.id == "start"

    @pytest.mark.parametrize(
        ("step", "about"),
        [
            (Step.CODE, About.CODES),
            (Step.RATE, About.SCALES),
            (Step.DISORGANIZATION, About.THEMES),
            (Step.CLASSIFY, About.GROUPS),
        ],
    )
    def test_what_the_scheme_says_of_a_part_stands_after_it(
        self, book, scheme, step: Step, about: About
    ) -> None:
        book.show_page(step)
        shown = said(book)
        expected = {
            About.CODES: [str(group.title) for group in scheme.ethogram.groups],
            About.SCALES: [str(scale.gist) for scale in scheme.scales],
            About.THEMES: [str(one.title) for one in (*scheme.themes, *scheme.explanations)],
            About.GROUPS: [str(profile.gist) for profile in scheme.rules.profiles],
        }[about]
        assert [words for words in expected if words not in shown] == []

    def test_every_passage_says_where_it_comes_from(self, book) -> None:
        book.show_page(Step.REVIEW)
        tips = [w.toolTip() for w in book.sheet.findChildren(QLabel) if w.toolTip()]
        tips += [w.toolTip() for w in book.sheet.findChildren(object) if hasattr(w, "show_tag")]
        assert any("literature" in tip.lower() for tip in tips)

    def test_typing_keeps_the_chapters_that_hold_the_words(self, book) -> None:
        book.search.set_text("overstress")
        book.search.text_edited.emit("overstress")
        assert titles(book) == ["D pass: disorganization"]
        assert "Overstress" in said(book)
        book.search.text_edited.emit("zebra")
        assert titles(book) == []
        assert book.search.error()
        book.show_page(Step.RATE)
        assert book.shown.page == Step.RATE
        assert not book.search.error()

    def test_it_speaks_german_where_the_instruments_do(
        self, theme, qtbot, handbook, scheme
    ) -> None:
        german = spoken_in(handbook, "de")
        window = HandbookWindow(theme, pages_of(german, (), spoken_in(scheme, "de")), None)
        qtbot.addWidget(window)
        window.show_page(Step.RATE)
        assert "Die beste Stelle" in said(window)


class TestItsFile:
    def test_every_passage_is_there_in_german_too(self, handbook) -> None:
        for chapter in handbook.chapters:
            assert chapter.title.in_language("de") != chapter.title.english
            for passage in chapter.passages:
                assert passage.text.in_language("de") != passage.text.english

    def test_another_system_has_no_bundled_handbook(self) -> None:
        assert handbook_for("preschool") is None
