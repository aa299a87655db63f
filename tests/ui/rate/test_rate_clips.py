"""Evidence of a rating: what it is, what can be tied now, and which piece comes next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.scale import Points, Rating, SlotId
from ssp_coder.domain.time import Span
from ssp_coder.editing.edits import ClearRating, DeleteEvents, Rate
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.ui.rate.clips import (
    MOST_EVENTS,
    Clip,
    Hand,
    OfferKind,
    clips_of,
    next_clip,
    offers,
    with_clip,
    without_clip,
)
from ssp_coder.ui.rate.words import clip_words
from tests import builders as b
from tests.ui.rate.judged import CONTACT, SEEKING, event_number, lived, slot, tied

SCHEME = b.infant_scheme()


def stretch(start, end):
    return Span(start_us=b.s(start), end_us=b.s(end))


FIVE = Rating(slot=SlotId(SEEKING), score=Points(5.0))


def offered(coding=None, *, at=0, hand=None, place=SEEKING):
    return offers(coding or lived(), SCHEME, slot(place), b.s(at), hand or Hand())


def kinds(found):
    return [offer.kind for offer in found]


class TestWhatIsTied:
    def test_a_place_without_a_rating_has_none(self):
        assert clips_of(lived(), None) == ()

    def test_events_and_stretches_stand_in_the_order_of_time(self):
        coding = lived()
        event = event_number(coding, "seeking.full_approach")
        rating = replace(FIVE, evidence=(event,), clips=(stretch(590, 593), stretch(572, 575)))
        starts = [clip.span.start_us for clip in clips_of(coding, rating)]
        assert starts == [b.s(572), b.s(583), b.s(590)]

    def test_an_event_that_was_deleted_is_left_out_and_comes_back_with_undo(self):
        coding = lived()
        event = event_number(coding, "seeking.full_approach")
        rating = replace(FIVE, evidence=(event,))
        assert clips_of(b.after(coding, DeleteEvents(events=(event,))), rating) == ()
        assert len(clips_of(coding, rating)) == 1

    def test_an_open_state_has_no_length_yet(self):
        coding = b.after(b.coding(), b.add("contact.clinging_c", 10))
        assert Clip.of_event(coding.events[0]).span == stretch(10, 10)

    def test_the_same_piece_twice_is_one(self):
        clip = Clip(span=stretch(572, 575))
        assert with_clip(with_clip(FIVE, clip), clip).clips == (clip.span,)

    def test_an_event_twice_is_one(self):
        clip = Clip.of_event(b.event_of(lived(), "seeking.full_approach"))
        assert with_clip(with_clip(FIVE, clip), clip).evidence == (clip.event.id,)

    @pytest.mark.parametrize(
        "clip",
        [
            Clip(span=stretch(572, 575)),
            Clip.of_event(b.event_of(lived(), "seeking.full_approach")),
        ],
    )
    def test_taking_away_gives_back_what_was_before(self, clip):
        assert without_clip(with_clip(FIVE, clip), clip) == FIVE

    def test_score_and_note_are_left_alone(self):
        rated = with_clip(replace(FIVE, note="reaches"), Clip(span=stretch(572, 575)))
        assert (rated.score, rated.note) == (Points(5.0), "reaches")

    def test_words_of_a_stretch_are_moment_and_length(self):
        assert clip_words(Clip(span=stretch(584.2, 587.7)), SCHEME) == "9:44.2, 3.5 s"


class TestOffers:
    def test_events_of_the_episode_come_nearest_first(self):
        found = [one.clip.event.code for one in offered(at=584) if one.kind is OfferKind.EPISODE]
        assert found == ["seeking.full_approach", "seeking.part_approach"]

    def test_the_last_seconds_before_the_frame_are_a_stretch(self):
        last = next(one for one in offered(at=584) if one.kind is OfferKind.LAST)
        assert last.clip == Clip(span=stretch(579, 584))

    def test_they_begin_with_the_video(self):
        last = next(one for one in offered(at=2) if one.kind is OfferKind.LAST)
        assert last.clip.span == stretch(0, 2)

    def test_on_the_first_frame_nothing_lies_before(self):
        assert OfferKind.LAST not in kinds(offered(at=0))

    def test_what_is_at_hand_comes_first(self):
        chosen = event_number(lived(), "resistance.push")
        found = offered(at=584, hand=Hand(selected=(chosen,), loop=stretch(580, 590)))
        assert kinds(found)[:3] == [OfferKind.SELECTED, OfferKind.LOOP, OfferKind.LAST]
        assert found[0].clip.event.code == "resistance.push"

    def test_a_selected_event_of_the_episode_is_offered_once(self):
        chosen = event_number(lived(), "seeking.full_approach")
        found = offered(at=584, hand=Hand(selected=(chosen,)))
        codes = [one.clip.event.code for one in found if one.clip.event is not None]
        assert codes.count("seeking.full_approach") == 1

    def test_what_is_tied_already_is_not_offered(self):
        event = event_number(lived(), "seeking.full_approach")
        coding = tied(lived(), SEEKING, 5, event)
        coding = b.after(
            coding, Rate(rating=replace(coding.rating(SEEKING), clips=(stretch(579, 584),)))
        )
        found = offered(coding, at=584, hand=Hand(selected=(event,)))
        assert [one.clip.event.code for one in found] == ["seeking.part_approach"]

    def test_no_more_than_a_handful_of_the_episode(self):
        coding = b.after(lived(), *(b.add("seeking.reach", 600 + n) for n in range(20)))
        assert kinds(offered(coding, at=620)).count(OfferKind.EPISODE) == MOST_EVENTS

    def test_an_episode_that_is_not_marked_offers_no_events(self):
        coding = b.after(b.coding(), b.add("seeking.reach", 600))
        assert kinds(offered(coding, at=620)) == [OfferKind.LAST]

    def test_a_place_of_the_whole_session_offers_what_is_at_hand(self):
        assert kinds(offered(at=620, place="dorg")) == [OfferKind.LAST]


class TestNext:
    A, B = Clip(span=stretch(1, 2)), Clip(span=stretch(3, 4))

    @pytest.mark.parametrize(("last", "place"), [(None, 0), (A, 1), (B, 0)])
    def test_it_goes_round(self, last, place):
        assert next_clip((self.A, self.B), last) == place

    def test_after_one_that_is_gone_it_begins_anew(self):
        assert next_clip((self.B,), self.A) == 0

    def test_without_any_there_is_none(self):
        assert next_clip((), None) is None


class TestEditing:
    """Stretches are checked where every other part of a rating is."""

    def rate(self, *clips):
        return b.after(lived(), Rate(rating=replace(FIVE, clips=clips)))

    def test_a_stretch_is_kept_with_the_rating(self):
        assert self.rate(stretch(572, 575)).rating(SEEKING).clips == (stretch(572, 575),)

    def test_one_without_a_length_is_refused(self):
        with pytest.raises(EditRefusedError, match="that justifies pcs_c_5 has no length"):
            self.rate(stretch(572, 572))

    @pytest.mark.parametrize("outside", [stretch(-2, 3), stretch(1399, 1401)])
    def test_one_outside_the_video_is_refused(self, outside):
        with pytest.raises(EditRefusedError, match="outside the video"):
            self.rate(stretch(572, 575), outside)

    def test_without_a_video_nothing_is_outside(self):
        rating = replace(FIVE, clips=(stretch(1399, 1401),))
        assert b.after(b.coding(media=()), Rate(rating=rating)).rating(SEEKING) == rating

    def test_it_goes_with_the_rating(self):
        coding = b.after(self.rate(stretch(572, 575)), ClearRating(slot=SlotId(SEEKING)))
        assert coding.rating(SEEKING) is None
        assert coding.rating(CONTACT) is None
