"""Settling over a film: each item shows its clip, and times come from the frame on the screen."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.editing import edits
from ssp_coder.media.index import FrameIndex
from ssp_coder.media.indexing import build_index
from ssp_coder.media.recording import media_of, placed_beside
from ssp_coder.ui.agreement.work import Shelf
from ssp_coder.ui.consensus.preparing import opened, preparing_work
from ssp_coder.ui.consensus.work_page import WorkPage
from tests.builders import add, after, s
from tests.consensus_pair import written
from tests.fixtures.videos import clip_factory

__all__ = ["clip_factory"]


@pytest.fixture
def film(clip_factory, tmp_path):
    return shutil.copy(clip_factory("h264").path, tmp_path / "film.mp4")


@pytest.fixture
def page(theme, film, tmp_path, qtbot):
    """Two codings of a film of some seconds; the second misses a reach and is late with a cry."""
    index: FrameIndex = build_index(film)
    media = placed_beside(media_of(film, index), film, tmp_path / "a.sspc")
    paths = [
        written(
            tmp_path,
            after(
                Coding(session="S001", coder=who, media=(media,)),
                add("gaze.to_c", 0, end=0.2),
                *steps,
                edits.LockCoding(),
            ),
        )
        for who, steps in (("K1", (add("seeking.reach", 0.48),)), ("K2", ()))
    ]
    prepared = preparing_work(*paths, Shelf())(lambda _share: None, lambda: False)
    made = WorkPage(theme, opened(prepared, prepared.place, "lead"), tmp_path / "cache")
    made.resize(1300, 760)
    made.show()
    made.open_videos(lambda _fingerprint: "")
    made.begin()
    qtbot.waitUntil(lambda: made.picture.is_open, timeout=20_000)
    yield made
    made.close_session()
    made.close()
    made.deleteLater()


def test_the_film_beside_the_codings_is_found_and_the_first_clip_plays_over_and_over(
    page, qtbot
) -> None:
    player = page.picture.stage.player
    qtbot.waitUntil(lambda: player.loop is not None, timeout=20_000)
    assert player.loop.start_us == 0
    assert s(0.48) < player.loop.end_us <= page.found.items[0].loop.end_us
    page.picture.leave()
    assert player.loop is None


def test_a_time_is_taken_from_the_frame_on_the_screen(page, qtbot) -> None:
    player = page.picture.stage.player
    page.picture.leave()
    page.picture.go_to(s(0.8))
    qtbot.waitUntil(lambda: player.moment is not None and player.moment.pts_us == s(0.8))
    page.panel.settle(SettledFor.OWN)
    page.panel.mark(0)
    page.panel.own.take.click()
    reach = next(e for e in page.session.coding.events if e.code == "seeking.reach")
    assert (reach.start_us, reach.start_frame) == (s(0.8), player.moment.ordinal)


def test_a_click_in_the_lanes_shows_that_moment_and_ends_the_loop(page, qtbot) -> None:
    player = page.picture.stage.player
    qtbot.waitUntil(lambda: player.loop is not None, timeout=20_000)
    page.review.seek_requested.emit(s(0.4))
    qtbot.waitUntil(lambda: player.moment is not None and player.moment.pts_us == s(0.4))
    assert player.loop is None
    assert page.review.timeline.playhead() == s(0.4)


def test_a_film_that_is_gone_is_named_in_the_picture(page, film, tmp_path) -> None:
    media = replace(page.session.coding.media[0], name="gone.mp4", relative_path="gone.mp4")
    source = page.picture._source(media, (tmp_path / "S001.K1.sspc",), lambda _print: "")
    assert source.path is None
    assert source.words.startswith("gone.mp4 is not where it was.")
