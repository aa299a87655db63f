"""A consensus over many sittings: interrupted, tampered with, gone on with beside wrong codings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.agreement.consensus import choices_of
from ssp_coder.domain.coding import Classification, CodingRole, Media
from ssp_coder.domain.finding import DomainError, Severity
from ssp_coder.domain.scale import Points
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.editing import edits
from ssp_coder.editing.edits import Settle
from ssp_coder.storage.coding_file import CodingFile, open_for_writing, open_read_only
from ssp_coder.storage.consensus_file import (
    ConsensusError,
    Sides,
    begin,
    beginning_of,
    check_origins,
    go_on,
    read_sides,
    refuse_consensus,
)
from ssp_coder.storage.settlements import Settlements, settled_in
from ssp_coder.storage.verify import verify
from tests.builders import add, coding, rate, s, video
from tests.consensus_pair import ALIKE, FIRST, SECOND, coded, pair_files, settled, written
from tests.unit.storage.storage_files import sha256, tamper

TAKEN = pytest.mark.parametrize("taken", list(SettledFor)[:3], ids=str)


@pytest.fixture
def both(tmp_path: Path) -> Sides:
    return read_sides(*pair_files(tmp_path))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "S001.K1+K2.sspc"


@pytest.fixture
def begun(both: Sides, path: Path) -> Iterator[CodingFile]:
    file = begin(path, both, who="lead", words="drawn")
    yield file
    file.close()


@pytest.fixture
def work(begun: CodingFile, both: Sides) -> Settlements:
    return Settlements(begun.document(), both.drawn())


def settle(work: Settlements, file: CodingFile, key: str, taken: SettledFor, **fields) -> None:
    file.document().submit(work.edit(settled(work.found, key, taken, **fields), f"for {taken}"))


def settle_what_can_be(work: Settlements, file: CodingFile, taken: SettledFor) -> None:
    for item in work.open_items:
        own = taken if taken in choices_of(work.found, item) else SettledFor.FIRST
        settle(work, file, item.key, own)


def code_of(caught) -> str:
    return caught.value.finding.code


@TAKEN
def test_what_is_settled_is_read_from_the_file_as_it_was_told(begun, work, both, taken) -> None:
    settle_what_can_be(work, begun, taken)
    there = {key: one.settlement for key, one in work.in_force.items()}
    begun.close()
    with open_read_only(begun.path) as file:
        assert settled_in(file) == there
    with go_on(begun.path, both, who="lead") as file:
        again = Settlements(file.document(), both.drawn())
        assert again.in_force == work.in_force
    assert verify(begun.path) == ()


@TAKEN
def test_undoing_a_whole_sitting_in_the_next_one_leaves_the_beginning(
    begun, work, both, taken
) -> None:
    beginning = begun.coding
    settle_what_can_be(work, begun, taken)
    begun.close()
    with go_on(begun.path, both, who="lead") as file:
        again = Settlements(file.document(), both.drawn())
        while again.can_undo:
            file.document().undo()
        assert file.document().coding == beginning
        assert again.open_items == again.found.items
    with open_read_only(begun.path) as file:
        assert settled_in(file) == {}


def test_nothing_was_settled_in_a_consensus_that_was_only_begun(begun) -> None:
    begun.close()
    with open_read_only(begun.path) as file:
        assert settled_in(file) == {}


def test_nothing_was_settled_in_a_coding_without_a_step(tmp_path: Path) -> None:
    with open_read_only(written(tmp_path, coding(coder="K9"))) as file:
        assert settled_in(file) == {}


def test_only_what_was_settled_counts_among_other_edits(begun, work) -> None:
    document = begun.document()
    settle(work, begun, "rating:avo_c_5", SettledFor.SECOND)
    document.submit(add("affect.smile", 400))
    document.submit(rate("avo_c_5", 7))
    assert list(work.in_force) == ["rating:avo_c_5"]
    assert not work.can_undo
    document.undo()
    document.undo()
    assert work.can_undo
    assert document.coding.score("avo_c_5") == Points(4.0)


def test_somebody_who_left_hears_no_more_of_it(begun, work) -> None:
    settle(work, begun, "rating:avo_c_5", SettledFor.FIRST)
    work.leave()
    begun.document().undo()
    assert list(work.in_force) == ["rating:avo_c_5"]


def test_a_comment_that_somebody_removed_is_written_anew(begun, work) -> None:
    settle(work, begun, "class:subgroup", SettledFor.FIRST)
    comment = work.in_force["class:subgroup"].comment
    begun.document().submit(edits.RemoveComment(comment=comment))
    settle(work, begun, "class:subgroup", SettledFor.SECOND)
    assert [one.words for one in begun.document().coding.comments] == ["drawn", "for second"]
    assert work.in_force["class:subgroup"].comment != comment


def test_an_index_that_somebody_removed_by_hand_is_not_taken_away_twice(begun, work) -> None:
    settle(work, begun, "index:2:2", SettledFor.FIRST)
    index = work.in_force["index:2:2"].index
    begun.document().submit(edits.RemoveDIndex(index=index))
    settle(work, begun, "index:2:2", SettledFor.SECOND)
    told = begun.document().coding.d_indices
    assert [one.start_us for one in told] == [s(40), s(200)]


@pytest.mark.parametrize("place", range(8))
def test_every_item_alone_can_be_settled_anew_and_taken_back(begun, work, place) -> None:
    item = work.found.items[place]
    before = begun.document().coding
    for taken in (SettledFor.FIRST, SettledFor.SECOND, SettledFor.FIRST):
        settle(work, begun, item.key, taken)
    assert len(work.in_force) == 1
    for _three in range(3):
        begun.document().undo()
    assert begun.document().coding == before
    assert work.in_force == {}


def test_detours_leave_the_coding_that_the_straight_way_leaves(tmp_path: Path) -> None:
    made = []
    both = read_sides(*pair_files(tmp_path))
    for name, ways in (("straight", (1,)), ("detour", (0, 1, 0, 1))):
        with begin(tmp_path / f"{name}.sspc", both, who="lead", words="drawn") as file:
            work = Settlements(file.document(), both.drawn())
            for item in work.found.items:
                for way in ways:
                    settle(work, file, item.key, list(SettledFor)[way])
            made.append(file.document().coding)
    straight, detour = (
        (
            [replace(e, id=0) for e in one.events],
            one.ratings,
            [replace(i, id=0) for i in one.d_indices],
            one.classification,
            [c.words for c in one.comments],
        )
        for one in made
    )
    assert straight == detour


@pytest.mark.parametrize("words", ["", " ", "\n\t"], ids=repr)
def test_a_settlement_that_is_refused_leaves_no_trace(begun, work, words) -> None:
    begun.flush()
    before = sha256(begun.path), begun.coding
    with pytest.raises(DomainError):
        settle(work, begun, "class:subgroup", SettledFor.FIRST, reason=words)
    begun.flush()
    assert (sha256(begun.path), begun.coding) == before
    assert work.in_force == {}


def test_the_log_keeps_words_of_any_language_letter_by_letter(begun, work, both) -> None:
    reason = "gesehen: „Mama“ — 愛着 \N{CRYING FACE}; =1+1"
    settle(work, begun, "class:subgroup", SettledFor.FIRST, reason=reason, who="Ömer, 李")
    begun.close()
    with open_read_only(begun.path) as file:
        told = settled_in(file)["class:subgroup"]
    assert (told.reason, told.who) == (reason, "Ömer, 李")


def test_a_log_that_was_changed_from_outside_is_found_out(begun, work) -> None:
    settle(work, begun, "class:subgroup", SettledFor.FIRST)
    begun.close()
    assert verify(begun.path) == ()
    tamper(begun.path, "UPDATE log SET edit = replace(edit, 'seen again', 'as agreed')")
    assert any(finding.severity is Severity.ERROR for finding in verify(begun.path))


def test_a_consensus_knows_its_codings_in_the_order_in_which_it_was_begun(begun, both) -> None:
    begun.close()
    turned = read_sides(both.second.path, both.first.path)
    with pytest.raises(ConsensusError) as caught:
        go_on(begun.path, turned, who="lead")
    assert code_of(caught) == "consensus.other_origin"
    assert "S001.K1.sspc" in str(caught.value)


def test_a_copy_of_a_coding_under_another_name_is_the_same_coding(begun, both, tmp_path) -> None:
    begun.close()
    copy = tmp_path / "copy.sspc"
    copy.write_bytes(both.second.path.read_bytes())
    with go_on(begun.path, read_sides(both.first.path, copy), who="lead") as file:
        check_origins(file, both)


def test_a_second_person_cannot_go_on_while_the_first_settles(begun, both) -> None:
    with pytest.raises(DomainError):
        go_on(begun.path, both, who="other")
    begun.close()
    go_on(begun.path, both, who="other").close()


def test_the_log_names_who_went_on(begun, work, both) -> None:
    settle(work, begun, "class:subgroup", SettledFor.FIRST)
    begun.close()
    with go_on(begun.path, both, who="second") as file:
        again = Settlements(file.document(), both.drawn())
        settle(again, file, "rating:avo_c_5", SettledFor.FIRST)
        file.flush()
        told = [past.who for past in file.past(1, 3)]
    assert told == ["lead", "lead", "second"]


@pytest.mark.parametrize("role", list(CodingRole), ids=str)
def test_reliability_is_told_of_every_coding_but_a_consensus(role) -> None:
    one = coding(role=role)
    if role is CodingRole.CONSENSUS:
        with pytest.raises(ConsensusError) as caught:
            refuse_consensus(one, "here.sspc")
        assert caught.value.finding.place == "here.sspc"
    else:
        refuse_consensus(one, "here.sspc")


def test_a_consensus_that_was_locked_and_unlocked_knows_what_was_settled_before(
    begun, work, both
) -> None:
    settle(work, begun, "class:subgroup", SettledFor.FIRST)
    begun.document().submit(edits.LockCoding())
    with pytest.raises(DomainError):
        settle(work, begun, "rating:avo_c_5", SettledFor.FIRST)
    begun.document().submit(edits.UnlockCoding(reason="one more"))
    settle(work, begun, "rating:avo_c_5", SettledFor.SECOND)
    begun.close()
    with go_on(begun.path, both, who="lead") as file:
        again = Settlements(file.document(), both.drawn())
        assert list(again.in_force) == ["class:subgroup", "rating:avo_c_5"]
    assert verify(begun.path) == ()


def test_a_reference_can_be_settled_with_a_coding(tmp_path: Path) -> None:
    first = written(tmp_path, coded("K1", *FIRST))
    other = written(tmp_path, replace(coded("REF", *SECOND), role=CodingRole.REFERENCE))
    assert read_sides(first, other).coder == "K1+REF"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first", "second"])
def test_a_consensus_on_either_side_is_refused(begun, both, order) -> None:
    begun.close()
    pair = (begun.path, both.first.path)
    with pytest.raises(ConsensusError) as caught:
        read_sides(*(pair[place] for place in order))
    assert code_of(caught) == "consensus.of_consensus"
    assert caught.value.finding.place == str(begun.path)


def test_one_file_by_two_names_is_one_file(both, tmp_path: Path) -> None:
    link = tmp_path / "link.sspc"
    link.symlink_to(both.first.path)
    with pytest.raises(ConsensusError) as caught:
        read_sides(both.first.path, link)
    assert code_of(caught) == "consensus.same_file"


def test_a_coding_that_is_gone_is_named(both, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"gone\.sspc"):
        read_sides(both.first.path, tmp_path / "gone.sspc")


def test_a_warning_names_each_coding_that_can_still_change_and_its_coder(tmp_path: Path) -> None:
    paths = [written(tmp_path, coded(who, *ALIKE, locked=False)) for who in ("K1", "K2")]
    warnings = read_sides(*paths).warnings
    assert [one.severity for one in warnings] == [Severity.WARNING] * 2
    for warning, who in zip(warnings, ("K1", "K2"), strict=True):
        assert who in warning.message
        assert "lock it first" in warning.remedy


def video_at(relative_path: str) -> tuple[Media, ...]:
    return (replace(video(), relative_path=relative_path),)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [("", "films/S001.mp4"), ("films", "S001.mp4"), ("elsewhere", "")],
    ids=["beside the codings", "beside the film", "elsewhere"],
)
def test_the_film_is_known_by_its_way_down_from_the_consensus(tmp_path, place, wanted) -> None:
    paths = [
        written(tmp_path, replace(coded(who), media=video_at("films/S001.mp4")))
        for who in ("K1", "K2")
    ]
    folder = tmp_path / place
    folder.mkdir(exist_ok=True)
    with begin(folder / "c.sspc", read_sides(*paths), who="lead", words="drawn") as file:
        assert [one.relative_path for one in file.coding.media] == [wanted]


def test_films_that_only_the_second_has_are_taken_from_the_second(tmp_path: Path) -> None:
    first = written(tmp_path, coding(coder="K1", media=()))
    second = written(tmp_path, coding(coder="K2"))
    with begin(tmp_path / "c.sspc", read_sides(first, second), who="lead", words="x") as file:
        assert [one.name for one in file.coding.media] == ["S001.mp4"]


def test_a_class_and_its_word_on_d_of_the_second_alone_arrive_in_the_file(tmp_path: Path) -> None:
    given = Classification(primary="B", subgroup="B1", d_decision="coder_no", d_reason="seen")
    both = read_sides(*pair_files(tmp_path, (), (edits.Classify(classification=given),)))
    with begin(tmp_path / "c.sspc", both, who="lead", words="drawn") as file:
        work = Settlements(file.document(), both.drawn())
        for item in work.open_items:
            settle(work, file, item.key, SettledFor.SECOND)
        assert file.document().coding.classification == given


def test_the_beginning_stays_readable_behind_any_number_of_settlements(begun, work, both) -> None:
    for _again in range(30):
        settle(work, begun, "class:subgroup", SettledFor.FIRST)
        settle(work, begun, "class:subgroup", SettledFor.SECOND)
    begun.close()
    with open_read_only(begun.path) as file:
        assert beginning_of(file).first == both.first.origin
        assert settled_in(file)["class:subgroup"].taken is SettledFor.SECOND
        assert len(file.coding.comments) == 2
    assert verify(begun.path) == ()


def test_a_settlement_keeps_its_edit_whole_in_the_log(begun, work) -> None:
    key = work.found.items[2].key
    settle(work, begun, key, SettledFor.SECOND)
    begun.close()
    with open_for_writing(begun.path, "lead") as file:
        (past,) = file.past(2, 2)
        assert isinstance(past.step.edit, Settle)
        assert past.step.edit.settlement == work.in_force[key].settlement
        assert [event.code for event in past.step.edit.added] == ["distress.cry"]
