"""Before the submission no byte of a trainee's place tells anything of a reference."""

from __future__ import annotations

import gc
import zlib
from itertools import product
from pathlib import Path

import pytest

from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.training.packs import Reference
from ssp_coder.training.references import (
    ReferenceText,
    open_reference,
    pack_key,
    read_reference,
)
from tests.unit.training.training_files import SECRETS, reference_edits

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def bytes_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def hits(folder: Path, words: tuple[str, ...] = SECRETS) -> list[tuple[Path, str]]:
    """Where words of a reference stand in file names or bytes, in any usual writing."""
    found = []
    for (path, content), word in product(bytes_of(folder).items(), words):
        inside = any(word.encode(encoding) in content for encoding in ENCODINGS)
        if inside or word in path.name:
            found.append((path, word))
    return found


@pytest.fixture
def busy(anna):
    """A trainee with a practice case under way and things done and undone."""
    anna.look("c01")
    path = anna.begin("c02")
    with open_for_writing(path, "t07") as file:
        document = file.document()
        for edit in reference_edits()[:3]:
            document.submit(edit)
            document.undo()
            document.redo()
            document.undo()
    return anna, path


def test_the_search_finds_what_is_there(pack):
    assert {word for _, word in hits(pack.folder / "open")} == set(SECRETS)


def test_nothing_of_a_reference_lies_in_the_trainee_s_folder(anna):
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    assert hits(anna.logbook.folder) == []


def test_nothing_of_a_reference_is_in_an_open_coding_and_its_journal(anna):
    anna.look("c01")
    path = anna.begin("c02")
    with open_for_writing(path, "t07") as file:
        file.flush()
        assert any(one.name.endswith("-wal") for one in bytes_of(anna.logbook.folder))
        assert hits(anna.logbook.folder) == []


def test_nothing_of_a_reference_is_in_the_undo_history(busy):
    anna, path = busy
    words = (SECRETS[0], SECRETS[2], SECRETS[3])
    with open_read_only(path) as file:
        history = repr(file.past(0, 1000))
        assert len(history) > 100
        assert [word for word in words if word in history] == []
    assert hits(anna.logbook.folder, words) == []


def test_nothing_of_a_reference_is_in_an_export(anna, tmp_path):
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    out = tmp_path / "export"
    out.mkdir()
    with open_read_only(path) as file:
        exportable = Exportable(coding=file.coding, scheme=file.scheme)
    written = export_codings((exportable,), out)
    assert written
    assert hits(out) == []


def test_the_sealed_files_hold_no_packed_form_of_a_reference(pack):
    for case in pack.cases[1:]:
        content = (pack.folder / case.reference).read_bytes()
        for start in range(len(content) - 2):
            if content[start : start + 2] in (b"\x78\xda", b"\x78\x9c"):
                stream = zlib.decompressobj()
                try:
                    text = stream.decompress(content[start:], 4096)
                except zlib.error:
                    continue
                assert not [word for word in SECRETS if word.encode() in text]


def test_opening_a_reference_writes_no_file(anna, pack, tmp_path, monkeypatch):
    anna.look("c01")
    anna.do("c02")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    before = bytes_of(tmp_path)
    packed_before = bytes_of(pack.folder)
    reference = open_reference(pack, pack.case("c02"), anna.programme)
    assert reference.coding.events
    assert bytes_of(tmp_path) == before
    assert bytes_of(pack.folder) == packed_before


def test_the_feedback_of_one_case_does_not_write_its_reference_down(anna):
    anna.look("c01")
    anna.do("c02")
    anna.look("c02")
    assert hits(anna.logbook.folder) == []


def test_a_submitted_copy_holds_the_trainee_s_work_alone(anna):
    anna.practise()
    anna.do("c04", "c05")
    assert len(list((anna.logbook.folder / "submitted").iterdir())) == 4
    assert hits(anna.logbook.folder) == []


def test_codings_of_every_class_begin_alike(anna, pack):
    """Neither the length nor the order of a fresh coding depends on the reference."""
    anna.practise()
    sizes = {anna.begin(case).stat().st_size for case in ("c04", "c05")}
    assert len(sizes) == 1


def unsealed_values() -> list[object]:
    """Everything in this process that holds a reference."""
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, (Reference, ReferenceText))]


def test_no_reference_is_in_memory_while_a_case_is_coded(anna, pack):
    before = len(unsealed_values())
    anna.look("c01")
    path = anna.begin("c02")
    anna.code(path)
    assert len(unsealed_values()) == before
    anna.submit("c02", path)
    assert len(unsealed_values()) == before
    reference = open_reference(pack, pack.case("c02"), anna.programme)
    assert len(unsealed_values()) == before + 1
    del reference
    assert len(unsealed_values()) == before


def test_the_pack_as_it_is_read_tells_nothing_of_a_reference(pack):
    assert [word for word in SECRETS if word in repr(pack)] == []


def test_the_pack_s_key_opens_no_form_that_is_sealed_with_the_word(worded_pack):
    with pytest.raises(Exception, match="cannot be unsealed"):
        read_reference(worded_pack, worded_pack.case("c04"), pack_key(worded_pack))
    assert read_reference(worded_pack, worded_pack.case("c02"), pack_key(worded_pack)).notes
