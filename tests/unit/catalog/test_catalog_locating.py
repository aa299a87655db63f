"""Lines of values in a TOML text."""

from __future__ import annotations

import pytest

from ssp_coder.catalog.locating import Key, line_of, lines_by_key

TEXT = '''\
# a comment with [brackets] and "quotes
title = "x" # another
"quoted key" = 1
a.b = 2

[plain]
inside = """
two [lines]
"""
after = 'single # not a comment'

[[groups]]
id = "first"

[[groups.codes]]
name = "one"

[[groups.codes]]
name = "two"
list = [
  "p",
  "q", "r",
]
rows = [
  { id = "m", at = [1, 2] },
  # between
  { id = "n" },
]

[[groups]]
id = "second"

[[groups.codes]]
name = "three"

[groups.extra]
depth = 3
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("title",), 2),
        (("quoted key",), 3),
        (("a", "b"), 4),
        (("plain",), 6),
        (("plain", "inside"), 7),
        (("plain", "after"), 10),
        (("groups",), 12),
        (("groups", 0), 12),
        (("groups", 1, "codes"), 33),
        (("groups", 0, "id"), 13),
        (("groups", 0, "codes", 0), 15),
        (("groups", 0, "codes", 0, "name"), 16),
        (("groups", 0, "codes", 1), 18),
        (("groups", 0, "codes", 1, "list"), 20),
        (("groups", 0, "codes", 1, "list", 0), 21),
        (("groups", 0, "codes", 1, "list", 1), 22),
        (("groups", 0, "codes", 1, "list", 2), 22),
        (("groups", 0, "codes", 1, "rows", 0), 25),
        (("groups", 0, "codes", 1, "rows", 1), 27),
        (("groups", 1, "id"), 31),
        (("groups", 1, "codes", 0, "name"), 34),
        (("groups", 1, "extra"), 36),
        (("groups", 1, "extra", "depth"), 37),
    ],
)
def test_a_value_has_its_line(key: Key, line: int) -> None:
    assert lines_by_key(TEXT)[key] == line


def test_a_value_within_an_inline_table_has_the_line_of_the_table() -> None:
    lines = lines_by_key(TEXT)
    assert line_of(lines, ("groups", 0, "codes", 1, "rows", 1, "id")) == 27


def test_what_is_nowhere_has_the_line_of_what_is_around_it() -> None:
    lines = lines_by_key(TEXT)
    assert line_of(lines, ("groups", 1, "unheard")) == 30
    assert line_of(lines, ("unheard", "of")) == 1


def test_an_empty_text_has_one_line() -> None:
    assert lines_by_key("") == {(): 1}


@pytest.mark.parametrize("text", ["[", "[[", "]", "=", "a = [", '"', '"""', "a = {", "[a", "a"])
def test_a_broken_text_is_no_error_of_its_own(text: str) -> None:
    assert lines_by_key(text)[()] == 1


def test_a_dotted_key_gives_its_line_to_what_it_is_part_of() -> None:
    lines = lines_by_key('[[anchors]]\npoint = 1\ntext.en = "None."\ntext.de = "Keine."\n')
    assert line_of(lines, ("anchors", 0, "text")) == 3
    assert line_of(lines, ("anchors", 0, "text", "de")) == 4
