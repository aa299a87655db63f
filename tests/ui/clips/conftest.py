import pytest

from ssp_coder.media.indexing import build_index
from ssp_coder.reporting.clip_names import DEFAULT_PATTERN
from ssp_coder.reporting.clip_orders import Recording
from ssp_coder.ui.clips.dialog import ClipDialog
from ssp_coder.ui.clips.material import Material
from tests.ui.main.conftest import desk_window, warned
from tests.unit.cli.cli_desk import FILM_FRAMES, blank_video
from tests.unit.reporting.clip_desk import demo_coded

__all__ = ["desk_window", "warned"]


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    """A grey film as long as the demonstration's codings."""
    return blank_video(tmp_path_factory.mktemp("clips") / "film.mp4", FILM_FRAMES)


@pytest.fixture(scope="session")
def recording(film):
    return Recording(video=film, index=build_index(film), pixels=64 * 48)


@pytest.fixture
def material(recording, tmp_path):
    """Makes what the dialog starts from; the picture stands in the fifth episode."""

    def make(who="reference", **more):
        coded = demo_coded(who)
        known = {
            "coded": coded,
            "shown": coded.scheme,
            "recordings": (recording,),
            "folder": tmp_path / "clips",
            "pattern": DEFAULT_PATTERN,
            "moment_us": 60_000_000,
        }
        return Material(**{**known, **more})

    return make


@pytest.fixture
def open_dialog(theme, qtbot, material):
    """Opens the dialog on a material."""

    def open_it(review=None, **more):
        dialog = ClipDialog(theme, material(**more), review)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return open_it


@pytest.fixture
def written(qtbot):
    """Writes the list of a dialog and waits for the end."""

    def write(dialog):
        dialog.write()
        wait(dialog)
        return dialog.written

    def wait(dialog):
        qtbot.waitUntil(lambda: dialog.close_button.text() == "Close", timeout=20_000)

    write.wait = wait
    return write
