"""Drafts on the disk: whatever a trainer types is kept, and a wrong file is refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import Comment, CommentId, CommentKind
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.scale import Points, Rating
from ssp_coder.domain.time import MAXIMUM_US, Micros, Span
from ssp_coder.training.draft_file import KIND, read_draft
from ssp_coder.training.draft_start import case_from, notes_of
from ssp_coder.training.draft_writing import next_version, with_exclusion, write_draft
from ssp_coder.training.drafts import DraftCase, PackDraft
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.packs import Consent, Exclusion, Origin, OriginKind, Rationale, Stage
from tests.builders import add, after, coding, infant_scheme, s
from tests.unit.training.training_files import ORIGIN, reference_file, some_slot

FOLDER = Path("/drafts")
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MOMENTS = st.integers(0, 10**10).map(Micros)
SLOTS = st.sampled_from([None, *(slot.id for slot in infant_scheme().slots)])


@st.composite
def spans(draw: st.DrawFn) -> Span | None:
    """A stretch, a moment, or none."""
    if draw(st.booleans()):
        return None
    start, end = sorted((draw(MOMENTS), draw(MOMENTS)))
    return Span(start_us=start, end_us=end)


NOTES = st.builds(Rationale, words=WORDS, slot=SLOTS, span=spans())
EXCLUSIONS = st.builds(Exclusion, reason=WORDS, slot=SLOTS, span=spans(), code=WORDS)
ORIGINS = st.builds(
    Origin,
    kind=st.sampled_from(OriginKind),
    who=WORDS,
    on=st.dates().map(date.isoformat),
    codebook=WORDS,
)
CASES = st.builds(
    DraftCase,
    id=WORDS,
    title=WORDS,
    stage=st.sampled_from(Stage),
    reference=st.sampled_from([FOLDER / "references" / "c.sspc", Path("/elsewhere/c.sspc")]),
    origin=ORIGINS,
    consent=st.sampled_from(Consent),
    consent_by=WORDS,
    form=WORDS,
    media=st.lists(st.just(FOLDER / "film one.mp4"), max_size=2).map(tuple),
    notes=st.lists(NOTES, max_size=3).map(tuple),
    exclusions=st.lists(EXCLUSIONS, max_size=3).map(tuple),
)
DRAFTS = st.builds(
    PackDraft,
    id=WORDS,
    version=WORDS,
    title=WORDS,
    made_by=WORDS,
    cases=st.lists(CASES, max_size=3).map(tuple),
    pass_rule=WORDS,
    enriched=st.booleans(),
    exercises=st.sampled_from([None, FOLDER / "e.toml"]),
    word=st.just(""),
)


def moved(draft: PackDraft, to: Path) -> PackDraft:
    """A draft whose files below the folder of the draft lie below another one."""

    def there(path: Path) -> Path:
        return to / path.relative_to(FOLDER) if path.is_relative_to(FOLDER) else path

    return replace(
        draft,
        exercises=None if draft.exercises is None else there(draft.exercises),
        cases=tuple(
            replace(
                case,
                reference=there(case.reference),
                media=tuple(there(path) for path in case.media),
            )
            for case in draft.cases
        ),
    )


@given(draft=DRAFTS)
def test_whatever_a_draft_says_it_says_again_when_it_is_read(tmp_path_factory, draft):
    path = tmp_path_factory.mktemp("drafts") / "draft.toml"
    written = moved(draft, path.parent)
    write_draft(written, path)
    assert read_draft(path) == written


@given(draft=DRAFTS)
def test_writing_what_was_read_writes_the_same_file(tmp_path_factory, draft):
    path = tmp_path_factory.mktemp("drafts") / "draft.toml"
    write_draft(moved(draft, path.parent), path)
    before = path.read_bytes()
    write_draft(read_draft(path), path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["draft.toml"]


@given(version=st.from_regex(r"[a-z0-9]{1,3}(\.[a-z0-9]{1,3}){0,3}", fullmatch=True))
def test_the_next_version_is_another_one_and_comes_again_to_another(version):
    versions = [version]
    for _ in range(4):
        versions.append(next_version(versions[-1]))
    assert len(set(versions)) == len(versions)


def small(**fields: object) -> DraftCase:
    given_ = {
        "id": "c02",
        "title": "Case 2",
        "stage": Stage.PRACTICE,
        "reference": Path("c02.sspc"),
        "origin": ORIGIN,
        "consent": Consent.TRAINING,
        "consent_by": "trainer1",
    }
    return DraftCase(**(given_ | fields))


def pack_draft(*cases: DraftCase, **fields: object) -> PackDraft:
    given_ = {"id": "spring", "version": "1.0.0", "title": "Spring", "made_by": "trainer1"}
    return PackDraft(**(given_ | {"cases": cases} | fields))


class TestExcluding:
    ONE = Exclusion(reason="disputed", slot=some_slot())

    def test_another_reason_is_another_exclusion_behind_the_first(self):
        other = replace(self.ONE, reason="unclear")
        draft = with_exclusion(pack_draft(small()), "c02", self.ONE)
        assert with_exclusion(draft, "c02", other).cases[0].exclusions == (self.ONE, other)

    def test_nothing_else_of_the_draft_changes(self):
        draft = pack_draft(small(), small(id="c03"))
        changed = with_exclusion(draft, "c03", self.ONE)
        assert replace(changed, cases=draft.cases) == draft
        assert changed.cases[0] is draft.cases[0]
        assert replace(changed.cases[1], exclusions=()) == draft.cases[1]

    @pytest.mark.parametrize("cases", [(), (small(),)], ids=["none", "another"])
    def test_the_refusal_names_the_draft_and_its_version(self, cases):
        with pytest.raises(TrainingError, match=r"spring 1\.0\.0.*no case c09") as refused:
            with_exclusion(pack_draft(*cases), "c09", self.ONE)
        assert "open the draft" in refused.value.finding.remedy


class TestWriting:
    def test_a_field_that_says_nothing_is_not_in_the_file(self, tmp_path):
        write_draft(pack_draft(small()), tmp_path / "d.toml")
        text = (tmp_path / "d.toml").read_text("utf-8")
        unsaid = ("pass_rule", "enriched", "exercises", "form", "media", "notes", "exclusions")
        assert [name for name in unsaid if name in text] == []

    def test_a_draft_is_written_with_its_kind_and_readable_days(self, tmp_path):
        write_draft(pack_draft(small()), tmp_path / "d.toml")
        lines = (tmp_path / "d.toml").read_text("utf-8").splitlines()
        assert f'kind = "{KIND}"' in lines
        assert "origin_on = 2026-05-17" in lines

    def test_a_path_beside_the_folder_is_told_from_it(self, tmp_path):
        (tmp_path / "home").mkdir()
        outside = tmp_path / "home" / ".." / "away" / "c02.sspc"
        write_draft(pack_draft(small(reference=outside)), tmp_path / "home" / "d.toml")
        (read,) = read_draft(tmp_path / "home" / "d.toml").cases
        assert read.reference.resolve() == (tmp_path / "away" / "c02.sspc").resolve()

    def test_a_draft_that_was_given_from_elsewhere_keeps_its_whole_path(
        self, tmp_path, monkeypatch
    ):
        (tmp_path / "home").mkdir()
        monkeypatch.chdir(tmp_path)
        write_draft(pack_draft(small(reference=Path("c02.sspc"))), Path("home/d.toml"))
        (read,) = read_draft(Path("home/d.toml")).cases
        assert read.reference == tmp_path / "c02.sspc"

    def test_a_file_name_that_cannot_be_written_is_told_and_the_file_stays(self, tmp_path):
        path = tmp_path / "d.toml"
        write_draft(pack_draft(small()), path)
        before = path.read_bytes()
        with pytest.raises(TrainingError, match="the draft cannot be written"):
            write_draft(pack_draft(small(reference=Path("c\udcff.sspc"))), path)
        assert path.read_bytes() == before

    def test_a_folder_of_that_name_is_told(self, tmp_path):
        (tmp_path / "d.toml").mkdir()
        with pytest.raises(TrainingError, match="the draft cannot be written"):
            write_draft(pack_draft(small()), tmp_path / "d.toml")

    def test_what_a_crash_left_beside_it_does_not_hinder(self, tmp_path):
        (tmp_path / ".d.toml-new").write_text("half a draft", "utf-8")
        write_draft(pack_draft(small()), tmp_path / "d.toml")
        assert [each.name for each in tmp_path.iterdir()] == ["d.toml"]


class TestReading:
    @pytest.fixture
    def path(self, tmp_path):
        note = Rationale(words="here", span=Span(start_us=s(1), end_us=s(2)))
        write_draft(pack_draft(small(notes=(note,))), tmp_path / "d.toml")
        return tmp_path / "d.toml"

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ("start_s = 1.0\n", "", "only a start or only an end"),
            ("end_s = 2.0\n", "", "only a start or only an end"),
            ("end_s = 2.0", "end_s = 0.5", "ends at 500000 us, before its start"),
            ("end_s = 2.0", "end_s = nan", "not a possible media time"),
            ("end_s = 2.0", "end_s = inf", "not a possible media time"),
            ("end_s = 2.0", "end_s = 4e9", "not a possible media time"),
            ("start_s = 1.0", "start_s = -1.0", "before the video begins"),
            ('consent = "training"', 'consent = "all"', "consent"),
            ('stage = "practice"', 'stage = "exam"', "stage"),
            ("origin_on = 2026-05-17", 'origin_on = "in May"', "origin_on"),
            ('title = "Spring"\n', "", "title"),
            ('title = "Spring"', 'titel = "Spring"', "titel"),
        ],
    )
    def test_what_is_wrong_is_named_with_the_file(self, path, old, new, words):
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(TrainingError, match=words) as refused:
            read_draft(path)
        assert str(path) in refused.value.finding.place
        assert refused.value.finding.remedy

    def test_the_longest_possible_time_can_be_told(self, tmp_path):
        span = Span(start_us=Micros(0), end_us=Micros(MAXIMUM_US))
        path = tmp_path / "d.toml"
        write_draft(pack_draft(small(notes=(Rationale(words="x", span=span),))), path)
        assert read_draft(path).cases[0].notes[0].span == span

    def test_the_word_is_given_beside_the_file(self, path):
        assert read_draft(path).word == ""
        assert read_draft(path, word="heron").word == "heron"

    def test_a_file_of_another_kind_is_told_by_its_kind(self, path):
        path.write_text(path.read_text("utf-8").replace(KIND, "pass_rule"), "utf-8")
        with pytest.raises(TrainingError, match=f"'pass_rule' instead of '{KIND}'"):
            read_draft(path)

    def test_a_folder_is_no_draft(self, tmp_path):
        with pytest.raises(TrainingError, match="cannot be read"):
            read_draft(tmp_path)


def comment(number: int, words: str, **fields: object) -> Comment:
    return Comment(id=CommentId(number), kind=CommentKind.NOTE, words=words, **fields)


class TestExplanations:
    SCHEME = infant_scheme()

    def test_the_same_words_on_the_same_place_are_told_once(self):
        twice = (comment(1, "play", slot=some_slot()), comment(2, " play ", slot=some_slot()))
        assert len(notes_of(coding(comments=twice), self.SCHEME)) == 1

    def test_the_same_words_on_two_moments_are_told_twice(self):
        twice = tuple(comment(n, "play", span=Span(start_us=s(n), end_us=s(n + 1))) for n in (1, 2))
        assert len(notes_of(coding(comments=twice), self.SCHEME)) == 2

    def test_a_comment_on_an_event_that_is_gone_is_about_the_whole_case(self):
        event = after(coding(), add("distress.cry", 5)).events[0]
        lost = coding(comments=(comment(1, "look", event=event.id),))
        assert notes_of(lost, self.SCHEME) == (Rationale(words="look"),)

    def test_a_comment_on_an_event_stands_at_its_stretch(self):
        start = after(coding(), add("distress.cry", 5))
        event = start.events[0]
        found = notes_of(
            replace(start, comments=(comment(1, "look", event=event.id),)), self.SCHEME
        )
        assert [one.span.start_us for one in found] == [event.start_us]

    def test_a_rating_without_words_explains_nothing(self):
        rated = (Rating(slot=some_slot(), score=Points(3.0), note="\n\t "),)
        assert notes_of(coding(ratings=rated), self.SCHEME) == ()

    def test_what_belongs_to_a_place_comes_before_what_belongs_to_none(self):
        loose = comment(1, "loose", span=Span(start_us=s(0), end_us=s(1)))
        placed = comment(2, "placed", slot=self.SCHEME.slots[-1].id)
        found = notes_of(coding(comments=(loose, placed)), self.SCHEME)
        assert [one.words for one in found] == ["placed", "loose"]

    def test_the_order_in_which_they_were_written_does_not_matter(self):
        some = [
            comment(1, "a", slot=self.SCHEME.slots[1].id),
            comment(2, "b", slot=self.SCHEME.slots[0].id),
            comment(3, "c", span=Span(start_us=s(3), end_us=s(4))),
        ]
        there = notes_of(coding(comments=tuple(some)), self.SCHEME)
        back = notes_of(coding(comments=tuple(reversed(some))), self.SCHEME)
        assert there == back


class TestBeginning:
    @pytest.mark.parametrize(
        ("number", "case_id"), [(1, "case-01"), (12, "case-12"), (123, "case-123")]
    )
    def test_numbers_stand_below_each_other_in_a_list(self, tmp_path, number, case_id):
        case = case_from(reference_file(tmp_path, "ref"), number)
        assert (case.id, case.title) == (case_id, f"Case {number}")

    def test_an_unlocked_reference_can_be_begun_and_is_told_by_the_check(self, tmp_path):
        assert case_from(reference_file(tmp_path, "ref", locked=False), 1).id == "case-01"

    @pytest.mark.parametrize("content", [None, b"", b"no coding at all"])
    def test_what_is_no_coding_is_refused_by_name(self, tmp_path, content):
        path = tmp_path / "torn.sspc"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(DomainError, match=r"torn\.sspc"):
            case_from(path, 1)

    def test_the_reference_is_not_changed_by_looking_at_it(self, tmp_path):
        path = reference_file(tmp_path, "ref")
        before = (path.read_bytes(), path.stat().st_mtime_ns)
        case_from(path, 1)
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before
        assert sorted(each.name for each in tmp_path.iterdir()) == ["ref.mp4", "ref.sspc"]

    def test_a_case_that_was_begun_can_be_written_and_read(self, tmp_path):
        case = case_from(reference_file(tmp_path, "ref"), 1)
        write_draft(pack_draft(case), tmp_path / "d.toml")
        assert read_draft(tmp_path / "d.toml").cases == (case,)
