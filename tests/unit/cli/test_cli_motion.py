from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ssp_coder.cli.motion import COLUMNS, hint_lines
from ssp_coder.domain.time import Micros
from ssp_coder.media.hints import Hint, HintKind
from tests.fixtures.videos import Clip, ClipFactory
from tests.unit.cli.cli_desk import Call


@pytest.fixture
def clip(clip_factory: ClipFactory) -> Clip:
    return clip_factory("h264")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_motion_is_written_second_by_second(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    place = tmp_path / "motion.csv"
    outcome = ssp("motion", clip.path, "--csv", place)
    assert outcome.code == 0, outcome.err
    rows = rows_of(place)
    assert tuple(rows[0]) == COLUMNS
    assert [row["start_s"] for row in rows] == [f"{second}.000000" for second in range(5)]
    assert all(row["frames"] == "30" and float(row["motion"]) > 0 for row in rows)
    assert all(row["motion_region"] == "" for row in rows)


def test_motion_is_written_frame_by_frame(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    place = tmp_path / "motion.csv"
    ssp("motion", clip.path, "--csv", place, "--frames", "--region", "0,0,0.5,0.5")
    rows = rows_of(place)
    assert len(rows) == clip.count
    assert rows[0]["motion"] == ""
    assert rows[1]["start_s"] == "0.033333"
    assert float(rows[1]["motion_region"]) != float(rows[1]["motion"])


def test_rows_may_be_as_long_as_one_likes(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    ssp("motion", clip.path, "--csv", tmp_path / "motion.csv", "--every", "2.5")
    rows = rows_of(tmp_path / "motion.csv")
    assert [row["start_s"] for row in rows] == ["0.000000", "2.500000"]


def test_a_table_that_is_there_is_kept_unless_forced(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    place = tmp_path / "motion.csv"
    place.write_text("mine")
    outcome = ssp("motion", clip.path, "--csv", place)
    assert outcome.code == 2
    assert "motion.csv is there already" in outcome.complaint
    assert place.read_text() == "mine"
    assert ssp("motion", clip.path, "--csv", place, "--force").code == 0
    assert len(rows_of(place)) == 5


@pytest.mark.parametrize("region", ["1", "a,b,c,d", "0,0,2,1", "0,0,1", "0.5,0,0.6,1"])
def test_a_region_outside_the_picture_is_refused(ssp: Call, clip: Clip, region: str) -> None:
    outcome = ssp("motion", clip.path, "--region", region)
    assert outcome.code == 2
    assert "write it like 0.6,0,0.4,0.5" in outcome.complaint


def test_hints_are_labelled_as_such(ssp: Call, clip: Clip) -> None:
    assert ssp("motion", clip.path).out.startswith(
        "0 hints where to look. They are no coded events"
    )
    found = (
        Hint(kind=HintKind.LIGHT, at_us=Micros(2_000_000), ordinal=50, strength=-7.5),
        Hint(kind=HintKind.LIGHT, at_us=Micros(3_000_000), ordinal=75, strength=8.0),
        Hint(kind=HintKind.SCENE, at_us=Micros(62_040_000), ordinal=1_551, strength=0.75),
    )
    head, darker, brighter, scene = hint_lines(found)
    assert head.startswith("3 hints")
    assert darker == "  00:00:02.000  the room becomes darker (-7.50)"
    assert "brighter (+8.00)" in brighter
    assert scene == "  00:01:02.040  the picture is another one (+0.75)"
