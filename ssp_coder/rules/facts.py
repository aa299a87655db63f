"""The numbers a rule table reads, taken from a coding or from a row of scores."""

from __future__ import annotations

from collections.abc import Mapping

from ssp_coder.domain.coding import Coding, DDecision
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.ruletable import RuleInput
from ssp_coder.domain.scale import NOT_RATED, Points, Score, SlotId
from ssp_coder.domain.scheme import DerivedCount, Scheme
from ssp_coder.domain.session import EpisodeSpan, episode_spans
from ssp_coder.domain.time import Span
from ssp_coder.domain.verdict import Facts
from ssp_coder.rules.direct_count import coded_directly, direct_count
from ssp_coder.rules.intervals import IntervalCount, interval_count


def facts_from_scores(
    scores: Mapping[str, Score],
    *,
    d_decision: DDecision | None = None,
    d_assessed: bool = True,
) -> Facts:
    """Facts from scores by input id, as a scores file has them; the order does not matter."""
    return Facts(
        scores=tuple(sorted(scores.items(), key=lambda pair: pair[0])),
        d_decision=d_decision,
        d_assessed=d_assessed,
    )


def facts_from_coding(coding: Coding, scheme: Scheme) -> Facts:
    """Everything the scheme's rule table reads of a coding.

    Ratings are taken as they are. A derived count is prorated to the input's highest value and
    held within its range, not rounded; it is NOT_RATED while the episode's start or end is not
    known, and when no event of the counted codes' groups exists in the whole session: a lane
    nobody coded says nothing, it does not say zero. Where its intervals were marked directly they
    are counted in place of events, and it is NOT_RATED while one of them is left open.

    D counts as assessed when the scheme rates the input of the disorganization rule.
    """
    spans = {span.plan.id: span for span in episode_spans(coding, scheme.procedure)}
    counts = {count.id: count for count in scheme.counts}
    scores: dict[str, Score] = {}
    for rule_input in scheme.rules.inputs:
        if scheme.has_slot(rule_input.id):
            scores[rule_input.id] = coding.score(SlotId(rule_input.id))
        elif rule_input.id in counts:
            count = counts[rule_input.id]
            span = spans.get(EpisodeId(count.episode))
            scores[rule_input.id] = _count_score(coding, scheme, count, span, rule_input)
    rule = scheme.rules.disorganization
    return facts_from_scores(
        scores,
        d_decision=coding.classification.d_decision if coding.classification else None,
        d_assessed=rule is not None and rule.input in scores,
    )


def count_in_coding(
    coding: Coding, scheme: Scheme, count: DerivedCount, full_intervals: float
) -> IntervalCount | None:
    """A derived count of a coding, or None when nothing can be said of it."""
    spans = episode_spans(coding, scheme.procedure)
    span = next((span for span in spans if span.plan.id == count.episode), None)
    return _count(coding, scheme, count, span, full_intervals)


def _count_score(
    coding: Coding,
    scheme: Scheme,
    count: DerivedCount,
    span: EpisodeSpan | None,
    rule_input: RuleInput,
) -> Score:
    counted = _count(coding, scheme, count, span, rule_input.maximum)
    if counted is None or counted.prorated is None:
        return NOT_RATED
    return Points(min(rule_input.maximum, max(rule_input.minimum, counted.prorated)))


def _count(
    coding: Coding,
    scheme: Scheme,
    count: DerivedCount,
    span: EpisodeSpan | None,
    full_intervals: float,
) -> IntervalCount | None:
    if span is None or span.start_us is None or span.end_us is None:
        return None
    marked = coded_directly(coding, scheme, count)
    if marked is not None:
        return direct_count(coding, scheme, count, marked, full_intervals)
    if not _lane_coded(coding, scheme, count):
        return None
    episode = Span(start_us=span.start_us, end_us=span.end_us)
    codes = frozenset(count.codes)
    return interval_count(coding.events, episode, codes, count.interval_us, full_intervals)


def _lane_coded(coding: Coding, scheme: Scheme, count: DerivedCount) -> bool:
    groups = {scheme.ethogram.code(code).group for code in count.codes}
    lane = {code.id for code in scheme.ethogram.codes() if code.group in groups}
    return any(event.code in lane for event in coding.events)
