from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.session import episode_id_at, episode_spans
from ssp_coder.domain.time import Micros, Span
from ssp_coder.formats.exportable import Exportable
from ssp_coder.reporting.clip_wishes import (
    captions,
    episode_wish,
    event_wishes,
    stretch_wish,
    wishes_of,
)
from tests.unit.reporting.clip_desk import demo_coded

NO_MARGINS = Span(start_us=Micros(0), end_us=Micros(0))


@pytest.fixture(scope="module")
def coded() -> Exportable:
    return demo_coded("reference")


def test_an_episode_answers_to_its_id_and_to_its_number(coded: Exportable) -> None:
    plan = coded.scheme.procedure.episodes[2]
    assert episode_wish(coded, plan.id) == episode_wish(coded, str(plan.number))


def test_an_unknown_episode_is_refused_with_those_there_are(coded: Exportable) -> None:
    with pytest.raises(DomainError, match=coded.scheme.procedure.episodes[0].id):
        episode_wish(coded, "99")


def test_an_episode_that_is_not_marked_is_refused() -> None:
    with pytest.raises(DomainError, match="start of episode"):
        episode_wish(demo_coded("you"), "1")


def test_an_episode_without_an_end_is_refused(coded: Exportable) -> None:
    last = coded.scheme.procedure.episodes[-1].id
    running = replace(coded, coding=replace(coded.coding, session_end=None))
    with pytest.raises(DomainError, match=f"end of episode {last}"):
        episode_wish(running, last)


def test_an_episode_shows_its_start(coded: Exportable) -> None:
    span = episode_spans(coded.coding, coded.scheme.procedure)[3]
    wish = episode_wish(coded, span.plan.id)
    assert (wish.span.start_us, wish.span.end_us) == (span.start_us, span.end_us)
    assert (wish.moment_us, wish.episode, wish.code) == (span.start_us, span.plan.id, "")


def test_every_event_of_a_code_is_found(coded: Exportable) -> None:
    code = coded.coding.events[0].code
    wishes = event_wishes(coded, (), (code,), NO_MARGINS)
    expected = [e.start_us for e in coded.coding.events if e.code == code]
    assert [wish.span.start_us for wish in wishes] == expected
    assert len({wish.name for wish in wishes}) == len(wishes)
    assert all("." not in wish.name for wish in wishes)


def test_a_margin_does_not_reach_before_the_recording(coded: Exportable) -> None:
    minute = Span(start_us=Micros(-60_000_000), end_us=Micros(0))
    assert event_wishes(coded, (1,), (), minute)[0].span.start_us == 0


@pytest.mark.parametrize(("numbers", "codes"), [((999,), ()), ((), ("no.such",)), ((1, 999), ())])
def test_an_unknown_event_is_refused(
    coded: Exportable, numbers: tuple[int, ...], codes: tuple[str, ...]
) -> None:
    with pytest.raises(DomainError, match=r"there is no event (999|no\.such)"):
        event_wishes(coded, numbers, codes, NO_MARGINS)


def test_an_event_without_an_end_is_refused(coded: Exportable) -> None:
    running = replace(coded.coding.events[0], end_us=None)
    open_ended = replace(coded, coding=replace(coded.coding, events=(running,)))
    with pytest.raises(DomainError, match="has no end yet"):
        event_wishes(open_ended, (running.id,), (), NO_MARGINS)


def test_an_event_knows_its_code_its_episode_and_its_own_start(coded: Exportable) -> None:
    event = coded.coding.events[40]
    margins = Span(start_us=Micros(-2_000_000), end_us=Micros(3_000_000))
    (wish,) = wishes_of(coded, (event,), margins)
    spans = episode_spans(coded.coding, coded.scheme.procedure)
    assert (wish.code, wish.moment_us) == (event.code, event.start_us)
    assert wish.episode == episode_id_at(spans, event.start_us)
    assert wish.span.start_us == event.start_us - 2_000_000
    assert wish.span.end_us == event.end_us + 3_000_000


def test_an_event_outside_all_episodes_has_none(coded: Exportable) -> None:
    bare = replace(coded, coding=replace(coded.coding, episodes=()))
    (wish,) = wishes_of(bare, bare.coding.events[:1], NO_MARGINS)
    assert wish.episode == ""


def test_a_stretch_is_named_by_its_start(coded: Exportable) -> None:
    span = Span(start_us=Micros(60_000_999), end_us=Micros(61_000_000))
    wish = stretch_wish(span, coded)
    spans = episode_spans(coded.coding, coded.scheme.procedure)
    assert (wish.name, wish.moment_us) == ("000060000ms", span.start_us)
    assert wish.episode == episode_id_at(spans, span.start_us) != ""
    assert stretch_wish(span).episode == ""


def test_captions_name_person_code_and_episode(coded: Exportable) -> None:
    told = {(caption.who, caption.words) for caption in captions(coded)}
    scheme, event = coded.scheme, coded.coding.events[0]
    who = str(scheme.procedure.person(event.subject).title)
    assert (who, str(scheme.ethogram.code(event.code).title)) in told
    assert ("", str(scheme.procedure.episodes[0].title)) in told


def test_a_moment_can_be_read_for_a_second(coded: Exportable) -> None:
    moments = [event for event in coded.coding.events if event.end_us == event.start_us]
    assert moments
    spans = {(c.span.start_us, c.span.length_us) for c in captions(coded)}
    assert all((event.start_us, 1_000_000) in spans for event in moments)
