"""Headers of other laboratories' tables: read where they are certain, asked about where not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ssp_coder.domain.procedure import EpisodeId, Numbering
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Score
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.words import Origin, Provenance, english
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.other_names import numberings, other_name
from ssp_coder.formats.ratings import RatingsFile, ratings_from_text
from tests.builders import infant_scheme

LITERATURE = Provenance(origin=Origin.LITERATURE, source="made for tests", confidence=0.9)


def numbering(name: str, first: int, *, shift: int) -> Numbering:
    pairs = tuple((n, EpisodeId(f"EP{n + shift}")) for n in range(first, 9 - shift))
    return Numbering(id=name, title=english(name), numbers=pairs, provenance=LITERATURE)


def scheme_with(*ways: Numbering) -> Scheme:
    scheme = infant_scheme()
    return replace(scheme, procedure=replace(scheme.procedure, numberings=ways))


SEVEN = numbering("seven", 1, shift=1)
SCHEME = scheme_with(SEVEN)


def read(headers: str, cells: str = "", *, counted: str = "") -> RatingsFile:
    values = cells or ",".join("3" for _ in headers.split(","))
    text = f"session_id,{headers}\nS1,{values}\n"
    return ratings_from_text(text, SCHEME, file="ratings.csv", numbering=counted)


def scores(file: RatingsFile) -> dict[str, Score]:
    (row,) = file.rows
    return {name: score for name, score in row.facts.scores if score is not NOT_RATED}


def faults(headers: str, cells: str = "", *, counted: str = "") -> str:
    with pytest.raises(FormatError) as caught:
        read(headers, cells, counted=counted)
    return "\n".join(caught.value.sentences())


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("AV_R2", "avo_c_8"),
        ("avo8", "avo_c_8"),
        ("PS5", "pcs_c_5"),
        ("RES_EP8", "res_c_8"),
        ("r2_dist", "dist_c_8"),
        ("Prox.R1", "pcs_c_5"),
        ("RESIST-5", "res_c_5"),
        ("AVOID reunion 1", "avo_c_5"),
        ("di_c_8", "dist_c_8"),
        ("psr1", "pcs_c_5"),
        ("CMep8", "cm_c_8"),
        ("PCS_C_5", "pcs_c_5"),
        ("DORG", "dorg"),
    ],
)
def test_a_header_of_another_laboratory_is_read(header: str, column: str) -> None:
    assert scores(read(header, "3")) == {column: Points(3)}


@pytest.mark.parametrize(
    "header",
    ["comment_r1", "ps5b", "ps", "AV_R3", "PS_5_8", "PS_R", "PS_EP_R1", "PS_CM_5", "ps/5", "p5"],
)
def test_what_is_no_rating_is_passed_over_and_told(header: str) -> None:
    file = read(header, "3")
    assert scores(file) == {}
    assert any(header in note.message for note in file.notes if note.code.endswith("extra_column"))


def test_a_note_says_what_was_read_as_what() -> None:
    (note,) = (n for n in read("AV_R1,PS5").notes if n.code == "ratings.read_as")
    assert note.message == "read AV_R1 as avo_c_5, PS5 as pcs_c_5"
    assert note.place == "ratings.csv, line 1"


def test_columns_of_this_program_need_no_note() -> None:
    assert not read("avo_c_5,avo_c_8,dorg").notes


@pytest.mark.parametrize("headers", ["PS4,PS7", "AV_4", "AVO_EP4,AVO_EP7", "PS2,PS3,PS4,PS7"])
def test_numbers_of_seven_episodes_are_refused_until_the_person_says_so(headers: str) -> None:
    words = faults(headers)
    assert headers.split(",")[0] in words
    assert "does not say for certain" in words
    assert "--numbering own or seven" in words


def test_seven_episodes_are_moved_by_one_when_the_person_says_so() -> None:
    file = read("PS4,PS7,AV_R1", "2,6,1", counted="seven")
    expected = {"pcs_c_5": Points(2), "pcs_c_8": Points(6), "avo_c_5": Points(1)}
    assert scores(file) == expected
    assert "episodes counted as seven" in file.notes[0].message


def test_eight_episodes_are_taken_as_they_are_when_the_person_says_so() -> None:
    text = "session_id,PS4,PS7\nS1,2,6\n"
    file = ratings_from_text(text, SCHEME, numbering="own")
    assert "read PS4 as pcs_s_4, PS7 as pcs_s_7" in file.notes[0].message


def test_an_eighth_episode_settles_that_eight_are_counted() -> None:
    assert set(scores(read("PS5,PS8,RES4,RES8"))) == {"pcs_c_5", "pcs_c_8", "res_c_8"}


def test_numbers_that_fit_another_way_only_are_asked_about_too() -> None:
    assert "--numbering" in faults("PS1,PS4,PS7")


def test_reunions_are_certain_whatever_is_counted() -> None:
    for counted in ("", "seven", "own"):
        assert set(scores(read("AV_R1,AV_R2", counted=counted))) == {"avo_c_5", "avo_c_8"}


def test_a_numbering_nobody_knows_is_refused() -> None:
    assert "there is no numbering 'nine'" in faults("PS4", counted="nine")
    assert "use one of own, seven" in faults("PS4", counted="nine")


def test_the_schemes_own_numbering_has_the_name_the_procedure_gives_it() -> None:
    eight = numbering("eight", 1, shift=0)
    assert numberings(scheme_with(SEVEN, eight)) == ("eight", "seven")
    assert numberings(SCHEME) == ("own", "seven")
    assert numberings(scheme_with()) == ("own",)


def test_without_another_numbering_there_is_nothing_to_ask() -> None:
    file = ratings_from_text("session_id,PS4,PS5\nS1,1,2\n", scheme_with())
    assert scores(file) == {"pcs_c_5": Points(2)}


def test_a_place_rated_toward_two_persons_is_asked_about() -> None:
    words = faults("PS3,PS8")
    assert "column PS3: can be pcs_c_3 or pcs_s_3; rename the column" in words
    assert "read PS_s_3 as pcs_s_3" in read("PS_s_3,PS8").notes[0].message


@pytest.mark.parametrize("headers", ["AV_R2,avo8", "AV_R2,avo_c_8", "avo_c_8,AV_R2"])
def test_two_columns_for_one_place_are_refused(headers: str) -> None:
    assert "remove one of the two columns" in faults(headers)


def test_the_reason_beside_a_number_is_found_by_the_same_name() -> None:
    file = read("AV_R2,AV_R2_missing", ",NA_view")
    assert scores(file) == {"avo_c_8": Missing("NA_view")}


def test_a_fault_names_the_column_as_the_file_does() -> None:
    assert "column AV_R2: 9 is no point of the scale" in faults("AV_R2", "9")


def test_a_header_tells_its_parts() -> None:
    name = other_name("PS_s_R2_missing", SCHEME)
    assert name is not None
    assert (name.scale, name.person, name.number) == ("pcs", "stranger", 2)
    assert name.is_reunion
    assert not name.depends_on_counting
    assert name.suffix == "_missing"


def test_the_bundled_procedure_names_both_ways_of_counting() -> None:
    bundled = infant_scheme()
    assert numberings(bundled) == ("eight", "seven")
    with pytest.raises(FormatError) as caught:
        ratings_from_text("session_id,PS4,PS7\nS1,2,6\n", bundled)
    assert caught.value.finding.remedy == "call ssp-coder again with --numbering eight or seven"


@pytest.mark.parametrize(
    ("counted", "columns"), [("seven", {"pcs_c_5", "pcs_c_8"}), ("eight", {"pcs_s_4", "pcs_s_7"})]
)
def test_the_person_settles_it(counted: str, columns: set[str]) -> None:
    file = ratings_from_text("session_id,PS4,PS7\nS1,2,6\n", infant_scheme(), numbering=counted)
    assert all(column in file.notes[0].message for column in columns)


PIECES = ("ps", "av", "r", "ep", "c", "s", "1", "2", "4", "5", "7", "8", "_", "-", ".", " ", "x")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join))
def test_any_header_is_read_as_one_place_or_passed_over_or_refused(header: str) -> None:
    assume(header.strip() == header)
    with suppress(FormatError):
        codes = [note.code for note in read(header, "3").notes]
        assert (codes.count("ratings.read_as") + codes.count("ratings.extra_column")) == 1


@given(st.text(max_size=80))
def test_no_header_makes_the_reader_fail(header: str) -> None:
    name = other_name(header, SCHEME)
    assert name is None or name.scale in {scale.id for scale in SCHEME.scales}
