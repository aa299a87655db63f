"""Items of feedback on ratings: how many points apart, and what the scale says of both points."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.agreement.comparison import Comparison, RatingDifference
from ssp_coder.domain.scale import Anchor, Points, RatingSlot, Scale, Score
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Span
from ssp_coder.domain.words import NO_TEXT, Text, english
from ssp_coder.training.feedback_items import FeedbackItem, ItemKind, Lesson
from ssp_coder.training.packs import Rationale


def rating_items(comparison: Comparison, lesson: Lesson) -> Iterator[FeedbackItem]:
    """One item for each place that both did not rate alike."""
    for one in comparison.ratings:
        kind = _kind(one, lesson)
        if kind is not None:
            yield _item(one, kind, lesson)


def anchors_at(scale: Scale, value: float) -> tuple[Anchor, ...]:
    """What a scale says of a point; between two anchors, both of them."""
    exact = scale.anchor_for(value)
    if exact is not None:
        return (exact,)
    below = [anchor for anchor in scale.anchors if anchor.point < value]
    above = [anchor for anchor in scale.anchors if anchor.point > value]
    nearest = (
        max(below, key=lambda anchor: anchor.point, default=None),
        min(above, key=lambda anchor: anchor.point, default=None),
    )
    return tuple(anchor for anchor in nearest if anchor is not None)


def _kind(one: RatingDifference, lesson: Lesson) -> ItemKind | None:
    if one.difference is not None:
        if one.difference == 0:
            return None
        is_large = abs(one.difference) >= lesson.settings.rating_from
        return ItemKind.RATING if is_large else ItemKind.RATING_NEAR
    has_number = isinstance(one.reference, Points) or isinstance(one.own, Points)
    return ItemKind.UNRATED if has_number else None


def _item(one: RatingDifference, kind: ItemKind, lesson: Lesson) -> FeedbackItem:
    slot = lesson.scheme.slot(one.slot)
    scale = lesson.scheme.scale(slot.scale)
    notes = lesson.notes(note for note in lesson.reference.notes if note.slot == one.slot)
    span = _shown(slot, notes, lesson)
    return FeedbackItem(
        key=f"rating:{one.slot}",
        kind=kind,
        weight=lesson.weight(kind, 1.0 if one.difference is None else abs(one.difference)),
        at_us=None if span is None else span.start_us,
        loop=None if span is None else _loop(span, lesson),
        place=one.slot,
        title=scale.title,
        own=_words(one.own, scale),
        reference=_words(one.reference, scale),
        own_value=_value(one.own),
        reference_value=_value(one.reference),
        subject=slot.toward,
        episode=slot.episode,
        difference=one.difference,
        notes=notes,
        own_anchors=_anchors(one.own, scale),
        reference_anchors=_anchors(one.reference, scale),
        chapter=lesson.chapter(kind),
        excluded=_reason(one, lesson),
    )


def _shown(slot: RatingSlot, notes: tuple[Rationale, ...], lesson: Lesson) -> Span | None:
    """Where to look: the stretch a note names, the reference's evidence, else the episode."""
    coding = lesson.reference.coding
    rating = coding.rating(slot.id)
    named = [note.span for note in notes if note.span is not None]
    named += () if rating is None else rating.clips
    if named:
        return named[0]
    evidence = () if rating is None else rating.evidence
    for event in coding.events if evidence else ():
        if event.id in evidence:
            return Span(start_us=event.start_us, end_us=event.start_us)
    for span in episode_spans(coding, lesson.scheme.procedure):
        if span.plan.id == slot.episode and span.start_us is not None:
            return Span(start_us=span.start_us, end_us=span.start_us)
    return None


def _loop(span: Span, lesson: Lesson) -> Span:
    """A stretch as it is; a moment with what is around it."""
    return span if span.length_us else lesson.loop(span.start_us, span.start_us)


def _words(score: Score, scale: Scale) -> Text:
    if isinstance(score, Points):
        return english(_value(score))
    reasons = [reason for reason in scale.missing_reasons if reason.id == _value(score)]
    return reasons[0].title if reasons else NO_TEXT


def _value(score: Score) -> str:
    if isinstance(score, Points):
        return f"{score.value:g}"
    return getattr(score, "reason", "")


def _anchors(score: Score, scale: Scale) -> tuple[Anchor, ...]:
    return anchors_at(scale, score.value) if isinstance(score, Points) else ()


def _reason(one: RatingDifference, lesson: Lesson) -> str:
    exclusions = lesson.reference.exclusions
    return next((left.reason for left in exclusions if left.slot == one.slot), "")
