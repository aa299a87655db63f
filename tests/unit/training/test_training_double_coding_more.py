"""Plans of double coding as labs write them: odd lists, odd sizes, and files from end to end."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN, unguarded
from ssp_coder.formats.errors import FormatError
from ssp_coder.training.double_coding import (
    DoubleCoding,
    PlannedSession,
    SecondCoding,
    plan_double_coding,
)
from ssp_coder.training.double_coding_files import (
    COLUMNS,
    KEY_FILE,
    plan_files,
    read_sessions,
)
from ssp_coder.training.errors import TrainingError

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)
PLANS = st.builds(
    lambda sizes, seed, percent: plan_double_coding(
        tuple(
            PlannedSession(session=f"s{coder}-{number}", coder=f"c{coder}", site=f"{number % 2}")
            for coder, size in enumerate(sizes)
            for number in range(size)
        ),
        seed=seed,
        share=Fraction(percent, 100),
    ),
    st.lists(st.integers(1, 9), min_size=2, max_size=6),
    st.integers(0, 1_000),
    st.integers(1, 100),
)


def listed(*rows: str) -> tuple[PlannedSession, ...]:
    """Sessions given as "session coder" and, where there are any, wave and site."""
    return tuple(PlannedSession(**dict(zip(COLUMNS, row.split(), strict=False))) for row in rows)


def faults(*rows: str) -> list[tuple[str, str]]:
    """Code and place of everything that is wrong with a list."""
    with pytest.raises(TrainingError) as caught:
        plan_double_coding(listed(*rows))
    return [(one.code.removeprefix("training."), one.place) for one in caught.value.findings]


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def sheet(tmp_path: Path):
    """Writes a list as a file and reads its sessions."""

    def read(text: str | bytes) -> tuple[PlannedSession, ...]:
        path = tmp_path / "sessions.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_sessions(path)

    return read


class TestLaws:
    @given(PLANS)
    def test_work_is_what_the_plan_says_no_more_and_no_less(self, plan: DoubleCoding) -> None:
        work = Counter((coder, one.session) for coder in plan.coders for one in plan.work_of(coder))
        wanted = Counter((one.coder, one.session) for one in plan.sessions)
        wanted.update((one.second, one.planned.session) for one in plan.twice)
        assert work == wanted
        assert set(work.values()) == {1}

    @given(PLANS)
    def test_to_share_a_session_is_mutual(self, plan: DoubleCoding) -> None:
        partners = plan.partners("")
        assert set(partners) == set(plan.coders)
        for coder, others in partners.items():
            assert coder not in others
            assert all(coder in partners[other] for other in others)

    @given(PLANS)
    def test_as_many_are_drawn_as_asked_and_one_of_each_coder(self, plan: DoubleCoding) -> None:
        asked = ceil(plan.share * len(plan.sessions))
        assert len(plan.twice) >= asked
        drawn = Counter(one.planned.coder for one in plan.twice)
        assert set(drawn) == set(plan.coders)

    @given(PLANS)
    def test_second_codings_of_a_coder_are_spread_over_the_others(self, plan: DoubleCoding) -> None:
        for coder in plan.coders:
            seconds = Counter(one.second for one in plan.twice if one.planned.coder == coder)
            others = [seconds.get(other, 0) for other in plan.coders if other != coder]
            assert max(others) - min(others) <= 1

    @given(PLANS, st.sampled_from([PLAIN, FOR_EXCEL]))
    def test_files_say_what_the_plan_says(self, plan: DoubleCoding, dialect) -> None:
        files = plan_files(plan, dialect)
        key = table(files[KEY_FILE])
        assert [(row["session"], row["first"], row["second"]) for row in key] == [
            (one.planned.session, one.planned.coder, one.second) for one in plan.twice
        ]
        for coder in plan.coders:
            rows = table(files[f"work-{coder}.csv"])
            assert [row["session"] for row in rows] == [s.session for s in plan.work_of(coder)]

    @given(PLANS)
    def test_no_list_for_a_coder_names_another_one(self, plan: DoubleCoding) -> None:
        files = plan_files(plan, PLAIN)
        for coder in plan.coders:
            head, *_ = files[f"work-{coder}.csv"].decode().splitlines()
            assert not {"coder", "first", "second", "share", "seed"} & set(head.split(","))

    @given(PLANS, st.integers(0, 20))
    def test_names_of_sites_do_not_decide_how_many_are_drawn(
        self, plan: DoubleCoding, number: int
    ) -> None:
        renamed = tuple(replace(one, site=f"{one.site}-{number}") for one in plan.sessions)
        again = plan_double_coding(renamed, share=plan.share, seed=plan.seed)
        assert len(again.twice) >= ceil(plan.share * len(plan.sessions))


class TestSmall:
    def test_two_coders_of_one_session_each_check_each_other(self) -> None:
        plan = plan_double_coding(listed("s1 a", "s2 b"))
        assert {(one.planned.session, one.second) for one in plan.twice} == {
            ("s1", "b"),
            ("s2", "a"),
        }
        assert [one.code for one in plan.findings] == ["training.no_rotation"]

    def test_the_wave_in_which_pairs_cannot_change_is_named(self) -> None:
        plan = plan_double_coding(listed("s1 a 1", "s2 b 1", "s3 c 1", "s4 a 2", "s5 b 2"))
        assert [one.place for one in plan.findings] == ["wave 2"]

    def test_a_coder_who_is_not_in_a_wave_has_no_partner_there(self) -> None:
        plan = plan_double_coding(listed("s1 a 1", "s2 b 1", "s3 c 2", "s4 a 2"))
        assert set(plan.partners("1")) == {"a", "b"}
        assert plan.partners("3") == {}

    def test_somebody_who_codes_nothing_has_no_work(self) -> None:
        assert plan_double_coding(listed("s1 a", "s2 b")).work_of("nobody") == ()

    def test_with_every_session_coded_twice_all_work_is_doubled(self) -> None:
        plan = plan_double_coding(listed("s1 a", "s2 b", "s3 c"), share=Fraction(1))
        assert sum(len(plan.work_of(coder)) for coder in plan.coders) == 6

    def test_a_share_that_no_decimal_can_say_is_exact(self) -> None:
        rows = [
            f"s{number} {coder}"
            for coder in "abc"
            for number in range(3 * ord(coder), 3 * ord(coder) + 3)
        ]
        assert len(plan_double_coding(listed(*rows), share=Fraction(1, 3)).twice) == 3

    @pytest.mark.parametrize("seed", [0, -1, 10**30], ids=str)
    def test_any_whole_number_is_a_seed(self, seed: int) -> None:
        given_ = listed("s1 a", "s2 b", "s3 c")
        assert plan_double_coding(given_, seed=seed) == plan_double_coding(given_, seed=seed)

    def test_the_plan_of_one_wave_does_not_change_with_another_wave(self) -> None:
        first = listed(*(f"s{number} {'abc'[number % 3]} 1" for number in range(30)))
        later = listed(*(f"t{number} {'abcd'[number % 4]} 2" for number in range(40)))

        def of_first(plan: DoubleCoding) -> list[SecondCoding]:
            return [one for one in plan.twice if one.planned.wave == "1"]

        alone, both = (
            plan_double_coding(first, seed=5),
            plan_double_coding((*first, *later), seed=5),
        )
        assert of_first(alone) == of_first(both)


class TestFaults:
    def test_each_session_that_is_there_twice_is_named_with_how_often(self) -> None:
        with pytest.raises(TrainingError, match="session s1: it is listed 3 times"):
            plan_double_coding(listed("s1 a", "s1 b", "s1 c", "s2 a"))

    def test_the_same_session_in_two_waves_is_the_same_session(self) -> None:
        assert faults("s1 a 1", "s1 b 2", "s2 b 1", "s3 a 2") == [("same_session", "session s1")]

    def test_every_wave_with_a_single_coder_is_named(self) -> None:
        assert faults("s1 a 1", "s2 b 2") == [
            ("single_coder", "wave 1"),
            ("single_coder", "wave 2"),
        ]

    def test_three_spellings_of_a_coder_are_told_one_by_one(self) -> None:
        told = faults("s1 ann", "s2 Ann", "s3 ANN")
        assert [code for code, _ in told] == ["same_coder", "same_coder"]

    def test_an_id_says_what_it_may_be_made_of(self) -> None:
        with pytest.raises(TrainingError, match="letters a to z"):
            plan_double_coding((*listed("s1 a", "s2 b"), PlannedSession(session="s/3", coder="a")))


class TestLists:
    def test_rows_that_a_spreadsheet_left_behind_are_none(self, sheet) -> None:
        assert sheet("session;coder;wave\ns1;a;1\n;;\ns2;b;1\n;;\n") == listed("s1 a 1", "s2 b 1")

    def test_a_row_with_a_wave_and_no_session_is_a_mistake_that_is_told(self, sheet) -> None:
        found = sheet("session,coder,wave\ns1,a,1\n,,1\ns2,b,1\n")
        with pytest.raises(TrainingError, match="cannot be the id of a session"):
            plan_double_coding(found)

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
    @pytest.mark.parametrize("sign", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
    def test_lists_of_every_spreadsheet_are_read(self, sheet, mark, sign, end) -> None:
        lines = [("session", "coder", "site"), ("s1", "a", "Zürich"), ("s2", "b", "Łódź")]
        text = "".join(sign.join(line) + end for line in lines)
        assert [one.site for one in sheet(mark + text.encode())] == ["Zürich", "Łódź"]

    def test_columns_may_stand_in_any_order_beside_others(self, sheet) -> None:
        (one,) = sheet("note,site,coder,session\nsleepy,north,a,s1\n")
        assert one == PlannedSession(session="s1", coder="a", site="north")

    def test_spaces_around_a_word_do_not_make_another_one(self, sheet) -> None:
        assert sheet("session,coder\n s1 , a\n") == listed("s1 a")

    def test_a_list_of_headings_only_has_nothing_to_code(self, sheet) -> None:
        assert sheet("session,coder\n") == ()
        with pytest.raises(TrainingError, match="there are no sessions"):
            plan_double_coding(())

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("", "is empty"),
            ("session,coder\ns1\n", "line 2: has 1 cells"),
            ("session,coder\ns1,a,x\n", "line 2: has 3 cells"),
            ("who,what\na,s1\n", "column session, coder is missing"),
            ("session,coder\ns1,Zoë\n".encode("latin-1"), "is not UTF-8"),
        ],
        ids=["nothing", "a cell short", "a cell too many", "other columns", "another encoding"],
    )
    def test_what_is_no_such_list_is_told_with_its_place(self, sheet, content, said) -> None:
        with pytest.raises(FormatError, match=said) as caught:
            sheet(content)
        assert "sessions.csv" in str(caught.value)

    def test_a_folder_and_a_file_that_is_gone_are_told(self, tmp_path: Path) -> None:
        for path in (tmp_path, tmp_path / "gone.csv"):
            with pytest.raises(FormatError):
                read_sessions(path)

    @given(TEXTS, TEXTS)
    def test_a_spreadsheet_gives_back_what_a_site_and_wave_are_called(
        self, wave: str, site: str
    ) -> None:
        plan = plan_double_coding(
            tuple(replace(one, wave=wave, site=site) for one in listed("s1 a", "s2 b"))
        )
        for name, content in plan_files(plan, FOR_EXCEL).items():
            for row in table(content):
                assert (unguarded(row["wave"]), unguarded(row["site"])) == (wave, site), name

    def test_a_sheet_that_was_guarded_for_a_spreadsheet_is_read_without_its_guard(
        self, sheet
    ) -> None:
        (one,) = sheet("session,coder,site\ns1,a,'=1+1\n")
        assert one.site == "=1+1"


class TestFiles:
    def test_a_coder_called_like_the_key_keeps_a_list_of_their_own(self) -> None:
        plan = plan_double_coding(listed("s1 key", "s2 b"))
        assert set(plan_files(plan)) == {KEY_FILE, "work-key.csv", "work-b.csv"}

    def test_the_key_names_the_share_as_a_number(self) -> None:
        plan = plan_double_coding(listed("s1 a", "s2 b", "s3 c"), share=Fraction(1, 3), seed=12)
        assert {(row["share"], row["seed"]) for row in table(plan_files(plan)[KEY_FILE])} == {
            ("0.333333", "12")
        }

    def test_the_same_plan_is_written_alike_to_the_last_byte(self) -> None:
        given_ = listed("s1 a 1 n", "s2 b 1 n", "s3 c 1 n", "s4 a 2 n", "s5 b 2 n")
        first, again = (plan_files(plan_double_coding(side)) for side in (given_, given_[::-1]))
        assert first == again
