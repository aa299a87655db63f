from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ssp_coder.demonstration import session
from ssp_coder.demonstration.film import FilmError
from ssp_coder.demonstration.session import YOU, DemoSession, default_folder, prepare
from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.finding import DomainError
from ssp_coder.editing.completeness import open_work
from ssp_coder.editing.edits import MarkEpisode
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.verify import verify
from tests.unit.cli.cli_desk import FILM_FRAMES, blank_video


class Studio:
    """Makes a grey film of the right length instead of the drawn one."""

    def __init__(self) -> None:
        self.films = 0

    def draw(self, path: Path, progress: Callable[[int, int], None]) -> None:
        self.films += 1
        blank_video(path, FILM_FRAMES, shade=100 + self.films)
        progress(FILM_FRAMES // 2, FILM_FRAMES)
        progress(FILM_FRAMES, FILM_FRAMES)


@pytest.fixture
def studio(monkeypatch: pytest.MonkeyPatch) -> Studio:
    made = Studio()
    monkeypatch.setattr(session, "make_video", made.draw)
    return made


@pytest.fixture
def demo(studio: Studio, tmp_path: Path) -> DemoSession:
    return prepare(tmp_path / "demo")


def coding_in(path: Path) -> Coding:
    with open_read_only(path) as file:
        return file.coding


def contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.*")}


def test_film_and_three_codings_lie_in_the_folder(demo: DemoSession) -> None:
    paths = (demo.video, demo.working, demo.reference, demo.trainee)
    assert all(path.is_file() for path in paths)
    assert len({path.parent for path in paths}) == 1


def test_the_coding_to_work_in_is_empty(demo: DemoSession) -> None:
    coding = coding_in(demo.working)
    assert (coding.coder, coding.role) == (YOU, CodingRole.INDEPENDENT)
    assert (coding.events, coding.episodes, coding.ratings) == ((), (), ())
    assert coding.session_end is None
    assert coding.classification is None


def test_every_coding_knows_the_film_by_its_content(demo: DemoSession) -> None:
    for path in (demo.working, demo.reference, demo.trainee):
        (media,) = coding_in(path).media
        assert media.fingerprint == fingerprint(demo.video)
        assert media.size == demo.video.stat().st_size
        assert media.frame_count == FILM_FRAMES
        assert media.relative_path == demo.video.name


def test_the_reference_is_locked_and_the_trainees_coding_is_not(demo: DemoSession) -> None:
    reference, trainee = coding_in(demo.reference), coding_in(demo.trainee)
    assert reference.role is CodingRole.REFERENCE
    assert reference.locked
    assert trainee.role is CodingRole.INDEPENDENT
    assert not trainee.locked


@pytest.mark.parametrize("which", ["reference", "trainee"])
def test_the_codings_to_look_at_are_finished(demo: DemoSession, which: str) -> None:
    with open_read_only(getattr(demo, which)) as file:
        lacking = open_work(file.coding, file.scheme)
    assert [work.finding.message for work in lacking if work.slot or not work.at_us] == []


def test_every_coding_holds_what_its_log_says(demo: DemoSession) -> None:
    for path in (demo.working, demo.reference, demo.trainee):
        assert verify(path) == ()


def test_the_folder_is_made_with_those_above_it(studio: Studio, tmp_path: Path) -> None:
    assert prepare(tmp_path / "a" / "b").video.is_file()


def test_progress_rises_to_the_whole(studio: Studio, tmp_path: Path) -> None:
    shares: list[float] = []
    prepare(tmp_path, shares.append)
    assert shares == sorted(shares)
    assert 0 < shares[0] < 1
    assert shares[-1] == 1.0


# ---------------------------------------------------------------- a second time


def test_a_second_time_nothing_is_made_anew(studio: Studio, demo: DemoSession) -> None:
    before = contents(demo.video.parent)
    assert prepare(demo.video.parent) == demo
    assert contents(demo.video.parent) == before
    assert studio.films == 1


def test_work_that_was_begun_is_kept(demo: DemoSession) -> None:
    with open_for_writing(demo.working, YOU) as file:
        first = file.scheme.procedure.episodes[0].id
        file.document().submit(MarkEpisode(episode=first, at_us=2_000_000, frame=50))
    before = contents(demo.video.parent)
    prepare(demo.video.parent)
    assert contents(demo.video.parent) == before
    assert len(coding_in(demo.working).episodes) == 1


def test_a_coding_that_was_deleted_is_made_again(demo: DemoSession) -> None:
    demo.trainee.unlink()
    prepare(demo.video.parent)
    assert coding_in(demo.trainee).events


def test_a_film_that_cannot_be_read_is_drawn_again(studio: Studio, demo: DemoSession) -> None:
    demo.video.write_text("spoilt")
    prepare(demo.video.parent)
    assert studio.films == 2
    assert coding_in(demo.working).media[0].fingerprint == fingerprint(demo.video)


def test_codings_of_an_earlier_film_are_put_aside_not_deleted(
    studio: Studio, demo: DemoSession
) -> None:
    with open_for_writing(demo.working, YOU) as file:
        first = file.scheme.procedure.episodes[0].id
        file.document().submit(MarkEpisode(episode=first, at_us=2_000_000, frame=50))
    for _ in range(2):
        demo.video.unlink()
        prepare(demo.video.parent)
    folder = demo.working.parent
    assert len(coding_in(folder / "demonstration-1.sspc").episodes) == 1
    assert (folder / "demonstration-2.sspc").is_file()
    assert coding_in(demo.working).episodes == ()


# ---------------------------------------------------------------- what can go wrong


def test_a_film_that_cannot_be_written_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _progress: Callable[[int, int], None]) -> None:
        raise FilmError("the disk is full")

    monkeypatch.setattr(session, "make_video", fail)
    with pytest.raises(DomainError, match="the disk is full") as caught:
        prepare(tmp_path)
    assert caught.value.finding.place == str(tmp_path / "demonstration.mp4")


def test_something_else_in_the_place_of_a_coding_is_not_overwritten(
    demo: DemoSession,
) -> None:
    demo.reference.write_text("mine")
    with pytest.raises(DomainError, match="no coding file"):
        prepare(demo.video.parent)
    assert demo.reference.read_text() == "mine"


def test_by_default_the_demonstration_lies_in_the_home_folder() -> None:
    home = os.environ["USERPROFILE" if os.name == "nt" else "HOME"]
    assert default_folder().parent == Path(home)
