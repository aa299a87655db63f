"""What a criterion or a curve is of, in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import SECOND_US
from ssp_coder.training.measures import Statistic
from ssp_coder.ui.agreement.words import level_words
from ssp_coder.ui.text import slot_words

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.measures import Measure


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("measure_words", words)


def statistic_words(statistic: Statistic) -> str:
    """The name of a statistic, short."""
    return {
        Statistic.CLASS_SHARE: tr("share alike"),
        Statistic.CLASS_KAPPA: tr("kappa"),
        Statistic.ICC: tr("ICC(2,1)"),
        Statistic.WITHIN_ONE: tr("within one point"),
        Statistic.EVENT_F1: tr("F1 of onsets"),
        Statistic.CODE_RECALL: tr("onsets found"),
        Statistic.CODE_PRECISION: tr("onsets confirmed"),
    }[statistic]


def measure_words(measure: Measure, scheme: Scheme | None = None) -> str:
    """A statistic and what it is of, such as ``Four classes, share alike``.

    Args:
        measure: the statistic.
        scheme: names places and codes; without it their ids are given.
    """
    name = statistic_words(measure.statistic)
    if measure.level is not None:
        return f"{level_words(measure.level)}, {name}"
    if measure.slot or measure.scale:
        return f"{_place(measure, scheme)}, {name}"
    if measure.code:
        name = f"{_code(measure.code, scheme)}, {name}"
    if measure.statistic.of_rating:
        return name
    within = tr("within {0} s").format(f"{measure.tolerance_us / SECOND_US:g}")
    return f"{name} {within}"


def short_measure_words(measure: Measure, scheme: Scheme | None = None) -> str:
    """The same for a narrow place; what is left out stands in `measure_words`."""
    statistic = measure.statistic
    within = f"±{measure.tolerance_us / SECOND_US:g} s"
    if measure.level is not None:
        level = level_words(measure.level)
        return level if statistic is Statistic.CLASS_SHARE else tr("{0}, kappa").format(level)
    if statistic.of_rating:
        place = _place(measure, scheme) or tr("Ratings")
        return f"{place} ICC" if statistic is Statistic.ICC else f"{place} ±1"
    if measure.code:
        return _code(measure.code, scheme)
    return tr("Onsets F1, {0}").format(within)


def _place(measure: Measure, scheme: Scheme | None) -> str:
    if scheme is None:
        return measure.slot or measure.scale
    for slot in scheme.slots:
        if slot.id == measure.slot:
            return slot_words(slot.id, scheme)
    found = (scale.abbreviation for scale in scheme.scales if scale.id == measure.scale)
    return next(found, measure.slot or measure.scale)


def _code(code: str, scheme: Scheme | None) -> str:
    if scheme is not None:
        for one in (c for group in scheme.ethogram.groups for c in group.codes):
            if one.id == code:
                return str(one.title)
    return code
