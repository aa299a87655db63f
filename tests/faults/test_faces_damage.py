"""Damaged lists, models and recordings where faces are to be covered.

Nothing that goes wrong may lead to a clip with a face in it that a person believes to be covered:
a damaged list is refused in plain words or says the same as before, and a clip is not half written.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ssp_coder.domain.time import Span
from ssp_coder.formats.errors import FormatError
from ssp_coder.media import clips
from ssp_coder.media.clip_batch import Way, write_batch
from ssp_coder.media.clips import ClipPlan, write_clip
from ssp_coder.media.covering import Covering, Origin, Patch, Stand
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.faces import Flag, FlagKind, Searched, search_faces
from ssp_coder.media.faces_model import YUNET, YuNet, read_model
from ssp_coder.media.index import FrameIndex, KeyFrame
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.motion import Region
from ssp_coder.reporting.face_list import ListedClip, face_list_text, read_face_list
from tests.fixtures.face_films import RedFinder, film, red_model, walk

DAMAGED_FILES = 400
INDEX = FrameIndex(
    stamps=tuple(range(100)),
    time_base=Fraction(1, 25),
    last_ticks=1,
    keys=(KeyFrame(ordinal=0, pts=0, dts=0),),
)


def listed(name: str) -> ListedClip:
    patches = tuple(
        Patch(
            number=number,
            first=10 * number,
            last=10 * number + 30,
            stands=tuple(
                Stand(
                    ordinal=10 * number + at,
                    region=Region(left=0.1 * number, top=0.2, width=0.125, height=0.25),
                )
                for at in (0, 5, 10)
            ),
            origin=Origin.FOUND,
            score=0.5,
        )
        for number in (1, 2, 3)
    )
    flags = (
        Flag(kind=FlagKind.NO_FACE, first=0, last=9),
        Flag(kind=FlagKind.UNSURE, first=10, last=60),
    )
    covering = Covering(first=0, last=99, patches=patches)
    return ListedClip(
        name=name, video="f" * 64, searched=Searched(covering=covering, flags=flags, finder="x")
    )


SOUND = face_list_text((listed("a.mp4"), listed("b.mp4")), INDEX).encode("utf-8")


# ------------------------------------------------------------------------------ the list


def cut_short(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def other_byte(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def line_gone(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def line_twice(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return b"".join((*lines[: at + 1], *lines[at:]))


def cells_swapped(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines()
    at = chance.randrange(1, len(lines))
    cells = lines[at].split(b",")
    chance.shuffle(cells)
    lines[at] = b",".join(cells)
    return b"\n".join(lines) + b"\n"


def decimal_commas(content: bytes, _chance: random.Random) -> bytes:
    return content.replace(b".", b",")


def semicolons(content: bytes, _chance: random.Random) -> bytes:
    return content.replace(b",", b";")


DAMAGES = (cut_short, other_byte, line_gone, line_twice, cells_swapped)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_list_is_read_or_refused_in_plain_words(
    tmp_path: Path, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    place = tmp_path / "list.csv"
    refused = 0
    for seed in range(DAMAGED_FILES // len(DAMAGES)):
        place.write_bytes(damage(SOUND, random.Random(seed)))
        outcome = read_or_refused(place)
        if isinstance(outcome, str):
            refused += 1
            assert "list.csv" in outcome
            continue
        for clip in outcome:
            assert clip.looked <= set(clip.searched.flags)
            assert all(patch.first <= patch.last for patch in clip.searched.covering.patches)
    assert refused


def read_or_refused(place: Path) -> tuple[ListedClip, ...] | str:
    """The clips of a list, or the sentence that refuses it; nothing else may happen."""
    try:
        return read_face_list(place)
    except FormatError as error:
        return str(error)


@pytest.mark.parametrize("damage", [decimal_commas, semicolons])
def test_a_list_saved_by_a_spreadsheet_in_its_own_way_is_refused(
    tmp_path: Path, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    place = tmp_path / "list.csv"
    place.write_bytes(damage(SOUND, random.Random(0)))
    with pytest.raises(FormatError):
        read_face_list(place)


@pytest.mark.parametrize("content", [b"", b"\n", b"\x00\x01\x02", b"PK\x03\x04" * 9])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "list.csv"
    place.write_bytes(content)
    with pytest.raises(FormatError):
        read_face_list(place)


def test_a_list_that_vanished_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"gone\.csv"):
        read_face_list(tmp_path / "gone.csv")


def test_no_damage_of_one_byte_marks_a_stretch_as_looked_at(tmp_path: Path) -> None:
    place = tmp_path / "list.csv"
    chance = random.Random(7)
    for _ in range(100):
        place.write_bytes(other_byte(SOUND, chance))
        outcome = read_or_refused(place)
        if not isinstance(outcome, str):
            assert not any(clip.looked for clip in outcome)


# ------------------------------------------------------------------------------ the model


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_network_cut_short_is_refused_in_plain_words(share: float) -> None:
    content = red_model()
    with pytest.raises(MediaError) as caught:
        YuNet(content[: int(len(content) * share)], "cut").find(_grey())
    assert caught.value.code == "media.model_refused"


def _grey():
    import numpy as np

    return np.full((64, 64, 3), 128, np.uint8)


def test_the_pointer_that_stands_for_a_large_file_is_not_taken_for_it(tmp_path: Path) -> None:
    file = tmp_path / YUNET.file_name
    file.write_text(f"oid sha256:{YUNET.sha256}\nsize {YUNET.size}\n", encoding="utf-8")
    with pytest.raises(MediaError, match="not 232589"):
        read_model(file)


def test_a_folder_in_place_of_the_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="is not there"):
        read_model(tmp_path)


# ------------------------------------------------------------------------------ the recording


@pytest.fixture(scope="module")
def walking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("walk") / "walk.mp4", walk, 60)


def plan_of(video: Path, place: Path) -> ClipPlan:
    index = build_index(video)
    span = Span(start_us=index.times_us[0], end_us=index.end_us)
    return ClipPlan(video=video, index=index, span=span, place=place)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_recording_is_searched_and_covered_as_far_as_it_can_be_seen(
    walking: Path, tmp_path: Path, seed: int
) -> None:
    content = bytearray(walking.read_bytes())
    chance = random.Random(seed)
    sound = plan_of(walking, tmp_path / "clip.mp4")
    for _ in range(40):  # in the pictures: the header of so small a file stands at its end
        content[chance.randrange(2_000, len(content) - 4_000)] ^= chance.randrange(1, 256)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    plan = replace(sound, video=broken)
    found = search_faces(plan, RedFinder())
    assert found.covering.frames == plan.frames()
    (outcome,) = write_batch([replace(plan, covering=found.covering)], Way.EXACT)
    if outcome.clip is None:
        assert "broken.mp4" in outcome.trouble
        assert not plan.place.exists()
    else:
        assert outcome.clip.frame_count + outcome.clip.lost == len(plan.frames())


def test_cancelling_a_covered_clip_leaves_nothing(walking: Path, tmp_path: Path) -> None:
    plan = plan_of(walking, tmp_path / "clip.mp4")
    covering = search_faces(plan, RedFinder()).covering
    asked = iter(range(10))
    watch = Watch(cancelled=lambda: next(asked) == 9)
    with pytest.raises(Abandoned):
        write_clip(replace(plan, covering=covering), watch)
    assert list(tmp_path.iterdir()) == []


def test_a_covering_that_fails_half_way_leaves_no_clip(
    walking: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(walking, tmp_path / "clip.mp4")
    covering = search_faces(plan, RedFinder()).covering
    calls = iter(range(100))

    def fail_later(rgb, regions) -> None:
        if next(calls) == 20:
            raise MemoryError

    monkeypatch.setattr(clips, "cover", fail_later)
    with pytest.raises(MemoryError):
        write_clip(replace(plan, covering=covering))
    assert list(tmp_path.iterdir()) == []
