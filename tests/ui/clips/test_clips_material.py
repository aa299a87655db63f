"""What would be written, and what becomes of names that are taken."""

import shutil
from collections import namedtuple
from dataclasses import replace

import pytest

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clip_batch import Way
from ssp_coder.reporting.clip_names import InTheWay
from ssp_coder.reporting.clip_orders import Manner
from ssp_coder.reporting.clip_wishes import stretch_wish
from ssp_coder.ui.clips.material import Target, free_bytes, planned_clips, settled, taken


def stretch(start, end):
    return stretch_wish(Span(start_us=Micros(start * 1_000_000), end_us=Micros(end * 1_000_000)))


@pytest.fixture
def plan(recording, tmp_path):
    """Plans some stretches of the film."""

    def make(*wishes, manner=None, pattern="{session}-{time}"):
        target = Target(folder=tmp_path, pattern=pattern)
        return planned_clips(wishes, recording, manner or Manner(), target, "S1")

    return make


def test_a_clip_is_planned_with_name_length_and_size(plan, tmp_path):
    (clip,) = plan(stretch(10, 12))
    assert clip.plan.place == tmp_path / "S1-00-00-10-000.mp4"
    assert (clip.length_us, clip.early_us, clip.trouble) == (2_000_000, 0, "")
    assert clip.size > 0


def test_a_copy_is_as_long_as_it_really_will_be(plan):
    (clip,) = plan(stretch(10, 12), manner=Manner(way=Way.COPY))
    key = max(n for n in clip.plan.index.key_frames if n <= 250)
    assert clip.early_us == 10_000_000 - clip.plan.index.times_us[key]
    assert clip.length_us == 2_000_000 + clip.early_us


def test_what_lies_outside_the_recording_says_so_and_spoils_nothing_else(plan):
    outside, inside = plan(stretch(900, 901), stretch(1, 2))
    assert "has nothing from 900" in outside.trouble
    assert not inside.trouble


def test_a_wrong_pattern_is_refused(plan):
    with pytest.raises(DomainError):
        plan(stretch(1, 2), pattern="{child}")


def test_pictures_are_png(plan):
    (clip,) = plan(stretch(1, 2), manner=Manner(way=Way.PICTURE))
    assert clip.plan.place.suffix == ".png"


def test_a_recording_that_is_gone_says_so_with_a_remedy(plan, recording, tmp_path):
    gone = replace(recording, video=tmp_path / "gone.mp4")
    target = Target(folder=tmp_path, pattern="{time}")
    (clip,) = planned_clips((stretch(1, 2),), gone, Manner(), target, "S1")
    assert clip.trouble.startswith("gone.mp4 cannot be read any more")
    assert "bring the recording back" in clip.trouble


def test_free_space_is_that_of_the_disk_the_folder_will_be_on(tmp_path, monkeypatch):
    asked = []
    usage = namedtuple("Usage", "total used free")

    def disk_usage(place):
        asked.append(place)
        return usage(10, 3, 7)

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    assert free_bytes(tmp_path / "not" / "yet") == 7
    assert asked == [tmp_path]


def test_a_disk_that_tells_nothing_keeps_nobody_back(tmp_path, monkeypatch):
    def refuse(_place):
        raise OSError

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    assert free_bytes(tmp_path) > 10**12


class TestTakenNames:
    @pytest.fixture
    def plans(self, plan):
        """Two clips; the name of the first is taken."""
        made = tuple(clip.plan for clip in plan(stretch(1, 2), stretch(3, 4)))
        made[0].place.write_text("mine")
        return made

    def test_they_are_found(self, plans):
        assert taken(plans) == plans[:1]

    def test_they_can_be_left_out(self, plans):
        assert settled(plans, InTheWay.LEAVE_OUT) == plans[1:]

    def test_they_can_be_replaced_and_only_they(self, plans):
        replaced, other = settled(plans, InTheWay.REPLACE)
        assert (replaced.place, replaced.overwrite) == (plans[0].place, True)
        assert other == plans[1]

    def test_they_can_be_numbered(self, plans):
        numbered, other = settled(plans, InTheWay.NUMBER)
        assert numbered.place == plans[0].place.with_stem(f"{plans[0].place.stem}-2")
        assert not numbered.overwrite
        assert other == plans[1]

    def test_a_number_is_not_given_to_two(self, plans):
        second = plans[0].place.with_stem(f"{plans[0].place.stem}-2")
        alike = (plans[0], replace(plans[1], place=second))
        places = [plan.place for plan in settled(alike, InTheWay.NUMBER)]
        assert len(set(places)) == 2
        assert second in places

    def test_a_folder_is_never_replaced(self, plans):
        plans[0].place.unlink()
        plans[0].place.mkdir()
        first, _ = settled(plans, InTheWay.REPLACE)
        assert first.place.stem.endswith("-2")
        assert not first.overwrite
