"""What a trainee said to the items of a feedback, and the list of disputes for the trainer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ssp_coder.domain.time import seconds_text
from ssp_coder.formats.dialect import FOR_EXCEL, Dialect, guarded, line_of
from ssp_coder.training.deeds import Entry, ItemJudged, Judgement
from ssp_coder.training.feedback import Feedback

COLUMNS = (
    *("trainee", "pack", "case", "attempt", "judgement", "kind", "at_s", "episode", "place"),
    *("own", "reference", "comment", "item"),
)
_TOLD = frozenset((Judgement.DISPUTE, Judgement.UNCLEAR))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """An item that a trainee does not agree with, or that no rule decides.

    Attributes:
        trainee: pseudonym.
        at_s: the moment in seconds with six digits, empty where there is none.
    """

    trainee: str
    pack: str
    case: str
    attempt: int
    judgement: Judgement
    item: str
    comment: str
    kind: str = ""
    at_s: str = ""
    episode: str = ""
    place: str = ""
    own: str = ""
    reference: str = ""


def judgements(entries: Iterable[Entry], pack: str) -> dict[tuple[str, int, str], ItemJudged]:
    """The last word on each item, by case, attempt and the item's key."""
    said: dict[tuple[str, int, str], ItemJudged] = {}
    for entry in entries:
        deed = entry.deed
        if isinstance(deed, ItemJudged) and deed.pack == pack:
            said[deed.case, deed.attempt, deed.item] = deed
    return said


def disputes(
    trainee: str, said: Iterable[ItemJudged], feedback: dict[tuple[str, int], Feedback]
) -> tuple[Dispute, ...]:
    """What the trainer has to look at, in the order in which it was said.

    Args:
        trainee: pseudonym.
        said: the last word on each item.
        feedback: by case and attempt; an item whose feedback is not at hand keeps its key only.
    """
    return tuple(
        _dispute(trainee, one, feedback.get((one.case, one.attempt)))
        for one in said
        if one.judgement in _TOLD
    )


def disputes_csv(found: Iterable[Dispute], dialect: Dialect = FOR_EXCEL) -> bytes:
    """Disputes as a table, one a line."""
    lines = [line_of(COLUMNS)]
    for one in found:
        cells = [str(getattr(one, column)) for column in COLUMNS]
        lines.append(line_of([guarded(cell) if dialect.guards_text else cell for cell in cells]))
    return "".join(lines).encode("utf-8-sig" if dialect.byte_order_mark else "utf-8")


def _dispute(trainee: str, said: ItemJudged, feedback: Feedback | None) -> Dispute:
    item = None if feedback is None else feedback.item(said.item)
    known = (
        {}
        if item is None
        else {
            "kind": item.kind.value,
            "at_s": "" if item.at_us is None else seconds_text(item.at_us),
            "episode": item.episode or "",
            "place": item.place,
            "own": item.own_value,
            "reference": item.reference_value,
        }
    )
    return Dispute(
        trainee=trainee,
        pack=said.pack,
        case=said.case,
        attempt=said.attempt,
        judgement=said.judgement,
        item=said.item,
        comment=said.comment,
        **known,
    )
