from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_tree import (
    PACKAGE,
    ROOT,
    TESTS,
    functions,
    line_count,
    percentile_95,
    place,
    python_files,
    tree_of,
    written_lines,
)

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
USUAL_FILE = 350
USUAL_FUNCTION = 30
MOST_BRANCHES = 10
MOST_PARAMETERS = 5
EMPTY_NOUNS = {
    *("manager", "handler", "helper", "helpers", "util", "utils", "utility", "utilities"),
    *("data", "info", "core", "common", "misc"),
}
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler)
EXEMPTION = re.compile(
    r"#\s*(noqa(:\s*[A-Z]+\d+([,\s]+[A-Z]+\d+)*)?|type:\s*ignore(\[[\w, -]*\])?)(?P<rest>.*)"
)


def source_files() -> tuple[Path, ...]:
    return (*python_files(PACKAGE), ROOT / "run.py")


def function_lengths(tree: ast.AST) -> list[tuple[int, ast.AST]]:
    return [((node.end_lineno or 0) - node.lineno + 1, node) for node in functions(tree)]


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """What a function holds, without the functions and classes written inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child
            yield from own_nodes(child)


def branch_count(function: ast.AST) -> int:
    """Branches + 1, as the complexity limit of ruff counts them."""
    nodes = list(own_nodes(function))
    cases = sum(len(node.cases) - 1 for node in nodes if isinstance(node, ast.Match))
    return 1 + cases + sum(isinstance(node, BRANCHES) for node in nodes)


def parameter_count(arguments: ast.arguments) -> int:
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return sum(argument.arg not in {"self", "cls"} for argument in every)


def words(name: str) -> set[str]:
    """The words in a CamelCase or snake_case name."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def bare_exemptions(path: Path) -> Iterator[int]:
    """Lines where a check is silenced without a reason."""
    with tokenize.open(path) as source:
        for token in tokenize.generate_tokens(source.readline):
            found = EXEMPTION.search(token.string) if token.type == tokenize.COMMENT else None
            if found and not re.search(r"\w{2}", found["rest"]):
                yield token.start[0]


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    too_long = {p.name: line_count(p) for p in source_files() if line_count(p) > LONGEST_FILE}
    assert too_long == {}


def test_files_are_usually_short() -> None:
    assert percentile_95([line_count(path) for path in source_files()]) <= USUAL_FILE


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = [
        f"{place(path, node)} has {length} lines"
        for path in source_files()
        for length, node in function_lengths(tree_of(path))
        if length > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_functions_are_usually_short() -> None:
    lengths = [length for path in source_files() for length, _ in function_lengths(tree_of(path))]
    assert percentile_95(lengths) <= USUAL_FUNCTION


def test_no_function_branches_more_than_ten_ways() -> None:
    too_branched = [
        f"{place(path, node)} counts {branch_count(node)}"
        for path in source_files()
        for node in functions(tree_of(path))
        if branch_count(node) > MOST_BRANCHES
    ]
    assert too_branched == []


def test_no_function_asks_for_more_than_five_things() -> None:
    too_many = [
        f"{place(path, node)} takes {parameter_count(node.args)}"
        for path in source_files()
        for node in functions(tree_of(path))
        if parameter_count(node.args) > MOST_PARAMETERS
    ]
    assert too_many == []


def test_there_are_at_least_as_many_lines_of_tests_as_of_code() -> None:
    tests, code = written_lines(TESTS), written_lines(PACKAGE)
    assert tests >= code, f"{tests} lines of tests for {code} lines of code"


def test_nothing_is_named_for_being_useful_in_general() -> None:
    empty = [
        f"{place(path, 1)} {path.stem}"
        for path in python_files(PACKAGE)
        if words(path.stem) & EMPTY_NOUNS
    ]
    empty += [
        f"{place(path, node)} {node.name}"
        for path in python_files(PACKAGE)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and words(node.name) & EMPTY_NOUNS
    ]
    assert empty == []


def test_every_silenced_check_says_why() -> None:
    bare = [place(path, line) for path in source_files() for line in bare_exemptions(path)]
    assert bare == []


def test_no_two_test_files_share_a_name() -> None:
    names = [path.name for path in python_files(TESTS) if path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))


# ---------------------------------------------------------------- the measures themselves


def test_branches_are_counted_without_those_of_inner_functions() -> None:
    source = """
def outer(items):
    for item in items:
        if item:
            pass
    def inner(value):
        if value:
            pass
    return [i for i in items if i]
"""
    assert branch_count(next(functions(ast.parse(source)))) == 3


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (19, 19), (20, 19), (100, 95)])
def test_the_95th_percentile_is_a_value_that_occurs(count: int, expected: int) -> None:
    assert percentile_95(list(range(count, 0, -1))) == expected


@pytest.mark.parametrize(
    ("comment", "silent"),
    [
        ("x = 1  # noqa: S603", True),
        ("x = 1  # noqa", True),
        ("x = 1  # type: ignore[attr-defined]", True),
        ("x = 1  # noqa: S603 - built here, never by a shell", False),
        ("x = 1  # type: ignore[attr-defined]  # the stubs lack it", False),
        ("x = '# noqa'", False),
    ],
)
def test_a_silenced_check_without_a_reason_is_found(
    tmp_path: Path, comment: str, silent: bool
) -> None:
    path = tmp_path / "sample.py"
    path.write_text(comment + "\n", encoding="utf-8")
    assert bool(list(bare_exemptions(path))) is silent


@pytest.mark.parametrize("name", ["FrameManager", "media_utils", "MetaData", "info"])
def test_an_empty_noun_is_found_inside_a_name(name: str) -> None:
    assert words(name) & EMPTY_NOUNS


@pytest.mark.parametrize("name", ["Database", "Coding", "Informant", "commonest"])
def test_a_word_that_only_begins_like_an_empty_noun_is_not_found(name: str) -> None:
    assert not words(name) & EMPTY_NOUNS
