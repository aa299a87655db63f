"""What happens in a training, as frozen records: the rows of a trainee's logbook.

A released deed keeps its name and fields for ever; a new field needs a default.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Judgement(StrEnum):
    """What a trainee says to an item of the feedback."""

    AGREE = "agree"
    """The reference is right."""
    DISPUTE = "dispute"
    UNCLEAR = "unclear"
    """The rule does not decide it."""


class ReleaseKind(StrEnum):
    """What a trainer allows."""

    FEEDBACK = "feedback"
    """To see the references of a finished form."""
    TAKE = "take"
    """To take a form: another one, or the same once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """The trainee took up a pack, or a new version of it.

    Attributes:
        pack_sha256: hash of its ``pack.toml``.
    """

    pack: str
    version: str
    pack_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBegun:
    """A coding file was made for a case.

    Attributes:
        attempt: number of the attempt in this logbook, from 1.
        file: the coding file, from the logbook's folder with forward slashes.
    """

    pack: str
    case: str
    attempt: int
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionBegun:
    """The trainee said that the work is done; locking and copying follow, also after a crash."""

    pack: str
    case: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The coding was locked and copied.

    Attributes:
        snapshot: the copy, from the logbook's folder; it is never written again.
        snapshot_sha256: hash of the copy's bytes.
        head: hash of the last row of the coding's own log.
        pack_version: of the pack the case was coded from.
    """

    pack: str
    case: str
    attempt: int
    snapshot: str
    snapshot_sha256: str
    head: str
    pack_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackOpened:
    """The reference of a case was shown; for a case to learn from, that it was studied.

    Attributes:
        attempt: the attempt it was held against, 0 for a case that is studied.
    """

    pack: str
    case: str
    attempt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemJudged:
    """The trainee's word on one item of the feedback; a later one replaces it.

    Attributes:
        item: stable key of the item within the comparison of that attempt.
    """

    pack: str
    case: str
    attempt: int
    item: str
    judgement: Judgement
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFinished:
    """Every case of a test form was submitted.

    Attributes:
        attempts: the attempts that it is judged by.
    """

    pack: str
    form: str
    attempts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReleased:
    """The trainer allowed something about a form.

    Attributes:
        trainer: pseudonym.
        release: id of the release, which counts once.
        key: key of the form, hexadecimal, when its references may be seen; else empty.
        version: of the pack; the key of one version opens no other. Empty in early rows.
    """

    pack: str
    form: str
    kind: ReleaseKind
    trainer: str
    release: str
    key: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A pass rule was met.

    Attributes:
        rule: id of the pass rule.
        figures: the certificate's figures as JSON text.
        provisional: whether it counts only until more cases are coded.
    """

    pack: str
    version: str
    rule: str
    figures: str
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseAnswered:
    """One exercise was answered.

    Attributes:
        kind: the exercise's kind, as its file names it.
        lag_us: answer minus truth for a moment in time, else None.
        took_us: time from the question to the answer, 0 when it was not taken.
    """

    pack: str
    exercise: str
    kind: str
    answer: str
    right: bool
    lag_us: int | None = None
    took_us: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckScheduled:
    """A case of the upkeep will be handed out from a day on; the trainee is not told.

    Attributes:
        due_on: ``2026-05-17``.
    """

    pack: str
    case: str
    due_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckServed:
    """A re-check was handed out; from here on it is a case like any other."""

    pack: str
    case: str


Deed = (
    Enrolled
    | CaseBegun
    | SubmissionBegun
    | Submitted
    | FeedbackOpened
    | ItemJudged
    | SetFinished
    | FormReleased
    | Certified
    | ExerciseAnswered
    | RecheckScheduled
    | RecheckServed
)

# Written out, so that renaming a class does not rename what is stored.
DEED_KINDS: dict[str, type[Deed]] = {
    "enrolled": Enrolled,
    "case_begun": CaseBegun,
    "submission_begun": SubmissionBegun,
    "submitted": Submitted,
    "feedback_opened": FeedbackOpened,
    "item_judged": ItemJudged,
    "set_finished": SetFinished,
    "form_released": FormReleased,
    "certified": Certified,
    "exercise_answered": ExerciseAnswered,
    "recheck_scheduled": RecheckScheduled,
    "recheck_served": RecheckServed,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a logbook.

    Attributes:
        seq: number of the row, from 1.
        at_utc: ISO 8601.
        hash: SHA-256 that stands for this row and all before it.
    """

    seq: int
    at_utc: str
    deed: Deed
    hash: str = ""


def deeds(entries: tuple[Entry, ...], pack: str) -> tuple[Deed, ...]:
    """What was done with a pack, in order."""
    return tuple(entry.deed for entry in entries if entry.deed.pack == pack)
