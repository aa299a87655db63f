"""Damaged data files: each loads or is refused with a place and a remedy, never otherwise."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from ssp_coder.catalog import CatalogError, scheme_from_files
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Scheme, SchemeFile

VALUES = (
    "nan", "-1", "1e400", "[]", "{}", "true", '""', '"x"', "99999999999999999999999", "1979-05-27",
    "[1, 7]", "[7, 1]", "{ en = 1 }", '{ de = "x" }', '["EP5"]', "0", "0.3", "[[]]", "'''", "0x7f",
)  # fmt: skip
NUMBERS = ("0", "-3", "5", "1000000000", "1000000000000000000", "2.5")
VARIANTS_OF_EACH = 30


def without_a_line(chance: random.Random, lines: list[str]) -> None:
    del lines[chance.randrange(len(lines))]


def with_a_line_twice(chance: random.Random, lines: list[str]) -> None:
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))


def with_two_lines_exchanged(chance: random.Random, lines: list[str]) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def with_a_line_cut(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]


def with_another_value(chance: random.Random, lines: list[str]) -> None:
    at = chance.choice([at for at, line in enumerate(lines) if "=" in line])
    lines[at] = f"{lines[at].partition('=')[0]}= {chance.choice(VALUES)}"


def with_another_key(chance: random.Random, lines: list[str]) -> None:
    at = chance.choice([at for at, line in enumerate(lines) if "=" in line])
    name = chance.choice(("unheard", "id", "kind", "origin", "title", '"a b"'))
    lines[at] = f"{name} ={lines[at].partition('=')[2]}"


def with_other_numbers(chance: random.Random, lines: list[str]) -> None:
    at = chance.choice([at for at, line in enumerate(lines) if re.search(r"\d", line)])
    lines[at] = re.sub(r"\d+", lambda _: chance.choice(NUMBERS), lines[at])


def ended_early(chance: random.Random, lines: list[str]) -> None:
    del lines[chance.randrange(len(lines)) :]


def with_strange_bytes(chance: random.Random, lines: list[str]) -> None:
    at = chance.randrange(len(lines))
    lines[at] += chance.choice(("\x00", "\ufeff", "\u2028", "\udc80", "\x1b", "\U0001f9f8"))


DAMAGES: tuple[Callable[[random.Random, list[str]], None], ...] = (
    without_a_line,
    with_a_line_twice,
    with_two_lines_exchanged,
    with_a_line_cut,
    with_another_value,
    with_another_key,
    with_other_numbers,
    ended_early,
    with_strange_bytes,
)


def with_one_damaged(
    files: tuple[SchemeFile, ...], chance: random.Random, kind: int
) -> tuple[SchemeFile, ...]:
    at = chance.randrange(len(files))
    lines = files[at].content.decode().split("\n")
    DAMAGES[kind](chance, lines)
    content = "\n".join(lines).encode(errors="surrogateescape")
    broken = replace(files[at], content=content, sha256=hashlib.sha256(content).hexdigest())
    return (*files[:at], broken, *files[at + 1 :])


def refusal(files: tuple[SchemeFile, ...]) -> tuple[Finding, ...]:
    """Why the files cannot be used; nothing when they load."""
    try:
        scheme_from_files("infant", files)
    except CatalogError as error:
        return error.findings
    return ()


@pytest.mark.parametrize("kind", range(len(DAMAGES)), ids=[d.__name__ for d in DAMAGES])
def test_a_damaged_file_loads_or_is_refused_with_a_place(infant: Scheme, kind: int) -> None:
    chance = random.Random(kind)
    variants = [with_one_damaged(infant.files, chance, kind) for _ in range(VARIANTS_OF_EACH)]
    refusals = [refusal(files) for files in variants]
    paths = {file.path for file in infant.files}
    for finding in (finding for refused in refusals for finding in refused):
        assert finding.message
        assert finding.remedy
        below = finding.place.partition(":")[0]
        assert below in paths or finding.code == "file.missing", finding.sentence()
    assert any(refusals), "this kind of damage is never noticed"
