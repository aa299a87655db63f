from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from ssp_coder.domain.coding import Media
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.media.whereabouts import Match, find_media, is_safe, is_same
from ssp_coder.ui.main.opening import moved
from ssp_coder.ui.main.settings import RECENT_FILES, Settings
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import coding


def nowhere(_fingerprint):
    return ""


@pytest.fixture
def video(tmp_path):
    path = tmp_path / "lab" / "S001.mp4"
    path.parent.mkdir()
    path.write_bytes(b"v" * 5_000)
    return path


def media_of(path):
    return Media(
        name=path.name,
        relative_path=path.name,
        size=path.stat().st_size,
        fingerprint=fingerprint(path),
        duration_us=1,
    )


def test_a_video_beside_the_coding_is_found(video):
    found = find_media(media_of(video), video.parent / "a.sspc", nowhere)
    assert (found.match, found.path) == (Match.SAME, video.resolve())


def test_a_remembered_place_comes_first(video, tmp_path):
    coding_file = tmp_path / "other" / "a.sspc"
    coding_file.parent.mkdir()
    found = find_media(media_of(video), coding_file, lambda _key: str(video))
    assert found.match is Match.SAME


def test_other_content_under_the_name_is_told_apart(video):
    media = media_of(video)
    video.write_bytes(b"w" * 5_000)
    assert find_media(media, video.parent / "a.sspc", nowhere).match is Match.DIFFERENT
    video.write_bytes(b"v" * 4_999)
    assert not is_same(media, video)


def test_nothing_is_found_where_nothing_lies(video, tmp_path):
    media = media_of(video)
    assert find_media(media, tmp_path / "a.sspc", nowhere).match is Match.NOT_FOUND
    assert not is_same(media, tmp_path / "gone.mp4")


HOSTILE = [
    "../lab/S001.mp4",
    "/etc/passwd",
    "a/../../S001.mp4",
    "\\\\server\\share\\S001.mp4",
    "//server/share/S001.mp4",
    "C:/lab/S001.mp4",
    "C:S001.mp4",
    "file:///lab/S001.mp4",
    "https://example.org/S001.mp4",
    "CON",
    "nul.mp4",
    "S001.mp4:stream",
    "S001\0.mp4",
    "",
]


@pytest.mark.parametrize("relative", HOSTILE)
def test_a_path_that_leads_out_of_the_folder_is_never_followed(relative, video, tmp_path):
    assert not is_safe(relative)
    inner = video.parent / "inner"
    inner.mkdir()
    hostile = replace(media_of(video), relative_path=relative, name="other.mp4")
    assert find_media(hostile, inner / "a.sspc", nowhere).match is Match.NOT_FOUND


def test_a_name_with_folders_is_cut_to_its_last_part(video):
    inner = video.parent / "inner"
    inner.mkdir()
    hostile = replace(media_of(video), name="../S001.mp4", relative_path="")
    assert find_media(hostile, inner / "a.sspc", nowhere).match is Match.NOT_FOUND


def test_a_link_out_of_the_folder_is_not_followed(video, tmp_path):
    folder = tmp_path / "mailed"
    folder.mkdir()
    (folder / "S001.mp4").symlink_to(video)
    assert find_media(media_of(video), folder / "a.sspc", nowhere).match is Match.NOT_FOUND


def test_a_new_place_goes_into_the_file_only_when_it_lies_below_it(video, tmp_path):
    value = coding(media=(media_of(video),))
    assert moved(value, video.parent / "a.sspc", video) is None
    edit = moved(value, tmp_path / "a.sspc", video)
    assert edit.media[0].relative_path == "lab/S001.mp4"
    elsewhere = tmp_path / "studies"
    elsewhere.mkdir()
    assert moved(value, elsewhere / "a.sspc", video) is None
    assert moved(coding(media=()), tmp_path / "a.sspc", video) is None


@pytest.fixture
def store(tmp_path):
    return QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)


def test_recent_files_are_few_newest_first_and_there(store, tmp_path):
    settings = Settings(store)
    paths = [tmp_path / f"{number}.sspc" for number in range(9)]
    for path in paths:
        path.touch()
        settings.note_opened(path)
    settings.note_opened(paths[4])
    paths[7].unlink()
    expected = [paths[4], paths[8], paths[6], paths[5], paths[3]]
    assert list(Settings(store).recent) == expected
    assert len(expected) < RECENT_FILES


def test_settings_survive_and_nonsense_in_them_is_harmless(store, video):
    settings = Settings(store)
    settings.scheme = Scheme.DARK
    settings.who = "c07"
    settings.note_video("abc", video)
    settings.note_video("", video)
    again = Settings(store)
    assert (again.scheme, again.who) == (Scheme.DARK, "c07")
    assert again.video_of("abc") == str(video.resolve())
    assert again.video_of("") == ""
    store.setValue("scheme", "purple")
    store.setValue("geometry", 5)
    assert Settings(store).scheme is Scheme.SYSTEM
    assert Settings(store).geometry.isEmpty()


@pytest.mark.parametrize("failure", [PermissionError(13, "denied"), OSError(112, "host is down")])
def test_a_place_that_cannot_be_looked_at_is_passed_over(video, tmp_path, monkeypatch, failure):
    far, is_file = tmp_path / "share" / "S001.mp4", Path.is_file

    def look(path):
        if path == far:
            raise failure
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", look)
    found = find_media(media_of(video), video.parent / "a.sspc", lambda _key: str(far))
    assert (found.match, found.path) == (Match.SAME, video.resolve())


@pytest.mark.parametrize("name", ["S001\0.mp4", "S" * 400 + ".mp4"])
def test_a_name_that_no_file_can_have_is_not_found(video, name):
    strange = replace(media_of(video), name=name, relative_path="")
    assert find_media(strange, video.parent / "a.sspc", nowhere).match is Match.NOT_FOUND
