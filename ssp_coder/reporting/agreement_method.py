"""The method paragraph of an agreement report, with the sources of what was used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import ssp_coder
from ssp_coder.agreement.protocol import STATISTICS_VERSION, Protocol, Window
from ssp_coder.domain.time import SECOND_US
from ssp_coder.formats.columns import number_text
from ssp_coder.formats.protocol_file import protocol_sha256
from ssp_coder.reporting.words import both

KAPPA_BANDS = "Cut points of Fleiss 1981 for kappa: .40, .60, .75; a convention, no threshold"
ICC_BANDS = (
    "Cut points for ICC: .40, .60, .75 (Cicchetti 1994); .50, .75, .90 (Koo & Li 2016); "
    "conventions, no thresholds"
)
ACCURACY = "Accuracy of coders that this kappa implies at these base rates (Bakeman 2022)"
CHECK = "Check volume and page numbers before you print them."

_SOURCES = {
    "cohen60": "Cohen 1960, Educ Psychol Meas 20:37-46",
    "cohen68": "Cohen 1968, Psychol Bull 70:213-220",
    "fleiss71": "Fleiss 1971, Psychol Bull 76:378-382",
    "gwet": "Gwet 2008",
    "ipf": "Bakeman & Robinson 1994",
    "quera": "Quera, Bakeman & Gnisci 2007",
    "bakeman09": "Bakeman, Quera & Gnisci 2009",
    "holle": "Holle & Rein 2015, Behav Res Methods 47:837-847",
    "accuracy": "Bakeman, Quera, McArthur & Robinson 1997",
    "kappaacc": "Bakeman 2022 (KappaAcc)",
    "alpha": "Krippendorff 2011, Computing Krippendorff's alpha-reliability",
    "shrout": "Shrout & Fleiss 1979, Psychol Bull 86:420-428",
    "mcgraw": "McGraw & Wong 1996",
    "bland": "Bland & Altman 1986, Lancet i:307-310",
    "wilson": "Wilson 1927",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a report holds, so that its method tells of nothing else.

    Attributes:
        states: whether any track has states.
        events: whether anything was coded at all.
        sessions: how many sessions, 1 for a pair.
        scales: whether ratings were compared.
        classes: whether classes were compared.
        several: whether three or more coders were.
    """

    states: bool
    events: bool
    sessions: int
    scales: bool = False
    classes: bool = False
    several: bool = False


def method_paragraph(protocol: Protocol, used: Used) -> str:
    """What was done, to paste into a paper."""
    return " ".join(
        (
            *_opening(protocol),
            *(_time_based(protocol, used) if used.states else ()),
            *(_event_based(protocol, used) if used.events else ()),
            *_intervals(protocol, used),
            *(_ratings() if used.scales else ()),
            *(_classes(protocol) if used.classes else ()),
            *(_several() if used.several else ()),
            "Undefined coefficients are reported as undefined, and negative ones as they are.",
        )
    )


def sources(used: Used) -> tuple[str, ...]:
    """Where the methods that were used come from, in order of the alphabet."""
    names: list[str] = []
    if used.states:
        names += ["cohen60", "accuracy", "kappaacc", "holle"]
    if used.events:
        names += ["quera", "bakeman09", "ipf"]
    if used.scales:
        names += ["shrout", "mcgraw", "cohen68", "bland", "wilson"]
    if used.classes:
        names += ["cohen60", "gwet", "wilson", "accuracy", "kappaacc"]
    if used.several:
        names += ["fleiss71", "alpha"]
    return tuple(sorted({_SOURCES[name] for name in names}))


def settings_words(protocol: Protocol) -> tuple[tuple[str, str], ...]:
    """The settings of a protocol, by name."""
    onsets = both([seconds_words(time) for time in protocol.onsets_us])
    window = "episodes to session end" if protocol.window is Window.EPISODES else "all coded"
    lumps = "; ".join(f"{lump.name} = {' + '.join(lump.codes)}" for lump in protocol.lumps)
    return (
        ("Protocol", protocol.name),
        ("Time unit", seconds_words(protocol.unit_us)),
        ("Tolerance of time units", seconds_words(protocol.tolerance_us)),
        ("Largest lag of aligned events", seconds_words(protocol.alignment_us)),
        ("Tolerances of onsets", onsets),
        ("Smallest overlap of linked states", f"{100 * protocol.overlap:g} %"),
        ("Interval by interval", seconds_words(protocol.interval_us)),
        ("Part compared", window),
        ("Codes that count as one", lumps or "none"),
        ("Bootstrap", _bootstrap_words(protocol)),
        ("SHA-256 of these settings", protocol_sha256(protocol)),
        ("Statistics", f"version {STATISTICS_VERSION}, ssp_coder {ssp_coder.__version__}"),
    )


def seconds_words(time_us: int) -> str:
    """``0.5 s``."""
    return f"{number_text(time_us / SECOND_US)} s"


def _bootstrap_words(protocol: Protocol) -> str:
    return (
        f"{protocol.resamples:,} resamples, blocks of {seconds_words(protocol.block_us)}, "
        f"seed {protocol.seed}"
    )


def _opening(protocol: Protocol) -> Iterator[str]:
    yield (
        f"Agreement was worked out with ssp_coder {ssp_coder.__version__} (statistics version "
        f"{STATISTICS_VERSION}; protocol '{protocol.name}', SHA-256 "
        f"{protocol_sha256(protocol)[:12]})."
    )
    yield (
        "Each person in each group of mutually exclusive codes was one track; codes that can occur "
        "together were each a track of their own."
    )
    if protocol.window is Window.EPISODES:
        yield (
            "Codings were compared from the start of the first episode to the end of the session; "
            "where no episodes were marked, over all that was coded."
        )
    else:
        yield "Codings were compared from the start of the video to the last coded event."
    yield "Time that either coder marked as not to be seen was removed for both."
    for lump in protocol.lumps:
        yield f"{both(list(lump.codes))} counted as one ({lump.name})."


def _time_based(protocol: Protocol, used: Used) -> Iterator[str]:
    yield (
        f"Time-based agreement is Cohen's kappa (Cohen 1960) over units of "
        f"{seconds_words(protocol.unit_us)}, each with the code at its midpoint and time without a "
        f"code as a state of its own, without tolerance and with one of "
        f"{seconds_words(protocol.tolerance_us)} (in both directions, and their mean)."
    )
    yield (
        "The accuracy of coders that a kappa implies at the base rates found was estimated after "
        "Bakeman et al. (1997; Bakeman 2022)."
    )
    if used.sessions == 1:
        yield (
            f"Presence in intervals of {seconds_words(protocol.interval_us)} was compared interval "
            "by interval."
        )


def _event_based(protocol: Protocol, used: Used) -> Iterator[str]:
    yield (
        f"For event-based agreement events of each track were aligned in their order (Quera, "
        f"Bakeman & Gnisci 2007; Bakeman, Quera & Gnisci 2009) with lags of at most "
        f"{seconds_words(protocol.alignment_us)}; substitution costs 1 and a gap 0.8 (project "
        f"default)."
    )
    if used.states:
        yield (
            f"States were also linked by overlap, at least {100 * protocol.overlap:g} % of the "
            f"longer one (Holle & Rein 2015)."
        )
    yield (
        "Chance agreement with events of one coder only was found by iterative proportional "
        "fitting with a structural zero (Bakeman & Robinson 1994)."
    )
    onsets = both([seconds_words(time) for time in protocol.onsets_us])
    yield (
        f"Onsets of each code were matched one to one within {onsets}: most matches first, then "
        f"the least sum of lags."
    )


def _intervals(protocol: Protocol, used: Used) -> Iterator[str]:
    if used.sessions > 1:
        yield (
            f"Intervals are 95 % percentile intervals of {protocol.resamples:,} bootstrap "
            f"resamples of sessions (seed {protocol.seed})."
        )
    elif used.events:
        yield (
            f"Intervals within the session are approximate 95 % percentile intervals of "
            f"{protocol.resamples:,} bootstrap resamples of blocks of "
            f"{seconds_words(protocol.block_us)} (seed {protocol.seed})."
        )


def _ratings() -> Iterator[str]:
    yield (
        "Ratings were compared per scale and episode, not pooled: ICC(2,1), absolute agreement "
        "(Shrout & Fleiss 1979), with intervals after McGraw & Wong (1996), beside ICC(3,1); kappa "
        "with quadratic weights (Cohen 1968); bias and limits of agreement at 1.96 SD (Bland & "
        "Altman 1986); exact and within-one-point agreement with intervals after Wilson (1927)."
    )


def _classes(protocol: Protocol) -> Iterator[str]:
    yield (
        f"Classes were compared by per cent agreement with intervals after Wilson (1927), and by "
        f"Cohen's kappa with its maximum, Gwet's AC1 (Gwet 2008) and agreement specific to each "
        f"class, with percentile intervals of {protocol.resamples:,} bootstrap resamples of cases "
        f"(seed {protocol.seed})."
    )


def _several() -> Iterator[str]:
    yield (
        "For sessions with three or more coders Fleiss' kappa (Fleiss 1971) and Krippendorff's "
        "alpha (Krippendorff 2011) were worked out."
    )
