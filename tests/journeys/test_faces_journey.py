"""A clip for a case conference: found, looked through, mended by hand, written without a face."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from ssp_coder.cli import main
from ssp_coder.domain.time import Span
from ssp_coder.media.clip_batch import Way, write_batch
from ssp_coder.media.clips import ClipPlan
from ssp_coder.media.faces import FlagKind
from ssp_coder.media.indexing import build_index
from ssp_coder.media.overlay import Overlay
from ssp_coder.media.reader import FrameReader
from ssp_coder.media.soundtrack import sound_rate
from ssp_coder.ui.faces.review import FaceReviewDialog
from ssp_coder.ui.player.open_video import OpenVideo, read_video
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.fixtures.face_films import HEIGHT, WIDTH, Disc, RedFinder, film, redness

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FIRST, LAST = 10, 89
ASIDE = Disc(x=250, y=130, radius=12)


def mother_and_child(number: int) -> tuple[Disc, ...]:
    """The one walks, the other sits; the finder of this story never sees who sits."""
    return (Disc(x=60 + number, y=60), ASIDE)


class HalfBlindFinder(RedFinder):
    """Does not see what is in the lower right quarter, as a real one misses a turned head."""

    def find(self, rgb):
        seen = super().find(rgb)
        return tuple(one for one in seen if one.region.left < 0.6 or one.region.top < 0.5)


class Shelf:
    is_filled = True

    def finder(self) -> RedFinder:
        return HalfBlindFinder(blind=range(14, 30))

    def adopt(self, file: Path) -> None:
        raise AssertionError(file)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> OpenVideo:
    path = film(tmp_path_factory.mktemp("journey") / "room.mp4", mother_and_child, 100)
    return read_video(path, None, lambda _share: None, lambda: False)


@pytest.fixture
def plan(video: OpenVideo, tmp_path: Path) -> ClipPlan:
    times = video.index.times_us
    return ClipPlan(
        video=video.path,
        index=video.index,
        span=Span(start_us=times[FIRST], end_us=times[LAST + 1]),
        place=tmp_path / "conference.mp4",
        sound=False,
    )


def sharp_columns(rgb) -> int:
    red = redness(rgb)
    return int(abs(red[:, 2:] - red[:, :-2]).max())


def sharpest(place: Path) -> int:
    index = build_index(place)
    with FrameReader(place, index) as reader:
        return max(sharp_columns(reader.frame(at).to_rgb()) for at in range(index.count))


def see(qtbot, dialog: FaceReviewDialog, ordinal: int) -> None:
    dialog.bench.frames.go_to(ordinal)
    qtbot.waitUntil(lambda: dialog.bench.picture.ordinal == ordinal, timeout=10_000)
    dialog.bench.picture.repaint()


def drag_around(qtbot, dialog: FaceReviewDialog, disc: Disc) -> None:
    """Draw a cover with the pointer, some pixels larger than the face."""
    picture = dialog.bench.picture
    stage = picture._stage()
    reach = disc.radius + 8

    def at(across: float, down: float) -> QPoint:
        x = stage.x() + across / WIDTH * stage.width()
        return QPoint(round(x), round(stage.y() + down / HEIGHT * stage.height()))

    start = at(disc.x - reach, disc.y - reach)
    end = at(disc.x + reach, disc.y + reach)
    qtbot.mousePress(picture, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(picture, end)
    qtbot.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=end)


def test_a_person_finds_what_the_detector_missed(qtbot, video, plan, tmp_path: Path) -> None:
    theme = Theme(Scheme.LIGHT)
    dialog = FaceReviewDialog(theme, video, plan, None, Shelf())
    qtbot.addWidget(dialog)
    dialog.resize(1_240, 760)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.searching, timeout=10_000)
    bench = dialog.bench

    # What the detector proposes leaves the child bare, and it says only where it is blind.
    (flag,) = bench.review.flags
    assert flag.kind is FlagKind.NO_FACE
    proposed = replace(plan, place=tmp_path / "proposed.mp4", covering=bench.review.covering)
    assert write_batch([proposed], Way.EXACT)[0].clip is not None
    assert sharpest(proposed.place) > 80

    # A person sees the child's face and draws a cover over the whole clip.
    see(qtbot, dialog, FIRST)
    drag_around(qtbot, dialog, ASIDE)
    bench.cover_bar.whole.click()
    child = bench.review.covering.patches[-1]
    assert (child.first, child.last) == (FIRST, LAST)

    # Where the mother was not seen her cover rests for a moment: a person lets it go on with her.
    bench.table.choose(flag)
    see(qtbot, dialog, flag.first)
    (mother,) = (one for one in bench.review.covering.patches_at(flag.first) if one is not child)
    bench.choose(mother.number)
    see(qtbot, dialog, flag.last)
    bench.cover_bar.end.click()
    here = mother_and_child(flag.last)[0]
    bench.place(mother.number, replace(here, radius=here.radius + 8).region)

    # Every frame of the clip was on the screen before it is confirmed.
    for ordinal in range(FIRST, LAST + 1, 4):
        see(qtbot, dialog, ordinal)
    bench.table.choose(flag)
    see(qtbot, dialog, flag.first)
    bench.look_button.click()
    assert bench.review.open == ()
    dialog.confirmed.click()
    dialog.accept_button.click()

    covering = dialog.covering
    assert covering is not None
    (outcome,) = write_batch([replace(plan, covering=covering)], Way.EXACT)
    assert outcome.clip is not None
    assert outcome.clip.frame_count == LAST - FIRST + 1
    assert sound_rate(plan.place) is None
    assert sharpest(plan.place) < 60


def test_a_face_covered_in_the_window_is_covered_in_the_still_too(
    qtbot, video, plan, tmp_path: Path
) -> None:
    import cv2

    dialog = FaceReviewDialog(Theme(Scheme.DARK), video, plan, None, Shelf())
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.searching, timeout=10_000)
    qtbot.waitUntil(lambda: dialog.bench.picture.ordinal == FIRST, timeout=10_000)
    drag_around(qtbot, dialog, ASIDE)
    covering = dialog.bench.review.covering
    dialog.reject()
    dialog.reject()
    assert not dialog.isVisible()
    assert dialog.covering is None
    still = replace(
        plan, place=tmp_path / "still.png", covering=covering, overlay=Overlay(timecode=True)
    )
    (outcome,) = write_batch([still], Way.PICTURE)
    assert outcome.clip is not None
    rgb = cv2.imread(str(still.place))[:, :, ::-1]
    assert sharp_columns(rgb[: HEIGHT - 40]) < 60


def test_the_same_by_the_command_line_and_a_spreadsheet(
    video: OpenVideo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, faces = tmp_path / "conference.mp4", tmp_path / "faces.csv"
    call = ["clip", str(video.path), "--from", "0.4", "--to", "3.6", "--out", str(place)]
    call += ["--no-sound", "--blur-faces", "--review-list", str(faces)]
    assert main(call) == 1
    assert not place.exists()

    with faces.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["row"] for row in rows] == ["clip", "look"]
    for row in rows:
        if row["row"] == "look":
            row["looked"] = "yes"
    for number, (left, width) in enumerate(((0.1, 0.45), (0.7, 0.17)), start=1):
        cover = {"clip": place.name, "row": "cover", "first_frame": FIRST, "last_frame": LAST}
        cover |= {"cover": number, "frame": FIRST, "left": left, "width": width}
        rows.append(cover | {"top": 0.15, "height": 0.75})
    with faces.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    assert main(call) == 2
    assert not place.exists()
    assert main([*call, "--i-looked-at-every-clip"]) == 0
    told = capsys.readouterr()
    assert "--i-looked-at-every-clip" in told.err
    assert "no sound" in told.out
    assert sharpest(place) < 60
