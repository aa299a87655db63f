"""Two hundred damaged recordings through the self-test: a verdict or a refusal, never an exit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.fixtures.videos import ClipFactory
from tests.unit.media.test_media_damage import DAMAGED, damaged_copy

FILES = 200

_CHILD = """
import sys
from pathlib import Path
from ssp_coder.media.errors import MediaError
from ssp_coder.media.selftest import run_selftest

for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        print(path.name, run_selftest(path, seeks=4, stretch=60).verdict.value)
    except MediaError as refusal:
        print(path.name, "refused", refusal.code)
"""


def test_two_hundred_damaged_recordings_end_nothing(tmp_path: Path) -> None:
    """The decoder runs in a child, so that its end would be seen and not suffered."""
    clips, damaged = tmp_path / "clips", tmp_path / "damaged"
    clips.mkdir()
    damaged.mkdir()
    make = ClipFactory(clips)
    for number in range(FILES):
        clip = make(DAMAGED[number % len(DAMAGED)])
        damaged_copy(clip.path.read_bytes(), damaged / f"{number:03d}{clip.path.suffix}", number)
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(damaged)], capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr[-2_000:]
    answers = [line.split() for line in child.stdout.splitlines()]
    assert [name for name, *_ in answers] == sorted(path.name for path in damaged.iterdir())
    kinds = {answer for _, answer, *_ in answers}
    assert kinds <= {"trusted", "gaps", "not_trusted", "refused"}
    assert len(kinds) > 1
