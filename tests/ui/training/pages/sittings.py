"""A small pack with a film that plays, its exercises, and a trainee who sits down to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.media.indexing import build_index
from ssp_coder.media.recording import media_of
from ssp_coder.training.bias import bias_of, bias_settings
from ssp_coder.training.evaluation import CaseFigures, first_attempts
from ssp_coder.training.packs import Pack
from ssp_coder.training.pass_rules import PassRule, evaluate
from ssp_coder.ui.training.desk import TrainingDesk
from ssp_coder.ui.training.lesson import WayGone
from tests.builders import infant_scheme
from tests.fixtures.videos import RECIPES, encode
from tests.unit.training import training_files
from tests.unit.training.training_files import built, draft_of

FILM = replace(RECIPES["h264"], count=300, b_frames=0)
"""Ten seconds of 30 frames each."""
SLOTS = tuple(slot for slot in infant_scheme().slots if slot.toward is not None)

EXERCISES = """
kind = "exercises"
id = "small-exercises"
version = "1.0.0"

[[exercises]]
id = "point"
kind = "scale_point"
case = "c01"
start_s = 1.0
end_s = 5.0
question = { en = "Which point?", de = "Welcher Punkt?" }
choices = [1, 2, 3, 4, 5, 6, 7]
answer = 6
explanation = "Kept up from the door on."
source = "made for tests"

[[exercises]]
id = "reading"
kind = "d_index"
case = "c01"
start_s = 2.0
end_s = 4.0
question = "Is this one?"
choices = [{ id = "yes", title = "It is one" }, { id = "no", title = "It is none" }]
answer = "no"
explanation = "There is a simpler reading."
source = "made for tests"

[[exercises]]
id = "moment"
kind = "onset"
case = "c01"
start_s = 2.0
end_s = 8.0
question = "When does it begin?"
answer = 5.0
explanation = "The first frame in which it is seen."
source = "made for tests"

[[exercises]]
id = "later"
kind = "onset"
case = "c02"
start_s = 2.0
end_s = 8.0
question = "When does the narwhal surface?"
answer = 5.0
explanation = "Only for those who coded it."
source = "made for tests"
"""


def build_playing_pack(folder: Path) -> Pack:
    """A pack whose films can be played; its exercises ask about the case to learn from."""
    film = folder / "film.mp4"
    encode(film, FILM)
    index = build_index(film)

    def film_at(path: Path) -> object:
        # A free box at the end makes each file another one, and plays the same.
        note = path.name.encode()
        box = (8 + len(note)).to_bytes(4, "big") + b"free" + note
        path.write_bytes(film.read_bytes() + box)
        return replace(media_of(path, index), name=path.name, relative_path=path.name)

    exercises = folder / "exercises.toml"
    exercises.write_text(EXERCISES, encoding="utf-8")
    references = folder / "references"
    references.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training_files, "video_file", film_at)
        draft = draft_of(references)
    return built(replace(draft, exercises=exercises), folder / "pack")


def seen(desk: TrainingDesk, figures: tuple[CaseFigures, ...], rule: PassRule | None) -> None:
    """Let the desk hold these figures, as if they had been worked out."""
    desk.rule = rule
    desk.way = WayGone(
        figures=figures,
        evaluation=None if rule is None else evaluate(rule, figures),
        bias=bias_of(first_attempts(figures), bias_settings()) if figures else None,
    )
    desk.figures_changed.emit()
