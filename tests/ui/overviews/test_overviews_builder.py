"""The queue of overviews: one after the other, told as they grow, stopped at a word."""

from dataclasses import replace

import pytest

from ssp_coder.media.errors import MediaError
from ssp_coder.media.hints import Hint
from ssp_coder.media.indexing import UNWATCHED
from ssp_coder.media.motion import Motion, Region
from ssp_coder.media.thumbnails import Thumbnail
from ssp_coder.media.waveform import Envelope
from ssp_coder.ui.overviews.builder import Builder
from ssp_coder.ui.overviews.making import Job, make
from ssp_coder.ui.timeline.model import LaneKind

PATIENCE = 20_000


@pytest.fixture
def job(talkie, index_of, tmp_path):
    """Makes a job of a kind for the talkie."""
    index = index_of(talkie)
    return lambda kind, **more: Job(
        kind=kind, path=talkie, index=index, folder=tmp_path / "kept", **more
    )


@pytest.fixture
def builder(qtbot):
    made = Builder()
    made.told = []
    made.grew.connect(lambda job, part: made.told.append((job.kind, part)))
    yield made
    made.stop()


class TestMaking:
    def parts(self, job):
        told = []
        make(job, UNWATCHED, told.append)
        return told

    def test_sound_comes_in_stretches_without_holes(self, job):
        chunks = self.parts(job(LaneKind.SOUND))
        assert all(isinstance(chunk, Envelope) for chunk in chunks)
        ends = [chunk.first + chunk.count for chunk in chunks]
        assert [chunk.first for chunk in chunks] == [0, *ends[:-1]]
        assert ends[-1] == 600

    def test_pictures_are_key_frames(self, job):
        wanted = job(LaneKind.PICTURES)
        pictures = self.parts(wanted)
        assert all(isinstance(picture, Thumbnail) for picture in pictures)
        assert sorted(p.ordinal for p in pictures) == list(wanted.index.key_frames)

    def test_motion_ends_with_its_hints(self, film, index_of):
        told = self.parts(Job(kind=LaneKind.MOTION, path=film, index=index_of(film)))
        assert all(isinstance(part, Motion) for part in told[:-1])
        assert {(type(hint), hint.at_us) for hint in told[-1]} == {(Hint, 2_000_000)}

    @pytest.mark.parametrize("kind", [LaneKind.SOUND, LaneKind.PICTURES, LaneKind.MOTION])
    def test_kept_once_it_need_not_be_made_again(self, job, kind, monkeypatch):
        first = self.parts(job(kind))
        for name in ("build_thumbnails", "build_motion"):
            monkeypatch.delattr(f"ssp_coder.ui.overviews.making.{name}")
        monkeypatch.delattr("ssp_coder.media.waveform.build_envelope")
        again = self.parts(job(kind))
        if kind is LaneKind.PICTURES:
            assert {p.at_us for p in again} == {p.at_us for p in first}
        else:
            count = sum(part.count for part in again if not isinstance(part, tuple))
            assert count == sum(part.count for part in first if not isinstance(part, tuple))

    def test_without_a_folder_nothing_is_kept(self, job, tmp_path):
        for kind in (LaneKind.SOUND, LaneKind.PICTURES, LaneKind.MOTION):
            self.parts(replace(job(kind), folder=None))
        assert not (tmp_path / "kept").exists()

    def test_what_is_kept_can_be_read_by_this_user_alone(self, job, tmp_path):
        self.parts(job(LaneKind.PICTURES))
        (kept,) = (tmp_path / "kept").iterdir()
        assert kept.suffix == ".thumbs"
        assert kept.stat().st_mode & 0o077 == 0

    def test_each_region_is_kept_for_itself(self, job, tmp_path):
        self.parts(job(LaneKind.MOTION))
        self.parts(job(LaneKind.MOTION, region=Region(width=0.5)))
        assert len(list((tmp_path / "kept").glob("*.motion"))) == 2

    def test_a_recording_without_sound_says_so(self, film, index_of):
        with pytest.raises(MediaError, match="no sound"):
            self.parts(Job(kind=LaneKind.SOUND, path=film, index=index_of(film)))


class TestQueue:
    def test_overviews_are_made_one_after_the_other(self, builder, job, qtbot):
        with qtbot.waitSignal(builder.emptied, timeout=PATIENCE):
            for kind in (LaneKind.SOUND, LaneKind.PICTURES, LaneKind.MOTION):
                builder.add(job(kind))
        kinds = list(dict.fromkeys(kind for kind, _ in builder.told))
        assert kinds == [LaneKind.SOUND, LaneKind.PICTURES, LaneKind.MOTION]
        assert builder.job is None

    def test_parts_arrive_before_the_whole_is_there(self, builder, job, qtbot):
        with qtbot.waitSignal(builder.grew, timeout=PATIENCE):
            builder.add(job(LaneKind.PICTURES))
        assert builder.job is not None
        qtbot.waitSignal(builder.emptied, timeout=PATIENCE).wait()
        assert len(builder.told) == 6

    def test_progress_is_told_by_whole_percents_and_never_falls(self, builder, job, qtbot):
        percents = []
        builder.progressed.connect(lambda _job, percent: percents.append(percent))
        with qtbot.waitSignal(builder.emptied, timeout=PATIENCE):
            builder.add(job(LaneKind.MOTION))
        assert percents == sorted(set(percents))
        assert percents[-1] == 100

    def test_a_job_that_fails_is_told_and_the_next_goes_on(self, builder, job, film, qtbot):
        failed = []
        builder.failed.connect(lambda job, sentence: failed.append((job.kind, sentence)))
        silent = replace(job(LaneKind.SOUND), path=film)
        with qtbot.waitSignal(builder.emptied, timeout=PATIENCE):
            builder.add(silent)
            builder.add(job(LaneKind.PICTURES))
        assert [kind for kind, _ in failed] == [LaneKind.SOUND]
        assert "room.mkv" in failed[0][1]
        assert {kind for kind, _ in builder.told} == {LaneKind.PICTURES}

    def test_stopping_gives_back_what_was_not_finished(self, builder, job, qtbot):
        jobs = [job(LaneKind.MOTION), job(LaneKind.SOUND)]
        for one in jobs:
            builder.add(one)
        assert builder.stop() == tuple(jobs)
        assert builder.job is None

    def test_after_a_stop_nothing_more_arrives(self, builder, job, qtbot):
        with qtbot.waitSignal(builder.grew, timeout=PATIENCE):
            builder.add(job(LaneKind.PICTURES))
        builder.stop()
        builder.told.clear()
        with qtbot.assertNotEmitted(builder.grew, wait=150):
            pass

    def test_dropping_a_kind_goes_on_with_the_others(self, builder, job, qtbot):
        with qtbot.waitSignal(builder.emptied, timeout=PATIENCE):
            builder.add(job(LaneKind.MOTION))
            builder.add(job(LaneKind.PICTURES))
            builder.add(job(LaneKind.MOTION, region=Region(width=0.5)))
            builder.drop(LaneKind.MOTION)
        assert {kind for kind, _ in builder.told} == {LaneKind.PICTURES}

    def test_a_playing_coder_slows_it_down_but_does_not_stop_it(self, builder, job, qtbot):
        builder.set_busy(True)
        with qtbot.waitSignal(builder.emptied, timeout=PATIENCE):
            builder.add(job(LaneKind.SOUND))
        assert builder.told

    def test_it_stops_at_once_even_while_it_rests(self, builder, job, qtbot):
        builder.set_busy(True)
        builder.add(job(LaneKind.MOTION))
        assert len(builder.stop()) == 1
