"""Two codings of one session that differ in one of each kind, and what is drawn from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ssp_coder.agreement.consensus import Draw, answer_of, draw
from ssp_coder.domain.coding import Classification, Coding, IndexStrength
from ssp_coder.domain.settlement import SettledFor, Settlement
from ssp_coder.editing import edits
from ssp_coder.storage.coding_file import create
from ssp_coder.storage.consensus_file import Sides, read_sides
from tests.builders import CAREGIVER, add, after, coding, infant_scheme, rate, with_episodes
from tests.unit.storage.storage_files import d_index

ALIKE = (
    add("distress.none", 30, end=60),
    add("gaze.to_c", 33, end=36),
    add("presence.in_room", 31, CAREGIVER, end=300),
)
FIRST = (
    *ALIKE,
    add("seeking.reach", 70, modifiers={"toward": "c"}),
    add("seeking.reach", 90, modifiers={"toward": "c"}),
    add("distress.fuss", 100, end=120),
    add("distress.cry", 130, end=140),
    rate("pcs_c_5", 4),
    rate("avo_c_5", 2, "turned away"),
    edits.PutDIndex(index=d_index(40)),
    edits.PutDIndex(index=d_index(200)),
    edits.Classify(classification=Classification(primary="B", subgroup="B3", rationale="greets")),
)
SECOND = (
    *ALIKE,
    add("seeking.reach", 70.4, modifiers={"toward": "door"}),
    add("distress.cry", 100.5, end=119),
    add("distress.cry", 130.2, end=150),
    add("seeking.reach", 210, modifiers={"toward": "c"}),
    rate("pcs_c_5", 4),
    rate("avo_c_5", 4),
    edits.PutDIndex(index=replace(d_index(40.2), note="freezes")),
    edits.PutDIndex(index=replace(d_index(200), strength=IndexStrength.WEAK)),
    edits.Classify(classification=Classification(primary="B", subgroup="B2")),
)


def coded(who: str, *steps: edits.Edit, locked: bool = True) -> Coding:
    """What a coder did in a session of eight episodes."""
    made = after(with_episodes(coding(coder=who)), *steps)
    return after(made, edits.LockCoding()) if locked else made


def drawn(first: tuple = FIRST, second: tuple = SECOND) -> Draw:
    return draw(coded("K1", *first), coded("K2", *second), infant_scheme())


def written(folder: Path, one: Coding) -> Path:
    """A coding in a file of its own."""
    path = folder / f"{one.session}.{one.coder}.sspc"
    create(path, coding=one, scheme=infant_scheme(), who=one.coder).close()
    return path


def pair_files(folder: Path, first: tuple = FIRST, second: tuple = SECOND) -> tuple[Path, Path]:
    return written(folder, coded("K1", *first)), written(folder, coded("K2", *second))


def sides(folder: Path, first: tuple = FIRST, second: tuple = SECOND) -> Sides:
    return read_sides(*pair_files(folder, first, second))


def settled(found: Draw, key: str, taken: SettledFor, **fields: object) -> Settlement:
    item = found.item(key)
    assert item is not None, [one.key for one in found.items]
    return replace(
        answer_of(found, item, taken), **({"reason": "seen again", "who": "K1, K2"} | fields)
    )
