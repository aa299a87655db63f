"""Ratings and classes in the report of a study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssp_coder.agreement.classes import LabelAgreement
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.disorganization import DAgreement
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.study_cases import ScaleAgreement, SeveralCoders
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.scores import slot_label
from ssp_coder.reporting.agreement_method import (
    ACCURACY,
    ICC_BANDS,
    KAPPA_BANDS,
)
from ssp_coder.reporting.agreement_page import Block, Grid, Heading, Passage, Picture, Pictures
from ssp_coder.reporting.agreement_report import (
    StudyReport,
    short_words,
)
from ssp_coder.reporting.figures_tables import bland_altman_figure, bubble_figure, matrix_figure
from ssp_coder.reporting.figures_timeline import interval_figure
from ssp_coder.reporting.signs import (
    minus,
    percent,
    value_words,
    with_interval,
)
from ssp_coder.reporting.words import both

CODERS = ("first coder", "second coder")
_MOST_NAMED = 6


def case_blocks(report: StudyReport) -> Iterator[Block]:
    """Ratings, classes, and figures for three and more coders; a case is a session."""
    yield from _scales(report)
    yield from _classes(report)
    yield from _several(report)


def _scales(report: StudyReport) -> Iterator[Block]:
    scales = report.study.scales
    if not scales:
        return
    yield Heading(words="Ratings, per scale and episode")
    if report.study.pairs_vary:
        yield Passage(
            words="Coders vary by session, so ICC(1,1) fits; ICC(2,1) takes them for the same two.",
            quiet=True,
        )
    yield Grid(
        head=("", "ICC(2,1)", "ICC(3,1)", "ICC(1,1)", "quadratic kappa", "n"),
        rows=tuple(_icc_row(one, report.scheme) for one in scales),
        hints=((1, ICC_BANDS), (2, ICC_BANDS), (3, ICC_BANDS), (4, KAPPA_BANDS)),
    )
    yield Grid(
        head=("", "equal", "within 1", "bias", "SD", "limits of agreement", "n"),
        rows=tuple(_gap_row(one, report.scheme) for one in scales),
        hints=((3, "Second minus first coder, with the interval of a mean"),),
    )
    few = [one for one in scales if one.ratings.few]
    if few:
        yield Passage(
            words=f"{len(few)} of {len(scales)} rest on fewer than 10 cases: {_short(few)}."
        )
    rows = [(slot_label(one.slot.id, report.scheme), one.ratings.icc.icc_2_1) for one in scales]
    yield Picture(figure=interval_figure(rows, "ICC(2,1)"), caption="ICC(2,1), absolute agreement.")
    for one in scales:
        yield Pictures(pictures=tuple(_scale_pictures(one, report.scheme)))


def _short(scales: Sequence[ScaleAgreement]) -> str:
    shown = [f"{one.slot.id} (n = {one.ratings.n})" for one in scales[:_MOST_NAMED]]
    return ", ".join(shown) + (" and others" if len(scales) > _MOST_NAMED else "")


def _icc_row(one: ScaleAgreement, scheme: Scheme) -> tuple[str, ...]:
    found = one.ratings
    return (
        slot_label(one.slot.id, scheme),
        with_interval(found.icc.icc_2_1),
        with_interval(found.icc.icc_3_1),
        with_interval(found.icc.icc_1_1),
        value_words(found.quadratic.kappa),
        str(found.n),
    )


def _gap_row(one: ScaleAgreement, scheme: Scheme) -> tuple[str, ...]:
    found, gaps = one.ratings, one.ratings.differences
    limits = "–"
    if gaps.lower.value is not None and gaps.upper.value is not None:
        limits = f"{_signed(gaps.lower.value)} to {_signed(gaps.upper.value)}"
    return (
        slot_label(one.slot.id, scheme),
        _share(found.exact),
        _share(found.within_one),
        _bias(gaps.bias),
        short_words(gaps.sd),
        limits,
        str(found.n),
    )


def _share(estimate: Estimate) -> str:
    """``46 % [28 to 65 %]``."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    low = percent(estimate.low).removesuffix(" %")
    return f"{percent(estimate.value)} [{low} to {percent(estimate.high)}]"


def _bias(bias: Estimate) -> str:
    if bias.value is None:
        return "–"
    if bias.low is None or bias.high is None:
        return _signed(bias.value)
    return f"{_signed(bias.value)} [{_signed(bias.low)} to {_signed(bias.high)}]"


def _signed(value: float) -> str:
    words = f"{value:+.2f}"
    return "0.00" if words in {"+0.00", "-0.00"} else minus(words)


def _scale_pictures(one: ScaleAgreement, scheme: Scheme) -> Iterator[Picture]:
    label = slot_label(one.slot.id, scheme)
    yield Picture(
        figure=bubble_figure(one.ratings.points, one.pairs, CODERS),
        caption=f"{label}: how often each pair of ratings was given, n = {one.ratings.n}.",
    )
    gaps = one.ratings.differences
    if None not in (gaps.bias.value, gaps.lower.value, gaps.upper.value):
        bias, low, high = (float(e.value or 0) for e in (gaps.bias, gaps.lower, gaps.upper))
        yield Picture(
            figure=bland_altman_figure(one.pairs, bias, (low, high)),
            caption=f"{label}: bias (line) and limits of agreement (dashed).",
        )


def _classes(report: StudyReport) -> Iterator[Block]:
    study = report.study
    if not study.classes:
        return
    yield Heading(words="Class")
    rows = [(LEVEL_NAMES[one.level], one.figures) for one in study.classes]
    if study.disorganization is not None and study.disorganization.decision.n:
        rows.append((LEVEL_NAMES[ClassLevel.D_DECISION], study.disorganization.decision))
    yield Grid(
        head=(
            "",
            "agreement",
            "kappa",
            "by chance",
            "max",
            "AC1",
            "accuracy",
            "n",
            "left out",
        ),
        rows=tuple(_class_row(name, figures) for name, figures in rows),
        hints=(
            (2, KAPPA_BANDS),
            (3, "Agreement to be expected by chance"),
            (4, "Largest kappa with these totals"),
            (5, "Gwet's AC1, a companion figure"),
            (6, ACCURACY),
        ),
    )
    yield Picture(
        figure=interval_figure([(name, one.kappa.kappa) for name, one in rows], "Kappa of classes"),
        caption="Kappa of classes, with bootstrap intervals over cases.",
    )
    yield from _specific(rows)
    yield Pictures(pictures=tuple(_class_picture(name, one) for name, one in rows))
    if study.disorganization is not None:
        yield Passage(words=_at_point(study.disorganization), quiet=True)


LEVEL_NAMES = {
    ClassLevel.PRIMARY: "main group",
    ClassLevel.SUBGROUP: "subgroup",
    ClassLevel.SECONDARY: "best-fitting subgroup",
    ClassLevel.THREE_WAY: "three-way",
    ClassLevel.FOUR_WAY: "four-way",
    ClassLevel.SECURE_TWO_WAY: "secure or not",
    ClassLevel.D_TWO_WAY: "disorganized or not",
    ClassLevel.D_DECISION: "disorganized, by scale",
}
"""What the levels of class are called."""


def _class_row(name: str, found: LabelAgreement) -> tuple[str, ...]:
    return (
        name,
        _share(found.agreement),
        with_interval(found.kappa.kappa),
        short_words(found.kappa.p_e),
        short_words(found.kappa.kappa_max),
        with_interval(found.ac1),
        short_words(found.accuracy),
        str(found.n),
        str(found.left_out),
    )


def _specific(rows: Sequence[tuple[str, LabelAgreement]]) -> Iterator[Block]:
    cells = tuple(
        (
            f"{name}: {label}",
            with_interval(estimate),
            str(estimate.n),
        )
        for name, found in rows
        for label, estimate in zip(found.labels, found.specific, strict=True)
        if estimate.is_defined
    )
    if cells:
        yield Heading(words="Agreement on each class", level=3)
        yield Grid(head=("", "specific agreement", "given by either"), rows=cells)
    small = [name for name, found in rows if found.small_cells]
    if small:
        yield Passage(
            words=f"Cells with fewer than 5 cases, which say little: in {both(small)}.", quiet=True
        )


def _class_picture(name: str, found: LabelAgreement) -> Picture:
    kept = [
        place
        for place in range(len(found.labels))
        if any(found.table[place]) or any(row[place] for row in found.table)
    ]
    cells = [[float(found.table[i][j]) for j in kept] for i in kept]
    names = [found.labels[place] for place in kept]
    return Picture(
        figure=matrix_figure(names, cells, coders=CODERS, unit="cases"),
        caption=f"{name}, cases, n = {found.n}.",
    )


def _at_point(found: DAgreement) -> str:
    at = found.at_point
    return (
        f"Scores exactly at the decision point {found.decision_point:g}, decided by the coder: "
        f"{at.reference} by first coders, {at.other} by second coders, {at.both} by both."
    )


def _several(report: StudyReport) -> Iterator[Block]:
    if not report.study.several:
        return
    yield Heading(words="Three or more coders")
    yield Grid(
        head=("", "Fleiss kappa", "cases", "coders", "Krippendorff alpha", "cases"),
        rows=tuple(
            (
                _several_name(one, report.scheme),
                value_words(one.fleiss.kappa),
                str(one.fleiss.n),
                str(one.fleiss.raters),
                value_words(one.alpha),
                str(one.alpha.n),
            )
            for one in report.study.several
        ),
    )


def _several_name(one: SeveralCoders, scheme: Scheme) -> str:
    if one.slot is not None:
        return slot_label(one.slot, scheme)
    return LEVEL_NAMES[one.level] if one.level is not None else ""
