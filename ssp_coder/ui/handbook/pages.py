"""The pages of the handbook: its chapters, and help on what has no chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.domain.handbook import About

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ssp_coder.domain.handbook import Handbook, Passage
    from ssp_coder.domain.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpTopic:
    """How a page of the window is used.

    Attributes:
        page: id of the page.
        lines: one paragraph each.
    """

    page: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPage:
    """One entry of the list.

    Attributes:
        id: unique in the list.
        page: id of the window's page that it helps with, empty for none.
        lines: how that page of the window is used.
        words: everything that a search looks at, in lower case.
    """

    id: str
    title: str
    page: str = ""
    about: About = About.NOTHING
    passages: tuple[Passage, ...] = ()
    lines: tuple[str, ...] = ()
    words: str = ""


def pages_of(
    handbook: Handbook | None, topics: tuple[HelpTopic, ...], scheme: Scheme | None
) -> tuple[BookPage, ...]:
    """The chapters in their order, and after them the topics that belong to none."""
    by_page = {topic.page: topic for topic in topics}
    chapters = () if handbook is None else tuple(_chapters(handbook, by_page, scheme))
    told = {page.page for page in chapters}
    rest = (
        BookPage(
            id=f"help:{topic.page}",
            title=topic.title,
            page=topic.page,
            lines=topic.lines,
            words=_searched((topic.title, *topic.lines)),
        )
        for topic in topics
        if topic.page not in told
    )
    return (*chapters, *rest)


def _chapters(
    handbook: Handbook, topics: Mapping[str, HelpTopic], scheme: Scheme | None
) -> Iterator[BookPage]:
    for chapter in handbook.chapters:
        topic = topics.get(chapter.step)
        lines = () if topic is None else topic.lines
        said = [str(chapter.title), *lines]
        for passage in chapter.passages:
            said += [str(passage.heading), str(passage.text)]
        said += scheme_words(chapter.about, scheme)
        yield BookPage(
            id=chapter.id,
            title=str(chapter.title),
            page=chapter.step,
            about=chapter.about,
            passages=chapter.passages,
            lines=lines,
            words=_searched(said),
        )


def scheme_words(about: About, scheme: Scheme | None) -> list[str]:
    """What the scheme itself says about a part, for the search."""
    if scheme is None:
        return []
    match about:
        case About.CODES:
            return [f"{code.title} {code.hint}" for code in scheme.ethogram.codes()]
        case About.SCALES:
            return [f"{scale.title} {scale.abbreviation} {scale.gist}" for scale in scheme.scales]
        case About.THEMES:
            return [str(theme.title) for theme in scheme.themes]
        case About.GROUPS:
            return [f"{row.id} {row.title} {row.gist}" for row in scheme.rules.profiles]
        case About.NOTHING:
            return []


def found(pages: tuple[BookPage, ...], query: str) -> tuple[BookPage, ...]:
    """The pages in which every word of a query occurs; all for an empty one."""
    wanted = query.casefold().split()
    return tuple(page for page in pages if all(word in page.words for word in wanted))


def _searched(said: list[str] | tuple[str, ...]) -> str:
    return "\n".join(said).casefold()
