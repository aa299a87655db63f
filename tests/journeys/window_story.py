"""One sitting in the real window, as a coder lives it; what is seen on the way is kept.

The whole sitting is one function, because each part needs the one before. The tests look at what
it brought back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt

from ssp_coder.demonstration.session import DemoSession
from ssp_coder.domain.coding import Coding, DIndex, Event
from ssp_coder.domain.scale import MissingKind, Points, Rating, ScaleRole, Score
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import LockCoding
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.ui.journey import Journey
from ssp_coder.ui.kit.rating_row import RatingRow
from ssp_coder.ui.rate.page import RatePage

REASON = "Hard crying; the child would not be consoled."
KEPT_BECAUSE = "The crying weighs more than the table gives it."


@dataclass(kw_only=True)
class Story:
    """What was seen; `at` holds the coding after each part of the sitting."""

    session: DemoSession
    script: Coding
    scheme: Scheme
    at: dict[str, Coding] = field(default_factory=dict)
    start_shown: bool = False
    played: tuple[int, int] = (0, 0)
    stepped: tuple[int, ...] = ()
    scores: tuple[Score, ...] = ()
    suggestion_before: tuple[bool, ...] = ()
    suggestion_after: tuple[bool, ...] = ()
    headline: str = ""
    unsaved: int = -1
    saved_words: str = ""
    after_lock: bool = True
    undone: tuple[Coding, ...] = ()
    redone: Coding | None = None
    trace: list[str] = field(default_factory=list)


def live_through(session: DemoSession, folder: Path) -> Story:
    with open_read_only(session.trainee) as trainee:
        story = Story(session=session, script=trainee.coding, scheme=trainee.scheme)
    _first_sitting(story, folder)
    _second_sitting(story, folder)
    return story


def _first_sitting(story: Story, folder: Path) -> None:
    journey = Journey(folder)
    story.start_shown = journey.window.start.isVisible()
    journey.open(story.session.working)
    _play_and_step(journey, story)
    _mark_episodes(journey, story)
    journey.code_events(story.script)
    journey.end_session(story.script)
    story.at["coded"] = _now(journey)
    _rate(journey, story)
    _judge_disorganization(journey, story)
    _classify(journey, story)
    session = journey.workspace.session
    journey.wait(lambda: session.unsaved == 0, "everything to be saved")
    story.unsaved, story.saved_words = session.unsaved, journey.window.saved.text()
    journey.close()


def _second_sitting(story: Story, folder: Path) -> None:
    journey = Journey(folder)
    journey.open(story.session.working)
    session = journey.workspace.session
    story.at["reopened"] = session.coding
    journey.window.actions_by_id["undo"].trigger()
    journey.window.actions_by_id["undo"].trigger()
    story.undone = (session.coding,)
    journey.window.actions_by_id["redo"].trigger()
    journey.window.actions_by_id["redo"].trigger()
    story.redone = session.coding
    session.submit(LockCoding())
    journey.settle()
    journey.window.show_page(Step.CODE)
    _key(journey, Qt.Key.Key_3)
    story.at["locked"] = session.coding
    journey.close()


def _now(journey: Journey) -> Coding:
    return journey.workspace.session.coding


def _key(journey: Journey, key: Qt.Key) -> None:
    work = journey.workspace.work
    work.setFocus()
    journey.press(key, target=work)


def _frame(journey: Journey) -> int:
    moment = journey.workspace.player.moment
    return -1 if moment is None else moment.ordinal


def _play_and_step(journey: Journey, story: Story) -> None:
    before = _frame(journey)
    journey.play()
    story.played = (before, _frame(journey))
    journey.go_to(4_000_000)
    seen = [_frame(journey)]
    for command in ("forward_frame", "forward_frame", "back_frame", "forward_second"):
        wanted = seen[-1] + {"forward_frame": 1, "back_frame": -1, "forward_second": 25}[command]
        journey.window.actions_by_id[command].trigger()
        journey.wait(lambda wanted=wanted: _frame(journey) == wanted, f"frame {wanted}")
        seen.append(_frame(journey))
    story.stepped = tuple(seen)


def _mark_episodes(journey: Journey, story: Story) -> None:
    """Enter marks the next episode at the frame on the screen; a reason is typed where asked."""
    journey.window.show_page(Step.PREPARE)
    prepare = journey.workspace.work.prepare
    for mark in story.script.episodes:
        if mark.start_us is None:
            raise ValueError(f"the script leaves {mark.episode} out")
        journey.go_to(mark.start_us)
        story.trace.append(prepare.current)
        _key(journey, Qt.Key.Key_Return)
    story.at["marked"] = _now(journey)


def _rate(journey: Journey, story: Story) -> None:
    """Digits on the focused row; the first place goes through all three kinds of score."""
    journey.window.show_page(Step.RATE)
    page = journey.workspace.page(Step.RATE)
    if not isinstance(page, RatePage):
        raise TypeError(type(page).__name__)
    scores = []
    for place, rating in enumerate(_of_rate_page(story)):
        page.show_slot(rating.slot)
        cell = page.cell(rating.slot)
        if place == 0:
            scores.append(_now(journey).score(rating.slot))
            journey.press(Qt.Key.Key_0, target=cell.row)
            place_of_reason, reason = _reason_for_no_number(story.scheme, rating)
            digit = Qt.Key(Qt.Key.Key_0.value + place_of_reason)
            journey.press(digit, target=cell.reasons.chip(reason))
            scores.append(_now(journey).score(rating.slot))
        _press_points(journey, cell.row, rating)
        if place == 0:
            scores.append(_now(journey).score(rating.slot))
    story.scores = tuple(scores)


def _reason_for_no_number(scheme: Scheme, rating: Rating) -> tuple[int, str]:
    for place, reason in enumerate(scheme.scale_of(rating.slot).missing_reasons, start=1):
        if reason.kind is MissingKind.CANNOT_CODE:
            return place, reason.id
    raise ValueError(f"{rating.slot} can always be coded")


def _of_rate_page(story: Story) -> list[Rating]:
    return [
        rating
        for rating in story.script.ratings
        if story.scheme.scale_of(rating.slot).role is not ScaleRole.DISORGANIZATION
    ]


def _press_points(journey: Journey, row: RatingRow, rating: Rating) -> None:
    if not isinstance(rating.score, Points) or not rating.score.value.is_integer():
        raise TypeError(f"the script has no whole number in {rating.slot}")
    digit = Qt.Key(Qt.Key.Key_0.value + int(rating.score.value))
    journey.press(digit, target=row)


def _judge_disorganization(journey: Journey, story: Story) -> None:
    journey.window.show_page(Step.DISORGANIZATION)
    page = journey.workspace.page(Step.DISORGANIZATION)
    for index in story.script.d_indices:
        _add_index(journey, page.form, index)
    for rating in story.script.ratings:
        if story.scheme.scale_of(rating.slot).role is ScaleRole.DISORGANIZATION:
            page.show_slot(rating.slot)
            _press_points(journey, page.score.cell.row, rating)
    story.at["rated"] = _now(journey)


def _add_index(journey: Journey, form, index: DIndex) -> None:
    form.theme_box.setCurrentIndex(form.theme_box.findData(index.theme))
    journey.go_to(index.start_us)
    form.start_button.click()
    journey.go_to(index.end_us)
    form.end_button.click()
    form.strength.segment_chosen.emit(index.strength.value)
    for explanation in index.ruled_out:
        form.explanations[explanation].click()
    form.note_field.set_text(index.note)
    form.save_button.click()


def _classify(journey: Journey, story: Story) -> None:
    """The own class first; the suggestion is looked for before and after."""
    own = story.script.classification
    if own is None:
        raise ValueError("the script has no class")
    journey.window.show_page(Step.CLASSIFY)
    page = journey.workspace.page(Step.CLASSIFY)
    journey.settle()
    story.suggestion_before = _suggestion(page)
    page.own_class.classes.button(own.subgroup).click()
    journey.press(Qt.Key(Qt.Key.Key_0.value + own.confidence), target=page.own_class.confidence)
    page.own_class.rationale.insertPlainText(own.rationale)
    story.suggestion_before += _suggestion(page)
    page.own_class.record_button.click()
    journey.settle()
    story.at["classified"] = _now(journey)
    story.suggestion_after = _suggestion(page)
    if page.disagreement.isVisible():
        story.headline = page.disagreement.headline.text()
        page.disagreement.reason.edit.insert(KEPT_BECAUSE)
        page.disagreement.reason.text_edited.emit(KEPT_BECAUSE)
        page.disagreement.keep_button.click()
    story.at["done"] = _now(journey)


def _suggestion(page) -> tuple[bool, ...]:
    return (page.is_suggestion_visible(), page.bands.isVisible(), page.rules.isVisible())


def bare(event: Event) -> tuple[object, ...]:
    """An event without its number and the coder's words."""
    ends = (event.start_us, event.end_us, event.start_frame, event.end_frame)
    return (event.code, event.subject, *ends, event.modifiers)
