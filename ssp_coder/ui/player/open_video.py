"""A recording that was indexed and examined, and where it lies on the session's time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.domain.time import Micros
from ssp_coder.media.index_cache import cached_index
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.probe import MediaFacts, probe
from ssp_coder.media.sound import SoundTrack, sound_tracks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.media.index import FrameIndex

_AT_THE_START = Micros(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenVideo:
    """A video that is ready to be shown."""

    path: Path
    index: FrameIndex
    facts: MediaFacts
    tracks: tuple[SoundTrack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraSource:
    """What one camera is to show.

    Attributes:
        path: its recording, None when it cannot be shown.
        offset_us: session time at which its first frame appears.
        words: said in place of the picture when there is no recording.
    """

    path: Path | None
    offset_us: Micros = _AT_THE_START
    words: str = ""


def read_video(
    path: Path,
    cache_folder: Path | None,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> OpenVideo:
    """Index and examine a video; runs outside the window's thread.

    Raises:
        MediaError: the file cannot be used.
    """
    watch = Watch(progress=progress, cancelled=cancelled)
    if cache_folder is None:
        index = build_index(path, watch)
    else:
        index = cached_index(path, cache_folder, watch)
    return OpenVideo(path=path, index=index, facts=probe(path, index), tracks=sound_tracks(path))
