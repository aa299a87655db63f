"""What the reports of a pair and of a study are made from, and words that both use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ssp_coder.agreement.accuracy import Observers, accuracy_behind, base_rates_of
from ssp_coder.agreement.comparison import ClassAgreement, RatingDifference
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.kappa import Kappa
from ssp_coder.agreement.pair import PairAgreement, TrackAgreement
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.study import StudyAgreement, TrackInStudy
from ssp_coder.agreement.table import Floats
from ssp_coder.agreement.tracks import Track
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.reporting.agreement_method import (
    CHECK,
    Used,
    method_paragraph,
    settings_words,
    sources,
)
from ssp_coder.reporting.agreement_page import Block, Grid, Heading, Passage
from ssp_coder.reporting.signs import (
    percent,
    two_decimals,
    why_undefined,
)
from ssp_coder.reporting.words import counted

NONE = "nothing coded"
NIL = "no partner"
DASH = "A dash stands for an undefined figure; the table of all numbers says why."


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReport:
    """All that the report of a pair tells.

    Attributes:
        pair: times and events.
        scheme: what was coded with.
        ratings: both ratings of each place.
        classes: both classes at each level.
        against_reference: whether the first coding is taken for the truth.
        doubts: why the two may not belong together.
    """

    pair: PairAgreement
    scheme: Scheme
    ratings: tuple[RatingDifference, ...]
    classes: tuple[ClassAgreement, ...]
    against_reference: bool
    doubts: tuple[Finding, ...] = ()

    @property
    def tracks(self) -> tuple[TrackAgreement, ...]:
        """The tracks that either coder used."""
        return tuple(one for one in self.pair.tracks if len(one.a) or len(one.b))

    @property
    def observers(self) -> Observers:
        """For whom the accuracy is estimated."""
        return Observers.AGAINST_GOLD if self.against_reference else Observers.TWO_EQUAL

    @property
    def used(self) -> Used:
        """What the method tells of."""
        return Used(
            states=any(one.time is not None for one in self.tracks),
            events=bool(self.tracks),
            sessions=1,
        )

    @property
    def title(self) -> str:
        """The report's heading."""
        first, second = self.pair.coders
        session = f"session {self.pair.session}: " if self.pair.session else ""
        return f"Agreement, {session}{first} and {second}"

    def accuracy(self, track: TrackAgreement) -> Estimate | None:
        """How accurate coders must be for the time-unit kappa of a track."""
        if track.time is None:
            return None
        table = track.time.tables[0]
        if not table.any():
            return track.time.exact.kappa
        return accuracy_behind(
            track.time.exact.kappa, base_rates_of(table, self.observers), self.observers
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyReport:
    """All that the report of a study tells.

    Attributes:
        study: the figures.
        scheme: what was coded with.
        doubts: why codings may not belong together.
    """

    study: StudyAgreement
    scheme: Scheme
    doubts: tuple[Finding, ...] = ()

    @property
    def tracks(self) -> tuple[TrackInStudy, ...]:
        """The tracks that anybody used."""
        return tuple(one for one in self.study.tracks if one.sessions)

    @property
    def used(self) -> Used:
        """What the method tells of."""
        return Used(
            states=any(one.exact is not None for one in self.tracks),
            events=bool(self.tracks),
            sessions=max(2, len(self.study.sessions)),
            scales=bool(self.study.scales),
            classes=bool(self.study.classes),
            several=bool(self.study.several),
        )

    @property
    def title(self) -> str:
        """The report's heading."""
        return f"Agreement of a study, {counted(len(self.study.sessions), 'session')}"


def track_name(track: Track) -> str:
    """Person and group, or person and code."""
    return f"{track.subject}: {track.title}"


def main_estimate(one: TrackAgreement) -> Estimate:
    """The time-unit kappa of states, the event kappa of moments."""
    return one.alignment.kappa.kappa if one.time is None else one.time.exact.kappa


def kappa_words(kappa: Kappa) -> str:
    """The value; an undefined one with its reason and the agreement."""
    if kappa.kappa.value is not None:
        return two_decimals(kappa.kappa.value)
    if kappa.p_o.value is None:
        return f"undefined ({why_undefined(kappa.kappa)})"
    return f"undefined ({why_undefined(kappa.kappa)}; agreement {percent(kappa.p_o.value)})"


def short_words(estimate: Estimate) -> str:
    """The value, or a dash; the reason stands beside the kappa already."""
    return "–" if estimate.value is None else two_decimals(estimate.value)


def in_use(names: Sequence[str], table: Floats) -> tuple[list[str], list[list[float]]]:
    """The rows and columns that hold anything; the last is kept where it does."""
    kept = [place for place in range(len(names)) if table[place].any() or table[:, place].any()]
    return [names[place] for place in kept], table[np.ix_(kept, kept)].tolist()


def method_blocks(protocol: Protocol, used: Used) -> Iterator[Block]:
    """Method, settings and sources."""
    yield Heading(words="Method, to paste")
    yield Passage(words=method_paragraph(protocol, used))
    found = sources(used)
    if found:
        yield Passage(words=f"Sources: {'; '.join(found)}. {CHECK}", quiet=True)
    yield Heading(words="Settings")
    yield Grid(head=("Setting", "Value"), rows=settings_words(protocol))
