from __future__ import annotations

from pathlib import Path

import pytest
from demonstration_stories import at, one_beat, small_story, story_text, write_story

from ssp_coder.demonstration.story import (
    HARDEST,
    MAY_REST,
    ROOM_VERBS,
    TARGETS,
    VERBS,
    StoryError,
    bundled_story,
    demonstration_folder,
    read_story,
)
from ssp_coder.domain.time import Span


def span(start: str, end: str) -> Span:
    return Span(start_us=at(start), end_us=at(end))


def test_a_beat_is_read_in_exact_microseconds(tmp_path: Path) -> None:
    story = small_story(
        tmp_path, 'at = 1.12, lasts = 0.6, who = "ann", does = "walk", to = "right"'
    )
    beat = one_beat(story)
    assert (beat.at_us, beat.lasts_us, beat.end_us) == (1_120_000, 600_000, 1_720_000)
    assert (beat.who, beat.does, beat.to, beat.level) == ("ann", "walk", "right", 0.0)


def test_a_whole_number_of_seconds_needs_no_decimal_point(tmp_path: Path) -> None:
    story = small_story(tmp_path, 'at = 1, who = "bob", does = "weep", level = 2')
    assert one_beat(story).at_us == 1_000_000
    assert one_beat(story).level == 2.0


def test_a_story_knows_its_frames(tmp_path: Path) -> None:
    story = small_story(tmp_path, length="10.0")
    assert story.frame_us == 40_000
    assert story.frame_count == 250


def test_places_actors_and_props_are_read(tmp_path: Path) -> None:
    story = small_story(tmp_path)
    assert story.place("sill").y == 213.0
    assert story.place("outside").outside
    assert not story.place("left").outside
    assert [actor.figure for actor in story.actors] == ["adult", "baby"]
    assert [prop.facing for prop in story.props] == [1, -1]


def test_someone_who_never_leaves_is_present_throughout(tmp_path: Path) -> None:
    assert small_story(tmp_path).presence("ann") == (span("0", "10"),)


def test_someone_who_stays_outside_is_never_present(tmp_path: Path) -> None:
    assert small_story(tmp_path, ann="outside").presence("ann") == ()


def test_a_walk_in_counts_from_the_moment_the_sill_is_reached(tmp_path: Path) -> None:
    story = small_story(
        tmp_path,
        'at = 2.0, lasts = 0.8, who = "ann", does = "walk", to = "sill"',
        'at = 4.0, lasts = 1.0, who = "ann", does = "walk", to = "left"',
        ann="outside",
    )
    assert story.presence("ann") == (span("2.8", "10"),)


def test_a_walk_out_counts_from_the_moment_it_begins(tmp_path: Path) -> None:
    story = small_story(
        tmp_path,
        'at = 2.0, lasts = 1.0, who = "ann", does = "walk", to = "sill"',
        'at = 3.0, lasts = 0.8, who = "ann", does = "walk", to = "outside"',
    )
    assert story.presence("ann") == (span("0", "3"),)


def test_each_stay_in_the_room_is_a_span_of_its_own(tmp_path: Path) -> None:
    story = small_story(
        tmp_path,
        'at = 1.0, lasts = 0.8, who = "ann", does = "walk", to = "outside"',
        'at = 5.0, lasts = 0.8, who = "ann", does = "walk", to = "sill"',
        'at = 7.0, lasts = 0.8, who = "ann", does = "walk", to = "outside"',
    )
    assert story.presence("ann") == (span("0", "1"), span("5.8", "7"))


def test_weeping_lasts_until_the_next_level(tmp_path: Path) -> None:
    story = small_story(
        tmp_path,
        'at = 1.0, who = "bob", does = "weep", level = 1.0',
        'at = 2.0, who = "bob", does = "weep", level = 3.0',
        'at = 4.0, who = "bob", does = "weep", level = 0.0',
        'at = 6.0, who = "bob", does = "weep", level = 2.0',
    )
    assert [(weeping.span, weeping.level) for weeping in story.weeping()] == [
        (span("1", "2"), 1),
        (span("2", "4"), 3),
        (span("6", "10"), 2),
    ]


def test_weeping_of_two_people_is_in_order_of_time(tmp_path: Path) -> None:
    story = small_story(
        tmp_path,
        'at = 1.0, who = "bob", does = "weep", level = 1.0',
        'at = 2.0, who = "ann", does = "weep", level = 1.0',
        'at = 3.0, who = "ann", does = "weep", level = 0.0',
        'at = 3.0, who = "bob", does = "weep", level = 2.0',
    )
    assert [weeping.span.start_us for weeping in story.weeping()] == [at("1"), at("2"), at("3")]


@pytest.mark.parametrize(
    ("beat", "says"),
    [
        ('at = 1.0, who = "ann", does = "fly"', "there is no such verb; use one of walk"),
        ('at = 1.0, who = "eve", does = "talk", level = 1.0', "there is no actor 'eve'"),
        ('at = 1.0, does = "talk", level = 1.0', "it does not say who"),
        ('at = 1.0, who = "ann", does = "door", level = 1.0', "leave out who"),
        ('at = 1.0, who = "ann", does = "chime"', "leave out who"),
        ('at = 1.0, who = "ann", does = "walk"', "it does not say to what"),
        ('at = 1.0, who = "ann", does = "look"', "it does not say to what"),
        ('at = 1.0, who = "ann", does = "walk", to = "moon"', "there is no place 'moon'"),
        ('at = 1.0, who = "ann", does = "walk", to = "bob"', "there is no place 'bob'"),
        ('at = 1.0, who = "ann", does = "carry", to = "ball"', "there is no actor 'ball'"),
        ('at = 1.0, who = "ann", does = "grasp", to = "left"', "there is no prop 'left'"),
        ('at = 1.0, who = "ann", does = "look", to = "moon"', "no place or actor or prop 'moon'"),
        ('at = 1.0, who = "ann", does = "pose", to = "crawling"', "there is no posture 'crawling'"),
        ('at = 1.0, who = "bob", does = "pose", to = "bending"', "there is no posture 'bending'"),
        ('at = 1.0, who = "ann", does = "talk", to = "bob"', "it has no target; leave out to"),
        ('at = 1.0, who = "bob", does = "weep", level = 4.0', "level 4 is not one of 0 to 3"),
        ('at = 1.0, who = "bob", does = "weep", level = 1.5', "level 1.5 is not one of 0 to 3"),
        ('at = 1.0, who = "bob", does = "beam", level = 2.0', "level 2 is not one of 0 to 1"),
        ('at = 1.0, does = "door", level = -0.5', "level -0.5 is not one of 0 to 1"),
        ('at = 1.01, does = "chime"', "times are multiples of one frame, 0.040000 s"),
        ('at = 1.0, lasts = 0.5, does = "door", level = 1.0', "times are multiples of one frame"),
        ('at = 9.8, lasts = 0.4, does = "door", level = 1.0', "outside the film of 10.000000 s"),
        ('at = -1.0, does = "chime"', "it lies outside the film"),
        ('at = 1.0, lasts = -1.0, does = "door", level = 1.0', "it lies outside the film"),
    ],
)
def test_a_faulty_beat_is_named_with_its_remedy(tmp_path: Path, beat: str, says: str) -> None:
    path = write_story(tmp_path, story_text(['at = 0.0, does = "chime"', beat]))
    with pytest.raises(StoryError) as caught:
        read_story(path)
    assert str(caught.value).startswith("small.toml, beat 2 (")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("fps = 25", "fps = 30", "small.toml: 30 frames per second is not a whole frame"),
        ("fps = 25", "fps = 0", "small.toml: 0 frames per second"),
        ('figure = "baby"', 'figure = "cat"', "bob is no 'cat'; use adult, baby"),
        ('starts = "left"', 'starts = "moon"', "ann starts at no place 'moon'"),
        ("fps = 25", 'fps = "many"', "small.toml is not a story"),
        ("fps = 25", "", "missing required field `fps`"),
        ("fps = 25", "fps = 25\ncolour = 1", "unknown field `colour`"),
        ("fps = 25", "fps = = 25", "small.toml is not a story"),
        ("x = 98.0", 'x = "here"', "$.places[1].x"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    path = write_story(tmp_path, story_text().replace(old, new, 1))
    with pytest.raises(StoryError) as caught:
        read_story(path)
    assert says in str(caught.value)


def test_a_missing_file_is_a_story_error(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match=r"nowhere\.toml is not a story"):
        read_story(tmp_path / "nowhere.toml")


def test_bytes_that_are_no_text_are_a_story_error(tmp_path: Path) -> None:
    path = tmp_path / "bytes.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StoryError, match=r"bytes\.toml is not a story"):
        read_story(path)


def test_beats_out_of_order_are_refused(tmp_path: Path) -> None:
    beats = ['at = 2.0, does = "chime"', 'at = 1.0, does = "door", level = 1.0']
    with pytest.raises(StoryError, match=r"beat 2: the room begins to door at 1\.0+ s, before"):
        read_story(write_story(tmp_path, story_text(beats)))


def test_nobody_begins_the_same_thing_before_it_is_done(tmp_path: Path) -> None:
    beats = [
        'at = 1.0, lasts = 2.0, who = "ann", does = "walk", to = "right"',
        'at = 2.0, lasts = 1.0, who = "ann", does = "walk", to = "left"',
    ]
    with pytest.raises(StoryError, match=r"ann begins to walk at 2\.0+ s, before 3\.0+ s"):
        read_story(write_story(tmp_path, story_text(beats)))


def test_two_people_may_walk_at_the_same_time(tmp_path: Path) -> None:
    story = small_story(
        tmp_path,
        'at = 1.0, lasts = 2.0, who = "ann", does = "walk", to = "right"',
        'at = 2.0, lasts = 1.0, who = "bob", does = "walk", to = "left"',
    )
    assert len(story.beats) == 2


@pytest.mark.parametrize("verb", sorted(MAY_REST))
def test_what_was_begun_may_end_without_a_target(tmp_path: Path, verb: str) -> None:
    story = small_story(tmp_path, f'at = 1.0, who = "ann", does = "{verb}"')
    assert one_beat(story).to == ""


def test_the_tables_of_verbs_speak_of_verbs_only() -> None:
    assert set(TARGETS) | set(HARDEST) | MAY_REST | ROOM_VERBS <= set(VERBS)
    assert not ROOM_VERBS & set(TARGETS)


def test_the_bundled_story_is_about_two_minutes_at_25_frames() -> None:
    story = bundled_story()
    assert story.fps == 25
    assert 100_000_000 < story.length_us < 140_000_000


def test_every_beat_of_the_bundled_story_falls_on_a_frame() -> None:
    story = bundled_story()
    assert len(story.beats) > 150
    assert all(beat.at_us % story.frame_us == 0 for beat in story.beats)
    assert all(beat.end_us % story.frame_us == 0 for beat in story.beats)


def test_the_bundled_story_uses_every_verb_but_that_of_fear() -> None:
    assert {beat.does for beat in bundled_story().beats} == set(VERBS) - {"dread"}


def test_the_bundled_story_has_every_level_of_distress() -> None:
    assert {weeping.level for weeping in bundled_story().weeping()} == {1, 2, 3}


def test_the_bundled_story_opens_and_shuts_the_door_by_turns() -> None:
    levels = [beat.level for beat in bundled_story().beats if beat.does == "door"]
    assert levels == [1.0, 0.0] * (len(levels) // 2) + [1.0] * (len(levels) % 2)


def test_nobody_passes_a_closed_door() -> None:
    story = bundled_story()
    doors = [beat for beat in story.beats if beat.does == "door"]
    walkers = [actor for actor in story.actors if actor.figure == "adult"]
    for actor in walkers:
        for stay in story.presence(actor.name):
            for passing in (stay.start_us, stay.end_us):
                if 0 < passing < story.length_us:
                    latest = [beat for beat in doors if beat.end_us <= passing][-1]
                    assert latest.level == 1.0, (actor.name, passing)


def test_the_demonstration_folder_holds_its_five_files_and_the_pack() -> None:
    assert {path.name for path in demonstration_folder().iterdir()} == {
        "pack",
        "story.toml",
        "session.toml",
        "differences.toml",
        "reference_events.csv",
        "trainee_events.csv",
    }
