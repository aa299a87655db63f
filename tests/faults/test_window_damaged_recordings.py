"""The window is given damaged recordings and killed while it decodes one: nothing coded is lost.

The benchmark ``tests/benchmarks/bench_damage.py`` does the same with two hundred of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.bench_damage import watch
from tests.benchmarks.session_window import make_coding
from tests.fixtures.videos import ClipFactory
from tests.unit.media.test_media_damage import DAMAGED, damaged_copy


@pytest.mark.slow
def test_damaged_recordings_end_no_window_and_cost_no_event(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    damaged = []
    for number, name in enumerate(DAMAGED):
        clip = clip_factory(name)
        damaged.append(tmp_path / f"{number:03d}{clip.path.suffix}")
        damaged_copy(clip.path.read_bytes(), damaged[-1], number)
    whole = tmp_path / "whole.mp4"
    whole.write_bytes(clip_factory("h264").path.read_bytes())
    fate = watch(make_coding(tmp_path / "sitting.sspc", ((whole, 0),)), damaged)
    assert not fate.exited
    assert fate.fed == len(damaged)
    assert fate.saved > len(damaged) // 2
    assert fate.kept >= fate.saved
    assert fate.sound
