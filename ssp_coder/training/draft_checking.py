"""Is a draft fit to become a pack? Every fault is named with its place and remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.domain.naming import LONGEST_ID, IdConcern, id_concern
from ssp_coder.domain.scheme import Scheme
from ssp_coder.media.whereabouts import Match, find_media, is_safe, is_same
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.verify import verify
from ssp_coder.training.drafts import DraftCase, PackDraft
from ssp_coder.training.errors import fault
from ssp_coder.training.exercises import read_exercises
from ssp_coder.training.packs import OriginKind, Stage, may_share
from ssp_coder.training.sealing import SHORTEST_WORD

_ROLES = {
    CodingRole.REFERENCE: OriginKind.EXPERT,
    CodingRole.CONSENSUS: OriginKind.CONSENSUS,
}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedCase:
    """A case of a draft with what its files hold.

    Attributes:
        media: where its videos lie, in the coding's order.
    """

    draft: DraftCase
    coding: Coding
    scheme: Scheme
    media: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDraft:
    """A draft, its cases as far as they could be read, and what was found.

    Attributes:
        findings: errors keep the pack from being built, the others are worth telling.
    """

    draft: PackDraft
    cases: tuple[LoadedCase, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the pack from being built."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


def check_draft(
    draft: PackDraft, checked: Callable[[int], None] = lambda _cases: None
) -> CheckedDraft:
    """Read everything that a draft names; nothing is written.

    Args:
        draft: what the trainer wants.
        checked: told how many cases were read so far.
    """
    findings = [*_head(draft), *_twice(draft)]
    loaded: list[LoadedCase] = []
    for number, case in enumerate(draft.cases, 1):
        findings += _statements(case)
        try:
            one = _load(case)
        except DomainError as error:
            findings.append(error.finding)
        else:
            findings += _reference(one)
            loaded.append(one)
        checked(number)
    findings += _together(loaded)
    return CheckedDraft(draft=draft, cases=tuple(loaded), findings=tuple(findings))


def _head(draft: PackDraft) -> Iterator[Finding]:
    for what, text in (("id", draft.id), ("maker", draft.made_by), ("version", draft.version)):
        if id_concern(text).forbids:
            yield fault("pack_id", "the pack", f"its {what} {text!r} cannot be used", _ID_REMEDY)
    if not draft.title.strip():
        yield fault("no_title", "the pack", "it has no title", "give it one")
    if not draft.title.strip().isprintable():
        yield fault("title", "the pack", "its title has signs that cannot be shown", "mend it")
    if not draft.cases:
        yield fault("no_cases", "the pack", "it has no cases", "name at least one")
    if draft.word and len(draft.word.strip()) < SHORTEST_WORD:
        yield fault(
            "short_word",
            "the pack",
            f"the trainer's word has less than {SHORTEST_WORD} signs",
            "choose a longer one, such as four words that do not belong together",
        )
    yield from _exercises(draft)


def _exercises(draft: PackDraft) -> Iterator[Finding]:
    if draft.exercises is None:
        return
    if not draft.exercises.is_file():
        yield fault("no_exercises", draft.exercises, "there is no such file", "check its name")
        return
    try:
        found = read_exercises(draft.exercises.read_text("utf-8"), str(draft.exercises))
    except DomainError as error:
        yield error.finding
        return
    except (OSError, UnicodeDecodeError) as error:
        yield fault(
            "exercises", draft.exercises, f"it cannot be read ({error})", "save it as UTF-8"
        )
        return
    cases = {case.id for case in draft.cases}
    for case in sorted({one.case for one in found} - cases):
        yield fault(
            "exercise_case",
            draft.exercises,
            f"an exercise shows case {case!r}, which the pack does not have",
            "check the spelling, or leave the exercise out",
        )


_ID_REMEDY = (
    f"use up to {LONGEST_ID} letters a to z, digits, '.', '_' and '-', a letter or digit first"
)


def _twice(draft: PackDraft) -> Iterator[Finding]:
    # Some disks take large and small letters for the same.
    for case_id, times in Counter(case.id.casefold() for case in draft.cases).items():
        if times > 1:
            yield fault("same_case", case_id, "two cases have this id", "rename one")


def _statements(case: DraftCase) -> Iterator[Finding]:
    place = f"case {case.id}"
    if id_concern(case.id).forbids:
        yield fault("case_id", place, "its id cannot be used", _ID_REMEDY)
    elif not is_safe(f"{case.id}.ref"):
        yield fault("case_id", place, "its id is a name that Windows keeps for itself", "rename it")
    if not case.title.strip():
        yield fault("no_title", place, "it has no title", "give it a neutral one")
    if not case.title.strip().isprintable() or not case.form.isprintable():
        yield fault("title", place, "its title or form has signs that cannot be shown", "mend it")
    if not case.consent.allows_training:
        yield fault(
            "no_consent",
            place,
            f"its consent is {case.consent.value!r}, which does not cover training",
            "leave it out, or ask the family and state it",
        )
    if not case.consent_by.strip():
        yield fault("consent_by", place, "nobody states its consent", "name who does")
    if not (case.origin.who.strip() and case.origin.on.strip() and case.origin.codebook.strip()):
        yield fault(
            "origin",
            place,
            "it does not say who made the reference, when and by which codebook",
            "say so",
        )
    if (case.stage is Stage.TEST) != bool(case.form):
        what = "lacks a test form" if case.stage is Stage.TEST else "has a test form but is no test"
        yield fault("form", place, f"it {what}", "name the form of test cases, and only of these")
    elif case.form != case.form.strip():
        yield fault("form", place, f"its test form is {case.form!r}", "write it without blanks")


def _load(case: DraftCase) -> LoadedCase:
    with open_read_only(case.reference) as file:
        coding, scheme = file.coding, file.scheme
    media = case.media or tuple(
        found.path
        for found in (find_media(one, case.reference, lambda _print: "") for one in coding.media)
        if found.match is Match.SAME and found.path is not None
    )
    return LoadedCase(draft=case, coding=coding, scheme=scheme, media=media)


def _reference(case: LoadedCase) -> Iterator[Finding]:
    place, coding = str(case.draft.reference), case.coding
    kind = _ROLES.get(coding.role)
    if kind is None:
        yield fault(
            "no_reference",
            place,
            f"its role is {coding.role.value}",
            "use a reference or consensus coding",
        )
    elif kind is not case.draft.origin.kind:
        yield fault(
            "other_origin",
            place,
            f"its role is {coding.role.value}, the draft says {case.draft.origin.kind.value}",
            "correct the draft",
        )
    if not coding.locked:
        yield fault("not_locked", place, "the coding is not locked", "lock it when it is settled")
    yield from verify(case.draft.reference)
    yield from _media(case)
    yield from _session(case)
    yield from _words(case)
    if case.draft.stage is not Stage.LEARN:
        yield from _tells_class(case)


def _media(case: LoadedCase) -> Iterator[Finding]:
    place = str(case.draft.reference)
    if not case.coding.media:
        yield fault("no_media", place, "the coding names no video", "use one made on a video")
        return
    if len(case.media) != len(case.coding.media):
        yield fault(
            "missing_media",
            place,
            f"{len(case.coding.media)} videos belong to it, {len(case.media)} were found",
            "put them beside it, or name them in the draft",
        )
        return
    for media, path in zip(case.coding.media, case.media, strict=True):
        if not is_same(media, path):
            yield fault(
                "other_media",
                path,
                "it is not the video that was coded, or cannot be read",
                f"find the one that {case.draft.reference.name} was coded on",
            )


def _session(case: LoadedCase) -> Iterator[Finding]:
    session = case.coding.session
    concern = id_concern(session)
    if concern is not IdConcern.NONE:
        finding = fault(
            "session_id",
            case.draft.reference,
            f"the session id {session!r} may tell who the child is",
            "make sure that it is a pseudonym",
        )
        yield finding if concern.forbids else replace(finding, severity=Severity.WARNING)


def _words(case: LoadedCase) -> Iterator[Finding]:
    """Notes and exclusions about places or codes that the scheme does not have."""
    place = f"case {case.draft.id}"
    slots = {one.slot for one in case.draft.notes} | {one.slot for one in case.draft.exclusions}
    for slot in sorted(slot for slot in slots if slot is not None):
        if not case.scheme.has_slot(slot):
            yield fault(
                "unknown_slot", place, f"its scheme has no place {slot!r}", "check the spelling"
            )
    for code in sorted({one.code for one in case.draft.exclusions if one.code}):
        if not case.scheme.ethogram.has_code(code):
            yield fault(
                "unknown_code", place, f"its scheme has no code {code!r}", "check the spelling"
            )
    for one in case.draft.exclusions:
        if not one.reason.strip():
            yield fault("no_reason", place, "an exclusion has no reason", "give one")


def _tells_class(case: LoadedCase) -> Iterator[Finding]:
    """A name that a trainee sees must not contain the id or title of a class."""
    groups = case.scheme.rules.groups
    telling = {each for group in groups for each in (group.id, *group.subgroups)}
    for name in (case.draft.id, case.draft.title, case.coding.session):
        parts = {part for word in _WORD.findall(name) for part in word.split("_")}
        told = sorted(parts & telling)
        if told:
            yield fault(
                "tells_class",
                f"case {case.draft.id}",
                f"the name {name!r} contains {told[0]!r}, which is a class of the scheme",
                "use a name that tells nothing, such as a number",
            )


def _together(cases: list[LoadedCase]) -> Iterator[Finding]:
    for case in cases[1:]:
        if case.scheme.sha256 != cases[0].scheme.sha256:
            yield fault(
                "other_scheme",
                case.draft.reference,
                f"it was made with another scheme than {cases[0].draft.reference.name}",
                "a pack has one scheme; build two packs",
            )
    seen: dict[str, DraftCase] = {}
    for case in cases:
        for media in case.coding.media:
            earlier = seen.setdefault(media.fingerprint, case.draft)
            if earlier is not case.draft and not _may_share(earlier, case.draft):
                yield fault(
                    "same_video",
                    f"case {case.draft.id}",
                    f"its video is also that of case {earlier.id}",
                    "a reference that was seen once tests nothing; use another session",
                )


def _may_share(one: DraftCase, other: DraftCase) -> bool:
    """A re-check may bring a tape back, but none whose reference lies open in the pack."""
    return may_share(one.stage, other.stage)
