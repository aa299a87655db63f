"""What the timeline is given: lanes, marks, episodes, cues and hints, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ssp_coder.ui.kit.marks import MarkShape

if TYPE_CHECKING:
    from ssp_coder.domain.time import Span


class LaneKind(StrEnum):
    """What lies in a lane: bars or points that were coded, or an overview of the recording."""

    STATE = "state"
    POINT = "point"
    SOUND = "sound"
    PICTURES = "pictures"
    MOTION = "motion"

    @property
    def is_overview(self) -> bool:
        """Whether the lane shows the recording rather than what was coded."""
        return self in (LaneKind.SOUND, LaneKind.PICTURES, LaneKind.MOTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One row of the timeline, named and coloured as its code group."""

    id: str
    title: str
    slot: str = "grey"
    shape: MarkShape = MarkShape.BAR
    kind: LaneKind = LaneKind.STATE
    note: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One event in a lane.

    A point has no `end_us` and is not open. A state has an `end_us`, or is open and runs to
    the playhead. `level` is the height of its bar, above 0 and at most 1.
    """

    id: str
    lane: str
    start_us: int
    end_us: int | None = None
    label: str = ""
    shape: MarkShape = MarkShape.BAR
    level: float = 1.0
    hatched: bool = False
    open: bool = False
    detail: str = ""

    def __post_init__(self) -> None:
        if self.open and self.end_us is not None:
            raise ValueError(f"mark {self.id!r} is open and still ends at {self.end_us} us")
        if self.end_us is not None and self.end_us < self.start_us:
            raise ValueError(f"mark {self.id!r} ends at {self.end_us} us, before its start")
        if not 0 < self.level <= 1:
            raise ValueError(f"mark {self.id!r} has level {self.level}, outside above 0 to 1")

    @property
    def is_point(self) -> bool:
        """Whether the mark is a moment rather than a stretch."""
        return self.end_us is None and not self.open


class EpisodeState(StrEnum):
    """How an episode went against its plan."""

    REAL = "real"
    CURTAILED = "curtailed"
    EXTENDED = "extended"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeBlock:
    """One episode in the band: its real span and its planned length; a missing one has no span.

    `title` is the short name that always fits, `note` the longer one.
    """

    id: str
    title: str
    start_us: int | None = None
    end_us: int | None = None
    planned_us: int = 0
    state: EpisodeState = EpisodeState.REAL
    note: str = ""

    def __post_init__(self) -> None:
        if (self.state is EpisodeState.MISSING) != (self.start_us is None):
            raise ValueError(f"episode {self.id!r} is missing exactly when it has no start")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A moment of the procedure that all lanes share, such as a door that opens."""

    id: str
    time_us: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HintMark:
    """A moment that the picture makes worth a look. It is never a coded event.

    Attributes:
        label: what changed, in a word or two.
    """

    time_us: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that was said about a moment.

    Attributes:
        sign: name of the icon that shows what kind of remark it is.
        words: what the pointer is told.
        rank: of several remarks under one sign the lowest gives it its shape.
    """

    time_us: int
    sign: str
    words: str
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything but the marks: what the static layer shows besides them.

    Attributes:
        hints: shown in lanes of motion.
        remarks: in the order of time, shown on the ruler.
        folded: ids of the lanes that are only a narrow strip.
        compact: whether lanes are lower, for a low window.
        loop: the stretch that is played again and again.
    """

    duration_us: int = 1_000_000
    end_us: int | None = None
    lanes: tuple[Lane, ...] = ()
    episodes: tuple[EpisodeBlock, ...] = ()
    cues: tuple[Cue, ...] = ()
    hints: tuple[HintMark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    folded: frozenset[str] = frozenset()
    compact: bool = False
    loop: Span | None = None
