"""A draft of a pack written to its file, whole or not at all; the trainer's word never with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from ssp_coder.domain.time import SECOND_US, Span
from ssp_coder.storage.durable import put_in_place, scratch_for
from ssp_coder.training.draft_file import KIND
from ssp_coder.training.drafts import DraftCase, PackDraft
from ssp_coder.training.errors import training_error
from ssp_coder.training.packs import Exclusion, Rationale

Table = dict[str, object]


def write_draft(draft: PackDraft, path: Path) -> None:
    """Write a draft over the file that it was read from, or to a new one.

    Paths are told from the file's folder where they lie below it, so that both can move together.

    Raises:
        TrainingError: a day is none, or the file cannot be written.
    """
    import tomlkit

    text = tomlkit.dumps(_draft(draft, path.parent.absolute(), path))
    try:
        scratch = scratch_for(path)
        scratch.write_bytes(text.encode())
        put_in_place(scratch, path)
    except (OSError, UnicodeEncodeError) as error:
        why = error.strerror or error if isinstance(error, OSError) else error.reason
        raise training_error(
            "draft_unwritable",
            path,
            f"the draft cannot be written ({why})",
            "check the space and the rights of its folder, or choose another one",
        ) from error


def next_version(version: str) -> str:
    """The version after this one: its last number is raised, or a number begun."""
    head, dot, last = version.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdecimal() else f"{version}.1"


def with_exclusion(draft: PackDraft, case_id: str, exclusion: Exclusion) -> PackDraft:
    """The draft with one more item that does not count; a known one is not added twice.

    Raises:
        TrainingError: the draft has no such case.
    """
    cases = []
    for case in draft.cases:
        if case.id == case_id and exclusion not in case.exclusions:
            cases.append(replace(case, exclusions=(*case.exclusions, exclusion)))
        else:
            cases.append(case)
    if all(case.id != case_id for case in draft.cases):
        raise training_error(
            "no_case",
            f"{draft.id} {draft.version}",
            f"the draft has no case {case_id}",
            "open the draft that the pack was built from",
        )
    return replace(draft, cases=tuple(cases))


def _draft(draft: PackDraft, folder: Path, path: Path) -> Table:
    return {
        "kind": KIND,
        "id": draft.id,
        "version": draft.version,
        "title": draft.title,
        "made_by": draft.made_by,
        **_given(pass_rule=draft.pass_rule, enriched=draft.enriched),
        **_given(exercises=_shown(draft.exercises, folder) if draft.exercises else ""),
        "cases": [_case(case, folder, path) for case in draft.cases],
    }


def _case(case: DraftCase, folder: Path, path: Path) -> Table:
    try:
        day = date.fromisoformat(case.origin.on)
    except ValueError as error:
        raise training_error(
            "draft",
            f"{path}, case {case.id}",
            f"{case.origin.on!r} is no day",
            "write it like 2026-05-17",
        ) from error
    return {
        "id": case.id,
        "title": case.title,
        "stage": case.stage.value,
        **_given(form=case.form),
        "reference": _shown(case.reference, folder),
        **_given(media=[_shown(one, folder) for one in case.media]),
        "origin": case.origin.kind.value,
        "origin_who": case.origin.who,
        "origin_on": day,
        "codebook": case.origin.codebook,
        "consent": case.consent.value,
        "consent_by": case.consent_by,
        **_given(notes=[_note(one) for one in case.notes]),
        **_given(exclusions=[_exclusion(one) for one in case.exclusions]),
    }


def _note(note: Rationale) -> Table:
    return {"words": note.words, **_given(slot=note.slot), **_span(note.span)}


def _exclusion(one: Exclusion) -> Table:
    return {"reason": one.reason, **_given(slot=one.slot, code=one.code), **_span(one.span)}


def _span(span: Span | None) -> Mapping[str, object]:
    if span is None:
        return {}
    return {"start_s": span.start_us / SECOND_US, "end_s": span.end_us / SECOND_US}


def _given(**fields: object) -> Table:
    """The fields that say something; a file does without the others."""
    return {name: value for name, value in fields.items() if value}


def _shown(path: Path, folder: Path) -> str:
    whole = path.absolute()
    return (whole.relative_to(folder) if whole.is_relative_to(folder) else whole).as_posix()
