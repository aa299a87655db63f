"""Two thousand damaged data files of every kind: each is sound or refused in plain words.

Every file is damaged by one of the usual accidents of an editor, a merge or a disk. Whatever comes
out, the program says file, line and remedy, and never fails in another way.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import settings

from ssp_coder.catalog.checking_files import file_findings
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.reading import read_instrument
from ssp_coder.domain.finding import Finding
from ssp_coder.resources import bundled
from tests.unit.catalog.test_catalog_damaged import DAMAGES as DAMAGED_LINES

WORDING = b"""kind = "wording"
id = "manual"
version = "1.0.0"
title = "Our manual"
origin = "lab"
source = "manual"

[sources]
manual = "Manual of our training, licensed"

[[anchors]]
scale = "pcs"
point = 7
text = { en = "Words.", de = "Worte." }

[[gists]]
scale = "pcs"
text = "Words."
"""
EXAMPLES_EACH = 10
PLACE = re.compile(r"(?P<file>.+):(?P<line>\d+)")
INSIDE = re.compile(r"Record|msgspec|Traceback|dataclass|NoneType|object at 0x|regex")

Damage = Callable[[random.Random, bytes], bytes]


def bundled_files() -> dict[str, bytes]:
    places = {"episodes": bundled("episodes"), "schemas": bundled("schemas")}
    files = {
        f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for name, folder in places.items()
        for path in sorted(folder.rglob("*.toml"))
        if not path.relative_to(folder).as_posix().startswith(("demonstration/", "training/"))
    }
    return files | {"schemas/wordings/manual.toml": WORDING}


FILES = bundled_files()


def of_lines(change: Callable[[random.Random, list[str]], None]) -> Damage:
    def damage(chance: random.Random, content: bytes) -> bytes:
        lines = content.decode().split("\n")
        change(chance, lines)
        return "\n".join(lines).encode(errors="surrogateescape")

    damage.__name__ = change.__name__
    return damage


def with_a_byte_changed(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes((chance.randrange(256),)) + content[at + 1 :]


def with_a_stretch_lost(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 200) :]


def with_a_stretch_of_another_file(chance: random.Random, content: bytes) -> bytes:
    other = chance.choice(tuple(FILES.values()))
    start, at = chance.randrange(len(other)), chance.randrange(len(content))
    return content[:at] + other[start : start + 200] + content[at:]


def with_a_table_of_another_name(chance: random.Random, content: bytes) -> bytes:
    heads = [found.span() for found in re.finditer(rb"^\[\[?.*\]\]?$", content, re.MULTILINE)]
    if not heads:
        return content + b"\n[[unheard]]\nid = 1\n"
    start, end = chance.choice(heads)
    name = chance.choice((b"[[unheard]]", b"[id]", b"[[title]]", b"[sources.deep]", b"[]"))
    return content[:start] + name + content[end:]


def with_every_mark_of_a_kind_changed(chance: random.Random, content: bytes) -> bytes:
    old, new = chance.choice(
        ((b'"', b"'"), (b"=", b":"), (b"[[", b"["), (b"\n", b"\r"), (b".", b","))
    )
    return content.replace(old, new)


DAMAGES: tuple[Damage, ...] = (
    *map(of_lines, DAMAGED_LINES),
    with_a_byte_changed,
    with_a_stretch_lost,
    with_a_stretch_of_another_file,
    with_a_table_of_another_name,
    with_every_mark_of_a_kind_changed,
)


def findings_in(path: str, content: bytes) -> tuple[Finding, ...]:
    try:
        return tuple(file_findings(read_instrument(path, content, path)))
    except CatalogError as error:
        return error.findings


def assert_plain(finding: Finding, path: str, content: bytes) -> None:
    assert finding.message, finding
    assert finding.remedy, finding.sentence()
    assert not INSIDE.search(finding.message), finding.sentence()
    found = PLACE.fullmatch(finding.place)
    if found is None:
        assert (finding.place, finding.code) == (path, "file.empty"), finding.sentence()
        return
    assert found["file"] == path
    assert 1 <= int(found["line"]) <= content.count(b"\n") + 1, finding.sentence()


def variants() -> int:
    """How many files each kind of damage makes: 2,000 in all in CI, 500 on an ordinary day."""
    return -(-EXAMPLES_EACH * settings().max_examples // len(DAMAGES))


@pytest.mark.parametrize("path", FILES)
def test_an_undamaged_file_has_nothing_wrong(path: str) -> None:
    assert findings_in(path, FILES[path]) == ()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_file_is_sound_or_refused_in_plain_words(damage: Damage) -> None:
    chance = random.Random(damage.__name__)
    refused = 0
    for _ in range(variants()):
        path = chance.choice(tuple(FILES))
        content = damage(chance, FILES[path])
        found = findings_in(path, content)
        refused += bool(found)
        for finding in found:
            assert_plain(finding, path, content)
    assert refused, "this kind of damage is never noticed"


@pytest.mark.parametrize("path", FILES)
def test_every_file_is_damaged_somewhere(path: str) -> None:
    """No kind of file is left out by chance: each is cut at places all over it."""
    content = FILES[path]
    for at in range(1, 20):
        cut = content[: at * len(content) // 20]
        for finding in findings_in(path, cut):
            assert_plain(finding, path, cut)
