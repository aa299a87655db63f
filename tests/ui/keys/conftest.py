from tests.ui.main.conftest import chooser, coding_file, desk_window, warned

__all__ = ["chooser", "coding_file", "desk_window", "warned"]
