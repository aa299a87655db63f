"""Feedback without a window: what differed and why, the trainee's word on it, the disputes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from ssp_coder.cli.command import ExitCode
from ssp_coder.cli.terminal import say
from ssp_coder.cli.training_desk import at_work, case_arguments, pack_argument
from ssp_coder.domain.time import short_clock_text
from ssp_coder.formats.writing import write_together
from ssp_coder.reporting.words import plain
from ssp_coder.training.attempts import Attempt
from ssp_coder.training.deeds import ItemJudged, Judgement
from ssp_coder.training.disputes import disputes, disputes_csv, judgements
from ssp_coder.training.errors import training_error
from ssp_coder.training.feedback import Feedback, Order, feedback_on, feedback_settings, ordered
from ssp_coder.training.feedback_items import FeedbackItem
from ssp_coder.training.logbook import LogbookPages, read_logbook
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import Pack, Reference
from ssp_coder.training.programme import programme_of
from ssp_coder.training.references import open_reference
from ssp_coder.training.submissions import submitted_coding
from ssp_coder.training.working import case_of, note_feedback


def feedback_arguments(parser: ArgumentParser) -> None:
    """Declare what `show_feedback` reads."""
    case_arguments(parser)
    parser.add_argument(
        "--by-weight", action="store_true", help="the weightiest first instead of by time"
    )


def show_feedback(options: Namespace) -> ExitCode:
    """Hold what was submitted against the reference; of a case to learn from, show that."""
    with at_work(options) as (book, pack):
        case = case_of(pack, options.case)
        programme = programme_of(pack, book.entries)
        reference = open_reference(pack, case, programme)
        last = programme.standing(case.id).last
        order = Order.WEIGHT if options.by_weight else Order.TIME
        if last is not None and last.submitted is not None:
            for line in _lines(_feedback(book.folder, last, reference), order):
                say(line)
        for line in _reasons(reference):
            say(line)
        note_feedback(book, pack, case)
    return ExitCode.OK


def _feedback(folder: Path, attempt: Attempt, reference: Reference) -> Feedback:
    return feedback_on(submitted_coding(folder, attempt), reference, feedback_settings())


def _lines(feedback: Feedback, order: Order) -> Iterator[str]:
    yield f"{len(feedback.items)} items; 'train judge' takes the name in brackets"
    for item in ordered(feedback.items, order):
        yield _line(item)
        yield from (f"      {note.words}" for note in item.notes)
    for item in feedback.left_out:
        yield f"{_line(item)}  not counted: {item.excluded}"


def _line(item: FeedbackItem) -> str:
    moment = "-" if item.at_us is None else short_clock_text(item.at_us)
    said = f"you {item.own_value or '-'}, reference {item.reference_value or '-'}"
    return f"{moment:>7}  {item.kind.value}  {item.title.english}: {said}  [{item.key}]"


def _reasons(reference: Reference) -> Iterator[str]:
    own = reference.coding.classification
    if own is not None:
        yield f"Reference: {own.primary} {own.subgroup}".rstrip()
        if own.rationale:
            yield f"  {own.rationale}"
    for note in reference.notes:
        moment = "" if note.span is None else f"{short_clock_text(note.span.start_us)}  "
        yield f"  {moment}{note.slot or ''}  {note.words}"
    for one in reference.exclusions:
        yield f"  not counted: {one.reason}"


def judge_arguments(parser: ArgumentParser) -> None:
    """Declare what `judge` reads."""
    case_arguments(parser)
    parser.add_argument("item", metavar="ITEM", help="its name, as 'train feedback' shows it")
    parser.add_argument(
        "judgement",
        choices=[one.value for one in Judgement],
        help="agree with the reference, dispute it, or call the rule unclear",
    )
    parser.add_argument("--comment", metavar="WORDS", default="", help="why")


def judge(options: Namespace) -> ExitCode:
    """Write down what the trainee says to an item of the feedback."""
    with at_work(options) as (book, pack):
        case = case_of(pack, options.case)
        programme = programme_of(pack, book.entries)
        last = programme.standing(case.id).last
        reference = open_reference(pack, case, programme)
        if last is None or _feedback(book.folder, last, reference).item(options.item) is None:
            raise training_error(
                "no_item",
                f"{pack.label}, {case.id}",
                f"there is no item {options.item!r}",
                "see the names in brackets of 'train feedback'",
            )
        judgement = Judgement(options.judgement)
        book.append(
            ItemJudged(
                pack=pack.id,
                case=case.id,
                attempt=last.number,
                item=options.item,
                judgement=judgement,
                comment=options.comment,
            )
        )
        say(f"{case.id}  {options.item}: {judgement.value}")
    return ExitCode.OK


def disputes_arguments(parser: ArgumentParser) -> None:
    """Declare what `list_disputes` reads."""
    pack_argument(parser)
    parser.add_argument("--csv", metavar="FILE", type=Path, help="also write them as a table")
    parser.add_argument("--overwrite", action="store_true", help="replace FILE when it is there")


def list_disputes(options: Namespace) -> ExitCode:
    """List the items that the trainee does not agree with, for the trainer."""
    pack = read_pack(options.pack)
    pages = read_logbook(options.logbook)
    said = judgements(pages.entries, pack.id)
    known = _known(pages, pack, {key[:2] for key in said})
    found = disputes(pages.who, said.values(), known)
    for one in found:
        # What a trainee wrote cannot move the cursor of the trainer's terminal.
        words = f"  {plain(one.comment)}" if one.comment else ""
        say(f"{one.case}  {one.at_s or '-'}  {one.kind} {one.place}: {one.judgement.value}{words}")
    if options.csv is not None:
        write_together({options.csv: disputes_csv(found)}, overwrite=options.overwrite)
    return ExitCode.OK


def _known(
    pages: LogbookPages, pack: Pack, wanted: set[tuple[str, int]]
) -> dict[tuple[str, int], Feedback]:
    """The feedback of attempts whose reference may be seen now."""
    programme = programme_of(pack, pages.entries)
    known = {}
    for attempt in programme.attempts:
        standing = programme.standing(attempt.case)
        if (attempt.case, attempt.number) in wanted and standing.see is None:
            reference = open_reference(pack, standing.case, programme)
            known[attempt.case, attempt.number] = _feedback(pages.path.parent, attempt, reference)
    return known
