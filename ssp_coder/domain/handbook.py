"""What a coder should know, step by step: words to be read, never anything that decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.words import Provenance, Text


class About(StrEnum):
    """A part of the scheme that belongs to a chapter and is told after its passages."""

    NOTHING = ""
    CODES = "codes"
    SCALES = "scales"
    THEMES = "themes"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One thing to know, with where it comes from."""

    heading: Text
    text: Text
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Passages that belong together.

    Attributes:
        id: unique within the handbook.
        step: id of the step of the work it helps with, empty for none.
    """

    id: str
    title: Text
    step: str
    about: About
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """The handbook of one classification system.

    Attributes:
        system: id of the system whose schemes it is for.
    """

    id: str
    version: str
    title: Text
    system: str
    chapters: tuple[Chapter, ...]
