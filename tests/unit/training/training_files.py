"""Packs, trainees and their folders for tests; the videos are a few bytes that nobody plays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from ssp_coder.domain.coding import Classification, Coding, CodingRole, Media
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Span
from ssp_coder.editing.edits import Classify, Edit, LockCoding
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.storage.coding_file import create, open_for_writing
from ssp_coder.training.building import build_pack
from ssp_coder.training.deeds import Submitted
from ssp_coder.training.drafts import DraftCase, PackDraft
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.packs import (
    Consent,
    Exclusion,
    Origin,
    OriginKind,
    Pack,
    Rationale,
    Stage,
)
from ssp_coder.training.programme import Programme, programme_of
from ssp_coder.training.working import begin_case, enrol, note_feedback, submit
from tests.builders import add, infant_scheme, mark, rate, s

TRAINEE = "t07"
TRAINER = "trainer1"
WORD = "heron under glass 41"
SECRETS = ("quokka rationale", "narwhal event comment", "axolotl explained", "ibis disputed")
"""Words that stand in each reference and nowhere else."""
ORIGIN = Origin(kind=OriginKind.EXPERT, who="expert2", on="2026-05-17", codebook="lab 3")
STAGES = (
    ("c01", Stage.LEARN, ""),
    ("c02", Stage.PRACTICE, ""),
    ("c03", Stage.PRACTICE, ""),
    ("c04", Stage.TEST, "one"),
    ("c05", Stage.TEST, "one"),
    ("c06", Stage.TEST, "two"),
    ("c07", Stage.UPKEEP, ""),
)


def some_slot() -> SlotId:
    return infant_scheme().slots[0].id


def video_file(path: Path) -> Media:
    path.write_bytes(f"film {path.name} ".encode() * 50)
    return Media(
        name=path.name,
        relative_path=path.name,
        size=path.stat().st_size,
        fingerprint=fingerprint(path),
        duration_us=s(600),
        frame_count=15000,
    )


def reference_edits() -> tuple[Edit, ...]:
    group = infant_scheme().rules.groups[0]
    return (
        mark(infant_scheme().procedure.episodes[0].id, 1),
        add("distress.cry", 5, comment=SECRETS[1]),
        rate(some_slot(), 6),
        Classify(
            classification=Classification(
                primary=group.id, subgroup=group.subgroups[0], confidence=4, rationale=SECRETS[0]
            )
        ),
    )


def reference_file(
    folder: Path,
    name: str,
    *edits: Edit,
    role: CodingRole = CodingRole.REFERENCE,
    locked: bool = True,
    **fields: object,
) -> Path:
    """A locked reference with its video beside it."""
    given = {"session": f"S{name}", "coder": "expert2", "role": role}
    media = video_file(folder / f"{name}.mp4")
    path = folder / f"{name}.sspc"
    coding = Coding(**({**given, "media": (media,)} | fields))
    with create(path, coding=coding, scheme=infant_scheme(), who=coding.coder) as file:
        for edit in (*(edits or reference_edits()), *([LockCoding()] if locked else [])):
            file.document().submit(edit)
    return path


def draft_case(
    folder: Path, name: str, stage: Stage, form: str = "", **fields: object
) -> DraftCase:
    given = {
        "id": name,
        "title": f"Case {name[1:]}",
        "stage": stage,
        "form": form,
        "reference": folder / f"{name}.sspc",
        "origin": ORIGIN,
        "consent": Consent.TRAINING,
        "consent_by": TRAINER,
        "notes": (
            Rationale(words=SECRETS[2], slot=some_slot(), span=Span(start_us=s(2), end_us=s(4))),
        ),
        "exclusions": (Exclusion(reason=SECRETS[3], slot=some_slot()),),
    }
    return DraftCase(**(given | fields))


def draft_of(folder: Path, **fields: object) -> PackDraft:
    """A draft over references that are made in `folder` when they are missing."""
    for name, _, _ in STAGES:
        if not (folder / f"{name}.sspc").exists():
            reference_file(folder, name)
    given = {
        "id": "pack1",
        "version": "1.0.0",
        "title": "A small pack",
        "made_by": TRAINER,
        "cases": tuple(draft_case(folder, *one) for one in STAGES),
        "pass_rule": "some_rule",
    }
    return PackDraft(**(given | fields))


@dataclass
class Trainee:
    """A trainee's folder, with shorthands for what a trainee does."""

    logbook: Logbook
    pack: Pack

    @property
    def programme(self) -> Programme:
        return programme_of(self.pack, self.logbook.entries)

    def begin(self, case: str) -> Path:
        return begin_case(self.logbook, self.pack, self.pack.case(case))

    def code(self, path: Path, *edits: Edit) -> None:
        with open_for_writing(path, TRAINEE) as file:
            for edit in edits or (rate(some_slot(), 3),):
                file.document().submit(edit)

    def submit(self, case: str, path: Path) -> Submitted:
        return submit(self.logbook, self.pack, self.pack.case(case), path)

    def do(self, *cases: str) -> None:
        """Begin, code and submit cases."""
        for case in cases:
            path = self.begin(case)
            self.code(path)
            self.submit(case, path)

    def look(self, *cases: str) -> None:
        """Open the references of cases."""
        for case in cases:
            note_feedback(self.logbook, self.pack, self.pack.case(case))

    def practise(self) -> None:
        """All that comes before the test."""
        self.look("c01")
        for case in ("c02", "c03"):
            self.do(case)
            self.look(case)


def clock_from(start: int = 0):
    """Moments that go on by a second at each look."""
    seconds = count(start)
    return lambda: f"2026-06-01T10:{(n := next(seconds)) // 60:02d}:{n % 60:02d}.000Z"


def trainee(folder: Path, pack: Pack) -> Trainee:
    folder.mkdir(parents=True, exist_ok=True)
    book = Logbook.create(folder / "t07.ssptrain", TRAINEE, clock=clock_from())
    enrol(book, pack)
    return Trainee(logbook=book, pack=pack)


def built(draft: PackDraft, folder: Path, **fields: object) -> Pack:
    return build_pack(replace(draft, **fields), folder)
