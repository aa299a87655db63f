from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.media.probe import MediaWarning, SoundFacts, probe
from ssp_coder.ui.dialogs import video_words
from ssp_coder.ui.dialogs.video_words import facts_words, sound_words, warning_words
from tests.unit.cli.test_cli_probe import codes_that_are_given


@pytest.fixture
def facts(clip_factory):
    return probe(clip_factory("h264").path)


@pytest.fixture
def sound():
    return SoundFacts(codec="aac", rate=44_100, channels=2, start_us=0, duration_us=5_000_000)


def test_every_warning_of_the_probe_has_words_of_its_own():
    assert set(video_words._WARNINGS) == codes_that_are_given()
    for code in codes_that_are_given():
        words = warning_words(MediaWarning(code=code, fact="3 of 4"))
        assert words.endswith(".")
        assert "media." not in words


@pytest.mark.parametrize(("channels", "word"), [(1, "mono"), (2, "stereo"), (6, "6 channels")])
def test_sound_is_described(facts, sound, channels, word):
    heard = replace(facts, sound=replace(sound, channels=channels), has_sound=True)
    assert sound_words(heard) == f"sound aac, {word}, 44100 Hz"
    assert facts_words(heard).endswith(sound_words(heard))


def test_a_silent_film_is_described_without_sound(facts):
    assert sound_words(facts) == ""
    assert not facts_words(facts).endswith(", ")
