from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ssp_coder.cli import media_words
from ssp_coder.cli.media_words import warning_words
from ssp_coder.media import probe as probing
from ssp_coder.media.probe import MediaWarning
from tests.fixtures.talkies import Talkie, noise, write_talkie
from tests.fixtures.videos import ClipFactory
from tests.unit.cli.cli_desk import Call


def codes_that_are_given() -> set[str]:
    """Every code that the probe can yield, out of its own source."""
    source = Path(probing.__file__).read_text(encoding="utf-8")
    return set(re.findall(r'"(media\.[a-z_]+)"', source))


def test_every_warning_says_what_to_do() -> None:
    assert len(codes_that_are_given()) >= 12
    assert set(media_words._WORDS) == codes_that_are_given()
    for code in codes_that_are_given():
        words = warning_words(MediaWarning(code=code, fact="3 of 4"))
        assert words.endswith("(3 of 4)")
        assert ";" in words or ", so " in words


def test_the_report_names_rate_start_sound_keys_and_damage(ssp: Call, tmp_path: Path) -> None:
    path = write_talkie(
        tmp_path / "talk.mkv", noise(4.0, 32_000), Talkie(rate=32_000, sound_late_us=250_000)
    )
    out = ssp("probe", path).out
    assert "25.000 frames/s, even (constant rate)" in out
    assert "first picture at 0.000000 s of its own clock" in out
    assert "pcm_s16le, 32000 Hz, mono" in out
    assert "starts at 0.250000 s" in out
    assert "at most 2.0 s from one key frame to the next" in out
    assert "none found near the start; 'ssp-coder selftest' reads all of it" in out
    assert "played in step" in out


def test_two_channels_are_called_stereo(ssp: Call, tmp_path: Path) -> None:
    import numpy as np

    sound = np.stack([noise(1.0), noise(1.0, seed=2)])
    path = write_talkie(tmp_path / "two.mp4", sound, Talkie(codec="aac", frames=25))
    assert "aac, 48000 Hz, stereo, 00:00:01" in ssp("probe", path).out


def test_a_cut_recording_is_called_damaged(ssp: Call, clip_factory: ClipFactory) -> None:
    out = ssp("probe", clip_factory("truncated").path).out
    assert "damage    found, see the notes" in out
    assert "copy the recording again" in out


@pytest.mark.parametrize(
    ("name", "words"),
    [("interlaced", "interlaced, two half pictures"), ("vfr", "uneven (variable rate)")],
)
def test_the_kind_of_picture_is_told(
    ssp: Call, clip_factory: ClipFactory, name: str, words: str
) -> None:
    assert words in ssp("probe", clip_factory(name).path).out


def test_sound_facts_are_told_to_programs(ssp: Call, tmp_path: Path) -> None:
    path = write_talkie(tmp_path / "talk.mp4", noise(2.0), Talkie(codec="aac", frames=50))
    facts = json.loads(ssp("probe", path, "--json").out)
    assert facts["sound"]["rate"] == 48_000
    assert facts["key_gap_us"] == 2_000_000
