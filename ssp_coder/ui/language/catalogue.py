"""A language as a text file: what each English sentence of the program is in it.

`words` are the sentences that the window passes through ``tr``; `contexts` hold those of them that
are something else where one class or module says them. `messages` are those of the core,
which speaks English only and puts facts into its sentences; they are known by their template, with
``{0}``, ``{1}`` in the place of the facts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("en", "de")
"""Languages of the program; the first is the one that it is written in."""

_PLACE = re.compile(r"\{(\d+)\}")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The words of one language.

    Attributes:
        words: translation of each English sentence.
        messages: translation of each template of a message of the core.
        contexts: by class or context, the sentences that are something else there.
    """

    words: Mapping[str, str]
    messages: Mapping[str, str]
    contexts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def word(self, context: str, english: str) -> str | None:
        """A sentence of the window in this language, None where it is not known."""
        return self.contexts.get(context, {}).get(english) or self.words.get(english)

    def message(self, english: str) -> str:
        """A message of the core in this language, in English where it is not known."""
        found = self.messages.get(english)
        if found is not None:
            return found
        for start, templates in self._by_start.items():
            if english.startswith(start):
                for pattern, template in templates:
                    match = pattern.fullmatch(english)
                    if match is not None:
                        return _filled(template, match.groups())
        return english

    @cached_property
    def _by_start(self) -> Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]:
        """Templates with facts, by the words before their first fact; the longest start first."""
        found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for template, translation in self.messages.items():
            if _PLACE.search(template):
                start = template.partition("{")[0]
                found.setdefault(start, []).append((_pattern(template), translation))
        order = sorted(found, key=len, reverse=True)
        return MappingProxyType({start: tuple(found[start]) for start in order})


def _pattern(template: str) -> re.Pattern[str]:
    parts = _PLACE.split(template)
    fixed, numbers = parts[::2], parts[1::2]
    if [int(number) for number in numbers] != list(range(len(numbers))):
        raise ValueError(f"the places of {template!r} are not numbered from 0 on")
    return re.compile("(.*?)".join(re.escape(part) for part in fixed), re.DOTALL)


def _filled(template: str, facts: tuple[str, ...]) -> str:
    return _PLACE.sub(lambda place: facts[int(place[1])], template)


NO_WORDS = Catalogue(words=MappingProxyType({}), messages=MappingProxyType({}))


def path_of(language: str) -> Path:
    """The file of a language."""
    return _FOLDER / f"{language}.toml"


def read_catalogue(path: Path) -> Catalogue:
    """The language in a file.

    Raises:
        ValueError: names the file and what is wrong in it.
        OSError: the file cannot be read.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, f"{error}; mend the file") from error
    unknown = sorted(tables.keys() - {"words", "messages", "contexts"})
    if unknown:
        raise _wrong(path, f"there is no table {unknown[0]!r}; use words, contexts or messages")
    words, messages = (_table(path, tables, name) for name in ("words", "messages"))
    contexts = tables.get("contexts", {})
    if not isinstance(contexts, dict):
        raise _wrong(path, "contexts is no table")
    return Catalogue(
        words=MappingProxyType(words),
        messages=MappingProxyType(messages),
        contexts=MappingProxyType({name: _table(path, contexts, name) for name in contexts}),
    )


def _wrong(path: Path, fact: str) -> ValueError:
    return ValueError(f"{path.name}: {fact}")


def _table(path: Path, tables: dict[str, object], name: str) -> dict[str, str]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise _wrong(path, f"{name} is no table")
    for source, translation in table.items():
        if not isinstance(translation, str):
            raise _wrong(path, f"{source!r} in {name} is no text")
    return {source: translation for source, translation in table.items() if translation}


def catalogue_of(language: str) -> Catalogue:
    """The words of a language; none for the one that the program is written in.

    Raises:
        ValueError: the file of the language is wrong.
        OSError: it cannot be read.
    """
    return NO_WORDS if language == LANGUAGES[0] else read_catalogue(path_of(language))
