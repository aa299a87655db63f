"""What a person has found out about one camera and not applied yet; needs no window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import OffsetSource
from ssp_coder.domain.time import Micros
from ssp_coder.media.drift import (
    Drift,
    Sighting,
    common_span,
    drift_heard,
    drift_seen,
    frame_length,
)
from ssp_coder.media.syncing import Certainty, SoundOffset

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An offset to be applied, and how it is known."""

    offset_us: Micros
    source: OffsetSource


class PlaceDraft:
    """Findings about one camera. They outlive looking at another camera, but not the dialog."""

    def __init__(self, first: Media, camera: Media) -> None:
        self.first = first
        self.camera = camera
        self.heard: SoundOffset | None = None
        self.proposal: Proposal | None = None
        self._seen: tuple[Sighting, ...] = ()
        self._by_ear = False

    @property
    def seen(self) -> tuple[Sighting, ...]:
        """Moments that a person saw in both pictures, by time."""
        return self._seen

    @property
    def frame_us(self) -> Micros:
        """Length of one frame of the camera."""
        return frame_length(self.camera)

    @property
    def offset_us(self) -> Micros:
        """The offset proposed, else the one in force."""
        return self.camera.offset_us if self.proposal is None else self.proposal.offset_us

    def propose(self, offset_us: int, source: OffsetSource) -> None:
        """Propose an offset; the one in force is no proposal."""
        same = (offset_us, source) == (self.camera.offset_us, self.camera.offset_source)
        self.proposal = None if same else Proposal(offset_us=Micros(offset_us), source=source)

    def discard(self) -> None:
        """Propose nothing."""
        self.proposal = None

    def take_heard(self, heard: SoundOffset) -> None:
        """Propose what the sound says, if it says anything."""
        self.heard = heard
        self._by_ear = True
        if heard.certainty is not Certainty.NONE:
            self.propose(-heard.offset_us, OffsetSource.SOUND)

    def add_seen(self, first_us: int, camera_us: int) -> None:
        """Two frames, by their own cameras' times, are the same moment; propose what follows."""
        seen = Sighting(at_us=Micros(first_us), offset_us=Micros(first_us - camera_us))
        others = (other for other in self._seen if other.at_us != seen.at_us)
        self._take_seen(tuple(sorted((*others, seen), key=lambda one: one.at_us)))

    def forget_seen(self, at_us: int) -> None:
        """A moment was no good."""
        self._take_seen(tuple(seen for seen in self._seen if seen.at_us != at_us))

    def _take_seen(self, seen: tuple[Sighting, ...]) -> None:
        self._seen = seen
        self._by_ear = False
        drift = self.drift()
        if drift is None or not seen:
            self.proposal = None
        else:
            self.propose(drift.offset_us, OffsetSource.SAME_MOMENT)

    @property
    def by_eye(self) -> bool:
        """Whether `drift` rests on what a person saw, and not on the sound."""
        return bool(self._seen) and not (self._by_ear and self._was_heard)

    @property
    def _was_heard(self) -> bool:
        return self.heard is not None and self.heard.certainty is not Certainty.NONE

    def drift(self) -> Drift | None:
        """How the camera moves against the session's time, by what was found out last."""
        if self.heard is not None and self._was_heard and not self.by_eye:
            return drift_heard(self.heard, self.frame_us)
        if not self._seen:
            return None
        span = common_span(self.first, self.camera, self._seen[0].offset_us)
        return drift_seen(self._seen, span, self.frame_us)
