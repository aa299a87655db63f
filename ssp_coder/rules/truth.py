"""Strong Kleene logic: what three-valued facts say together."""

from __future__ import annotations

from collections.abc import Iterable

from ssp_coder.domain.verdict import Truth


def all_of(truths: Iterable[Truth]) -> Truth:
    """NO when one is NO, else UNKNOWN when one is UNKNOWN, else YES; YES for none at all."""
    result = Truth.YES
    for truth in truths:
        if truth is Truth.NO:
            return Truth.NO
        if truth is Truth.UNKNOWN:
            result = Truth.UNKNOWN
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """YES when one is YES, else UNKNOWN when one is UNKNOWN, else NO; NO for none at all."""
    return negation(all_of(negation(truth) for truth in truths))


def negation(truth: Truth) -> Truth:
    """The opposite; UNKNOWN stays UNKNOWN."""
    if truth is Truth.UNKNOWN:
        return Truth.UNKNOWN
    return Truth.NO if truth is Truth.YES else Truth.YES
