"""Instrument wording in several languages, and where a statement comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CAPITALIZED = frozenset({"de"})
"""Languages whose nouns begin large wherever they stand."""


@dataclass(frozen=True, slots=True)
class Text:
    """One piece of instrument wording; English is always there.

    Attributes:
        by_language: pairs of language code and wording, ``(("en", "far"), ("de", "weit"))``.
        spoken: the language in which ``str`` gives it; files and tables use `english` instead.
    """

    by_language: tuple[tuple[str, str], ...]
    spoken: str = "en"

    def __post_init__(self) -> None:
        if not any(language == "en" for language, _ in self.by_language):
            raise ValueError("a text needs English wording (key 'en')")

    def in_language(self, language: str) -> str:
        """The wording in `language`, else in English."""
        words = dict(self.by_language)
        return words.get(language, words["en"])

    @property
    def english(self) -> str:
        """The English wording, whatever language is spoken: for files, tables and programs."""
        return self.in_language("en")

    @property
    def within(self) -> str:
        """The wording inside a sentence: English begins small there, German keeps its capitals."""
        words = str(self)
        return words if self.spoken in CAPITALIZED and words != self.english else words.lower()

    def __str__(self) -> str:
        return self.in_language(self.spoken)


def english(words: str) -> Text:
    """A text of which only the English wording is known."""
    return Text((("en", words),))


NO_TEXT = english("")


class Origin(StrEnum):
    """How far a statement of an instrument may be trusted (domain reference, section 0)."""

    VERIFIED = "verified"
    LITERATURE = "literature"
    PROJECT_DEFAULT = "project_default"
    LAB = "lab"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a statement comes from.

    Attributes:
        origin: the kind of source.
        source: key of the source list or a sentence naming it; never empty.
        confidence: 0 to 1 for literature whose original text was not checked, else None.
    """

    origin: Origin
    source: str
    confidence: float | None = None
