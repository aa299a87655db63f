"""Files damaged in every way a disk, a mail program or a spreadsheet can think of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from ssp_coder.formats.dialect import sheet_from_bytes
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.ratings import read_ratings
from ssp_coder.formats.timeline_import import plan_import
from ssp_coder.formats.timeline_reading import read_timeline
from tests.fixtures.table_schemes import bare_coding, small_scheme

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
SCHEME = small_scheme()
SEEDS = range(150)
Damage = Callable[[bytes, Random], bytes]


def flip(content: bytes, random: Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(random.randint(1, 8)):
        damaged[random.randrange(len(damaged))] = random.randrange(256)
    return bytes(damaged)


def cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def mix(content: bytes, random: Random) -> bytes:
    cells = content.split(b",")
    for _ in range(random.randint(1, 5)):
        cells[random.randrange(len(cells))] = random.choice(
            [b"", b"x", b"-1", b"1e9", b'"', b"=1", b"\xff", b"NA", b"999999", b"\n", b";"]
        )
    return b",".join(cells)


def swap_lines(content: bytes, random: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    random.shuffle(lines)
    return b"".join(lines)


DAMAGES = (flip, cut, mix, swap_lines)


def damaged(name: str, seed: int, damage: Damage) -> bytes:
    random = Random(seed)
    return damage((GOLDEN / name).read_bytes(), random)


def told(path: Path, read: Callable[[], object]) -> bool:
    """Whether reading was refused; then with the file's name and a remedy."""
    try:
        read()
    except FormatError as error:
        for sentence in error.sentences():
            assert sentence.startswith(path.name)
            assert "; " in sentence
        return True
    return False


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_timeline_is_read_or_refused_in_words(tmp_path: Path, damage: Damage) -> None:
    path = tmp_path / "small_events.csv"
    refused = 0
    for seed in SEEDS:
        path.write_bytes(damaged(path.name, seed, damage))
        refused += told(path, lambda: read_timeline(path, SCHEME))
    assert refused > len(SEEDS) / 4


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_timeline_never_changes_the_coding_it_was_meant_for(
    tmp_path: Path, damage: Damage
) -> None:
    path = tmp_path / "small_events.csv"
    coding = bare_coding()
    for seed in SEEDS[:50]:
        path.write_bytes(damaged(path.name, seed, damage))
        told(path, lambda: plan_import(coding, SCHEME, path))
    assert coding == bare_coding()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_ratings_are_read_or_refused_in_words(tmp_path: Path, damage: Damage) -> None:
    path = tmp_path / "small_scores.csv"
    for seed in SEEDS:
        path.write_bytes(damaged(path.name, seed, damage))
        told(path, lambda: read_ratings(path, SCHEME))


@pytest.mark.parametrize(
    "content",
    [
        b"\x00" * 100,
        b"\xff\xfe" + b"a,b\n".decode().encode("utf-16-le"),
        b"PK\x03\x04" + b"\x00" * 50,
        b"SQLite format 3\x00",
        b'"' * 1001,
        b"," * 1000,
        b"\n" * 1000,
        b"\xef\xbb\xbf",
    ],
    ids=["zeros", "utf16", "zip", "sqlite", "quotes", "commas", "lines", "mark only"],
)
def test_what_is_no_table_at_all_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError, match=r"^odd\.csv.*; "):
        sheet_from_bytes(content, "odd.csv")


def test_a_table_of_many_columns_is_refused_by_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{place}" for place in range(2_000)) + "\n", encoding="utf-8")
    with pytest.raises(FormatError, match="column subject, behaviour, group, start_s, stop_s"):
        read_timeline(path, SCHEME)
