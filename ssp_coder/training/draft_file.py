"""The file in which a trainer says what belongs into a pack: TOML, paths from its own folder."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Span, micros
from ssp_coder.training.drafts import DraftCase, PackDraft
from ssp_coder.training.errors import TrainingError, training_error
from ssp_coder.training.packs import Consent, Exclusion, Origin, OriginKind, Rationale, Stage

if TYPE_CHECKING:
    from pathlib import Path

KIND = "training_pack_draft"


class _Note(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    words: str
    slot: str = ""
    start_s: float | None = None
    end_s: float | None = None


class _Exclusion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: str
    slot: str = ""
    code: str = ""
    start_s: float | None = None
    end_s: float | None = None


class _Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    title: str
    stage: Stage
    reference: str
    origin: OriginKind
    origin_who: str
    origin_on: date
    codebook: str
    consent: Consent
    consent_by: str
    form: str = ""
    media: tuple[str, ...] = ()
    notes: tuple[_Note, ...] = ()
    exclusions: tuple[_Exclusion, ...] = ()


class _Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str
    id: str
    version: str
    title: str
    made_by: str
    cases: tuple[_Case, ...]
    pass_rule: str = ""
    enriched: bool = False
    exercises: str = ""


def read_draft(path: Path, *, word: str = "") -> PackDraft:
    """The draft in a file.

    Args:
        path: the file.
        word: the trainer's word for the test forms; it is never written into a file.

    Raises:
        TrainingError: the file is missing or wrong; names the field.
    """
    try:
        draft = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _Draft)
    except OSError as error:
        raise _unusable(path, f"cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise _unusable(path, f"is no draft of a pack ({error})") from None
    if draft.kind != KIND:
        raise _unusable(path, f"is of kind {draft.kind!r} instead of {KIND!r}")
    return PackDraft(
        id=draft.id,
        version=draft.version,
        title=draft.title,
        made_by=draft.made_by,
        cases=tuple(_case(case, path) for case in draft.cases),
        pass_rule=draft.pass_rule,
        enriched=draft.enriched,
        exercises=path.parent / draft.exercises if draft.exercises else None,
        word=word,
    )


def _case(case: _Case, path: Path) -> DraftCase:
    place = f"{path}, case {case.id}"
    origin = Origin(
        kind=case.origin,
        who=case.origin_who,
        on=case.origin_on.isoformat(),
        codebook=case.codebook,
    )
    return DraftCase(
        id=case.id,
        title=case.title,
        stage=case.stage,
        form=case.form,
        reference=path.parent / case.reference,
        media=tuple(path.parent / media for media in case.media),
        origin=origin,
        consent=case.consent,
        consent_by=case.consent_by,
        notes=tuple(
            Rationale(words=note.words, slot=_slot(note.slot), span=_span(note, place))
            for note in case.notes
        ),
        exclusions=tuple(
            Exclusion(
                reason=one.reason, slot=_slot(one.slot), span=_span(one, place), code=one.code
            )
            for one in case.exclusions
        ),
    )


def _slot(slot: str) -> SlotId | None:
    return SlotId(slot) if slot else None


def _span(one: _Note | _Exclusion, place: str) -> Span | None:
    if one.start_s is None and one.end_s is None:
        return None
    if one.start_s is None or one.end_s is None:
        raise training_error(
            "draft", place, "a stretch has only a start or only an end", "give start_s and end_s"
        )
    if one.start_s < 0:
        raise training_error(
            "draft", place, "a stretch begins before the video begins", "correct start_s"
        )
    try:
        return Span(start_us=micros(str(one.start_s)), end_us=micros(str(one.end_s)))
    except ValueError as error:
        raise training_error("draft", place, str(error), "correct start_s and end_s") from None


def _unusable(path: Path, what: str) -> TrainingError:
    return training_error("draft", path, what, "correct the file")
