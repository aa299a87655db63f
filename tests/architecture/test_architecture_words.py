"""What the program says is a literal, and every language file knows all of it and no more."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest

from ssp_coder.ui.language.catalogue import LANGUAGES, path_of
from tests.architecture.spoken_words import (
    WORD_CALLS,
    call_name,
    calls,
    core_messages,
    literals,
    modules,
    template,
    window_words,
)

_PLACE = re.compile(r"\{[^}]*\}")
_KEPT = re.compile(r"</?\w+>|\*\.\w+")
OTHERS = LANGUAGES[1:]
SAYS_NOTED_WORDS = "words_of"
"""It says the words of the table of commands, which are noted where they stand."""


def table(language: str, name: str) -> dict[str, str]:
    return tomllib.loads(path_of(language).read_text(encoding="utf-8")).get(name, {})


def held(pattern: re.Pattern[str], words: str) -> list[str]:
    return sorted(pattern.findall(words))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("name", "said"), [("words", window_words), ("messages", core_messages)])
class TestEveryLanguage:
    def test_everything_that_is_said_has_a_translation(self, language, name, said) -> None:
        known = table(language, name)
        assert [f"{one.place}: {one.words}" for one in said() if not known.get(one.words)] == []

    def test_nothing_in_it_is_said_no_more(self, language, name, said) -> None:
        assert sorted(table(language, name).keys() - {one.words for one in said()}) == []

    def test_places_for_facts_tags_and_patterns_are_the_same(self, language, name, said) -> None:
        del said
        for source, words in table(language, name).items():
            assert held(_PLACE, words) == held(_PLACE, source), source
            assert held(_KEPT, words) == held(_KEPT, source), source


@pytest.mark.parametrize("language", OTHERS)
def test_a_context_holds_only_words_that_are_said(language: str) -> None:
    known = {one.words for one in window_words()}
    contexts = tomllib.loads(path_of(language).read_text(encoding="utf-8")).get("contexts", {})
    assert {source for words in contexts.values() for source in words} <= known
    assert all(text for words in contexts.values() for text in words.values())


@pytest.mark.parametrize("language", OTHERS)
def test_menus_keep_a_letter_to_open_them(language: str) -> None:
    for source, words in table(language, "words").items():
        if re.search(r"&\w", source):
            assert re.search(r"&\w", words), source


def spoken_calls() -> Iterator[tuple[str, ast.Call]]:
    for place, call in calls("ui"):
        if call_name(call) in WORD_CALLS and call.args:
            yield place, call


def test_words_put_together_are_never_translated() -> None:
    """A sentence with facts already in it has no translation; facts are filled in afterwards."""
    wrong = [
        place
        for place, call in spoken_calls()
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert wrong == []


def test_the_finder_sees_choices_and_formatted_messages() -> None:
    choice = ast.parse("tr('a' if x else 'b')", mode="eval").body
    assert list(literals(choice.args[0])) == ["a", "b"]
    message = ast.parse("f'{a} at {b!r} ends'", mode="eval").body
    assert template(message) == "{0} at {1} ends"
    assert template(ast.parse("words", mode="eval").body) is None


def test_there_is_a_lot_to_say() -> None:
    assert len({one.words for one in window_words()}) > 1_000
    assert len({one.words for one in core_messages()}) > 50


def test_what_translates_bears_a_name_by_which_its_words_are_found() -> None:
    hidden = [
        f"{path.name}: {function.name}"
        for path, tree in modules("ui")
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        and function.name not in WORD_CALLS | {SAYS_NOTED_WORDS}
        and any(_translates_its_argument(node, function) for node in ast.walk(function))
    ]
    assert hidden == []


def _translates_its_argument(node: ast.AST, function: ast.FunctionDef) -> bool:
    names = {argument.arg for argument in function.args.args[:1]}
    return (
        isinstance(node, ast.Call)
        and call_name(node) == "translate"
        and len(node.args) > 1
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[1], ast.Name)
        and node.args[1].id in names
    )
