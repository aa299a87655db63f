"""A consensus in a file of its own: begun, settled, undone, gone on with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.agreement.pair import pair_agreement
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.scale import Points
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.editing import edits
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.reporting.agreement_inputs import PairFiles, load, matched, paired_within
from ssp_coder.reporting.agreement_making import pair_report, study_report
from ssp_coder.storage.coding_file import CodingFile, open_for_writing, open_read_only
from ssp_coder.storage.consensus_file import ConsensusError, begin, beginning_of, go_on, read_sides
from ssp_coder.storage.settlements import Settlements
from ssp_coder.storage.verify import verify
from tests.builders import add, coding, infant_scheme, rate
from tests.consensus_pair import ALIKE, FIRST, SECOND, coded, pair_files, settled, sides, written
from tests.unit.storage.storage_files import sha256


@pytest.fixture
def begun(tmp_path: Path) -> CodingFile:
    file = begin(tmp_path / "S001.K1+K2.sspc", sides(tmp_path), who="lead", words="drawn")
    yield file
    file.close()


@pytest.fixture
def work(begun: CodingFile) -> Settlements:
    document = begun.document()
    return Settlements(document, document_draw(begun))


def document_draw(file: CodingFile):
    folder = file.path.parent
    return read_sides(folder / "S001.K1.sspc", folder / "S001.K2.sspc").drawn()


def settle(work: Settlements, file: CodingFile, key: str, taken: SettledFor) -> None:
    file.document().submit(work.edit(settled(work.found, key, taken), f"for {taken}"))


def settle_all(work: Settlements, file: CodingFile, taken: SettledFor = SettledFor.FIRST) -> None:
    for item in work.open_items:
        settle(work, file, item.key, taken)


def test_a_consensus_begins_with_what_both_have_alike(begun: CodingFile) -> None:
    coding = begun.coding
    assert (coding.role, coding.coder) == (CodingRole.CONSENSUS, "K1+K2")
    assert [event.code for event in coding.events] == [
        "distress.none",
        "presence.in_room",
        "gaze.to_c",
    ]
    assert [(one.slot, one.score) for one in coding.ratings] == [("pcs_c_5", Points(4.0))]
    assert len(coding.episodes) == len(infant_scheme().procedure.episodes)
    assert [comment.words for comment in coding.comments] == ["drawn"]
    assert coding.media == coded("K1").media


def test_its_log_says_from_which_codings_it_is_drawn(begun: CodingFile) -> None:
    begun.flush()
    beginning = beginning_of(begun)
    both = sides_of(begun)
    assert (beginning.first, beginning.second) == (both.first.origin, both.second.origin)
    assert [beginning.first.coder, beginning.second.file] == ["K1", "S001.K2.sspc"]


def sides_of(file: CodingFile):
    return read_sides(file.path.parent / "S001.K1.sspc", file.path.parent / "S001.K2.sspc")


def test_every_settled_item_says_why_and_by_whom(begun: CodingFile, work: Settlements) -> None:
    settle(work, begun, "class:subgroup", SettledFor.SECOND)
    begun.flush()
    last = begun.past(2, 2)[0]
    assert isinstance(last.step.edit, edits.Settle)
    assert (last.step.edit.settlement.reason, last.step.edit.settlement.who) == (
        "seen again",
        "K1, K2",
    )
    assert begun.coding.comments[-1].words == "for second"
    assert begun.coding.comments[-1].settled


def test_all_settled_for_the_first_gives_the_coding_of_the_first(begun, work) -> None:
    settle_all(work, begun)
    first = coded("K1", *FIRST)
    told = [(e.code, e.start_us, e.end_us, e.modifiers) for e in begun.coding.events]
    assert told == [(e.code, e.start_us, e.end_us, e.modifiers) for e in first.events]
    assert [(r.slot, r.score) for r in begun.coding.ratings] == [
        (r.slot, r.score) for r in first.ratings
    ]
    assert [(i.theme, i.strength, i.start_us) for i in begun.coding.d_indices] == [
        (i.theme, i.strength, i.start_us) for i in first.d_indices
    ]
    assert begun.coding.classification.subgroup == "B3"
    assert work.open_items == ()


def test_undo_opens_an_item_again_and_redo_settles_it(begun, work) -> None:
    before = begun.document().coding
    settle(work, begun, "rating:avo_c_5", SettledFor.SECOND)
    there = len(work.open_items)
    begun.document().undo()
    assert begun.document().coding == before
    assert len(work.open_items) == there + 1
    begun.document().redo()
    assert len(work.open_items) == there
    assert begun.document().coding.score("avo_c_5") == Points(4.0)


def test_the_beginning_itself_is_not_undone(begun, work) -> None:
    assert not work.can_undo
    settle(work, begun, "rating:avo_c_5", SettledFor.FIRST)
    assert work.can_undo


def test_settling_anew_replaces_comment_index_and_events(begun, work) -> None:
    key = next(item.key for item in work.found.items if item.indices)
    settle(work, begun, key, SettledFor.FIRST)
    settle(work, begun, key, SettledFor.SECOND)
    assert len(begun.document().coding.d_indices) == 2
    assert [one.words for one in begun.document().coding.comments] == ["drawn", "for second"]
    begun.document().undo()
    assert work.in_force[key].settlement.taken is SettledFor.FIRST
    settle(work, begun, key, SettledFor.NEITHER)
    assert len(begun.document().coding.d_indices) == 1


def test_every_kind_of_item_survives_being_undone_and_redone_after_reopening(begun, work) -> None:
    document = begun.document()
    values = [document.coding]
    for item in work.found.items:
        settle(work, begun, item.key, SettledFor.SECOND)
        values.append(document.coding)
    begun.close()
    with open_for_writing(begun.path, "lead") as file:
        document = file.document()
        for value in reversed(values[:-1]):
            document.undo()
            assert document.coding == value
        for value in values[1:]:
            document.redo()
            assert document.coding == value
    assert verify(begun.path) == ()


def test_it_is_gone_on_with_where_it_was_left(begun, work) -> None:
    first = work.found.items[0].key
    settle(work, begun, first, SettledFor.NEITHER)
    begun.close()
    with go_on(begun.path, sides_of(begun), who="lead") as file:
        again = Settlements(file.document(), sides_of(begun).drawn())
        assert list(again.in_force) == [first]
        assert again.in_force[first].settlement.who == "K1, K2"
        settle_all(again, file)
        assert again.open_items == ()
        file.document().submit(edits.LockCoding())
    assert open_read_only(begun.path).coding.locked
    assert verify(begun.path) == ()


def test_an_event_that_was_changed_by_hand_since_stays(begun, work) -> None:
    key = work.found.items[1].key
    settle(work, begun, key, SettledFor.FIRST)
    document = begun.document()
    reach = next(event for event in document.coding.events if event.code == "seeking.reach")
    document.submit(edits.ChangeEvent(event=replace(reach, comment="by hand")))
    settle(work, begun, key, SettledFor.NEITHER)
    assert [e.comment for e in document.coding.events if e.code == "seeking.reach"] == ["by hand"]


def test_the_two_codings_stay_byte_for_byte_and_their_agreement_to_the_last_digit(tmp_path) -> None:
    paths = pair_files(tmp_path)
    hashes = [sha256(path) for path in paths]

    def told():
        loaded = load(paths, infant_scheme, lambda _done, _all: None)
        pair = PairFiles(session="S001", first=paths[0], second=paths[1])
        report = pair_report(pair, loaded, USUAL_PROTOCOL)
        return (
            [
                (one.track.id, one.time and one.time.exact.kappa, one.alignment.kappa.kappa)
                for one in report.tracks
            ],
            report.ratings,
            report.classes,
        )

    before = told()
    file = begin(tmp_path / "consensus.sspc", read_sides(*paths), who="lead", words="drawn")
    work = Settlements(file.document(), read_sides(*paths).drawn())
    settle_all(work, file, SettledFor.SECOND)
    file.document().submit(add("distress.cry", 400, end=410))
    file.close()
    assert told() == before
    assert [sha256(path) for path in paths] == hashes


def test_a_consensus_is_never_counted_in_reliability(begun: CodingFile, tmp_path: Path) -> None:
    begun.close()
    first = tmp_path / "S001.K1.sspc"
    pair = PairFiles(session="S001", first=first, second=begun.path)
    loaded = load((first, begun.path), infant_scheme, lambda _done, _all: None)
    for report in (pair_report, lambda *rest: study_report((rest[0],), *rest[1:])):
        with pytest.raises(ConsensusError, match="consensus"):
            report(pair, loaded, USUAL_PROTOCOL)


def test_a_folder_is_compared_without_its_consensus_and_that_is_said(begun, tmp_path) -> None:
    begun.close()
    files = tuple(sorted(tmp_path.glob("*.sspc")))
    loaded = load(files, infant_scheme, lambda _done, _all: None)
    found = paired_within(files, loaded)
    assert [(pair.first.name, pair.second.name) for pair in found.pairs] == [
        ("S001.K1.sspc", "S001.K2.sspc")
    ]
    assert [Path(note.place).name for note in found.notes] == ["S001.K1+K2.sspc"]
    one, other = tmp_path / "S001.K1.sspc", tmp_path / "S001.K2.sspc"
    both = matched((one, begun.path), (other,), loaded)
    assert len(both.pairs) == len(both.notes) == 1


def test_the_pair_itself_is_what_reliability_is_told_of(tmp_path: Path) -> None:
    both = sides(tmp_path)
    pair = pair_agreement(both.first.coding, both.second.coding, infant_scheme(), USUAL_PROTOCOL)
    assert pair.coders == ("K1", "K2")


def refused(first: Path, second: Path) -> str:
    with pytest.raises(ConsensusError) as caught:
        read_sides(first, second)
    return caught.value.finding.code


def test_a_consensus_is_not_drawn_from_a_consensus_or_from_one_file_twice(begun, tmp_path) -> None:
    begun.close()
    first = tmp_path / "S001.K1.sspc"
    assert refused(first, begun.path) == "consensus.of_consensus"
    assert refused(first, first) == "consensus.same_file"


def test_codings_of_two_sessions_are_refused(tmp_path: Path) -> None:
    first = written(tmp_path, coded("K1"))
    second = written(tmp_path, coding(session="S002", coder="K2"))
    assert refused(first, second) == "consensus.other_session"


def test_codings_of_two_schemes_are_refused(tmp_path: Path, monkeypatch) -> None:
    paths = pair_files(tmp_path)
    from ssp_coder.storage import consensus_file

    read = consensus_file.open_read_only

    def other(path: Path) -> CodingFile:
        file = read(path)
        if path == paths[1]:
            file.scheme = replace(file.scheme, version="99", sha256="0" * 64)
        return file

    monkeypatch.setattr(consensus_file, "open_read_only", other)
    assert refused(*paths) == "consensus.other_scheme"


def test_codings_that_can_still_change_are_named_and_gone_on_with_all_the_same(tmp_path) -> None:
    paths = [written(tmp_path, coded(who, *ALIKE, locked=who == "K1")) for who in ("K1", "K2")]
    both = read_sides(*paths)
    assert [finding.place for finding in both.warnings] == [str(paths[1])]


def test_a_consensus_is_not_gone_on_with_once_a_coding_has_changed(tmp_path: Path) -> None:
    paths = [written(tmp_path, coded(who, *ALIKE, locked=False)) for who in ("K1", "K2")]
    path = tmp_path / "consensus.sspc"
    begin(path, read_sides(*paths), who="lead", words="drawn").close()
    with open_for_writing(paths[1], "K2") as file:
        file.document().submit(rate("avo_c_5", 3))
    with pytest.raises(ConsensusError, match=r"S001\.K2\.sspc"):
        go_on(path, read_sides(*paths), who="lead")


def test_another_coding_is_no_consensus_to_go_on_with(tmp_path: Path) -> None:
    both = sides(tmp_path)
    with pytest.raises(ConsensusError) as caught:
        go_on(both.first.path, both, who="lead")
    assert caught.value.finding.code == "consensus.no_consensus"


def test_no_file_is_left_where_a_consensus_could_not_be_begun(tmp_path: Path, monkeypatch) -> None:
    both = sides(tmp_path)
    path = tmp_path / "consensus.sspc"
    with pytest.raises(EditRefusedError):
        begin(path, both, who="lead", words=" ")
    assert not path.exists()
    begin(path, both, who="lead", words="drawn").close()
    with pytest.raises(DomainError, match="already"):
        begin(path, both, who="lead", words="drawn")


def test_only_a_consensus_takes_settlements_with_reason_and_names(begun, work) -> None:
    item = work.found.items[0].key
    for gap, code in (("reason", "settlement.no_reason"), ("who", "settlement.nobody")):
        blank = settled(work.found, item, SettledFor.FIRST, **{gap: " "})
        with pytest.raises(EditRefusedError) as caught:
            begun.document().submit(work.edit(blank, "words"))
        assert caught.value.finding.code == code
    independent = coded("K1", *SECOND, locked=False)
    edit = work.edit(settled(work.found, item, SettledFor.FIRST), "words")
    from ssp_coder.editing.apply import apply

    with pytest.raises(EditRefusedError, match="no consensus"):
        apply(independent, edit, infant_scheme())


def test_a_consensus_that_holds_something_is_not_begun_again(begun: CodingFile) -> None:
    begun.flush()
    with pytest.raises(EditRefusedError, match="already"):
        begun.document().submit(beginning_of(begun))
