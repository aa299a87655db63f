"""Keys of jog wheels and pedals as code keys, whatever place the system gives them."""

import pytest
from PySide6.QtCore import Qt

from ssp_coder.catalog.keys import key_problem
from ssp_coder.domain.chords import EXTRA_KEYS
from ssp_coder.ui.code.keysigns import physical_sign

PLATFORMS = ("linux", "win32", "darwin", "freebsd")
KEYS = {
    Qt.Key.Key_F13: "f13",
    Qt.Key.Key_F24: "f24",
    Qt.Key.Key_MediaPlay: "media_play",
    Qt.Key.Key_MediaTogglePlayPause: "media_toggle",
    Qt.Key.Key_VolumeMute: "volume_mute",
}


def sign(key, scan_code=0, virtual_key=0, platform="linux"):
    return physical_sign(
        key=int(key), scan_code=scan_code, virtual_key=virtual_key, platform=platform
    )


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(("key", "expected"), list(KEYS.items()))
@pytest.mark.parametrize(("scan_code", "virtual_key"), [(0, 0), (24, 12), (191, 105)])
def test_the_key_itself_tells_its_sign(platform, key, expected, scan_code, virtual_key):
    assert sign(key, scan_code, virtual_key, platform) == expected


@pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_F25, Qt.Key.Key_MediaRecord])
def test_other_keys_without_a_place_have_none(key):
    assert sign(key) == ""


def test_every_sign_that_a_key_map_may_have_can_be_pressed():
    known = {
        sign(key) for key in Qt.Key if key.name.startswith(("Key_F", "Key_Media", "Key_Volume"))
    }
    assert set(EXTRA_KEYS) <= known
    assert all(key_problem(one) == "" for one in EXTRA_KEYS)
