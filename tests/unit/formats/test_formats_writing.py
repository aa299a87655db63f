from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.writing import write_together


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fail_at(monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    """Make the renaming onto `target` fail as a full or broken disk would."""
    rename = Path.replace

    def replace(self: Path, other: Path) -> Path:
        if other.name == target and self.suffix == ".part":
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(self, other)

    monkeypatch.setattr(Path, "replace", replace)


def test_all_files_are_written_and_nothing_else_stays(tmp_path: Path) -> None:
    write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"}, overwrite=False)
    assert names(tmp_path) == ["a", "b"]
    assert (tmp_path / "b").read_bytes() == b"2"


def test_a_file_that_is_there_is_not_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"old")
    with pytest.raises(FormatError, match="b is already there with other content; choose another"):
        write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"}, overwrite=False)
    assert names(tmp_path) == ["b"]
    assert (tmp_path / "b").read_bytes() == b"old"


def test_a_file_with_the_same_content_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"2")
    write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"}, overwrite=False)
    assert names(tmp_path) == ["a", "b"]


def test_overwriting_replaces_when_asked(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    write_together({tmp_path / "a": b"new"}, overwrite=True)
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


def test_a_replaceable_file_does_not_keep_the_others_from_being_written(tmp_path: Path) -> None:
    side = tmp_path / "side"
    side.write_bytes(b"old")
    write_together({side: b"new", tmp_path / "a": b"1"}, overwrite=False, replaceable=(side,))
    assert side.read_bytes() == b"new"


def test_a_failure_half_way_leaves_no_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, "b")
    with pytest.raises(FormatError, match=r"No space left on device.*nothing was changed"):
        write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"}, overwrite=False)
    assert names(tmp_path) == []


def test_a_failure_half_way_gives_the_earlier_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "b").write_bytes(b"old b")
    fail_at(monkeypatch, "b")
    with pytest.raises(FormatError, match="nothing was changed"):
        write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"}, overwrite=True)
    assert names(tmp_path) == ["a", "b"]
    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"old a", b"old b"]


def test_a_disk_that_fills_up_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ssp_coder.formats.writing.os.fsync", full)
    with pytest.raises(FormatError, match="space on the disk"):
        write_together({tmp_path / "a": b"1"}, overwrite=False)
    assert names(tmp_path) == []


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(FormatError, match="cannot be written"):
        write_together({tmp_path / "a": b"1"}, overwrite=True)
    assert names(tmp_path) == ["a"]
