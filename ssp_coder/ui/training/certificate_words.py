"""Words of the certificate, on the screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.domain.scale import SlotId
from ssp_coder.training.measures import Statistic
from ssp_coder.training.pass_rules import Grade, Outcome
from ssp_coder.ui.agreement.words import code_words, level_words
from ssp_coder.ui.kit.interval_axis import IntervalRow
from ssp_coder.ui.text import slot_words
from ssp_coder.ui.training.measure_words import statistic_words

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.words import Provenance
    from ssp_coder.training.certificate import Certificate, CertifiedFigure
    from ssp_coder.training.pass_rules import CriterionResult, PassRule

_WITHIN = "within "
"""How a certificate writes the tolerance of onsets: ``within 2 s``."""


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("certificate", words)


def grade_words(grade: Grade) -> str:
    """What meeting a rule means, as it stands on the certificate."""
    return {
        Grade.CERTIFIED: tr("Certified"),
        Grade.PROVISIONAL: tr("Provisional: it counts only until enough cases are coded"),
        Grade.TRIAL: tr("A trial: it shows how the programme works and says nothing about a coder"),
    }[grade]


def state_words(result: CriterionResult) -> str:
    """Whether a criterion is met, and what is missing where the evidence does not suffice."""
    if result.outcome is Outcome.PASSED:
        return tr("met")
    if result.outcome is Outcome.NOT_PASSED:
        return tr("not met")
    wanted = result.criterion
    if result.cases < wanted.cases:
        words = tr("insufficient evidence: {0} of {1} cases")
        return words.format(result.cases, wanted.cases)
    if result.positives < wanted.minimum_positives:
        words = tr("insufficient evidence: rarest {0} of {1} times")
        return words.format(result.positives, wanted.minimum_positives)
    return tr("insufficient evidence: the statistic is undefined")


def asked_words(result: CriterionResult) -> str:
    """What a criterion asks for."""
    one = result.criterion
    words = tr("{0} or above on {1} cases").format(f"{one.threshold:g}", one.cases)
    if one.consecutive:
        row = tr("{0}, each of {1} in a row (longest row {2})")
        words = row.format(words, one.consecutive, result.run)
    if one.minimum_positives:
        rare = tr("{0}, the rarest {1} times or more")
        words = rare.format(words, one.minimum_positives)
    if result.enriched:
        words = tr("{0}; not at the natural base rate").format(words)
    return words


def rule_kind(rule: PassRule) -> str:
    """How far a rule may be trusted."""
    kind = tr("A convention, no finding.") if rule.convention else tr("The laboratory's own rule.")
    return tr("{0} Source: {1}").format(kind, source_of(rule.provenance))


def source_of(provenance: Provenance) -> str:
    """The source, with the confidence where one is stated."""
    if provenance.confidence is None:
        return provenance.source
    return tr("{0} (confidence {1})").format(provenance.source, f"{provenance.confidence:.2g}")


def figure_title(figure: CertifiedFigure, scheme: Scheme | None = None) -> str:
    """What a certified figure is of; without a scheme, places and codes by their ids."""
    name = statistic_words(Statistic(figure.statistic))
    parts = figure.of.split(", ") if figure.of else []
    within = [part.removeprefix(_WITHIN) for part in parts if part.startswith(_WITHIN)]
    if within:
        name = tr("{0} within {1}").format(name, within[0])
    of = [_named(part, scheme) for part in parts if not part.startswith(_WITHIN)]
    title = ", ".join((*of, name))
    return title[:1].upper() + title[1:]


def _named(part: str, scheme: Scheme | None) -> str:
    """A level, a place to be rated, a scale or a code as people call it."""
    if part in {level.value for level in ClassLevel}:
        return level_words(ClassLevel(part))
    if scheme is None:
        return part
    if any(slot.id == part for slot in scheme.slots):
        return slot_words(SlotId(part), scheme)
    titles = {str(scale.id): str(scale.title) for scale in scheme.scales}
    return titles.get(part, code_words(part, scheme))


def figure_row(figure: CertifiedFigure, scheme: Scheme | None = None) -> IntervalRow:
    """A certified figure as a row of the axis."""
    return IntervalRow(
        label=figure_title(figure, scheme),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        n=figure.n,
        criterion=figure.threshold,
    )


def figure_line(figure: CertifiedFigure, scheme: Scheme | None = None) -> str:
    """A certified figure in words: value, interval, n, what was asked for."""
    between = tr("no interval")
    if figure.low is not None and figure.high is not None:
        between = tr("95 % interval {0} to {1}").format(f"{figure.low:.3f}", f"{figure.high:.3f}")
    words = tr("{0}: {1}, {2}, n = {3}, {4} cases; asked for {5}").format(
        figure_title(figure, scheme),
        f"{figure.value:.3f}",
        between,
        figure.n,
        figure.cases,
        f"{figure.threshold:g}",
    )
    if figure.run:
        words = tr("{0}, {1} cases in a row").format(words, figure.run)
    if figure.enriched:
        words = tr("{0}; not at the natural base rate").format(words)
    return words


def facts_of(one: Certificate) -> tuple[tuple[str, str], ...]:
    """Who, when, with what: name and value of each line."""
    checked = tr("; the original source was not checked") if one.unverified else ""
    kind = tr("convention") if one.convention else tr("the laboratory's own")
    return (
        (tr("Coder"), one.trainee),
        (tr("Day"), one.on),
        (
            tr("Training pack"),
            tr("{0} {1}, by {2}").format(one.pack, one.pack_version, one.made_by),
        ),
        (tr("Scheme"), f"{one.scheme} {one.scheme_version}"),
        (tr("Rule"), f"{one.rule_title} ({one.rule} {one.rule_version}, {kind})"),
        (tr("Source of the rule"), f"{one.rule_source}{checked}"),
        (tr("Counted"), tr("first attempts only, {0} submissions").format(len(one.heads))),
        (tr("Statistics"), tr("version {0}").format(one.statistics)),
    )


def left_out_lines(one: Certificate) -> tuple[str, ...]:
    """What the trainer left out of the figures, each with the reason."""
    words = tr("Case {0}, {1}: {2}")
    return tuple(words.format(item.case, item.of, item.reason) for item in one.left_out)


def hashes_of(one: Certificate) -> tuple[tuple[str, str], ...]:
    """What the certificate rests on, each known by its hash."""
    return (
        (tr("Pack"), one.pack_sha256),
        (tr("Scheme"), one.scheme_sha256),
        *(((tr("Rule"), one.rule_sha256),) if one.rule_sha256 else ()),
        *((tr("Submission {0}").format(n), head) for n, head in enumerate(one.heads, 1)),
    )
