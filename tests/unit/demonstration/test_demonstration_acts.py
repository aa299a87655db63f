"""Acts: pieces of a script in CSV files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.demonstration.acts import Act, read_act
from ssp_coder.demonstration.story import VERBS, StoryError

HEAD = "at,who,does,to,lasts,level,shows,toward,intensity,for,comment"


def act(folder: Path, *rows: str, head: str = HEAD) -> Act:
    path = folder / "small.csv"
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return read_act(path)


def test_a_row_with_a_verb_is_a_beat(tmp_path: Path) -> None:
    (beat,) = act(tmp_path, "0.4,ann,walk,left,1.2,,,,,,").beats
    assert (beat.at_us, beat.end_us) == (400_000, 1_600_000)
    assert (beat.who, beat.does, beat.to) == ("ann", "walk", "left")


def test_a_row_with_a_verb_alone_shows_nothing(tmp_path: Path) -> None:
    assert act(tmp_path, "0.4,ann,walk,left,1.2,,,,,,").shown == ()


def test_what_a_beat_shows_starts_with_it(tmp_path: Path) -> None:
    row = "0.8,ann,stretch,bob,,,seeking.reach,c,3,,Both arms."
    (shown,) = act(tmp_path, row).shown
    assert (shown.start_us, shown.lasts_us) == (800_000, 0)
    assert (shown.who, shown.code, shown.comment) == ("ann", "seeking.reach", "Both arms.")
    assert shown.modifiers == (("toward", "c"), ("intensity", "3"))


def test_a_row_without_a_verb_is_coded_and_not_drawn(tmp_path: Path) -> None:
    made = act(tmp_path, "1.2,ann,,,,,avoidance.ignore,c,2,6.2,")
    assert made.beats == ()
    assert made.shown[0].lasts_us == 6_200_000


def test_times_before_the_cue_are_negative(tmp_path: Path) -> None:
    made = act(tmp_path, "-0.8,,door,,0.6,1,,,,,", "-1.2,ann,,,,,adult_acts.call_outside,,,,")
    assert made.beats[0].at_us == -800_000
    assert made.shown[0].start_us == -1_200_000


def test_an_act_says_when_its_episode_ends(tmp_path: Path) -> None:
    assert act(tmp_path, "18.0,,ends,,,,,,,,").ends_us == 18_000_000


def test_an_act_need_not_say_when_its_episode_ends(tmp_path: Path) -> None:
    assert act(tmp_path, "0.0,ann,walk,left,,,,,,,").ends_us is None


def test_an_act_has_the_name_of_its_file(tmp_path: Path) -> None:
    assert act(tmp_path).name == "small"


@pytest.mark.parametrize(
    ("row", "fact"),
    [
        ("soon,ann,walk,left,,,,,,,", "line 2: 'soon' is not a number"),
        ("0.4,ann,weep,,,much,,,,,", "line 2: could not convert"),
        ("0.4,ann,walk,left", "line 2: not 11 cells"),
        ("0.4,ann,walk,left,,,,,,,,,", "line 2: not 11 cells"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, row: str, fact: str) -> None:
    with pytest.raises(StoryError, match=fact):
        act(tmp_path, row)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="no column 'lasts'"):
        act(tmp_path, head="at,who,does,to,level,shows,for,comment")


def test_a_missing_act_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match=r"absent\.csv cannot be read"):
        read_act(tmp_path / "absent.csv")


def test_the_end_of_an_episode_is_no_verb() -> None:
    assert "ends" not in VERBS
