"""Statistics in the person's language: values, intervals, and why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Estimate, Undefined
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.formats.protocol_file import protocol_sha256
from ssp_coder.reporting.agreement_method import seconds_words
from ssp_coder.reporting.signs import minus, percent, two_decimals

if TYPE_CHECKING:
    from ssp_coder.agreement.kappa import Kappa
    from ssp_coder.agreement.protocol import Protocol
    from ssp_coder.agreement.tracks import Track
    from ssp_coder.domain.scale import SlotId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.kit.interval_axis import IntervalRow

DASH = "\N{EN DASH}"


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("agreement_words", words)


def why_words(estimate: Estimate) -> str:
    """Why there is no value; empty where there is one."""
    if estimate.undefined is None:
        return ""
    return {
        Undefined.NOTHING: tr("nothing to compare"),
        Undefined.ONE_CODE: tr("one code used"),
        Undefined.NOT_USED: tr("not used"),
        Undefined.NO_VARIANCE: tr("all values alike"),
        Undefined.TOO_FEW: tr("too few"),
        Undefined.BELOW_CHANCE: tr("below chance"),
        Undefined.NO_SUCH: tr("there is none"),
    }[estimate.undefined]


def said(estimate: Estimate) -> str:
    """The value alone, or that it is undefined, and why."""
    if estimate.value is None:
        return tr("undefined ({0})").format(why_words(estimate))
    return two_decimals(estimate.value)


def short(estimate: Estimate | None) -> str:
    """The value, or a dash where the reason stands beside it already."""
    if estimate is None or estimate.value is None:
        return DASH
    return two_decimals(estimate.value)


def interval(estimate: Estimate) -> str:
    """``0.41 to 0.80``, empty without an interval."""
    if estimate.low is None or estimate.high is None:
        return ""
    return tr("{0} to {1}").format(two_decimals(estimate.low), two_decimals(estimate.high))


def with_interval(estimate: Estimate) -> str:
    """``0.64 [0.41 to 0.80]``; an undefined value with its reason."""
    ends = interval(estimate)
    return f"{said(estimate)}{f' [{ends}]' if ends else ''}"


def kappa_said(kappa: Kappa) -> str:
    """A kappa with its interval; an undefined one with the reason, and the agreement."""
    if kappa.kappa.value is not None or kappa.p_o.value is None:
        return with_interval(kappa.kappa)
    words = tr("undefined ({0}), agreement {1}")
    return words.format(why_words(kappa.kappa), percent(kappa.p_o.value))


def share(estimate: Estimate) -> str:
    """``46 % [28 to 65 %]``."""
    if estimate.value is None:
        return DASH
    whole = percent(estimate.value)
    if estimate.low is None or estimate.high is None:
        return whole
    low = percent(estimate.low).removesuffix(" %")
    return f"{whole} [{tr('{0} to {1}').format(low, percent(estimate.high))}]"


def signed(value: float | None, decimals: int = 2) -> str:
    """``+0.24`` with a real minus sign; a difference of nothing has none."""
    if value is None:
        return DASH
    text = f"{value:+.{decimals}f}"
    return text.lstrip("+-") if not float(text) else minus(text)


def signed_with_interval(estimate: Estimate) -> str:
    """``+0.24 [+0.05 to +0.43]``."""
    if estimate.low is None or estimate.high is None:
        return signed(estimate.value)
    ends = tr("{0} to {1}").format(signed(estimate.low), signed(estimate.high))
    return f"{signed(estimate.value)} [{ends}]"


def kappa_row(label: str, kappa: Kappa, note: str = "") -> IntervalRow:
    """A kappa as a row of an axis."""
    from ssp_coder.ui.kit.interval_axis import IntervalRow

    estimate = kappa.kappa
    return IntervalRow(
        label=label,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=kappa.n,
        words="" if estimate.is_defined else kappa_said(kappa),
        note=note,
    )


def track_words(track: Track, scheme: Scheme) -> str:
    """Person and group, or person and code, as the scheme calls them."""
    role = next((str(one.title) for one in scheme.procedure.persons if one.id == track.subject), "")
    return f"{role or track.subject}: {track_title(track, scheme)}"


def track_title(track: Track, scheme: Scheme) -> str:
    """Its group, or its code where that is a track of its own."""
    code = track.id.partition("/")[2]
    if scheme.ethogram.has_code(code):
        return str(scheme.ethogram.code(CodeId(code)).title)
    for group in scheme.ethogram.groups:
        if group.id == track.group and code == track.group:
            return str(group.title)
    return str(track.title)


def code_words(code: str, scheme: Scheme) -> str:
    """A code as the scheme calls it; the name of a lump as it is."""
    return str(scheme.ethogram.code(CodeId(code)).title) if scheme.ethogram.has_code(code) else code


def slot_words(slot: SlotId, scheme: Scheme) -> str:
    """A scale in its episode, and toward whom."""
    place = scheme.slot(slot)
    words = [str(scheme.scale(place.scale).title)]
    if place.episode is not None:
        words.append(place.episode)
    if place.toward is not None:
        person = str(scheme.procedure.person(place.toward).title)
        words.append(tr("toward {0}").format(person))
    return ", ".join(words)


def level_words(level: ClassLevel) -> str:
    """How finely classes are compared."""
    return {
        ClassLevel.PRIMARY: tr("Main group"),
        ClassLevel.SUBGROUP: tr("Subgroup"),
        ClassLevel.SECONDARY: tr("Best-fitting subgroup"),
        ClassLevel.THREE_WAY: tr("Three classes"),
        ClassLevel.FOUR_WAY: tr("Four classes"),
        ClassLevel.SECURE_TWO_WAY: tr("Secure or not"),
        ClassLevel.D_TWO_WAY: tr("Disorganized or not"),
        ClassLevel.D_DECISION: tr("Disorganized, by scale"),
    }[level]


def kappa_bands() -> str:
    """Cut points that are met in print, never shown as colours."""
    return tr("Cut points of Fleiss 1981 for kappa: .40, .60, .75; a convention, no threshold")


def icc_bands() -> str:
    """The same for intraclass correlations."""
    return tr(
        "Cut points for ICC: .40, .60, .75 (Cicchetti 1994); .50, .75, .90 (Koo & Li 2016); "
        "conventions, no thresholds"
    )


def accuracy_words() -> str:
    """What the estimated accuracy is."""
    return tr("Accuracy of coders that this kappa implies at these base rates (Bakeman 2022)")


def approximate_words() -> str:
    """What an interval within a session is."""
    return tr("Intervals within a session are approximate: blocks of it were drawn anew.")


def protocol_words(protocol: Protocol) -> str:
    """The settings in one line, with what tells them from others."""
    words = tr("{0}: unit {1}, tolerance {2}, alignment {3}, overlap {4} %; {5}")
    return words.format(
        _protocol_name(protocol),
        seconds_words(protocol.unit_us),
        seconds_words(protocol.tolerance_us),
        seconds_words(protocol.alignment_us),
        f"{100 * protocol.overlap:g}",
        protocol_sha256(protocol)[:12],
    )


def _protocol_name(protocol: Protocol) -> str:
    """What is not the default does not go by its name, not even when a file names itself so."""
    if protocol.name != USUAL_PROTOCOL.name:
        return protocol.name
    return tr("project default") if protocol == USUAL_PROTOCOL else tr("own settings")
