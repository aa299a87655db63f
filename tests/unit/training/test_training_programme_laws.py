"""Whatever a trainee does in whatever order, the programme keeps its promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssp_coder.training.attempts import unfinished_sets
from ssp_coder.training.deeds import (
    CaseBegun,
    Certified,
    Deed,
    Enrolled,
    Entry,
    FeedbackOpened,
    FormReleased,
    RecheckServed,
    ReleaseKind,
    SubmissionBegun,
    Submitted,
)
from ssp_coder.training.packs import (
    Case,
    Consent,
    FileMark,
    Origin,
    OriginKind,
    Pack,
    Seal,
    Stage,
)
from ssp_coder.training.programme import CaseState, Programme, programme_of
from tests.unit.training.training_files import STAGES

NOTHING = FileMark(path="", sha256="")
WISHES = ("begin", "submit", "look", "interrupt", "release", "take", "certify", "serve")


def paper_pack(word: bool) -> Pack:
    """A pack of which there are no files."""
    return Pack(
        folder=None,
        sha256="a" * 64,
        id="p",
        version="1",
        title="Paper",
        made_by="m1",
        made_at="",
        scheme="",
        scheme_version="",
        scheme_sha256="",
        scheme_files=(),
        pass_rule="",
        enriched=False,
        exercises=NOTHING,
        seal=Seal(key="", salt="00" if word else "", cost=0, releases=""),
        cases=tuple(paper_case(*one) for one in STAGES),
    )


def paper_case(name: str, stage: Stage, form: str) -> Case:
    return Case(
        id=name,
        title=name,
        stage=stage,
        form=form,
        session=name,
        media=(),
        origin=Origin(kind=OriginKind.EXPERT, who="e", on="", codebook=""),
        consent=Consent.SYNTHETIC,
        consent_by="m1",
        reference="",
        reference_sha256="",
    )


class Walk:
    """Somebody who wishes at random and does what the programme lets them."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.entries: tuple[Entry, ...] = ()
        self.seen: list[tuple[str, int, bool]] = []
        self.add(Enrolled(pack="p", version="1", pack_sha256=pack.sha256))

    def add(self, deed: Deed) -> None:
        seq = len(self.entries) + 1
        moment = f"2026-06-01T10:{seq // 60:02d}:{seq % 60:02d}Z"
        self.entries = (*self.entries, Entry(seq=seq, at_utc=moment, deed=deed))

    @property
    def programme(self) -> Programme:
        return programme_of(self.pack, self.entries)

    def wish(self, what: str, case: Case) -> None:
        getattr(self, what)(case)

    def begin(self, case: Case) -> None:
        standing = self.programme.standing(case.id)
        under_way = standing.last is not None and standing.last.submitted is None
        if standing.begin is None and not under_way:
            number = 1 + len(self.programme.attempts)
            self.add(CaseBegun(pack="p", case=case.id, attempt=number, file=f"{number}.sspc"))

    def interrupt(self, case: Case) -> None:
        last = self.programme.standing(case.id).last
        if last is not None and last.submitted is None:
            self.add(SubmissionBegun(pack="p", case=case.id, attempt=last.number))

    def submit(self, case: Case) -> None:
        last = self.programme.standing(case.id).last
        if last is not None and last.submitted is None:
            self.add(
                Submitted(
                    pack="p",
                    case=case.id,
                    attempt=last.number,
                    snapshot="",
                    snapshot_sha256="",
                    head="",
                    pack_version="1",
                )
            )

    def look(self, case: Case) -> None:
        standing = self.programme.standing(case.id)
        if standing.see is None:
            last = standing.last
            number = last.number if last is not None and last.submitted is not None else 0
            self.seen.append((case.id, number, last is not None and last.submitted is None))
            self.add(FeedbackOpened(pack="p", case=case.id, attempt=number))

    def release(self, case: Case) -> None:
        self._release(case, ReleaseKind.FEEDBACK, "ab")

    def take(self, case: Case) -> None:
        self._release(case, ReleaseKind.TAKE, "")

    def _release(self, case: Case, kind: ReleaseKind, key: str) -> None:
        if case.form:
            self.add(
                FormReleased(
                    pack="p",
                    form=case.form,
                    kind=kind,
                    trainer="m1",
                    release=str(len(self.entries)),
                    key=key,
                )
            )

    def certify(self, case: Case) -> None:
        if self.programme.stage is Stage.TEST:
            self.add(Certified(pack="p", version="1", rule="r", figures="{}"))

    def serve(self, case: Case) -> None:
        if case.stage is Stage.UPKEEP:
            self.add(RecheckServed(pack="p", case=case.id))


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    walk = Walk(paper_pack(draw(st.booleans())))
    cases = st.sampled_from(walk.pack.cases)
    # Somebody who does nothing in order would hardly leave the first stage.
    if draw(st.booleans()):
        walk.wish("look", walk.pack.case("c01"))
        for name in ("c02", "c03"):
            for what in ("begin", "submit", "look"):
                walk.wish(what, walk.pack.case(name))
    for what, case in draw(st.lists(st.tuples(st.sampled_from(WISHES), cases), max_size=40)):
        walk.wish(what, case)
    return walk


def prefixes(walk: Walk) -> Iterator[Programme]:
    """Where the trainee stood after each entry."""
    for count in range(1, len(walk.entries) + 1):
        yield programme_of(walk.pack, walk.entries[:count])


@given(walks())
def test_no_sealed_reference_is_ever_seen_without_a_submission(walk):
    for name, attempt, under_way in walk.seen:
        if walk.pack.case(name).stage is not Stage.LEARN:
            assert attempt > 0
            assert not under_way


@given(walks())
def test_a_reference_of_a_test_is_seen_only_when_the_whole_form_is_in(walk):
    for programme in prefixes(walk):
        for standing in programme.standings:
            if standing.case.stage is Stage.TEST and standing.see is None:
                form = [programme.standing(c.id) for c in walk.pack.of_form(standing.case.form)]
                assert all(one.last and one.last.submitted for one in form)


@given(walks())
def test_a_form_sealed_with_a_word_is_never_seen_without_its_release(walk):
    programme = walk.programme
    for standing in programme.standings:
        if standing.case.stage is Stage.TEST and standing.see is None:
            released = standing.case.form in dict(programme.releases)
            assert released or not walk.pack.seal.has_word


@given(walks())
def test_a_form_is_never_taken_oftener_than_it_was_allowed(walk):
    takes = Counter({walk.pack.forms[0]: 1})
    for entry in walk.entries:
        if isinstance(entry.deed, FormReleased) and entry.deed.kind is ReleaseKind.TAKE:
            takes[entry.deed.form] += 1
    for standing in walk.programme.standings:
        if standing.case.stage is Stage.TEST:
            assert len(standing.attempts) <= takes[standing.case.form]


@given(walks())
def test_one_attempt_at_a_case_counts_at_most_and_it_is_the_first(walk):
    counted = walk.programme.counted
    assert len({attempt.case for attempt in counted}) == len(counted)
    for attempt in counted:
        assert walk.programme.standing(attempt.case).attempts[0] == attempt
        assert walk.pack.case(attempt.case).stage is not Stage.LEARN


@given(walks())
def test_what_counts_is_in_the_order_of_submission(walk):
    moments = [attempt.submitted_at_utc for attempt in walk.programme.counted]
    assert moments == sorted(moments)


@given(walks())
def test_a_counted_attempt_stays_counted(walk):
    before: set[int] = set()
    for programme in prefixes(walk):
        now = {attempt.number for attempt in programme.counted}
        assert before <= now
        before = now


@given(walks())
def test_at_most_one_attempt_at_a_case_is_under_way(walk):
    for standing in walk.programme.standings:
        open_ones = [attempt for attempt in standing.attempts if attempt.submitted is None]
        assert len(open_ones) <= 1
        assert open_ones in ([], [standing.last])


@given(walks())
def test_a_recheck_is_hidden_until_it_is_handed_out_and_never_again(walk):
    served = {entry.deed.case for entry in walk.entries if isinstance(entry.deed, RecheckServed)}
    for standing in walk.programme.standings:
        is_hidden = standing.case.stage is Stage.UPKEEP and standing.case.id not in served
        assert standing.hidden is is_hidden


@given(walks())
def test_states_and_bars_do_not_contradict_each_other(walk):
    for standing in walk.programme.standings:
        match standing.state:
            case CaseState.FEEDBACK:
                assert standing.see is None
            case CaseState.WAITING:
                assert standing.see is not None
                assert standing.last.submitted is not None
            case CaseState.BEGUN | CaseState.SUBMITTING:
                assert standing.last.submitted is None
                assert standing.see is not None or standing.case.stage is Stage.LEARN
            case CaseState.CLOSED:
                assert not standing.attempts


@given(walks())
@settings(max_examples=25)
def test_every_finished_round_of_a_form_becomes_one_set(walk):
    for _ in range(2):
        for finished in unfinished_sets(walk.pack, walk.entries):
            walk.add(finished)
    assert unfinished_sets(walk.pack, walk.entries) == ()


@pytest.mark.parametrize("word", [False, True])
def test_the_walk_can_come_to_the_end(word):
    """The laws above would hold of somebody who never gets anywhere, too."""
    walk = Walk(paper_pack(word))
    script = (
        *(("look", "c01"),),
        *((what, case) for case in ("c02", "c03") for what in ("begin", "submit", "look")),
        *((what, case) for case in ("c04", "c05") for what in ("begin", "interrupt", "submit")),
        *(("release", "c04"), ("look", "c04"), ("look", "c05"), ("certify", "c04")),
        *(("serve", "c07"), ("begin", "c07"), ("submit", "c07"), ("look", "c07")),
    )
    for what, case in script:
        walk.wish(what, walk.pack.case(case))
    done = {s.case.id for s in walk.programme.standings if s.state is CaseState.DONE}
    assert done == {"c01", "c02", "c03", "c04", "c05", "c07"}
    assert walk.programme.stage is Stage.UPKEEP
