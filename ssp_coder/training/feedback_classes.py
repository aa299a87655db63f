"""Items of feedback on the class: main group, subgroup, best-fitting organised one, D decision."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.agreement.comparison import ClassAgreement, ClassLevel, Comparison
from ssp_coder.agreement.disagreement import differing_classes
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.words import NO_TEXT, Text
from ssp_coder.training.feedback_items import FeedbackItem, ItemKind, Lesson

_KINDS = {
    ClassLevel.PRIMARY: ItemKind.CLASS,
    ClassLevel.SUBGROUP: ItemKind.SUBGROUP,
    ClassLevel.SECONDARY: ItemKind.SECONDARY,
    ClassLevel.D_DECISION: ItemKind.D_DECISION,
}


def class_items(comparison: Comparison, lesson: Lesson) -> Iterator[FeedbackItem]:
    """One item for each level that differs; nothing within a group that differs itself."""
    if lesson.reference.coding.classification is None:
        return
    for one in differing_classes(comparison):
        yield _item(one, _KINDS[one.level], lesson)


def _item(one: ClassAgreement, kind: ItemKind, lesson: Lesson) -> FeedbackItem:
    table = lesson.scheme.rules
    whole = (note for note in lesson.reference.notes if note.slot is None and note.span is None)
    return FeedbackItem(
        key=f"class:{one.level.value}",
        kind=kind,
        weight=lesson.weight(kind),
        at_us=None,
        loop=None,
        place=one.level.value,
        title=NO_TEXT,
        own=_title(one.own, table),
        reference=_title(one.reference, table),
        own_value=one.own,
        reference_value=one.reference,
        notes=lesson.notes(whole),
        chapter=lesson.chapter(kind),
    )


def _title(name: str, table: RuleTable) -> Text:
    """The title of a group or subgroup; a decision has none here."""
    for group in table.groups:
        if group.id == name:
            return group.title
    profiles = (profile.title for profile in table.profiles if profile.id == name)
    return next(profiles, NO_TEXT)
