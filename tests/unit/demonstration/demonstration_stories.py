"""Small stories for tests: one adult, one child, a room with a door."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ssp_coder.demonstration.story import Beat, Story, read_story
from ssp_coder.domain.time import Micros, micros

HEAD = """
id = "small"
version = "1.0.0"
source = "test"
title = "A small story"
fps = 25
length_s = {length}
places = [
  {{ name = "outside", x = 10.0, y = 204.0, outside = true }},
  {{ name = "sill", x = 98.0, y = 213.0 }},
  {{ name = "left", x = 200.0, y = 280.0 }},
  {{ name = "right", x = 440.0, y = 280.0 }},
  {{ name = "front", x = 320.0, y = 330.0 }},
]
actors = [
{ann_line}
{bob_line}
]
props = [
  {{ name = "ball", kind = "ball", x = 320.0, y = 340.0 }},
  {{ name = "chair", kind = "chair", x = 500.0, y = 260.0, facing = -1 }},
]
beats = [
{beats}
]
"""


ACTOR = (
    '  {{ name = "{name}", figure = "{figure}", starts = "{starts}", skin = "#dbb295",'
    ' hair = "#463328", hair_style = "{style}", top = "#4f7486", legs = "#3f4957" }},'
)


def actor_line(name: str, figure: str, starts: str, style: str) -> str:
    return ACTOR.format(name=name, figure=figure, starts=starts, style=style)


def story_text(
    beats: Sequence[str] = (), *, length: str = "10.0", ann: str = "left", bob: str = "right"
) -> str:
    lines = "\n".join(f"  {{ {beat} }}," for beat in beats)
    return HEAD.format(
        length=length,
        beats=lines,
        ann_line=actor_line("ann", "adult", ann, "bob"),
        bob_line=actor_line("bob", "baby", bob, "short"),
    )


def write_story(folder: Path, text: str) -> Path:
    path = folder / "small.toml"
    path.write_text(text, "utf-8")
    return path


def small_story(folder: Path, *beats: str, **changes: str) -> Story:
    return read_story(write_story(folder, story_text(beats, **changes)))


def at(seconds: str) -> Micros:
    return micros(seconds)


def one_beat(story: Story, index: int = 0) -> Beat:
    return story.beats[index]
