"""What follows from rating, indices of disorganization and the coder's class."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from ssp_coder.domain.coding import Classification, Coding, IndexId
from ssp_coder.domain.scale import Missing, Points, Rating
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import short_clock_text
from ssp_coder.editing.edits import Classify, ClearRating, PutDIndex, Rate, RemoveDIndex
from ssp_coder.editing.refusal import refuse

CONFIDENCE_MAXIMUM = 5


def rate(coding: Coding, edit: Rate, scheme: Scheme) -> Coding:
    """See `Rate`.

    Raises:
        EditRefusedError: the place is unknown, the number is no point of the scale, the reason is
            not one that the scale knows, or a stretch that justifies it is none of the video.
    """
    rating = edit.rating
    if not scheme.has_slot(rating.slot):
        raise refuse("rating.unknown_slot", f"scheme {scheme.id} rates no place {rating.slot}")
    _check_score(rating, scheme)
    _check_clips(coding, rating)
    place = bisect_left(coding.ratings, rating.slot, key=lambda other: other.slot)
    there = coding.ratings[place : place + 1]
    keep_from = place + 1 if there and there[0].slot == rating.slot else place
    ratings = (*coding.ratings[:place], rating, *coding.ratings[keep_from:])
    return replace(coding, ratings=ratings)


def _check_score(rating: Rating, scheme: Scheme) -> None:
    scale = scheme.scale_of(rating.slot)
    match rating.score:
        case Points(value) if not scale.allows(value):
            raise refuse(
                "rating.outside_scale",
                f"rating {value:g} outside {scale.minimum:g}..{scale.maximum:g} "
                f"(steps of {scale.step:g}) in {rating.slot}",
                "rate within the scale, or say that it cannot be coded",
            )
        case Missing(reason) if all(known.id != reason for known in scale.missing_reasons):
            known = ", ".join(reason.id for reason in scale.missing_reasons)
            raise refuse(
                "rating.unknown_reason",
                f"{rating.slot} cannot be missing for the reason {reason!r}",
                f"use one of {known}",
            )


def _check_clips(coding: Coding, rating: Rating) -> None:
    last_us = max((media.end_us for media in coding.media), default=0)
    for clip in rating.clips:
        start, end = (short_clock_text(us, digits=3) for us in (clip.start_us, clip.end_us))
        if not clip.length_us:
            raise refuse(
                "rating.empty_clip",
                f"the stretch at {start} that justifies {rating.slot} has no length",
                "let it end at a later frame",
            )
        if clip.start_us < 0 or (last_us and clip.end_us > last_us):
            raise refuse(
                "rating.clip_outside_video",
                f"the stretch {start} to {end} that justifies {rating.slot} lies outside the video "
                f"(0:00 to {short_clock_text(last_us, digits=3)})",
                "choose a stretch of the video",
            )


def clear_rating(coding: Coding, edit: ClearRating) -> Coding:
    """See `ClearRating`."""
    kept = tuple(rating for rating in coding.ratings if rating.slot != edit.slot)
    return replace(coding, ratings=kept)


def put_d_index(coding: Coding, edit: PutDIndex, scheme: Scheme) -> Coding:
    """See `PutDIndex`; indices are kept in the order of their time.

    Raises:
        EditRefusedError: the theme, a person or an explanation is unknown, the span is upside
            down, or the id does not exist.
    """
    index = edit.index
    _check_words(index.theme, (theme.id for theme in scheme.themes), "theme")
    for explanation in index.ruled_out:
        _check_words(explanation, (known.id for known in scheme.explanations), "explanation")
    for subject in index.present:
        _check_words(subject, (person.id for person in scheme.procedure.persons), "person")
    if index.end_us < index.start_us:
        raise refuse("d_index.ends_before_start", "an index ends before it starts")
    next_index = coding.next_index
    if index.id == 0:
        index = replace(index, id=next_index)
        next_index = IndexId(next_index + 1)
    elif all(other.id != index.id for other in coding.d_indices):
        raise refuse("d_index.unknown", f"there is no index {index.id}")
    others = [other for other in coding.d_indices if other.id != index.id]
    ordered = sorted([*others, index], key=lambda other: (other.start_us, other.id))
    return replace(coding, d_indices=tuple(ordered), next_index=next_index)


def _check_words(word: str, known: Iterable[str], what: str) -> None:
    allowed = tuple(known)
    if word not in allowed:
        raise refuse(
            f"d_index.unknown_{what}", f"there is no {what} {word}", f"use {', '.join(allowed)}"
        )


def remove_d_index(coding: Coding, edit: RemoveDIndex) -> Coding:
    """See `RemoveDIndex`."""
    kept = tuple(index for index in coding.d_indices if index.id != edit.index)
    if len(kept) == len(coding.d_indices):
        raise refuse("d_index.unknown", f"there is no index {edit.index}")
    return replace(coding, d_indices=kept)


def classify(coding: Coding, edit: Classify, scheme: Scheme) -> Coding:
    """See `Classify`; unfinished classes are allowed, impossible ones are not.

    Raises:
        EditRefusedError: a group or subgroup is unknown or they do not belong together, or the
            confidence is outside 0 to 5.
    """
    own = edit.classification
    _check_groups(own, scheme)
    if not 0 <= own.confidence <= CONFIDENCE_MAXIMUM:
        raise refuse("class.confidence", f"confidence {own.confidence} outside 0..5")
    return replace(coding, classification=own)


def _check_groups(own: Classification, scheme: Scheme) -> None:
    groups = {group.id: group for group in scheme.rules.groups}
    if own.primary not in groups:
        known = ", ".join(groups)
        raise refuse("class.unknown", f"there is no class {own.primary!r}", f"use one of {known}")
    group = groups[own.primary]
    if own.subgroup and own.subgroup not in group.subgroups:
        raise refuse(
            "class.subgroup",
            f"{own.subgroup} is no subgroup of {own.primary}",
            "choose the subgroup first; it brings its group",
        )
    if own.secondary and not group.needs_secondary:
        raise refuse("class.secondary", f"{own.primary} has no secondary class", "leave it empty")
    if own.secondary and own.secondary not in scheme.rules.subgroups():
        raise refuse("class.secondary", f"there is no subgroup {own.secondary}")
