"""Why a case may not be begun or its reference not be seen, in one plain clause with the remedy."""

from __future__ import annotations

from collections.abc import Mapping

from ssp_coder.domain.finding import Finding
from ssp_coder.training.errors import fault
from ssp_coder.training.programme import Bar

WHY: Mapping[Bar, tuple[str, str]] = {
    Bar.NOT_ENROLLED: ("the trainee is not enrolled for the pack", "enrol first"),
    Bar.OTHER_PACK: (
        "the pack is another version than the one enrolled for",
        "enrol for this version, or use the earlier one",
    ),
    Bar.STUDY_FIRST: ("there are cases to learn from that were not studied", "study them first"),
    Bar.EARLIER_CASE_FIRST: (
        "the practice cases come one after the other",
        "submit the one before and look at its feedback",
    ),
    Bar.PRACTICE_FIRST: (
        "there are practice cases to do before the test",
        "submit them and look at their feedback",
    ),
    Bar.FEEDBACK_FIRST: (
        "the feedback of the last attempt was not looked at",
        "look at it before the case is coded once more",
    ),
    Bar.FORM_TAKEN: ("the test form was taken", "ask the trainer for a release"),
    Bar.FORM_NOT_RELEASED: ("the test form is not released", "ask the trainer for a release"),
    Bar.FORM_NOT_FINISHED: (
        "the test form is not finished",
        "submit its other cases; feedback follows after the whole form",
    ),
    Bar.CERTIFY_FIRST: ("the case is for certified coders", "pass the test first"),
    Bar.NOT_HANDED_OUT: ("the case was not handed out", "wait until it is"),
    Bar.NOT_SUBMITTED: ("the case was not submitted yet", "code it and submit it first"),
    Bar.NEEDS_TRAINER: (
        "the reference is sealed with the trainer's word",
        "give the word, or take in the trainer's release",
    ),
}


def barred(bar: Bar, place: str) -> Finding:
    """The finding that says so.

    Args:
        bar: why.
        place: the pack and the case.
    """
    what, remedy = WHY[bar]
    return fault(f"barred_{bar.value}", place, what, remedy)
