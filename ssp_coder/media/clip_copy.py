"""Clips copied without encoding anew: quick, but they begin at a key frame."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import av.error

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.media.clips import Clip, ClipPlan
from ssp_coder.media.errors import MediaError
from ssp_coder.media.index import Addressing, FrameIndex, KeyFrame
from ssp_coder.media.indexing import UNWATCHED, Watch
from ssp_coder.media.opening import open_video
from ssp_coder.media.writing import refuse_place, written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

_EARLY = 2
"""Seconds read before the key frame: its sound may lie before it in the file."""
_LATE = 2
"""Seconds read behind the last picture: camcorders write pictures well before their sound."""
_REMEDY = "leave out the copying, which encodes it anew and begins to the frame"
_MATROSKA = ".mkv"


def real_start(plan: ClipPlan) -> Micros:
    """Where a copy of the planned stretch begins: at the key frame on screen or before it.

    Raises:
        MediaError: the stretch lies outside, or the recording cannot be copied.
    """
    return plan.index.times_us[_key(plan).ordinal]


def copy_clip(plan: ClipPlan, watch: Watch = UNWATCHED) -> Clip:
    """Write a stretch without encoding; the answer says where it really begins and ends.

    Raises:
        MediaError: the recording or this kind of file cannot be copied to, the stretch lies
            outside, or the place cannot be written.
        Abandoned: `watch` cancelled the work; nothing is left of it.
    """
    if not plan.overlay.is_empty:
        raise MediaError(
            "media.copy_overlay", plan.place, "cannot have time or codes burnt in", _REMEDY
        )
    if plan.covering is not None:
        raise MediaError(
            "media.copy_covering", plan.place, "cannot have faces covered in it", _REMEDY
        )
    refuse_place(plan.place, overwrite=plan.overwrite)
    key = _key(plan)
    try:
        with written_whole(plan.place, overwrite=plan.overwrite) as unfinished:
            return _copy(plan, key, unfinished, watch)
    except (av.error.FFmpegError, ValueError) as error:
        ending = "" if plan.place.suffix == _MATROSKA else f"let the name end in {_MATROSKA}, or "
        raise MediaError(
            "media.copy_failed",
            plan.place,
            f"cannot hold what {plan.video.name} is made of ({error})",
            f"{ending}{_REMEDY}",
        ) from error


def _key(plan: ClipPlan) -> KeyFrame:
    first = plan.frames()[0]
    place = plan.index.key_before(first)
    if place is None or plan.index.addressing is Addressing.BY_COUNT:
        raise MediaError(
            "media.copy_stamps",
            plan.video,
            "cannot be copied in parts, for its time stamps or key frames are wrong",
            _REMEDY,
        )
    return plan.index.keys[place]


def _copy(plan: ClipPlan, key: KeyFrame, unfinished: Path, watch: Watch) -> Clip:
    container, pictures = open_video(plan.video)
    with container, av.open(str(unfinished), "w") as box:
        sounds = tuple(container.streams.audio) if plan.sound else ()
        tracks: dict[int, Stream] = {pictures.index: box.add_stream_from_template(pictures)}
        if sounds:
            tracks[sounds[0].index] = box.add_stream_from_template(sounds[0])
        shown = _Copying(plan.index, plan.frames()[-1], key, sounding=bool(sounds))
        for packet in _packets(container, (pictures, *sounds[:1]), key):
            wanted = shown.takes if packet.stream is pictures else shown.hears
            if wanted(packet):
                _write(box, tracks, packet, shown.origin_s)
            watch.report(shown.share)
            if shown.is_over:
                break
    if not shown.ordinals:
        raise ValueError("its key frame is not where the index says")
    return Clip(
        file=plan.place,
        start_us=plan.index.times_us[key.ordinal],
        end_us=plan.index.end_of(max(shown.ordinals)),
        first_ordinal=key.ordinal,
        frame_count=len(shown.ordinals),
        lost=0,
        exact=False,
        has_sound=shown.has_sound,
    )


def _packets(
    container: InputContainer, streams: tuple[VideoStream | AudioStream, ...], key: KeyFrame
) -> Iterator[Packet[Stream]]:
    """Packets of picture and sound from a little before the key frame on."""
    pictures = streams[0]
    tick = pictures.time_base or Fraction(1, SECOND_US)
    # Where the file cannot go to, everything is read from its start.
    with suppress(av.error.FFmpegError):
        container.seek(int(key.dts - _EARLY / tick), stream=pictures, backward=True)
    for packet in container.demux(*streams):
        if packet.size:
            yield packet


class _Copying:
    """Decides packet by packet what belongs to the copy."""

    def __init__(self, index: FrameIndex, last: int, key: KeyFrame, *, sounding: bool) -> None:
        self._index = index
        self._key = key
        self._ordinal_of = {stamp: ordinal for ordinal, stamp in enumerate(index.stamps)}
        self._after = index.stamps[last] + 1
        self._begun = False
        self.origin_s = key.pts * index.time_base
        self._end_s = Fraction(index.end_of(last) - index.times_us[0], SECOND_US)
        self._end_s += index.stamps[0] * index.time_base
        self.ordinals: set[int] = set()
        self._pictures_over, self._sound_over = False, not sounding
        self.has_sound = False
        self.share = 0.0

    @property
    def is_over(self) -> bool:
        """Whether no further packet can belong to the copy."""
        return self._pictures_over and self._sound_over

    def takes(self, packet: Packet[Stream]) -> bool:
        """Whether a packet of the picture is copied."""
        if packet.pts is None:
            raise ValueError("its pictures carry no time stamps")
        self._begun = self._begun or (packet.is_keyframe and packet.pts == self._key.pts)
        if not self._begun or packet.pts < self._key.pts:
            return False  # what comes before the key frame needs frames that are not copied
        self._note_end(packet)
        if self._pictures_over:
            return False
        ordinal = self._ordinal_of.get(packet.pts)
        if ordinal is not None:
            self.ordinals.add(ordinal)
        length = max(1, self._after - self._key.pts)
        self.share = max(self.share, min(1.0, (packet.pts - self._key.pts) / length))
        return True

    def hears(self, packet: Packet[Stream]) -> bool:
        """Whether a packet of the sound is copied."""
        if packet.pts is None or packet.time_base is None:
            raise ValueError("its sound carries no time stamps")
        at_s = packet.pts * packet.time_base
        # Before the pictures end, a stamp beyond it is a wrong one.
        if self._pictures_over and at_s >= self._end_s:
            self._sound_over = True
        wanted = self.origin_s <= at_s < self._end_s
        self.has_sound = self.has_sound or wanted
        return wanted

    def _note_end(self, packet: Packet[Stream]) -> None:
        """Pictures end with the last one wanted; sound may follow it for a while in the file."""
        if packet.dts is not None and packet.dts >= self._after:
            self._pictures_over = True
            late_s = (packet.dts - self._after) * self._index.time_base
            self._sound_over = self._sound_over or late_s > _LATE


def _write(
    box: OutputContainer,
    tracks: dict[int, Stream],
    packet: Packet[Stream],
    origin_s: Fraction,
) -> None:
    tick = packet.time_base or Fraction(1, SECOND_US)
    origin = round(origin_s / tick)
    if packet.pts is not None:
        packet.pts -= origin
    if packet.dts is not None:
        packet.dts -= origin
    packet.stream = tracks[packet.stream.index]
    box.mux(packet)
