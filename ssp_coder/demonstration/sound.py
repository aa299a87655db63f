"""The sound of the film: quiet room, crying while the child is distressed, door, knock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.demonstration.crying import BREATHS_S, VOICED
from ssp_coder.domain.time import SECOND_US

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssp_coder.demonstration.story import Story, Weeping

RATE = 48_000
"""Samples per second; one frame at 25 per second is 1920 samples exactly."""
ROOM_LEVEL = 0.0012
CRY_LEVELS = (0.0, 0.10, 0.24, 0.42)
CRY_PITCHES_HZ = (0.0, 390.0, 440.0, 490.0)
CHIME_HZ = (659.26, 523.25)
HARMONICS = (1.0, 0.62, 0.48, 0.30, 0.20, 0.12)
EDGE_S = 0.012


def make_track(story: Story) -> NDArray[np.int16]:
    """The whole sound track, one channel of 16-bit samples; the same story, the same samples."""
    noise = np.random.default_rng(20_240_229).standard_normal(_index(story.length_us))
    track = _room_tone(noise)
    for weeping in story.weeping():
        _add(track, weeping.span.start_us, _crying(weeping))
    for beat in story.beats:
        if beat.does == "chime":
            _add(track, beat.at_us, _chime())
        elif beat.does == "door":
            _add(track, beat.at_us if beat.level else beat.end_us, _click(noise))
    return np.rint(np.clip(track, -1.0, 1.0) * 32_767).astype(np.int16)


def _index(time_us: int) -> int:
    return time_us * RATE // SECOND_US


def _add(track: NDArray[np.float64], start_us: int, sound: NDArray[np.float64]) -> None:
    first = _index(start_us)
    part = track[first : first + len(sound)]
    part += sound[: len(part)]


def _room_tone(noise: NDArray[np.float64]) -> NDArray[np.float64]:
    """Soft noise with little treble: each sample is the mean of its neighbours."""
    summed = np.cumsum(np.concatenate((np.zeros(8), noise)))
    tone: NDArray[np.float64] = (summed[8:] - summed[:-8]) / np.sqrt(8.0) * ROOM_LEVEL
    return tone


def _crying(weeping: Weeping) -> NDArray[np.float64]:
    """Breath after breath of a gliding voice with overtones; silent only to draw breath."""
    level = weeping.level
    count = _index(weeping.span.length_us)
    seconds = np.arange(count) / RATE
    breath, part = np.divmod(seconds / BREATHS_S[level], 1.0)
    voiced = part / VOICED[level]
    arch = np.sin(np.pi * np.clip(voiced, 0.0, 1.0))
    wander = 1.0 + 0.05 * np.sin(2.4 * breath) + 0.012 * np.sin(2 * np.pi * 6.1 * seconds)
    pitch = CRY_PITCHES_HZ[level] * (0.86 + 0.24 * arch) * wander
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = sum(weight * np.sin(number * phase) for number, weight in enumerate(HARMONICS, start=1))
    edges = np.minimum(seconds, seconds[::-1]) / EDGE_S
    loudness = CRY_LEVELS[level] * np.sqrt(arch) * np.clip(edges, 0.0, 1.0)
    sound: NDArray[np.float64] = np.asarray(voice) * loudness / 1.8
    return sound


def _chime() -> NDArray[np.float64]:
    """Two soft notes, the second a little later."""
    seconds = np.arange(round(0.9 * RATE)) / RATE
    sound = np.zeros_like(seconds)
    for number, pitch in enumerate(CHIME_HZ):
        since = seconds - 0.22 * number
        ring = np.exp(-7.0 * np.clip(since, 0.0, None)) * np.clip(since / 0.004, 0.0, 1.0)
        sound += 0.05 * ring * np.sin(2 * np.pi * pitch * since)
    return sound * np.clip(seconds[::-1] / 0.05, 0.0, 1.0)


def _click(noise: NDArray[np.float64]) -> NDArray[np.float64]:
    """A latch: a dull thud with a little noise."""
    seconds = np.arange(round(0.09 * RATE)) / RATE
    fading = np.exp(-70.0 * seconds)
    thud = 0.10 * np.sin(2 * np.pi * 140.0 * seconds)
    return (thud + 0.02 * noise[: len(seconds)]) * fading
