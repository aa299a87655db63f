"""The list of covers and of stretches to look at: written, gone through by a person, read again."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.formats.errors import FormatError
from ssp_coder.media.covering import Covering, Origin, Patch, Stand
from ssp_coder.media.errors import MediaError
from ssp_coder.media.faces import Flag, FlagKind, Searched
from ssp_coder.media.index import FrameIndex, KeyFrame
from ssp_coder.media.motion import Region
from ssp_coder.reporting.face_list import (
    COLUMNS,
    ListedClip,
    face_list_text,
    read_face_list,
    write_face_list,
)

INDEX = FrameIndex(
    stamps=tuple(range(200)),
    time_base=Fraction(1, 25),
    last_ticks=1,
    keys=(KeyFrame(ordinal=0, pts=0, dts=0),),
)
NO_FACE = Flag(kind=FlagKind.NO_FACE, first=10, last=34)
UNSURE = Flag(kind=FlagKind.UNSURE, first=30, last=59)
BOX = Region(left=0.25, top=0.125, width=0.5, height=0.25)
FOUND = Patch(
    number=1,
    first=10,
    last=40,
    stands=(
        Stand(ordinal=12, region=BOX),
        Stand(ordinal=14, region=Region(left=0.3, top=0.125, width=0.5, height=0.25)),
    ),
    origin=Origin.FOUND,
    score=0.625,
)
DRAWN = Patch(number=2, first=10, last=59, stands=(Stand(ordinal=10, region=BOX),))


def clip(name: str = "a.mp4", looked: frozenset[Flag] = frozenset()) -> ListedClip:
    covering = Covering(first=10, last=59, patches=(FOUND, DRAWN))
    searched = Searched(covering=covering, flags=(NO_FACE, UNSURE), finder="YuNet")
    return ListedClip(name=name, video="f" * 64, searched=searched, looked=looked)


def written(tmp_path: Path, text: str) -> Path:
    place = tmp_path / "list.csv"
    place.write_text(text, encoding="utf-8")
    return place


def lines_of(clips: tuple[ListedClip, ...] = (clip(),)) -> list[str]:
    return face_list_text(clips, INDEX).splitlines()


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(FormatError) as caught:
        read_face_list(written(tmp_path, text))
    return str(caught.value)


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    clips = (clip("a.mp4", frozenset({UNSURE})), clip("b, with comma.mp4"))
    place = tmp_path / "list.csv"
    write_face_list(place, face_list_text(clips, INDEX))
    assert read_face_list(place) == clips


def test_a_list_names_times_beside_frames() -> None:
    header, whole, first, *_ = lines_of()
    assert header.split(",") == list(COLUMNS)
    assert whole.startswith("a.mp4,clip,YuNet,10,59,0.400000,2.400000,")
    assert first.startswith("a.mp4,look,no_face,10,34,0.400000,1.400000,,")


def test_times_of_another_camera_are_those_of_the_session(tmp_path: Path) -> None:
    text = face_list_text((clip(),), INDEX, offset_us=10_000_000)
    _, whole, first, *_ = text.splitlines()
    assert whole.startswith("a.mp4,clip,YuNet,10,59,10.400000,12.400000,")
    assert first.startswith("a.mp4,look,no_face,10,34,10.400000,11.400000,,")
    assert read_face_list(written(tmp_path, text)) == (clip(),)


def test_a_stretch_is_open_until_a_person_writes_yes(tmp_path: Path) -> None:
    header, whole, first, second, *covers = lines_of()
    marked = first.replace("1.400000,,", "1.400000, Yes ,")
    (read,) = read_face_list(
        written(tmp_path, "\n".join((header, whole, marked, second, *covers, "")))
    )
    assert read.open == (UNSURE,)
    maybe = first.replace("1.400000,,", "1.400000,maybe,")
    (read,) = read_face_list(written(tmp_path, "\n".join((header, whole, maybe, second, ""))))
    assert read.open == (NO_FACE, UNSURE)


def test_the_stretches_may_stand_in_any_order(tmp_path: Path) -> None:
    header, whole, first, second, *covers = lines_of()
    text = "\n".join((header, *reversed(covers), second, whole, first, ""))
    (read,) = read_face_list(written(tmp_path, text))
    assert set(read.open) == {NO_FACE, UNSURE}


@pytest.mark.parametrize("row", [2, 3])
def test_a_stretch_that_is_missing_is_noticed(tmp_path: Path, row: int) -> None:
    lines = lines_of()
    told = refusal(tmp_path, "\n".join((*lines[:row], *lines[row + 1 :], "")))
    assert "'2 rows x" in told
    assert "here are '1 rows x" in told
    assert "line 2" in told


def test_a_stretch_in_place_of_another_is_noticed(tmp_path: Path) -> None:
    header, whole, first, _second, *covers = lines_of()
    told = refusal(tmp_path, "\n".join((header, whole, first, first, *covers, "")))
    assert "put the look rows back" in told


def test_a_stretch_that_was_made_shorter_is_noticed(tmp_path: Path) -> None:
    text = face_list_text((clip(),), INDEX)
    assert "put the look rows back" in refusal(
        tmp_path, text.replace(",no_face,10,34,", ",no_face,10,11,")
    )


def test_a_list_whose_tally_was_taken_out_is_refused(tmp_path: Path) -> None:
    header, whole, *rows = lines_of()
    bare = whole.rpartition(",")[0] + ","
    assert "put the look rows back" in refusal(tmp_path, "\n".join((header, bare, *rows, "")))
    assert "to_look_at" in refusal(tmp_path, header.removesuffix(",to_look_at") + "\n")


@given(st.lists(st.integers(0, 3), unique=True, max_size=3))
def test_no_stretch_gets_lost_unnoticed(tmp_path_factory, left_out: list[int]) -> None:
    flags = tuple(Flag(kind=FlagKind.NO_FACE, first=10 * at, last=10 * at + 4) for at in range(4))
    searched = Searched(covering=Covering(first=0, last=59), flags=flags)
    listed = ListedClip(name="a.mp4", video="f", searched=searched)
    header, whole, *looks = face_list_text((listed,), INDEX).splitlines()
    kept = (row for at, row in enumerate(looks) if at not in left_out)
    place = written(tmp_path_factory.mktemp("lists"), "\n".join((header, whole, *kept, "")))
    if left_out:
        with pytest.raises(FormatError):
            read_face_list(place)
    else:
        assert read_face_list(place) == (listed,)


def test_a_person_may_add_a_cover_with_the_least_that_is_needed(tmp_path: Path) -> None:
    row = {
        "clip": "a.mp4",
        "row": "cover",
        "first_frame": "20",
        "last_frame": "30",
        "cover": "9",
        "frame": "20",
        "left": "0.5",
        "top": "0",
        "width": "0.5",
        "height": "1",
    }
    cells = ",".join(row.get(column, "") for column in COLUMNS)
    (read,) = read_face_list(written(tmp_path, "\n".join((*lines_of(), cells, ""))))
    added = read.searched.covering.patch(9)
    assert (added.origin, added.score) == (Origin.DRAWN, 1.0)
    assert added.region_at(25) == Region(left=0.5, top=0, width=0.5, height=1)


def test_a_cover_that_was_taken_out_covers_no_more(tmp_path: Path) -> None:
    kept = [line for line in lines_of() if ",found," not in line]
    (read,) = read_face_list(written(tmp_path, "\n".join((*kept, ""))))
    assert [patch.number for patch in read.searched.covering.patches] == [2]


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        (",look,no_face,", ",glance,no_face,", "'glance' is not clip, look or cover"),
        (",look,no_face,", ",look,nobody,", "'nobody' is no reason to look"),
        (",look,no_face,10,", ",look,no_face,x,", "first_frame is 'x', not a whole number"),
        (",clip,YuNet,10,59", ",clip,YuNet,59,10", "is for no frame"),
        (",clip,YuNet,10,59", ",look,no_face,10,59", "has 0 rows of its own"),
        ("0.250000", "a quarter", "left is 'a quarter', not a number"),
        ("0.250000", "nan", "region nan"),
        ("0.250000", "0.9", "region 0.9"),
        (",cover,found,", ",cover,guessed,", "'guessed' is not a valid Origin"),
    ],
)
def test_what_is_not_clear_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, fact: str
) -> None:
    text = face_list_text((clip(),), INDEX)
    assert old in text
    told = refusal(tmp_path, text.replace(old, new, 1))
    assert fact in told
    assert "line" in told


def test_another_table_is_no_such_list(tmp_path: Path) -> None:
    assert "first_frame" in refusal(tmp_path, "name,time\na,1\n")


def test_a_list_is_never_written_over_a_file(tmp_path: Path) -> None:
    place = written(tmp_path, "mine")
    with pytest.raises(MediaError, match="is there already"):
        write_face_list(place, "x")
    assert place.read_text(encoding="utf-8") == "mine"


@given(
    left=st.integers(0, 400_000),
    width=st.integers(1, 500_000),
    stand=st.integers(0, 199),
    first=st.integers(0, 199),
    more=st.integers(0, 99),
)
def test_every_cover_comes_back_to_the_millionth(
    tmp_path_factory, left: int, width: int, stand: int, first: int, more: int
) -> None:
    region = Region(left=left / 1e6, top=0.1, width=width / 1e6, height=0.2)
    patch = Patch(
        number=3,
        first=min(first, 199 - more),
        last=min(first, 199 - more) + more,
        stands=(Stand(ordinal=stand, region=region),),
    )
    searched = Searched(covering=Covering(first=0, last=199, patches=(patch,)), flags=())
    listed = ListedClip(name="a.mp4", video="f", searched=searched)
    place = written(tmp_path_factory.mktemp("lists"), face_list_text((listed,), INDEX))
    (read,) = read_face_list(place)
    assert read.searched.covering.patches == (patch,)
