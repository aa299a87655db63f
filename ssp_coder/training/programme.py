"""Where a trainee stands in a pack: what may be begun, what may be seen, and why not.

A pure function of the pack and the logbook's entries. Project defaults: practice begins when every
case to learn from was studied; practice cases come one after the other, each after the feedback of
the one before; the test begins after the last practice feedback; of several test forms the first
is free and every further taking needs the trainer's release.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.training.attempts import Attempt, attempts_of
from ssp_coder.training.deeds import (
    Certified,
    Deed,
    Enrolled,
    Entry,
    FeedbackOpened,
    FormReleased,
    RecheckScheduled,
    RecheckServed,
    ReleaseKind,
    deeds,
)
from ssp_coder.training.packs import Case, Pack, Stage


class Bar(StrEnum):
    """Why something may not be done now."""

    NOT_ENROLLED = "not_enrolled"
    OTHER_PACK = "other_pack"
    """The pack's files are not those that the trainee enrolled for."""
    STUDY_FIRST = "study_first"
    """A case to learn from was not studied yet."""
    EARLIER_CASE_FIRST = "earlier_case_first"
    PRACTICE_FIRST = "practice_first"
    FEEDBACK_FIRST = "feedback_first"
    """The feedback of the last attempt was not opened."""
    FORM_TAKEN = "form_taken"
    """The test form was taken; once more needs the trainer's release."""
    FORM_NOT_RELEASED = "form_not_released"
    """Another test form; it needs the trainer's release."""
    FORM_NOT_FINISHED = "form_not_finished"
    """Cases of the test form are still to be submitted."""
    CERTIFY_FIRST = "certify_first"
    NOT_HANDED_OUT = "not_handed_out"
    NOT_SUBMITTED = "not_submitted"
    """The case has to be coded and submitted first."""
    NEEDS_TRAINER = "needs_trainer"
    """The references are sealed with the trainer's word; the word or a release opens them."""


class CaseState(StrEnum):
    """What a trainee finds when looking at a case."""

    CLOSED = "closed"
    """It may neither be begun nor seen yet."""
    READY = "ready"
    """It may be begun, or studied."""
    BEGUN = "begun"
    SUBMITTING = "submitting"
    """A submission was interrupted and goes on at the next start."""
    WAITING = "waiting"
    """Submitted; its reference may not be seen yet."""
    FEEDBACK = "feedback"
    """Its reference may be seen and was not yet."""
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a trainee stands with one case.

    Attributes:
        begin: why no attempt may be begun, None when one may; an open one is simply gone on with.
        see: why the reference may not be seen, None when it may.
        attempts: all of them, oldest first; only the first counts.
        hidden: whether the trainee does not know of it: a re-check that was not handed out.
        judged: submitted attempts that may be held against the reference for the figures; of a
            test form those of finished rounds, and of any case also while it is coded once more.
    """

    case: Case
    state: CaseState
    begin: Bar | None
    see: Bar | None
    attempts: tuple[Attempt, ...]
    hidden: bool = False
    judged: tuple[Attempt, ...] = ()

    @property
    def last(self) -> Attempt | None:
        """The last attempt, or None."""
        return self.attempts[-1] if self.attempts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Where a trainee stands in a pack.

    Attributes:
        stage: the stage of the work that is next.
        standings: every case, in the pack's order.
        certified: the last certificate, or None.
        releases: keys of the test forms whose references the trainer released, by form.
        due: re-checks scheduled and not handed out yet.
        enrolled: whether the pack's files are those that the trainee enrolled for.
    """

    pack: Pack
    stage: Stage
    standings: tuple[Standing, ...]
    certified: Certified | None
    releases: tuple[tuple[str, str], ...]
    due: tuple[RecheckScheduled, ...]
    enrolled: bool

    @property
    def shown(self) -> tuple[Standing, ...]:
        """The cases that the trainee may know of."""
        return tuple(standing for standing in self.standings if not standing.hidden)

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Every attempt, in the order in which they were begun."""
        every = [attempt for standing in self.standings for attempt in standing.attempts]
        return tuple(sorted(every, key=lambda attempt: attempt.number))

    @property
    def counted(self) -> tuple[Attempt, ...]:
        """First attempts that were submitted, outside the stage to learn from, as submitted."""
        counted = [
            attempt
            for standing in self.standings
            for attempt in standing.attempts
            if standing.case.stage is not Stage.LEARN
            and attempt.submitted is not None
            and not attempt.is_repeat
        ]
        return tuple(sorted(counted, key=lambda attempt: attempt.row))

    def standing(self, case_id: str) -> Standing:
        """Where the trainee stands with a case.

        Raises:
            KeyError: the pack has no such case.
        """
        for standing in self.standings:
            if standing.case.id == case_id:
                return standing
        raise KeyError(f"pack {self.pack.id} has no case {case_id}")

    def due_on(self, day: str) -> tuple[RecheckScheduled, ...]:
        """Re-checks to be handed out on a day such as ``2026-05-17`` or before."""
        return tuple(recheck for recheck in self.due if recheck.due_on <= day)


def programme_of(pack: Pack, entries: tuple[Entry, ...]) -> Programme:
    """Where a trainee stands, by the entries of the logbook."""
    return _Walk(pack, entries).programme()


class _Walk:
    """What the entries say, looked up while the cases are judged."""

    def __init__(self, pack: Pack, entries: tuple[Entry, ...]) -> None:
        self._pack = pack
        self._deeds = deeds(entries, pack.id)
        self._attempts = attempts_of(entries, pack.id)
        self._seen = {
            (deed.case, deed.attempt) for deed in self._deeds if isinstance(deed, FeedbackOpened)
        }
        self._takes = self._allowed_takes()
        self._served = Counter(d.case for d in self._deeds if isinstance(d, RecheckServed))
        self._certified = _last_certificate(self._deeds)
        self._keys = {
            deed.form: deed.key
            for deed in self._deeds
            if isinstance(deed, FormReleased)
            and deed.kind is ReleaseKind.FEEDBACK
            and deed.version in ("", pack.version)
        }
        self._pack_bar = self._why_other_pack()

    def programme(self) -> Programme:
        return Programme(
            pack=self._pack,
            stage=self._stage(),
            standings=tuple(self._standing(case) for case in self._pack.cases),
            certified=self._certified,
            releases=tuple(sorted(self._keys.items())),
            due=self._due(),
            enrolled=self._pack_bar is None,
        )

    def _why_other_pack(self) -> Bar | None:
        enrolled = [deed for deed in self._deeds if isinstance(deed, Enrolled)]
        if not enrolled:
            return Bar.NOT_ENROLLED
        return None if enrolled[-1].pack_sha256 == self._pack.sha256 else Bar.OTHER_PACK

    def _allowed_takes(self) -> Counter[str]:
        releases = {
            deed.release: deed.form
            for deed in self._deeds
            if isinstance(deed, FormReleased) and deed.kind is ReleaseKind.TAKE
        }
        takes = Counter(releases.values())
        if self._pack.forms:
            takes[self._pack.forms[0]] += 1
        return takes

    def _stage(self) -> Stage:
        if not self._all_studied():
            return Stage.LEARN
        if not self._all_practised():
            return Stage.PRACTICE
        return Stage.UPKEEP if self._certified else Stage.TEST

    def _standing(self, case: Case) -> Standing:
        attempts = self._of(case)
        begin = self._pack_bar or _BEGIN[case.stage](self, case)
        see = self._pack_bar or self._same_tape_under_way(case) or _SEE[case.stage](self, case)
        return Standing(
            case=case,
            state=self._state(case, begin, see),
            begin=begin,
            see=see,
            attempts=attempts,
            hidden=case.stage is Stage.UPKEEP and not self._served[case.id],
            judged=() if self._pack_bar else self._judged(case),
        )

    def _state(self, case: Case, begin: Bar | None, see: Bar | None) -> CaseState:
        attempts = self._of(case)
        if case.stage is Stage.LEARN and not attempts:
            if see is not None:
                return CaseState.CLOSED
            return CaseState.DONE if (case.id, 0) in self._seen else CaseState.READY
        if not attempts:
            return CaseState.READY if begin is None else CaseState.CLOSED
        last = attempts[-1]
        if last.submitted is None:
            return CaseState.SUBMITTING if last.submitting else CaseState.BEGUN
        if self._was_seen(last):
            return CaseState.DONE
        return CaseState.WAITING if see is not None else CaseState.FEEDBACK

    def _begin_learn(self, case: Case) -> Bar | None:
        return None if not self._of(case) or self._is_settled(case) else Bar.FEEDBACK_FIRST

    def _begin_practice(self, case: Case) -> Bar | None:
        if not self._all_studied():
            return Bar.STUDY_FIRST
        cases = self._pack.of_stage(Stage.PRACTICE)
        if not all(self._is_practised(earlier) for earlier in cases[: cases.index(case)]):
            return Bar.EARLIER_CASE_FIRST
        return None if not self._of(case) or self._is_settled(case) else Bar.FEEDBACK_FIRST

    def _begin_test(self, case: Case) -> Bar | None:
        if not self._all_studied():
            return Bar.STUDY_FIRST
        if not self._all_practised():
            return Bar.PRACTICE_FIRST
        taken = len(self._of(case))
        if self._is_open(case):
            return None
        if taken >= self._takes[case.form]:
            return Bar.FORM_TAKEN if taken else Bar.FORM_NOT_RELEASED
        return None if taken <= self._rounds_finished(case.form) else Bar.FORM_NOT_FINISHED

    def _begin_upkeep(self, case: Case) -> Bar | None:
        if self._certified is None:
            return Bar.CERTIFY_FIRST
        if len(self._of(case)) >= self._served[case.id] and not self._is_open(case):
            return Bar.NOT_HANDED_OUT
        return None

    def _see_learn(self, _case: Case) -> Bar | None:
        return None

    def _see_submitted(self, case: Case) -> Bar | None:
        attempts = self._of(case)
        return None if attempts and attempts[-1].submitted else Bar.NOT_SUBMITTED

    def _see_test(self, case: Case) -> Bar | None:
        attempts = self._of(case)
        if not attempts or not attempts[-1].submitted:
            return Bar.NOT_SUBMITTED
        if self._rounds_begun(case.form) > self._rounds_finished(case.form):
            return Bar.FORM_NOT_FINISHED
        if self._pack.seal.has_word and case.form not in self._keys:
            return Bar.NEEDS_TRAINER
        return None

    def _same_tape_under_way(self, case: Case) -> Bar | None:
        """A re-check may bring a tape back; until it is submitted the tape has no reference."""
        prints = {media.fingerprint for media in case.media}
        under_way = (
            media.fingerprint
            for other in self._pack.cases
            if other.id != case.id and other.stage is not Stage.LEARN and self._is_open(other)
            for media in other.media
        )
        return None if prints.isdisjoint(under_way) else Bar.NOT_SUBMITTED

    def _judged(self, case: Case) -> tuple[Attempt, ...]:
        submitted = tuple(one for one in self._of(case) if one.submitted is not None)
        if case.stage is Stage.LEARN:
            return ()
        if case.stage is Stage.TEST:
            return submitted[: self._rounds_finished(case.form)]
        return submitted

    def _of(self, case: Case) -> tuple[Attempt, ...]:
        return self._attempts.get(case.id, ())

    def _is_open(self, case: Case) -> bool:
        attempts = self._of(case)
        return bool(attempts) and attempts[-1].submitted is None

    def _was_seen(self, attempt: Attempt) -> bool:
        return (attempt.case, attempt.number) in self._seen

    def _is_settled(self, case: Case) -> bool:
        """Whether the last attempt is under way, or its feedback was opened."""
        return self._is_open(case) or self._was_seen(self._of(case)[-1])

    def _is_practised(self, case: Case) -> bool:
        return any(self._was_seen(attempt) for attempt in self._of(case))

    def _all_studied(self) -> bool:
        return all((case.id, 0) in self._seen for case in self._pack.of_stage(Stage.LEARN))

    def _all_practised(self) -> bool:
        return all(self._is_practised(case) for case in self._pack.of_stage(Stage.PRACTICE))

    def _rounds_begun(self, form: str) -> int:
        return max(len(self._of(case)) for case in self._pack.of_form(form))

    def _rounds_finished(self, form: str) -> int:
        return min(
            sum(attempt.submitted is not None for attempt in self._of(case))
            for case in self._pack.of_form(form)
        )

    def _due(self) -> tuple[RecheckScheduled, ...]:
        """What was not handed out; of one case the earliest days were handed out first."""
        scheduled = [deed for deed in self._deeds if isinstance(deed, RecheckScheduled)]
        served = self._served.copy()
        due = []
        for deed in sorted(scheduled, key=lambda recheck: recheck.due_on):
            if served[deed.case]:
                served[deed.case] -= 1
            else:
                due.append(deed)
        return tuple(due)


_Judge = Callable[[_Walk, Case], Bar | None]
_BEGIN: Mapping[Stage, _Judge] = {
    Stage.LEARN: _Walk._begin_learn,
    Stage.PRACTICE: _Walk._begin_practice,
    Stage.TEST: _Walk._begin_test,
    Stage.UPKEEP: _Walk._begin_upkeep,
}
_SEE: Mapping[Stage, _Judge] = {
    Stage.LEARN: _Walk._see_learn,
    Stage.PRACTICE: _Walk._see_submitted,
    Stage.TEST: _Walk._see_test,
    Stage.UPKEEP: _Walk._see_submitted,
}


def _last_certificate(deeds_: tuple[Deed, ...]) -> Certified | None:
    certificates = [deed for deed in deeds_ if isinstance(deed, Certified)]
    return certificates[-1] if certificates else None
