"""Words for what the core of the training says in codes: stages, states, and why not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.training.deeds import Judgement
from ssp_coder.training.packs import Stage
from ssp_coder.training.pass_rules import Outcome
from ssp_coder.training.programme import Bar, CaseState
from ssp_coder.ui.pairs.items import RowMark

if TYPE_CHECKING:
    from ssp_coder.training.deeds import ItemJudged


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("training_words", words)


def stage_title(stage: Stage) -> str:
    """The name of a stage on the rail."""
    return {
        Stage.LEARN: tr("Learn"),
        Stage.PRACTICE: tr("Practice"),
        Stage.TEST: tr("Blind test"),
        Stage.UPKEEP: tr("Upkeep"),
    }[stage]


def stage_rule(stage: Stage) -> str:
    """What holds for every case of a stage, in a sentence or two."""
    return {
        Stage.LEARN: tr("The reference is open and explained. Nothing counts."),
        Stage.PRACTICE: tr(
            "One case after the other; feedback comes after each submission. "
            "The first attempt at a case counts, a repeat never does."
        ),
        Stage.TEST: tr(
            "No feedback until every case of the form is submitted. A form is taken once; "
            "once more only when the trainer releases it."
        ),
        Stage.UPKEEP: tr("Cases for certified coders. Feedback comes after each submission."),
    }[stage]


def state_words(state: CaseState) -> str:
    """Where the trainee stands with a case."""
    return {
        CaseState.CLOSED: tr("not open yet"),
        CaseState.READY: tr("not begun"),
        CaseState.BEGUN: tr("begun"),
        CaseState.SUBMITTING: tr("submission interrupted"),
        CaseState.WAITING: tr("submitted"),
        CaseState.FEEDBACK: tr("feedback is ready"),
        CaseState.DONE: tr("done"),
    }[state]


STATE_ICONS = {
    CaseState.CLOSED: ("lock", "text2"),
    CaseState.READY: ("circle", "text"),
    CaseState.BEGUN: ("half-circle", "text"),
    CaseState.SUBMITTING: ("clock", "warn"),
    CaseState.WAITING: ("clock", "text2"),
    CaseState.FEEDBACK: ("compare", "accent"),
    CaseState.DONE: ("done", "ok"),
}
"""Icon and colour of each state; the words stand beside it."""


def bar_words(bar: Bar) -> str:
    """Why something may not be done now, and what would allow it."""
    return {
        Bar.NOT_ENROLLED: tr("not enrolled for this pack"),
        Bar.OTHER_PACK: tr("the pack is another version than the one enrolled for"),
        Bar.STUDY_FIRST: tr("study the cases to learn from first"),
        Bar.EARLIER_CASE_FIRST: tr("submit the case before it and look at its feedback first"),
        Bar.PRACTICE_FIRST: tr("do the practice cases first"),
        Bar.FEEDBACK_FIRST: tr("look at the feedback of the last attempt first"),
        Bar.FORM_TAKEN: tr("the form was taken; once more needs the trainer's release"),
        Bar.FORM_NOT_RELEASED: tr("this form needs the trainer's release"),
        Bar.FORM_NOT_FINISHED: tr("feedback comes when every case of the form is submitted"),
        Bar.CERTIFY_FIRST: tr("for certified coders"),
        Bar.NOT_HANDED_OUT: tr("not handed out"),
        Bar.NOT_SUBMITTED: tr("code it and submit it first"),
        Bar.NEEDS_TRAINER: tr("the reference opens with the trainer's word or release"),
    }[bar]


def outcome_words(outcome: Outcome) -> str:
    """Whether a pass rule is met."""
    return {
        Outcome.PASSED: tr("met"),
        Outcome.NOT_PASSED: tr("not met"),
        Outcome.INSUFFICIENT: tr("not enough cases yet"),
    }[outcome]


def judgement_words(judgement: Judgement) -> str:
    """What a trainee says to an item."""
    return {
        Judgement.AGREE: tr("agreed"),
        Judgement.DISPUTE: tr("disputed"),
        Judgement.UNCLEAR: tr("rule unclear"),
    }[judgement]


_JUDGEMENT_ICONS = {
    Judgement.AGREE: "check",
    Judgement.DISPUTE: "flag",
    Judgement.UNCLEAR: "info",
}


def mark_of(said: ItemJudged) -> RowMark:
    """The mark that a judgement leaves on its row."""
    words = judgement_words(said.judgement)
    if said.comment:
        words = f"{words}: {said.comment}"
    return RowMark(icon=_JUDGEMENT_ICONS[said.judgement], words=words)


def sealing_words() -> tuple[str, ...]:
    """What sealing can and cannot prevent; the sentences of the core in the person's language."""
    return (
        tr(
            "Sealing keeps a reference out of sight until it is due: it is in no view, list, "
            "search, export or undo history, its file tells neither content nor length, and the "
            "program unseals it in memory only, after the submission."
        ),
        tr(
            "The pack's own key lies in the pack. Whoever can program can take it from there: "
            "that seal keeps honest people honest and stops nobody who is determined."
        ),
        tr(
            "Test forms that are sealed with the trainer's word cannot be opened without it, by "
            "this program or any other; how safe they are is how hard the word is to guess."
        ),
        tr(
            "A logbook shows that it was altered, not that a second one was begun: the trainer "
            "keeps the hash of its last row with each submission, and sees what does not follow "
            "from it."
        ),
        tr(
            "No seal keeps two trainees from talking, keeps somebody who has once seen a "
            "reference from passing it on, or shows that a coding was made alone."
        ),
    )
