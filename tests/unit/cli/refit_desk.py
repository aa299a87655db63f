"""Ratings with classes, as a table and as a study of codings."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from ssp_coder.calibration.judging import judged_inputs
from ssp_coder.domain.coding import Classification, Coding, CodingRole
from ssp_coder.domain.scale import Points, Rating, SlotId
from ssp_coder.storage.coding_file import create
from tests.builders import infant_scheme
from tests.unit.cli.cli_desk import film_media

GROUPS = ("A", "B", "C")


@lru_cache(maxsize=1)
def columns() -> tuple[str, ...]:
    return judged_inputs(infant_scheme().rules)


def rated(n: int, seed: int = 1) -> list[tuple[str, tuple[int, ...]]]:
    """Class and ratings of sessions; avoidance tells the first group, resistance the last."""
    random = np.random.default_rng(seed)
    made = []
    for place in range(n):
        group = GROUPS[place % 3]
        centre = {"A": (2, 1, 6, 2), "B": (5, 5, 1, 2), "C": (5, 5, 2, 6)}[group] * 2
        drawn = np.clip(np.round(centre + random.normal(0, 1.2, 8)), 1, 7)
        made.append((group, tuple(map(int, drawn))))
    return made


def ratings_csv(path: Path, n: int = 180, *, column: str = "class", more: str = "") -> Path:
    """A table of ratings; `more` is appended as it is."""
    head = ",".join(("session_id", column, "secondary", *columns()))
    lines = [
        ",".join((f"S{place:03}", group, "", *map(str, values)))
        for place, (group, values) in enumerate(rated(n))
    ]
    path.write_text("\n".join((head, *lines)) + "\n" + more, encoding="utf-8")
    return path


def row(session: str, group: str, secondary: str = "", missing: str = "") -> str:
    """A line more of the table, with middling ratings."""
    cells = ["" if name == missing else "3" for name in columns()]
    return ",".join((session, group, secondary, *cells)) + "\n"


def coding_file(
    folder: Path,
    session: str,
    given: Classification | None,
    values: tuple[int, ...],
    *,
    role: CodingRole = CodingRole.CONSENSUS,
    locked: bool = True,
) -> Path:
    path = folder / f"{session}.sspc"
    ratings = sorted(
        (
            Rating(slot=SlotId(name), score=Points(float(value)))
            for name, value in zip(columns(), values, strict=True)
        ),
        key=lambda one: one.slot,
    )
    coding = Coding(
        session=session,
        coder="team",
        role=role,
        media=(film_media(),),
        ratings=tuple(ratings),
        classification=given,
        locked=locked,
    )
    create(path, coding=coding, scheme=infant_scheme(), who="team").close()
    return path


def study(folder: Path, n: int = 12) -> Path:
    """A folder of locked consensus codings."""
    folder.mkdir(exist_ok=True)
    for place, (group, values) in enumerate(rated(n)):
        coding_file(folder, f"S{place:03}", Classification(primary=group), values)
    return folder
