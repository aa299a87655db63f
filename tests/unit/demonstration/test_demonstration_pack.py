"""The demonstration pack on disk, made with short grey films instead of the drawn ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from demonstration_pack_cases import coded, plan

from ssp_coder.demonstration import pack
from ssp_coder.demonstration.film import FilmCancelledError, FilmError, Watch
from ssp_coder.demonstration.pack import prepare_pack
from ssp_coder.demonstration.story import Story
from ssp_coder.domain.finding import DomainError
from ssp_coder.media.errors import Abandoned
from ssp_coder.training.checking import check_pack
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import Consent, Stage
from ssp_coder.training.rule_files import load_pass_rule
from tests.unit.cli.cli_desk import FILM_FRAMES, blank_video


class Studio:
    """Hands out copies of one grey film, each with a tail of its own so that no two are alike."""

    def __init__(self, film: bytes) -> None:
        self._film = film
        self.films = 0
        self.on_film: Callable[[int], None] = lambda _number: None

    def shoot(self, story: Story, path: Path, *, zoom: float, watch: Watch) -> None:
        assert 0.5 <= zoom <= 1.5
        self.films += 1
        self.on_film(self.films)
        assert watch.progress is not None
        assert watch.cancelled is not None
        if watch.cancelled():
            raise FilmCancelledError("called off")
        watch.progress(story.frame_count // 2, story.frame_count)
        watch.progress(story.frame_count, story.frame_count)
        free_box = (9).to_bytes(4, "big") + b"free" + bytes([self.films])
        path.write_bytes(self._film + free_box)


@pytest.fixture(scope="module")
def grey_film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("film") / "grey.mp4"
    return blank_video(path, FILM_FRAMES).read_bytes()


@pytest.fixture
def studio(grey_film: bytes, monkeypatch: pytest.MonkeyPatch) -> Studio:
    made = Studio(grey_film)
    monkeypatch.setattr(pack, "shoot", made.shoot)
    return made


@pytest.fixture(scope="module")
def made_pack(grey_film: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack that tests only look at."""
    folder = tmp_path_factory.mktemp("packs") / "above" / "demonstration-pack"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pack, "shoot", Studio(grey_film).shoot)
        return prepare_pack(folder)


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_pack_is_sound(made_pack: Path) -> None:
    assert check_pack(made_pack) == ()


def test_the_pack_has_the_planned_cases_in_their_order(made_pack: Path) -> None:
    made = read_pack(made_pack)
    assert (made.id, made.version) == (plan().id, plan().version)
    assert [(c.id, c.title, c.stage.value, c.form) for c in made.cases] == [
        (c.id, c.title, c.stage, c.form) for c in plan().cases
    ]


def test_its_films_are_told_to_show_nobody(made_pack: Path) -> None:
    made = read_pack(made_pack)
    assert {case.consent for case in made.cases} == {Consent.SYNTHETIC}
    assert made.enriched


def test_its_test_cases_are_enough_for_its_pass_rule(made_pack: Path) -> None:
    made = read_pack(made_pack)
    rule = load_pass_rule(made.pass_rule)
    assert max(criterion.cases for criterion in rule.criteria) <= len(made.of_stage(Stage.TEST))


def test_its_exercises_are_sealed_in_it(made_pack: Path) -> None:
    assert read_pack(made_pack).exercises.path


def test_nothing_readable_in_it_tells_the_class_of_a_sealed_case(made_pack: Path) -> None:
    sealed = [case.id for case in plan().cases if case.stage != Stage.LEARN]
    words = []
    for case in sealed:
        own = coded(case).classification
        assert own is not None
        words.append(own.rationale[:40].encode())
    for path in made_pack.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [word for word in words if word in content], path


def test_a_second_time_nothing_is_made_anew(studio: Studio, made_pack: Path) -> None:
    before = contents(made_pack)
    assert prepare_pack(made_pack) == made_pack
    assert contents(made_pack) == before
    assert studio.films == 0


def test_progress_rises_to_the_whole(studio: Studio, tmp_path: Path) -> None:
    shares: list[float] = []
    prepare_pack(tmp_path / "pack", shares.append)
    assert studio.films == len(plan().cases)
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.2
    assert shares[-1] == pytest.approx(1.0)


def test_a_pack_that_is_there_is_done_at_once(studio: Studio, made_pack: Path) -> None:
    shares: list[float] = []
    prepare_pack(made_pack, shares.append)
    assert shares == [1.0]


@pytest.mark.parametrize("films", [1, 3])
def test_called_off_nothing_is_left(studio: Studio, tmp_path: Path, films: int) -> None:
    with pytest.raises(Abandoned):
        prepare_pack(tmp_path / "pack", cancelled=lambda: studio.films >= films)
    assert studio.films == films
    assert list(tmp_path.iterdir()) == []


def test_called_off_after_the_last_film_nothing_is_left(studio: Studio, tmp_path: Path) -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(studio.films)
        return asked.count(len(plan().cases)) > 1

    with pytest.raises(Abandoned):
        prepare_pack(tmp_path / "pack", cancelled=cancelled)
    assert list(tmp_path.iterdir()) == []


def test_a_film_that_cannot_be_written_is_told_and_leaves_nothing(
    studio: Studio, tmp_path: Path
) -> None:
    def fail(number: int) -> None:
        if number == 2:
            raise FilmError("the disk is full")

    studio.on_film = fail
    with pytest.raises(DomainError, match="the disk is full"):
        prepare_pack(tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_another_folder_in_its_place_is_not_touched(studio: Studio, tmp_path: Path) -> None:
    mine = tmp_path / "pack"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    with pytest.raises(DomainError, match="not the demonstration pack"):
        prepare_pack(mine)
    assert (mine / "notes.txt").read_text() == "mine"
    assert studio.films == 0


def test_a_pack_of_another_version_is_not_touched(
    studio: Studio, made_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import msgspec

    newer = msgspec.structs.replace(plan(), version="9.9.9")
    monkeypatch.setattr(pack, "pack_file", lambda: newer)
    before = contents(made_pack)
    with pytest.raises(DomainError, match=r"not demonstration-pack 9\.9\.9"):
        prepare_pack(made_pack)
    assert contents(made_pack) == before
