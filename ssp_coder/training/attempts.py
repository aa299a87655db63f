"""The attempts of a trainee at the cases of a pack, as the logbook tells them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ssp_coder.training.deeds import CaseBegun, Entry, SetFinished, SubmissionBegun, Submitted
from ssp_coder.training.packs import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One coding of a case by the trainee.

    Attributes:
        number: in the logbook, from 1; over all packs.
        file: the coding file, from the logbook's folder.
        is_repeat: whether an earlier attempt at the case exists; a repeat never counts.
        submitting: whether a submission was begun.
        submitted: what was submitted, None before.
        submitted_at_utc: when, empty before.
        row: of the logbook that says so, 0 before; a clock may be set back, rows go on.
    """

    case: str
    number: int
    file: str
    begun_at_utc: str
    is_repeat: bool
    submitting: bool = False
    submitted: Submitted | None = None
    submitted_at_utc: str = ""
    row: int = 0


def attempts_of(entries: tuple[Entry, ...], pack: str) -> dict[str, tuple[Attempt, ...]]:
    """The attempts at each case of a pack, oldest first."""
    found: dict[int, Attempt] = {}
    tried: set[str] = set()
    for entry in entries:
        match entry.deed:
            case CaseBegun() as begun if begun.pack == pack:
                found[begun.attempt] = Attempt(
                    case=begun.case,
                    number=begun.attempt,
                    file=begun.file,
                    begun_at_utc=entry.at_utc,
                    is_repeat=begun.case in tried,
                )
                tried.add(begun.case)
            case SubmissionBegun(attempt=number) if number in found:
                found[number] = replace(found[number], submitting=True)
            case Submitted(attempt=number) as done if number in found:
                found[number] = replace(
                    found[number], submitted=done, submitted_at_utc=entry.at_utc, row=entry.seq
                )
            case _:
                continue
    by_case: dict[str, tuple[Attempt, ...]] = {}
    for attempt in found.values():
        by_case[attempt.case] = (*by_case.get(attempt.case, ()), attempt)
    return by_case


def next_attempt(entries: tuple[Entry, ...]) -> int:
    """The number of the next attempt of a logbook."""
    return 1 + max((e.deed.attempt for e in entries if isinstance(e.deed, CaseBegun)), default=0)


def unfinished_sets(pack: Pack, entries: tuple[Entry, ...]) -> tuple[SetFinished, ...]:
    """Sets whose last case was submitted and of which the logbook does not say so yet."""
    attempts = attempts_of(entries, pack.id)
    missing = []
    for form in pack.forms:
        rounds = zip(
            *(
                [a.number for a in attempts.get(c.id, ()) if a.submitted]
                for c in pack.of_form(form)
            ),
            strict=False,  # a round ends with its last case
        )
        sets = [SetFinished(pack=pack.id, form=form, attempts=numbers) for numbers in rounds]
        said = {entry.deed for entry in entries if isinstance(entry.deed, SetFinished)}
        missing += [one for one in sets if one not in said]
    return tuple(missing)
