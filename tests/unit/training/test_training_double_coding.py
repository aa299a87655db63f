"""Which sessions are coded twice: share, strata, pairs, and what a coder's list tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.finding import Severity
from ssp_coder.formats.dialect import PLAIN
from ssp_coder.formats.errors import FormatError
from ssp_coder.training.double_coding import (
    USUAL_SHARE,
    DoubleCoding,
    PlannedSession,
    plan_double_coding,
)
from ssp_coder.training.double_coding_files import KEY_FILE, plan_files, read_sessions
from ssp_coder.training.errors import TrainingError


def sessions(
    *coders: str, each: int = 20, waves: tuple[str, ...] = ("",), sites: tuple[str, ...] = ("",)
) -> tuple[PlannedSession, ...]:
    """So many sessions for each coder in each wave, their sites in turn."""
    return tuple(
        PlannedSession(
            session=f"{wave}s{number:03d}{coder}",
            coder=coder,
            wave=wave,
            site=sites[number % len(sites)],
        )
        for wave in waves
        for coder in coders
        for number in range(each)
    )


def twice_by_coder(plan: DoubleCoding) -> Counter[str]:
    return Counter(one.planned.coder for one in plan.twice)


class TestShare:
    def test_a_fifth_is_usual(self) -> None:
        plan = plan_double_coding(sessions("a", "b", "c"))
        assert (plan.share, len(plan.twice)) == (USUAL_SHARE, 12)

    def test_the_share_is_rounded_up(self) -> None:
        plan = plan_double_coding(sessions("a", "b", "c", each=7))
        assert len(plan.twice) == ceil(21 / 5)

    def test_all_of_them_is_a_share(self) -> None:
        plan = plan_double_coding(sessions("a", "b", "c", each=4), share=Fraction(1))
        assert {one.planned.session for one in plan.twice} == {s.session for s in plan.sessions}

    def test_every_coder_and_site_has_its_part(self) -> None:
        plan = plan_double_coding(sessions("a", "b", "c", sites=("north", "south")))
        parts = Counter((one.planned.coder, one.planned.site) for one in plan.twice)
        assert set(parts.values()) == {2}
        assert len(parts) == 6

    def test_every_wave_has_its_part(self) -> None:
        plan = plan_double_coding(sessions("a", "b", "c", each=10, waves=("1", "2")))
        assert Counter(one.planned.wave for one in plan.twice) == {"1": 6, "2": 6}

    def test_who_codes_little_is_checked_once_all_the_same(self) -> None:
        plan = plan_double_coding((*sessions("a", "b", each=30), *sessions("c", each=1)))
        assert twice_by_coder(plan)["c"] == 1

    def test_a_small_share_still_reaches_everybody(self) -> None:
        plan = plan_double_coding(sessions("a", "b", "c", "d"), share=Fraction(1, 1000))
        assert twice_by_coder(plan) == {"a": 1, "b": 1, "c": 1, "d": 1}


class TestPairs:
    def test_three_coders_are_each_paired_with_both_others(self) -> None:
        plan = plan_double_coding(sessions("a", "b", "c", each=3))
        assert all(len(others) == 2 for others in plan.partners("").values())
        assert plan.findings == ()

    def test_second_codings_are_spread_evenly(self) -> None:
        plan = plan_double_coding(sessions("a", "b", "c", "d", "e", each=40))
        assert set(Counter(one.second for one in plan.twice).values()) == {8}

    def test_with_enough_sessions_everybody_meets_everybody(self) -> None:
        plan = plan_double_coding(sessions("a", "b", "c", "d", "e", each=40))
        assert {len(others) for others in plan.partners("").values()} == {4}

    def test_the_pairs_of_one_wave_are_not_those_of_the_next(self) -> None:
        waves = tuple(f"w{number}" for number in range(8))
        plan = plan_double_coding(sessions("a", "b", "c", "d", "e", each=1, waves=waves))
        pairs = {
            wave: frozenset(
                (one.planned.coder, one.second) for one in plan.twice if one.planned.wave == wave
            )
            for wave in waves
        }
        assert len(set(pairs.values())) > 4

    def test_two_coders_cannot_be_rotated_and_that_is_said(self) -> None:
        plan = plan_double_coding(sessions("a", "b", each=5))
        assert [one.severity for one in plan.findings] == [Severity.WARNING]
        assert "always paired" in plan.findings[0].message
        assert plan.partners("") == {"a": frozenset("b"), "b": frozenset("a")}


class TestChance:
    def test_the_same_seed_draws_the_same(self) -> None:
        given_ = sessions("a", "b", "c")
        assert plan_double_coding(given_, seed=7) == plan_double_coding(given_, seed=7)

    def test_the_order_of_the_list_does_not_matter(self) -> None:
        given_ = sessions("a", "b", "c", waves=("1", "2"), sites=("n", "s"))
        assert plan_double_coding(given_[::-1]) == plan_double_coding(given_)

    def test_another_seed_draws_others(self) -> None:
        given_ = sessions("a", "b", "c")
        drawn = {
            tuple(one.planned.session for one in plan_double_coding(given_, seed=seed).twice)
            for seed in range(5)
        }
        assert len(drawn) == 5

    def test_no_session_is_drawn_more_often_than_others(self) -> None:
        """Over 600 seeds each of 15 sessions is drawn 120 times, give or take five deviations."""
        given_ = sessions("a", "b", "c", each=5)
        drawn = Counter(
            one.planned.session
            for seed in range(600)
            for one in plan_double_coding(given_, seed=seed).twice
        )
        assert len(drawn) == 15
        assert all(abs(times - 120) < 5 * (600 * 0.2 * 0.8) ** 0.5 for times in drawn.values())

    @given(
        coders=st.integers(3, 7),
        waves=st.integers(1, 3),
        sizes=st.lists(st.integers(1, 12), min_size=21, max_size=21),
        percent=st.integers(1, 100),
        seed=st.integers(),
    )
    def test_in_every_wave_everybody_meets_two_others_and_nobody_codes_twice_alone(
        self, coders: int, waves: int, sizes: list[int], percent: int, seed: int
    ) -> None:
        given_ = tuple(
            PlannedSession(session=f"s{wave}.{coder}.{n}", coder=f"c{coder}", wave=f"{wave}")
            for wave in range(waves)
            for coder in range(coders)
            for n in range(sizes[wave * 7 + coder])
        )
        plan = plan_double_coding(given_, share=Fraction(percent, 100), seed=seed)
        assert all(one.planned.coder != one.second for one in plan.twice)
        assert len({one.planned.session for one in plan.twice}) == len(plan.twice)
        for wave in map(str, range(waves)):
            assert all(len(others) >= 2 for others in plan.partners(wave).values())
            of_wave = sum(one.wave == wave for one in given_)
            drawn = sum(one.planned.wave == wave for one in plan.twice)
            asked = ceil(Fraction(percent, 100) * of_wave)
            assert asked <= drawn <= asked + coders


class TestFaults:
    def refused(self, *given_: PlannedSession, **fields: object) -> list[str]:
        with pytest.raises(TrainingError) as caught:
            plan_double_coding(given_, **fields)
        return [one.code.removeprefix("training.") for one in caught.value.findings]

    def test_a_session_listed_twice_is_named(self) -> None:
        given_ = sessions("a", "b", "c", each=2)
        assert self.refused(*given_, replace(given_[0], coder="b")) == ["same_session"]

    def test_a_single_coder_cannot_be_reliable_alone(self) -> None:
        assert self.refused(*sessions("a")) == ["single_coder"]

    def test_the_wave_with_a_single_coder_is_named(self) -> None:
        given_ = (*sessions("a", "b"), *sessions("c", waves=("2",)))
        with pytest.raises(TrainingError, match="wave 2: c is the only coder"):
            plan_double_coding(given_)

    def test_nothing_to_code_is_told(self) -> None:
        assert self.refused() == ["no_sessions"]

    @pytest.mark.parametrize("share", [Fraction(0), Fraction(-1, 5), Fraction(11, 10)])
    def test_what_is_no_share_is_refused(self, share: Fraction) -> None:
        assert self.refused(*sessions("a", "b"), share=share) == ["share"]

    @pytest.mark.parametrize("name", ["", "../x", "a b", "ä"])
    def test_an_id_that_is_no_file_name_is_refused(self, name: str) -> None:
        given_ = sessions("a", "b", each=1)
        assert "plan_id" in self.refused(*given_, replace(given_[0], session="x", coder=name))

    def test_two_spellings_of_a_coder_are_told(self) -> None:
        assert "same_coder" in self.refused(*sessions("Ann", "b"), *sessions("ann"))

    def test_every_fault_is_told_at_once(self) -> None:
        given_ = sessions("a", each=1)
        assert self.refused(*given_, *given_, share=Fraction(2)) == [
            "share",
            "same_session",
            "single_coder",
        ]


class TestFiles:
    PLAN = plan_double_coding(
        sessions("a", "b", "c", each=10, waves=("1", "2"), sites=("n", "s")), seed=3
    )

    def rows(self, name: str) -> list[list[str]]:
        text = plan_files(self.PLAN, PLAIN)[name].decode()
        return [line.split(",") for line in text.splitlines()]

    def test_there_is_a_list_for_each_coder_and_one_key(self) -> None:
        assert set(plan_files(self.PLAN)) == {KEY_FILE, "work-a.csv", "work-b.csv", "work-c.csv"}

    def test_a_coder_s_list_does_not_tell_what_is_coded_twice(self) -> None:
        for coder in self.PLAN.coders:
            head, *rows = self.rows(f"work-{coder}.csv")
            assert head == ["session", "wave", "site"]
            assert all(len(row) == 3 for row in rows)

    def test_the_lists_hold_every_first_and_second_coding_and_no_more(self) -> None:
        listed = Counter(
            (row[0], coder)
            for coder in self.PLAN.coders
            for row in self.rows(f"work-{coder}.csv")[1:]
        )
        wanted = Counter((one.session, one.coder) for one in self.PLAN.sessions)
        wanted += Counter((one.planned.session, one.second) for one in self.PLAN.twice)
        assert listed == wanted

    def test_second_codings_do_not_stand_together(self) -> None:
        """By rank they lie where chance puts them: neither all first nor all last in any wave."""
        places = []
        for seed in range(40):
            plan = plan_double_coding(sessions("a", "b", "c", each=10), seed=seed)
            second = {one.planned.session for one in plan.twice if one.second == "a"}
            work = plan.work_of("a")
            places += [place for place, one in enumerate(work) if one.session in second]
        middle = (len(plan.work_of("a")) - 1) / 2
        assert abs(sum(places) / len(places) - middle) < 2

    def test_waves_are_worked_through_one_after_the_other(self) -> None:
        waves = [one.wave for one in self.PLAN.work_of("a")]
        assert waves == sorted(waves)

    def test_the_key_says_who_was_drawn_with_share_and_seed(self) -> None:
        head, *rows = self.rows(KEY_FILE)
        assert head == ["session", "first", "second", "wave", "site", "share", "seed"]
        assert {(row[0], row[1], row[2]) for row in rows} == {
            (one.planned.session, one.planned.coder, one.second) for one in self.PLAN.twice
        }
        assert {tuple(row[-2:]) for row in rows} == {("0.2", "3")}

    def test_a_plan_that_was_written_may_be_read_as_a_list_again(self, tmp_path) -> None:
        path = tmp_path / "sessions.csv"
        lines = ["site;session;coder;wave"]
        lines += [f"{s.site};{s.session};{s.coder};{s.wave}" for s in self.PLAN.sessions]
        path.write_text("\n".join(lines), "utf-8")
        assert plan_double_coding(read_sessions(path), seed=3) == self.PLAN

    def test_wave_and_site_may_be_missing(self, tmp_path) -> None:
        path = tmp_path / "sessions.csv"
        path.write_text("session,coder\ns1,a\n", "utf-8")
        assert read_sessions(path) == (PlannedSession(session="s1", coder="a"),)

    def test_a_list_without_coders_is_refused(self, tmp_path) -> None:
        path = tmp_path / "sessions.csv"
        path.write_text("session\ns1\n", "utf-8")
        with pytest.raises(FormatError, match="coder is missing"):
            read_sessions(path)

    def test_a_site_that_looks_like_a_formula_is_no_formula_for_a_spreadsheet(self) -> None:
        given_ = tuple(replace(one, site="=1+1") for one in sessions("a", "b", "c", each=2))
        files = plan_files(plan_double_coding(given_))
        assert all(b",=1+1" not in content for content in files.values())
        assert b",'=1+1" in files[KEY_FILE]
