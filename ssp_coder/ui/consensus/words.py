"""Words of settling: items, answers, usual reasons, and what a comment says of a settlement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.agreement.consensus import answer_of
from ssp_coder.domain.coding import IndexStrength
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.pairs.items import PairItem, PairKind
from ssp_coder.ui.pairs.making import class_words, event_words, items_of_disagreements, score_words

if TYPE_CHECKING:
    from ssp_coder.agreement.consensus import Draw, OpenItem
    from ssp_coder.domain.coding import DIndex, Event
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.settlement import Origin, Settlement


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("consensus", words)


def reasons() -> tuple[str, ...]:
    """Usual reasons, the last of which says nothing by itself."""
    return (
        tr("seen again slowly"),
        tr("overlooked"),
        tr("slip of the hand"),
        tr("too early or too late"),
        tr("definition read otherwise"),
        tr("not to be told from the video"),
        tr("another reason"),
    )


def pair_items(found: Draw, scheme: Scheme) -> tuple[PairItem, ...]:
    """The rows of the review; their `source` is the open item."""
    return tuple(_pair_item(item, scheme) for item in found.items)


def beginning_words(first: Origin, second: Origin) -> str:
    """What a consensus says of where it comes from."""
    words = tr(
        "Consensus of {0} ({1}) and {2} ({3}). What both have alike was taken with the times of "
        "{0} (project default)."
    )
    return words.format(first.coder, first.file, second.coder, second.file)


def settled_words(settlement: Settlement, names: tuple[str, str]) -> str:
    """Whose answer was taken, and why."""
    return tr("{0}: {1}").format(taken_words(settlement.taken, names), settlement.reason)


def taken_words(taken: SettledFor, names: tuple[str, str]) -> str:
    """Whose answer."""
    return {
        SettledFor.FIRST: names[0],
        SettledFor.SECOND: names[1],
        SettledFor.NEITHER: tr("neither"),
        SettledFor.OWN: tr("another answer"),
    }[taken]


def button_words(taken: SettledFor, names: tuple[str, str]) -> str:
    """What stands on the button that takes an answer; names are written as they are."""
    own = {SettledFor.NEITHER: tr("Neither"), SettledFor.OWN: tr("Another answer…")}
    return own.get(taken) or taken_words(taken, names)


def answer_words(found: Draw, item: OpenItem, taken: SettledFor, scheme: Scheme) -> str:
    """What a coder says of an item."""
    answer = answer_of(found, item, taken)
    if answer.slot is not None:
        score = found.first if taken is SettledFor.FIRST else found.second
        return score_words(score.score(answer.slot), answer.slot, scheme)
    if item.level is not None and item.found is not None and item.found.at_level is not None:
        at = item.found.at_level
        return class_words(at.own if taken is SettledFor.FIRST else at.reference)
    if item.indices is not None:
        return index_words(answer.index, scheme)
    event = answer.events[0] if answer.events else None
    return event_words(event, scheme) if event is None else timed_words(event, scheme)


def timed_words(event: Event, scheme: Scheme) -> str:
    """An event with its times."""
    words = event_words(event, scheme)
    start = short_clock_text(event.start_us, digits=1)
    if event.end_us is None or event.end_us == event.start_us:
        return tr("{0}, {1}").format(words, start)
    return tr("{0}, {1} to {2}").format(words, start, short_clock_text(event.end_us, digits=1))


def index_words(index: DIndex | None, scheme: Scheme) -> str:
    """An index of disorganization."""
    if index is None:
        return tr("nothing")
    title = next((str(one.title) for one in scheme.themes if one.id == index.theme), index.theme)
    return tr("{0}, {1}").format(title, strength_words(index.strength))


def strength_words(strength: IndexStrength) -> str:
    """How strong an index is."""
    return tr("strong") if strength is IndexStrength.STRONG else tr("weak")


def neither_words(item: OpenItem) -> str:
    """What it means that neither is right."""
    if item.level is not None:
        return tr("a class is always somebody's")
    if item.found is not None and item.found.rating is not None:
        return tr("neither: leave it unrated")
    return tr("neither: nothing took place")


def _pair_item(item: OpenItem, scheme: Scheme) -> PairItem:
    if item.found is not None:
        (made,) = items_of_disagreements((item.found,), scheme)
        return PairItem(
            id=item.key,
            kind=made.kind,
            place=made.place,
            own=made.own,
            reference=made.reference,
            at_us=made.at_us,
            loop=made.loop,
            weight=made.weight,
            own_event=made.own_event,
            reference_event=made.reference_event,
            source=item,
        )
    pair = item.indices
    return PairItem(
        id=item.key,
        kind=PairKind(item.kind.value),
        place="" if item.at_us is None else short_clock_text(item.at_us, digits=1),
        own=index_words(None if pair is None else pair.first, scheme),
        reference=index_words(None if pair is None else pair.second, scheme),
        at_us=item.at_us,
        loop=item.loop,
        source=item,
    )
