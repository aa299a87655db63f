from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssp_coder.media import waveform
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.waveform import (
    FULL_SCALE,
    Envelope,
    build_envelope,
    cached_envelope,
    decode_envelope,
    encode_envelope,
    joined,
)
from tests.fixtures.talkies import Talkie, beep, noise, write_talkie

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_talkie(
        tmp_path_factory.mktemp("wave") / "talk.mkv", noise(12.0), Talkie(frames=300)
    )


def outline(path: Path) -> Envelope:
    return build_envelope(path, build_index(path))


def same(one: Envelope, other: Envelope) -> bool:
    rows = ("lowest", "highest", "rms")
    equal = all(np.array_equal(getattr(one, row), getattr(other, row)) for row in rows)
    return equal and one.first == other.first


# ------------------------------------------------------------------------------ values


def test_every_bucket_holds_its_own_samples(talk: Path) -> None:
    cells = noise(12.0).reshape(-1, 480)
    found = outline(talk)
    assert (found.first, found.count, found.end_us) == (0, 1_200, 12_000_000)
    assert np.abs(found.lowest / FULL_SCALE - cells.min(axis=1)).max() < 1e-3
    assert np.abs(found.highest / FULL_SCALE - cells.max(axis=1)).max() < 1e-3
    assert np.abs(found.rms / FULL_SCALE - np.sqrt((cells**2).mean(axis=1))).max() < 1e-3


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000])
def test_buckets_stay_in_step_at_every_rate(tmp_path: Path, rate: int) -> None:
    """At 11025 samples a second a bucket holds 110 samples and a quarter."""
    sound = beep(9.0, 8.0, rate)
    path = write_talkie(tmp_path / "talk.mkv", sound, Talkie(rate=rate, frames=225))
    found = outline(path)
    assert found.count == 900
    loud = np.flatnonzero(found.rms > FULL_SCALE // 10)
    assert (loud[0], loud[-1]) == (800, 809)


def test_sound_lies_by_the_first_picture_and_not_by_the_file(tmp_path: Path) -> None:
    hour = 3_600_000_000
    talkie = Talkie(sound_late_us=hour + 200_000, picture_late_us=hour)
    found = outline(write_talkie(tmp_path / "late.mkv", beep(3.0, 1.0), talkie))
    assert int(np.argmax(found.rms > FULL_SCALE // 10)) == 120
    assert not found.rms[:20].any()


def test_the_last_bucket_may_be_short(tmp_path: Path) -> None:
    path = write_talkie(tmp_path / "talk.mkv", noise(1.003), Talkie(frames=25))
    assert outline(path).count == 101


def test_louder_than_full_scale_stays_in_range() -> None:
    scaled = waveform._scaled(np.array([2.0, -3.0, np.nan, 0.5], np.float32))
    assert scaled.tolist() == [FULL_SCALE, -FULL_SCALE, 0, 16_384]


# ------------------------------------------------------------------------------ stretches


def test_chunks_come_in_order_and_make_the_whole(talk: Path) -> None:
    chunks: list[Envelope] = []
    whole = build_envelope(talk, build_index(talk), on_chunk=chunks.append)
    assert [chunk.first for chunk in chunks] == [0, 500, 1_000]
    assert same(joined(chunks), whole)
    assert joined([]).count == 0


# ------------------------------------------------------------------------------ watched


def test_progress_grows_to_the_end(talk: Path) -> None:
    shares: list[float] = []
    build_envelope(talk, build_index(talk), Watch(progress=shares.append))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_it_stops_when_told_and_keeps_nothing(talk: Path, tmp_path: Path) -> None:
    with pytest.raises(Abandoned):
        cached_envelope(talk, build_index(talk), tmp_path, Watch(cancelled=lambda: True))
    assert list(tmp_path.iterdir()) == []


def test_a_silent_film_has_no_outline(clip_factory: ClipFactory, tmp_path: Path) -> None:
    path = clip_factory("h264").path
    with pytest.raises(MediaError) as caught:
        cached_envelope(path, build_index(path), tmp_path)
    assert caught.value.code == "media.no_sound"


# ------------------------------------------------------------------------------ cache


def test_packed_and_unpacked_it_is_the_same(talk: Path) -> None:
    whole = outline(talk)
    assert same(decode_envelope(encode_envelope(whole)), whole)


def test_a_second_reading_comes_from_the_folder(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = build_index(talk)
    first = cached_envelope(talk, index, tmp_path)
    monkeypatch.setattr(waveform, "build_envelope", lambda *_: pytest.fail("built again"))
    chunks: list[Envelope] = []
    shares: list[float] = []
    again = cached_envelope(talk, index, tmp_path, Watch(progress=shares.append), chunks.append)
    assert same(first, again)
    assert same(chunks[0], again)
    assert shares == [1.0]


@pytest.mark.parametrize("content", [b"", b"no outline", b"PK\x03\x04broken"])
def test_a_damaged_file_in_the_folder_is_replaced(
    talk: Path, tmp_path: Path, content: bytes
) -> None:
    index = build_index(talk)
    whole = cached_envelope(talk, index, tmp_path)
    (place,) = tmp_path.iterdir()
    place.write_bytes(content)
    assert same(cached_envelope(talk, index, tmp_path), whole)
    assert same(decode_envelope(place.read_bytes()), whole)


@pytest.mark.parametrize("cut", [10, 100, 400, -1])
def test_half_a_file_is_refused(talk: Path, cut: int) -> None:
    with pytest.raises(ValueError, match="outline"):
        decode_envelope(encode_envelope(outline(talk))[:cut])


def test_another_format_is_refused(talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = encode_envelope(outline(talk))
    monkeypatch.setattr(waveform, "_FORMAT", 2)
    with pytest.raises(ValueError, match="another format"):
        decode_envelope(packed)


def test_a_folder_that_cannot_be_written_costs_nothing_else(talk: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert cached_envelope(talk, build_index(talk), blocked).count == 1_200


def test_changed_bytes_in_what_was_kept_are_told_or_harmless(talk: Path) -> None:
    packed = encode_envelope(outline(talk))
    for place in range(0, len(packed), 3):
        changed = bytearray(packed)
        changed[place] ^= 0xFF
        with suppress(ValueError):
            decode_envelope(bytes(changed))
