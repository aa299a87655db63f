"""The work behind an export, without a window."""

from dataclasses import replace

import pytest

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clip_batch import WRITERS, Outcome, Way
from ssp_coder.media.errors import MediaError
from ssp_coder.reporting.clip_orders import Manner, plan_clip
from ssp_coder.reporting.clip_wishes import stretch_wish
from ssp_coder.ui.clips.told import counts, result_words, trouble_words
from ssp_coder.ui.clips.writing import ClipOrder, WrittenClips, write_order


@pytest.fixture
def order(recording, tmp_path):
    """Two clips of a second each, into a folder that is not there yet."""
    folder = tmp_path / "deep" / "clips"
    plans = []
    for start in (1, 5):
        span = Span(start_us=Micros(start * 1_000_000), end_us=Micros((start + 1) * 1_000_000))
        plans.append(plan_clip(recording, stretch_wish(span), folder / f"{start}.mp4", Manner()))
    return ClipOrder(
        plans=tuple(plans), way=Way.EXACT, recording=recording, folder=folder, list_name="S1-clips"
    )


def run(order, told=None, stopped=lambda: False):
    return write_order(order, [].append if told is None else told.append, stopped)


def names(order):
    return sorted(path.name for path in order.folder.iterdir())


def test_the_folder_is_made_and_filled(order):
    found = run(order)
    assert names(order) == ["1.mp4", "5.mp4", "S1-clips.csv"]
    assert found.written == 2
    assert not found.stopped


def test_a_list_of_an_earlier_export_is_kept(order):
    order.folder.mkdir(parents=True)
    (order.folder / "S1-clips.csv").write_text("mine")
    found = run(order)
    assert found.list_place.name == "S1-clips-2.csv"
    assert (order.folder / "S1-clips.csv").read_text() == "mine"


def test_progress_is_told_in_steps_a_person_can_see(order, monkeypatch):
    real = WRITERS[Way.EXACT]

    def talkative(plan, watch):
        for _ in range(1_000):
            watch.report(0.5)
        return real(plan, watch)

    monkeypatch.setitem(WRITERS, Way.EXACT, talkative)
    told = []
    run(order, told)
    assert told[-1] == 2.0
    assert len(told) <= 210


def test_stopped_before_the_first_clip_there_is_no_list(order):
    found = run(order, stopped=lambda: True)
    assert (found.written, found.list_place, found.stopped) == (0, None, True)
    assert names(order) == []


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_written(order, tmp_path):
    (tmp_path / "deep").touch()
    with pytest.raises(MediaError, match="choose another folder"):
        run(order)


class TestWords:
    @pytest.fixture
    def outcomes(self, order):
        written = Outcome(plan=order.plans[0], clip=run(order).outcomes[0].clip)
        return {
            "written": written,
            "failed": Outcome(plan=order.plans[1], trouble="It failed."),
            "untried": Outcome(plan=order.plans[1]),
        }

    def found(self, outcomes, *kinds, **more):
        return WrittenClips(outcomes=tuple(outcomes[kind] for kind in kinds), **more)

    def test_what_went_well_has_no_trouble(self, outcomes, order):
        found = self.found(outcomes, "written", "written", list_place=order.folder / "l.csv")
        assert counts(found) == "2 of 2 written"
        assert result_words(found, order) == f"2 clips written to {order.folder}, with l.csv"
        assert trouble_words(found) == ""

    def test_without_a_list_none_is_named(self, outcomes, order):
        found = self.found(outcomes, "written")
        pictures = replace(order, way=Way.PICTURE)
        assert result_words(found, pictures) == f"1 picture written to {order.folder}"

    def test_the_first_failure_is_told_and_the_others_counted(self, outcomes):
        found = self.found(outcomes, "failed", "failed", "failed", "untried")
        assert trouble_words(found) == "It failed. 2 more failed, see the list."

    def test_a_list_that_failed_is_told(self, outcomes):
        found = self.found(outcomes, "written", list_trouble="No list.")
        assert trouble_words(found) == "No list."

    def test_stopped_by_hand_is_told(self, outcomes):
        assert trouble_words(self.found(outcomes, "written", "untried")).startswith("Stopped.")
        assert "Stopped" not in trouble_words(self.found(outcomes, "failed", "untried"))
