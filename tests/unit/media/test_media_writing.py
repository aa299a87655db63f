from __future__ import annotations

import errno
from pathlib import Path

import av
import av.error
import pytest

from ssp_coder.media import keeping
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.media.keeping import keep, kept_place
from ssp_coder.media.writing import refuse_place, written_whole


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ------------------------------------------------------------------------------ whole or not


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    with written_whole(place) as unfinished:
        unfinished.write_text("half")
        assert not place.exists()
        unfinished.write_text("whole")
    assert place.read_text() == "whole"
    assert names_in(tmp_path) == ["a.txt"]


def test_the_unfinished_file_has_the_same_ending_and_an_absolute_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ending chooses the container, and a relative name may look like a protocol."""
    monkeypatch.chdir(tmp_path)
    with written_whole(Path("http:a.mp4")) as unfinished:
        assert unfinished.name == "http:a.mp4"
        assert unfinished.is_absolute()
        unfinished.write_text("whole")
    assert names_in(tmp_path) == ["http:a.mp4"]


@pytest.mark.parametrize("trouble", [Abandoned, KeyboardInterrupt, ValueError, RuntimeError])
def test_whatever_goes_wrong_leaves_nothing_and_is_told(
    tmp_path: Path, trouble: type[BaseException]
) -> None:
    place = tmp_path / "a.txt"
    place.write_text("mine")
    with pytest.raises(trouble):
        half_write(place, trouble)
    assert place.read_text() == "mine"
    assert names_in(tmp_path) == ["a.txt"]


def half_write(place: Path, trouble: type[BaseException]) -> None:
    with written_whole(place, overwrite=True) as unfinished:
        unfinished.write_text("half")
        raise trouble


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    with pytest.raises(MediaError) as caught:
        write_too_late(place)
    assert caught.value.code == "media.place_taken"
    assert place.read_text() == "theirs"
    assert names_in(tmp_path) == ["a.txt"]


def write_too_late(place: Path) -> None:
    with written_whole(place) as unfinished:
        unfinished.write_text("ours")
        place.write_text("theirs")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_a_full_or_forbidden_disk_is_told_with_a_remedy(tmp_path: Path, number: int) -> None:
    for fail in (plainly, in_the_encoder):
        with pytest.raises(MediaError) as caught, written_whole(tmp_path / "a.mp4"):
            fail(number)
        assert caught.value.code == "media.unwritable"
        assert "space and the rights" in caught.value.remedy
    assert names_in(tmp_path) == []


def plainly(number: int) -> None:
    raise OSError(number, "no")


def in_the_encoder(number: int) -> None:
    av.error.err_check(-number)


def test_trouble_of_the_encoder_is_not_laid_to_the_disk(tmp_path: Path) -> None:
    with (
        pytest.raises(av.error.FFmpegError),
        written_whole(tmp_path / "a.mp4"),
        av.open(str(tmp_path / "gone.mp4")),
    ):
        pass
    assert names_in(tmp_path) == []


# ------------------------------------------------------------------------------ the place


def test_a_free_place_is_not_refused(tmp_path: Path) -> None:
    refuse_place(tmp_path / "a.mp4", overwrite=False)
    (tmp_path / "a.mp4").touch()
    refuse_place(tmp_path / "a.mp4", overwrite=True)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_is_never_replaced(tmp_path: Path, overwrite: bool) -> None:
    (tmp_path / "a.mp4").mkdir()
    with pytest.raises(MediaError) as caught:
        refuse_place(tmp_path / "a.mp4", overwrite=overwrite)
    assert caught.value.code == "media.place_folder"


def test_every_refusal_has_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    for place in (tmp_path / "taken", tmp_path, tmp_path / "gone" / "a.mp4"):
        with pytest.raises(MediaError) as caught:
            refuse_place(place, overwrite=False)
        assert caught.value.remedy


# ------------------------------------------------------------------------------ kept by content


def test_a_moved_recording_finds_what_was_kept_of_it(tmp_path: Path) -> None:
    first, moved = tmp_path / "a.mp4", tmp_path / "b.mp4"
    first.write_bytes(b"film" * 1_000)
    place = kept_place(first, tmp_path / "kept", ".wave")
    assert place.name == f"{fingerprint(first)}.wave"
    first.rename(moved)
    assert kept_place(moved, tmp_path / "kept", ".wave") == place


def test_another_recording_under_the_same_name_finds_nothing_of_it(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    film.write_bytes(b"film" * 1_000)
    first = kept_place(film, tmp_path, ".wave")
    film.write_bytes(b"fimm" * 1_000)
    assert kept_place(film, tmp_path, ".wave") != first


def test_the_folder_is_made_when_something_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "one" / "two" / "a.wave"
    keep(place, b"outline")
    assert place.read_bytes() == b"outline"
    assert names_in(place.parent) == ["a.wave"]


def test_what_cannot_be_kept_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(keeping.Path, "replace", refuse)
    keep(tmp_path / "a.wave", b"outline")
    assert names_in(tmp_path) == []
