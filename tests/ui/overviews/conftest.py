"""Small recordings, a player for two cameras, and a timeline to show overviews in."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest

from ssp_coder.media.indexing import build_index
from ssp_coder.ui.overviews import lanes as lanes_module
from ssp_coder.ui.overviews.lanes import OverviewLanes
from ssp_coder.ui.player.player import Player
from ssp_coder.ui.player.view import VideoView
from ssp_coder.ui.timeline.panel import TimelinePanel
from tests.fixtures.sounds import sound_factory
from tests.fixtures.talkies import Talkie, beep, write_talkie
from tests.ui.player.sound_room import PretendedSystem

__all__ = ["sound_factory"]

FPS = 25
LIGHT_AT_S = 2


@pytest.fixture(scope="session")
def talkie(tmp_path_factory):
    """Six seconds with a beep that begins at 3 s."""
    folder = tmp_path_factory.mktemp("talkie")
    return write_talkie(
        folder / "talk.mkv", beep(6.0, 3.0, length_s=1.0), Talkie(frames=150, gop=25)
    )


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    """Four seconds without sound; the room becomes brighter at 2 s and stays so."""
    path = tmp_path_factory.mktemp("film") / "room.mkv"
    with av.open(str(path), "w") as box:
        stream = box.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "g": "25"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for number in range(4 * FPS):
            gray = np.full((90, 160), 60 if number < LIGHT_AT_S * FPS else 90, np.uint8)
            gray[40:60, number : number + 20] = 200
            planes = np.vstack([gray, np.full((45, 160), 128, np.uint8)])
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    return path


@pytest.fixture(scope="session")
def index_of():
    """The frame index of a recording."""
    return build_index


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Work begins and is shown nearly as soon as it can."""
    monkeypatch.setattr(lanes_module, "START_MS", 20)
    monkeypatch.setattr(lanes_module, "SHOW_MS", 10)


@pytest.fixture
def player(theme, qtbot):
    """A player for two cameras, heard by nobody."""
    views = tuple(VideoView(theme) for _ in range(2))
    for view in views:
        qtbot.addWidget(view)
    made = Player(views, system=PretendedSystem())
    yield made
    made.close()


@pytest.fixture
def panel(theme, qtbot):
    made = TimelinePanel(theme)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


@pytest.fixture
def lanes(player, panel, tmp_path):
    made = OverviewLanes(player, panel, tmp_path / "kept", panel)
    yield made
    made.stop()
