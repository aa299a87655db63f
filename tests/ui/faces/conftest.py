from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.domain.time import Span
from ssp_coder.media.clips import ClipPlan
from ssp_coder.ui.player.open_video import OpenVideo, read_video
from tests.fixtures.face_films import Disc, film


def two_faces(number: int) -> tuple[Disc, ...]:
    """One face throughout; another one until frame 24."""
    second = (Disc(x=250, y=60),) if number < 25 else ()
    return (Disc(x=60 + number, y=100), *second)


@pytest.fixture(scope="session")
def faces_video(tmp_path_factory: pytest.TempPathFactory) -> OpenVideo:
    path = film(tmp_path_factory.mktemp("faces") / "room.mp4", two_faces, 70)
    return read_video(path, None, lambda _share: None, lambda: False)


@pytest.fixture
def faces_plan(faces_video: OpenVideo, tmp_path: Path) -> ClipPlan:
    """Frames 5 to 64."""
    times = faces_video.index.times_us
    return ClipPlan(
        video=faces_video.path,
        index=faces_video.index,
        span=Span(start_us=times[5], end_us=times[65]),
        place=tmp_path / "clip.mp4",
    )
