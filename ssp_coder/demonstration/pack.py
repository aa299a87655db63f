"""The demonstration pack on disk: the films drawn, the references coded, sealed into a folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ssp_coder.catalog import load_scheme
from ssp_coder.demonstration.cases import drawn_case, pack_file, pack_folder
from ssp_coder.demonstration.codings import coded_by, session_data
from ssp_coder.demonstration.film import FilmCancelledError, FilmError, Watch, shoot
from ssp_coder.demonstration.judging import edits_of, empty_reference
from ssp_coder.demonstration.story import bundled_story
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Micros, Span, micros
from ssp_coder.media.errors import Abandoned
from ssp_coder.media.indexing import build_index
from ssp_coder.media.recording import media_of
from ssp_coder.storage.coding_file import create
from ssp_coder.training.building import build_pack
from ssp_coder.training.drafts import DraftCase, PackDraft
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import Consent, Origin, OriginKind, Rationale, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ssp_coder.demonstration.cases import CaseNote, PackFile, PlannedCase
    from ssp_coder.demonstration.story import Story
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing.edits import Edit

EXERCISES = "exercises.toml"
DRAWING_SHARE = 0.9
"""Share of the work that drawing the films takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedCase:
    """A case before it is drawn.

    Attributes:
        start: the empty coding of its reference, without a video.
        edits: everything that leads to the reference.
        notes: why it is as it is.
    """

    plan: PlannedCase
    story: Story
    start: Coding
    edits: tuple[Edit, ...]
    notes: tuple[Rationale, ...]


@dataclass(slots=True, kw_only=True)
class _Progress:
    """Counts drawn frames over all films."""

    report: Callable[[float], None]
    cancelled: Callable[[], bool]
    whole: int
    before: int = 0

    def watch(self) -> Watch:
        """What the drawing of the next film tells and asks."""
        return Watch(progress=self._drawn, cancelled=self.cancelled)

    def _drawn(self, done: int, _frames: int) -> None:
        self.report(DRAWING_SHARE * (self.before + done) / self.whole)


def prepare_pack(
    folder: Path,
    progress: Callable[[float], None] = lambda _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Make the demonstration pack unless it is there; a pack of this version stays as it is.

    Args:
        folder: of the pack; those above it are made.
        progress: called with the share done, 0 to 1.
        cancelled: asked often whether to stop.

    Returns:
        The folder of the pack.

    Raises:
        DomainError: the folder holds something else, or cannot be written.
        Abandoned: it was cancelled; nothing is left behind.
    """
    plan = pack_file()
    if folder.exists():
        _accept(folder, plan)
        progress(1.0)
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    scheme = load_scheme(session_data().scheme)
    cases = scripted_cases(plan, scheme)
    frames = sum(case.story.frame_count for case in cases)
    work = _Progress(report=progress, cancelled=cancelled, whole=frames)
    with TemporaryDirectory(prefix=".pack-", dir=folder.parent) as workshop:
        drafts = []
        for case in cases:
            drafts.append(_made(case, Path(workshop), scheme, (plan, work)))
            work.before += case.story.frame_count
        draft = PackDraft(
            id=plan.id,
            version=plan.version,
            title=plan.title,
            made_by=plan.made_by,
            cases=tuple(drafts),
            pass_rule=plan.pass_rule,
            enriched=plan.enriched,
            exercises=pack_folder() / EXERCISES,
        )
        rest = 1.0 - DRAWING_SHARE
        build_pack(draft, folder, lambda share: progress(DRAWING_SHARE + rest * share), cancelled)
    return folder


def scripted_cases(plan: PackFile, scheme: Scheme) -> tuple[ScriptedCase, ...]:
    """The cases of the pack in its order, each with its script and its reference."""
    return tuple(
        _bundled(case, scheme) if case.bundled else _drawn(case, plan, scheme)
        for case in plan.cases
    )


def _bundled(plan: PlannedCase, scheme: Scheme) -> ScriptedCase:
    """The demonstration session itself."""
    data, story = session_data(), bundled_story()
    coded = coded_by(data, data.reference, scheme, lambda time: time // story.frame_us)
    starts = {episode.id: micros(str(episode.start_s)) for episode in data.episodes}
    return ScriptedCase(
        plan=plan,
        story=story,
        start=Coding(session=data.session, coder=coded.coder, role=coded.role),
        edits=coded.edits,
        notes=_notes(plan.notes, starts),
    )


def _drawn(plan: PlannedCase, pack: PackFile, scheme: Scheme) -> ScriptedCase:
    case = drawn_case(plan.id)
    return ScriptedCase(
        plan=plan,
        story=case.story,
        start=empty_reference(case),
        edits=edits_of(case, scheme, pack.read_off),
        notes=_notes(case.file.notes, dict(case.starts)),
    )


def _notes(notes: Iterable[CaseNote], starts: dict[str, Micros]) -> tuple[Rationale, ...]:
    return tuple(
        Rationale(
            words=note.words,
            slot=SlotId(note.slot) if note.slot else None,
            span=Span(
                start_us=Micros(starts[note.episode] + micros(note.from_s)),
                end_us=Micros(starts[note.episode] + micros(note.to_s)),
            ),
        )
        for note in notes
    )


def _made(
    case: ScriptedCase, workshop: Path, scheme: Scheme, job: tuple[PackFile, _Progress]
) -> DraftCase:
    """Draw the film of a case and code its reference on it."""
    pack, work = job
    film = workshop / f"{case.plan.id}.mp4"
    try:
        shoot(case.story, film, zoom=pack.zoom, watch=work.watch())
    except FilmCancelledError as error:
        raise Abandoned from error
    except FilmError as error:
        raise DomainError(
            Finding(code="demonstration.film", message=str(error), place=str(film))
        ) from error
    media = replace(media_of(film, build_index(film)), relative_path=film.name)
    reference = workshop / f"{case.plan.id}.sspc"
    start = replace(case.start, media=(media,))
    with create(reference, coding=start, scheme=scheme, who=start.coder) as file:
        document = file.document()
        for edit in case.edits:
            document.submit(edit)
    return DraftCase(
        id=case.plan.id,
        title=case.plan.title,
        stage=Stage(case.plan.stage),
        form=case.plan.form,
        reference=reference,
        origin=Origin(
            kind=OriginKind.EXPERT,
            who=pack.made_by,
            on=pack.settled_on,
            codebook=f"{scheme.id} {scheme.version}",
        ),
        consent=Consent.SYNTHETIC,
        consent_by=pack.made_by,
        media=(film,),
        notes=case.notes,
    )


def _accept(folder: Path, plan: PackFile) -> None:
    """Leave a pack of this version; refuse anything else in its place."""
    try:
        there = read_pack(folder)
    except TrainingError as error:
        raise _taken(folder, "it is not the demonstration pack") from error
    if (there.id, there.version) != (plan.id, plan.version):
        raise _taken(folder, f"it holds {there.label}, not {plan.id} {plan.version}")


def _taken(folder: Path, fact: str) -> DomainError:
    return DomainError(
        Finding(
            code="demonstration.pack_place",
            message=fact,
            place=str(folder),
            remedy="choose another folder, or move this one away",
        )
    )
