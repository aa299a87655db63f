"""Lists and folders as labs have them: wrong lines, consensuses, doubts, what reports keep."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.exportable import Exportable
from ssp_coder.reporting.agreement_inputs import (
    Loaded,
    PairFiles,
    codings_in,
    doubts,
    doubts_about,
    files_of,
    listed_pairs,
    load,
    matched,
    paired_within,
    refuse_same,
)
from ssp_coder.reporting.agreement_making import pair_report, study_report
from tests.builders import infant_scheme, video
from tests.unit.agreement.study_desk import QUICK, session_pair

TABLE = "behaviour,subject,start_s,stop_s\nplay,x,0,{0}\nrest,x,{0},60\n"
sessions = some.lists(some.sampled_from(("S1", "S2", "S3")), min_size=1, max_size=7)


def coding(session: str, coder: str = "c01", **fields: object) -> Coding:
    return replace(session_pair(1).second, session=session, coder=coder, **fields)


def loaded_of(codings: dict[str, Coding]) -> Loaded:
    scheme = infant_scheme()
    return Loaded(
        scheme=scheme,
        by_file={
            Path(name): Exportable(coding=one, scheme=scheme) for name, one in codings.items()
        },
    )


def many(names: list[str], side: str = "f") -> dict[str, Coding]:
    return {f"{side}{at}": coding(name, f"c{at:02}") for at, name in enumerate(names)}


def usual_is_not_asked_for() -> Scheme:
    raise AssertionError("the usual scheme is not asked for")


def unheard(_done: int, _of: int) -> None:
    """Progress that nobody follows."""


@pytest.fixture
def listed(tmp_path: Path):
    """Reads a list that lies beside three files."""
    for name in ("a.csv", "b.csv", "c d.csv"):
        (tmp_path / name).write_text(TABLE.format(30))

    def read(*lines: str, encoding: str = "utf-8") -> tuple[PairFiles, ...]:
        path = tmp_path / "pairs.csv"
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return listed_pairs(path)

    return read


class TestLists:
    @pytest.mark.parametrize("sign", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
    def test_a_spreadsheet_of_any_country_writes_them(self, listed, sign):
        (pair,) = listed(sign.join(("session", "a", "b")), sign.join(("S1", "a.csv", "b.csv")))
        assert (pair.session, pair.first.name, pair.second.name) == ("S1", "a.csv", "b.csv")

    def test_columns_stand_in_any_order_and_others_are_left_alone(self, listed):
        (pair,) = listed("b,coded on,session,a", "b.csv,Monday,S1,a.csv")
        assert (pair.first.name, pair.second.name) == ("a.csv", "b.csv")

    def test_a_mark_of_excel_and_blanks_in_names_are_no_hindrance(self, listed):
        (pair,) = listed("session,a,b", "S1, a.csv ,c d.csv", encoding="utf-8-sig")
        assert (pair.first.name, pair.second.name) == ("a.csv", "c d.csv")

    def test_a_session_need_not_be_named(self, listed):
        (pair,) = listed("session,a,b", ",a.csv,b.csv")
        assert pair.session == ""

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("S1,a.csv,a.csv", "same file"),
            ("S1,a.csv,./a.csv", "same file"),
            ("S1,a.csv,", "no file ''"),
            ("S1,.,b.csv", "no file '.'"),
            ("S1,gone.csv,b.csv", "gone.csv"),
        ],
    )
    def test_a_wrong_line_is_named_with_what_is_wrong(self, listed, line, told):
        with pytest.raises(DomainError, match="line 3") as refused:
            listed("session,a,b", "S0,a.csv,b.csv", line)
        assert told in str(refused.value)

    def test_an_empty_line_of_a_spreadsheet_is_not_said_to_be_one_file(self, listed):
        with pytest.raises(DomainError) as refused:
            listed("session,a,b", "S1,,")
        assert "of 2 faults" in str(refused.value)

    def test_a_pair_is_listed_once_in_whatever_order(self, listed):
        with pytest.raises(DomainError, match="stand in line 2"):
            listed("session,a,b", "S1,a.csv,b.csv", "S2,b.csv,a.csv")

    def test_one_file_may_stand_in_several_pairs(self, listed):
        pairs = listed("session,a,b", "S1,a.csv,b.csv", "S1,a.csv,c d.csv")
        assert [one.name for one in files_of(pairs)] == ["a.csv", "b.csv", "a.csv", "c d.csv"]

    @pytest.mark.parametrize("head", ["session,a", "a,b", "session,first,second"])
    def test_a_missing_column_is_named(self, listed, head):
        with pytest.raises(DomainError, match="column"):
            listed(head, "x,y,z"[: len(head.split(",")) * 2 - 1])

    def test_a_list_that_is_no_text_is_refused(self, tmp_path):
        path = tmp_path / "pairs.csv"
        path.write_bytes(b"\x89PNG\xff\xff")
        with pytest.raises(DomainError, match=r"pairs\.csv"):
            listed_pairs(path)


class TestMatching:
    @given(names=sessions)
    def test_a_session_coded_n_times_gives_every_pair_of_its_codings_once(self, names):
        codings = many(names)
        loaded = loaded_of(codings)
        expected = sum(n * (n - 1) // 2 for n in map(names.count, set(names)))
        if not expected:
            with pytest.raises(DomainError, match="coded twice"):
                paired_within(tuple(loaded.by_file), loaded)
            return
        found = paired_within(tuple(loaded.by_file), loaded)
        assert len({frozenset((one.first, one.second)) for one in found.pairs}) == expected
        assert all(
            loaded.by_file[file].coding.session == one.session
            for one in found.pairs
            for file in (one.first, one.second)
        )

    @given(names=sessions)
    def test_every_coding_is_in_a_pair_or_in_a_note(self, names):
        if len(set(names)) == len(names):
            return
        loaded = loaded_of(many(names))
        found = paired_within(tuple(loaded.by_file), loaded)
        paired = {str(file) for file in files_of(found.pairs)}
        told = {note.place for note in found.notes}
        assert paired | told == {str(file) for file in loaded.by_file}
        assert not paired & told

    @given(first=sessions.map(set), second=sessions.map(set))
    def test_two_folders_are_matched_by_what_they_share_whatever_their_order(self, first, second):
        left, right = many(sorted(first), "a"), many(sorted(second, reverse=True), "b")
        loaded = loaded_of(left | right)
        sides = [tuple(map(Path, side)) for side in (left, right)]
        if not first & second:
            with pytest.raises(DomainError, match="no session is in both"):
                matched(*sides, loaded)
            return
        found = matched(*sides, loaded)
        assert {one.session for one in found.pairs} == first & second
        assert {note.message.split()[1] for note in found.notes} == first ^ second
        assert all(one.first in sides[0] and one.second in sides[1] for one in found.pairs)

    def test_a_consensus_is_left_out_and_told(self):
        loaded = loaded_of(
            {
                "a": coding("S1"),
                "b": coding("S1", "c02"),
                "both": coding("S1", "c01", role=CodingRole.CONSENSUS),
            }
        )
        found = paired_within(tuple(loaded.by_file), loaded)
        assert len(found.pairs) == 1
        assert [(note.place, note.remedy) for note in found.notes] == [("both", "it was left out")]

    def test_a_consensus_does_not_stand_in_for_a_second_coder(self):
        loaded = loaded_of(
            {"a": coding("S1"), "both": coding("S1", "c02", role=CodingRole.CONSENSUS)}
        )
        with pytest.raises(DomainError, match="coded twice"):
            paired_within(tuple(loaded.by_file), loaded)
        with pytest.raises(DomainError, match="no session is in both"):
            matched((Path("a"),), (Path("both"),), loaded)

    def test_of_many_sessions_coded_once_a_few_are_named(self):
        names = ["S0", "S0", *(f"S{number}" for number in range(1, 9))]
        loaded = loaded_of(many(names))
        notes = paired_within(tuple(loaded.by_file), loaded).notes
        assert len(notes) == 6
        assert notes[-1].message == "3 further sessions were coded once only"

    def test_a_folder_s_other_files_and_folders_are_overlooked(self, tmp_path):
        (tmp_path / "old.sspc").mkdir()
        for name in ("b.sspc", "a.sspc", "notes.txt", "a.sspc.bak", "list_events.csv"):
            (tmp_path / name).write_text("")
        assert [path.name for path in codings_in(tmp_path)] == ["a.sspc", "b.sspc"]


class TestLoading:
    def test_tables_bring_a_scheme_of_their_own_once(self, tmp_path):
        paths = tmp_path / "a.csv", tmp_path / "b.csv"
        for path, end in zip(paths, (30, 40), strict=True):
            path.write_text(TABLE.format(end))
        loaded = load((*paths, *paths), infant_scheme, unheard)
        assert tuple(loaded.by_file) == paths
        assert {code.name for code in loaded.scheme.ethogram.codes()} == {"play", "rest"}

    def test_what_progress_raises_stops_the_reading(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_text(TABLE.format(30))

        def stop(_done: int, _of: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            load((path,), infant_scheme, stop)

    @pytest.mark.parametrize("content", [b"", b"\x00" * 40, b"SQLite format 3\x00"])
    def test_a_damaged_coding_is_refused_by_its_name(self, tmp_path, content):
        path = tmp_path / "damaged.sspc"
        path.write_bytes(content)
        with pytest.raises(DomainError, match=r"damaged\.sspc"):
            load((path,), usual_is_not_asked_for, unheard)

    def test_a_file_that_went_away_meanwhile_is_refused(self, tmp_path):
        for name in ("gone.sspc", "gone.csv"):
            with pytest.raises(DomainError, match="gone"):
                load((tmp_path / name,), infant_scheme, unheard)


class TestDoubts:
    def entry(self, **fields: object) -> Exportable:
        return Exportable(coding=coding("S1", **fields), scheme=infant_scheme())

    def codes(self, own: Exportable, reference: Exportable) -> list[str]:
        return [one.code.rpartition("_")[2] for one in doubts_about(own, reference, "b")]

    def test_what_belongs_together_raises_none(self):
        assert self.codes(self.entry(), self.entry(coder="c02")) == []

    def test_another_video_is_a_doubt(self):
        other = replace(video(), fingerprint="e" * 64)
        assert self.codes(self.entry(), self.entry(media=(other,))) == ["video"]

    def test_one_video_in_common_is_enough(self):
        other = replace(video(), fingerprint="e" * 64)
        both = self.entry(media=(other, video()))
        assert self.codes(both, self.entry()) == []

    def test_no_video_known_is_no_doubt(self):
        assert self.codes(self.entry(media=()), self.entry()) == []

    def test_other_files_of_one_scheme_are_told_from_another_scheme(self):
        own, reference = self.entry(), self.entry()
        files = replace(own, scheme=replace(own.scheme, sha256="0" * 64))
        version = replace(files, scheme=replace(files.scheme, version="99"))
        said = [next(doubts_about(one, reference, "b")).message for one in (files, version)]
        assert "other files of scheme" in said[0]
        assert "scheme infant 99" in said[1]

    def test_every_doubt_is_told_at_once_with_where_and_what_to_do(self):
        own = self.entry(media=(replace(video(), fingerprint="e" * 64),))
        other = replace(own, coding=replace(own.coding, session="S9"))
        found = list(doubts((self.entry(), other), "b.sspc"))
        assert {one.code for one in found} == {
            "comparison.other_session",
            "comparison.other_video",
        }
        assert {one.place for one in found} == {"b.sspc"}
        assert all(one.remedy for one in found)


class TestMaking:
    def files(self, first: str = "a", second: str = "b", session: str = "") -> PairFiles:
        return PairFiles(session=session, first=Path(first), second=Path(second))

    def test_a_file_is_not_compared_with_itself_by_any_way_to_it(self, tmp_path):
        path = tmp_path / "a.sspc"
        path.write_bytes(b"")
        link = tmp_path / "link.sspc"
        link.symlink_to(path)
        for other in (path, link, tmp_path / "." / "a.sspc"):
            with pytest.raises(DomainError, match="compared with itself"):
                refuse_same(PairFiles(session="", first=path, second=other))

    @pytest.mark.parametrize("side", ["a", "b"])
    def test_a_consensus_on_either_side_is_refused(self, side):
        pair = session_pair(1)
        codings = {"a": pair.first, "b": pair.second}
        codings[side] = replace(codings[side], role=CodingRole.CONSENSUS)
        loaded = loaded_of(codings)
        with pytest.raises(DomainError, match="made independently"):
            pair_report(self.files(), loaded, QUICK)
        with pytest.raises(DomainError, match="made independently"):
            study_report((self.files(),), loaded, QUICK)

    def test_two_independent_coders_are_no_reference(self):
        loaded = loaded_of(
            {"a": coding("S1"), "b": replace(session_pair(1).first, role=CodingRole.INDEPENDENT)}
        )
        assert not pair_report(self.files(), loaded, QUICK).against_reference

    def test_turned_round_two_coders_agree_as_well(self):
        pair = session_pair(3)
        loaded = loaded_of(
            {"a": replace(pair.first, role=CodingRole.INDEPENDENT), "b": pair.second}
        )
        there, back = (
            pair_report(self.files(*names), loaded, QUICK) for names in permutations("ab")
        )
        assert there.pair.coders == back.pair.coders[::-1]
        for one, other in zip(there.tracks, back.tracks, strict=True):
            assert one.alignment.kappa.kappa.value == other.alignment.kappa.kappa.value
            if one.time is not None and other.time is not None:
                assert one.time.exact.kappa.value == other.time.exact.kappa.value

    def test_doubts_of_every_pair_of_a_study_are_kept(self):
        codings = {"a": coding("S1"), "b": coding("S2", "c02"), "c": coding("S3", "c03")}
        pairs = (self.files("a", "b", "one"), self.files("a", "c", "two"))
        report = study_report(pairs, loaded_of(codings), QUICK)
        assert [one.place for one in report.doubts] == ["b", "c"]

    def test_a_coding_without_a_session_goes_by_its_file(self):
        loaded = loaded_of({"S077.sspc": coding(""), "b": coding("", "c02")})
        report = study_report((self.files("S077.sspc"),), loaded, QUICK)
        assert report.study.sessions == ("S077",)

    def test_a_study_tells_of_every_pair_that_it_is_done_with(self):
        codings = {name: coding("S1", name) for name in ("a", "b", "c")}
        told: list[tuple[int, int]] = []
        pairs = (self.files("a", "b"), self.files("a", "c"))
        study_report(
            pairs, loaded_of(codings), QUICK, watch=lambda done, of: told.append((done, of))
        )
        assert told == sorted(told)
        assert told[-1][0] == told[-1][1]
