"""``pack.toml`` is read strictly, and a pack tells whether it is as it was built."""

from __future__ import annotations

import shutil
import tomllib
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssp_coder.domain.finding import Severity
from ssp_coder.training.checking import check_pack
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import Stage, may_share
from ssp_coder.training.references import pack_key, pack_scheme, read_reference


@pytest.fixture
def own(pack, tmp_path: Path) -> Path:
    """A copy of a pack, to do with as one likes."""
    return Path(shutil.copytree(pack.folder, tmp_path / "pack"))


def rewrite(folder: Path, old: str, new: str) -> Path:
    path = folder / "pack.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def codes(folder: Path) -> list[str]:
    return [finding.code.removeprefix("training.") for finding in check_pack(folder)]


# ---------------------------------------------------------------- reading


def test_a_pack_is_read_as_it_was_built(own, pack):
    there = read_pack(own)
    assert there.cases == pack.cases
    assert there.seal == pack.seal
    assert there.sha256 == pack.sha256
    assert there.folder == own.resolve()


def test_every_letter_of_the_description_counts_for_the_hash(own, pack):
    assert read_pack(rewrite(own, "A small pack", "A small Pack")).sha256 != pack.sha256


def test_a_folder_without_a_pack_is_told(tmp_path):
    with pytest.raises(TrainingError, match="no training pack in this folder"):
        read_pack(tmp_path)
    with pytest.raises(TrainingError, match="no training pack"):
        read_pack(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "training_pack"', 'kind = "scheme"', "does not describe a training pack"),
        ("format = 1", "format = 2", "newer version"),
        ("format = 1", "format = '1'", "not a whole number"),
        ('stage = "learn"', 'stage = "play"', "play"),
        ('consent = "training"', 'consent = "maybe"', "maybe"),
        ('title = "A small pack"', "title = 5", "title"),
        ('title = "A small pack"', 'title = "A"\nmore = 1', "no field 'more'"),
        ('made_by = "trainer1"', "", "lacks the field 'made_by'"),
        ('"sealed/c02.ref"', '"../c02.ref"', "leads out of the pack"),
        ('"sealed/c02.ref"', '"/etc/passwd"', "leads out of the pack"),
        ('"sealed/c02.ref"', '"c:\\\\x"', "leads out of the pack"),
        ('"media/c03-1.mp4"', '"//host/share/x.mp4"', "leads out of the pack"),
        ('"episodes/standard.toml"', '"../../standard.toml"', "leads out of the pack"),
        ('id = "c03"', 'id = "c02"', "two cases have the same id"),
        ('form = "two"', 'form = ""', "lacks one"),
        ('form = ""', 'form = "one"', "against its stage"),
        ('salt = ""', 'salt = "xyz"', "hexadecimal"),
        ('key = "', 'key = "0', "hexadecimal"),
        ('reference_sha256 = "', 'reference_sha256 = "0', "is none"),
        ('kind = "training_pack"', "kind = [", "no TOML"),
    ],
)
def test_a_description_that_is_not_the_program_s_is_refused(own, old, new, words):
    with pytest.raises(TrainingError, match=words) as error:
        read_pack(rewrite(own, old, new))
    assert error.value.finding.place.endswith("pack.toml")
    assert error.value.finding.remedy


def test_a_case_without_a_video_is_refused(own):
    text = (own / "pack.toml").read_text("utf-8")
    start = text.index("[[cases.media]]")
    end = text.index("[cases.origin]")
    head = text[:start].replace('id = "c01"', 'media = []\nid = "c01"')
    (own / "pack.toml").write_text(head + text[end:], "utf-8")
    with pytest.raises(TrainingError, match="c01 has no video"):
        read_pack(own)


def test_a_description_that_is_no_text_is_refused(own):
    (own / "pack.toml").write_bytes(b"\xff\x00\xff")
    with pytest.raises(TrainingError, match="no TOML"):
        read_pack(own)


def test_a_description_too_long_to_be_one_is_refused(own):
    with (own / "pack.toml").open("ab") as file:
        file.truncate(17 * 1024 * 1024)
    with pytest.raises(TrainingError, match="too large"):
        read_pack(own)


# ---------------------------------------------------------------- checking


def test_a_pack_as_it_was_built_has_no_faults(own):
    shares: list[float] = []
    assert check_pack(own, shares.append) == ()
    assert shares[-1] == 1.0


def test_a_missing_pack_is_a_fault(tmp_path):
    assert codes(tmp_path) == ["no_pack"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("sealed/c02.ref", "changed_file"),
        ("open/c01.json", "changed_file"),
        ("media/c03-1.mp4", "changed_file"),
        ("scheme/episodes/standard.toml", "changed_file"),
    ],
)
def test_a_changed_file_is_named(own, path, code):
    content = bytearray((own / path).read_bytes())
    content[len(content) // 2] ^= 1
    (own / path).write_bytes(bytes(content))
    (finding,) = check_pack(own)
    assert finding.code == f"training.{code}"
    assert finding.place.endswith(path)
    assert finding.remedy


@pytest.mark.parametrize(
    "path", ["sealed/c02.ref", "open/c01.json", "media/c03-1.mp4", "scheme/episodes/standard.toml"]
)
def test_a_missing_file_is_named(own, path):
    (own / path).unlink()
    (finding,) = check_pack(own)
    assert finding.code == "training.missing_file"
    assert finding.place.endswith(path)


def test_every_fault_is_named_at_once(own):
    for name in ("sealed/c02.ref", "media/c03-1.mp4"):
        (own / name).unlink()
    assert codes(own) == ["missing_file", "missing_file"]


def test_a_file_too_many_is_worth_a_look(own):
    (own / "sealed" / "c02.sspc").write_bytes(b"a reference left lying about")
    (finding,) = check_pack(own)
    assert (finding.code, finding.severity) == ("training.stranger", Severity.WARNING)
    assert finding.place.endswith("c02.sspc")


def test_sealed_references_of_different_size_are_told(own):
    (own / "sealed" / "c02.ref").write_bytes(b"short")
    assert codes(own) == ["changed_file", "telling_sizes"]


def test_a_consent_taken_back_is_a_fault(own):
    assert codes(rewrite(own, 'consent = "training"', 'consent = "none"')) == ["no_consent"]


def test_a_video_of_two_cases_is_a_fault(own, pack):
    one, other = (pack.case(name).media[0].fingerprint for name in ("c02", "c03"))
    rewrite(own, f'fingerprint = "{other}"', f'fingerprint = "{one}"')
    assert codes(own) == ["same_video", "changed_file"]


def test_another_scheme_in_the_place_of_the_pack_s_is_a_fault(own, pack):
    rewrite(own, f'scheme_sha256 = "{pack.scheme_sha256}"', f'scheme_sha256 = "{"0" * 64}"')
    assert codes(own) == ["changed_scheme"]


# ---------------------------------------------------------------- references


def test_a_reference_that_was_changed_does_not_open(own):
    pack = read_pack(own)
    path = own / "sealed" / "c02.ref"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(TrainingError, match="not the one that the pack was built with"):
        read_reference(pack, pack.case("c02"), pack_key(pack))


def test_a_reference_in_the_place_of_another_does_not_open(own, pack):
    a, b = (pack.case(name) for name in ("c02", "c03"))
    shutil.copy(own / b.reference, own / a.reference)
    rewrite(own, a.reference_sha256, b.reference_sha256)
    there = read_pack(own)
    with pytest.raises(TrainingError, match="cannot be unsealed"):
        read_reference(there, there.case("c02"), pack_key(there))


def test_a_reference_of_another_scheme_does_not_open(own, pack):
    rewrite(own, f'scheme_sha256 = "{pack.scheme_sha256}"', f'scheme_sha256 = "{"0" * 64}"')
    there = read_pack(own)
    with pytest.raises(TrainingError, match="another scheme"):
        read_reference(there, there.case("c02"), pack_key(there))


def test_a_changed_scheme_is_not_used(own):
    path = own / "scheme" / "episodes" / "standard.toml"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(TrainingError, match=r"standard\.toml"):
        pack_scheme(read_pack(own))


# ---------------------------------------------------------------- a description made to do harm


HARMFUL = (
    ('id = "c03"', 'id = "C02"', "two cases have the same id"),
    ('id = "c03"', 'id = "../c03"', "cannot be the id of a case"),
    ('id = "pack1"', 'id = "a\\u001b[31m"', "cannot be the id of a pack"),
    ('title = "Case 03"', 'title = "Case\\u001b[2J"', "signs that cannot be shown"),
    ('path = "media/', 'path = "../media/', "leads out of the pack"),
    ('path = "media/c02', f'path = "{"x" * 300}', "is too long"),
    ('"sealed/c02.ref"', '"sealed/../../c02.ref"', "leads out of the pack"),
    ('"sealed/c02.ref"', '"/etc/passwd"', "leads out of the pack"),
    ('"sealed/c02.ref"', '"C:/c02.ref"', "leads out of the pack"),
    ('"sealed/c02.ref"', '"sealed/con.ref"', "leads out of the pack"),
    ('"sealed/c02.ref"', f'"sealed/{"é" * 200}"', "is too long"),
    ("cost = 0", "cost = 1024", "sealed with the work 1024"),
    ('salt = ""', 'salt = "ab"', "sealed with the work 0"),
    ('salt = ""', 'salt = "zz"', "hexadecimal"),
    ('key = "', 'key = "ab', "64 hexadecimal digits"),
    ('releases = "', 'releases = "ab', "64 hexadecimal digits"),
)


@pytest.mark.parametrize(("old", "new", "words"), HARMFUL)
def test_a_description_that_could_do_harm_is_refused(own, old, new, words):
    with pytest.raises(TrainingError, match=words):
        read_pack(rewrite(own, old, new))


@pytest.mark.parametrize("cost", [-2, 0, 1, 3, 65535, 2**21, 2**62])
def test_no_word_costs_more_than_the_program_spends(worded_pack, tmp_path, cost):
    own = Path(shutil.copytree(worded_pack.folder, tmp_path / "pack"))
    with pytest.raises(TrainingError, match=f"sealed with the work {cost}"):
        read_pack(rewrite(own, f"cost = {worded_pack.seal.cost}", f"cost = {cost}"))


_VALUES = st.one_of(
    st.sampled_from(["", "../x", "/x", "C:\\x", "a" * 4000, "\u202e", "con", 10**60, -1, True]),
    st.floats(),
    st.integers(),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=2),
    st.just({}),
)


def _places(tree, before=()):
    """Where something stands in a tree of tables and lists."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in pairs:
        yield (*before, key)
        if isinstance(value, dict | list):
            yield from _places(value, (*before, key))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.data())
def test_whatever_stands_in_a_description_it_is_used_or_refused_with_reason(pack, chance):
    tree = tomllib.loads((pack.folder / "pack.toml").read_text("utf-8"))
    place = chance.draw(st.sampled_from(sorted(_places(tree), key=str)))
    inner = tree
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = chance.draw(_VALUES)
    with TemporaryDirectory() as folder:
        try:
            (Path(folder) / "pack.toml").write_text(tomlkit.dumps(tree), "utf-8")
        except (ValueError, UnicodeEncodeError):
            return
        here = Path(folder).resolve()
        with suppress(TrainingError):
            read = read_pack(here)
            assert check_pack(here), "nothing else lies in the folder"
            paths = [path for case in read.cases for path in read.media_paths(case)]
            paths += [here / case.reference for case in read.cases]
            assert all(path.resolve().is_relative_to(here) for path in paths)


# ---------------------------------------------------------------- tapes that come back


def test_a_tape_to_learn_from_that_comes_back_is_a_fault(own, pack):
    learn, upkeep = pack.cases[0].media[0], pack.cases[-1].media[0]
    assert pack.cases[-1].stage.value == "upkeep"
    rewrite(own, upkeep.fingerprint, learn.fingerprint)
    assert "same_video" in codes(own)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (Stage.PRACTICE, Stage.UPKEEP, True),
        (Stage.UPKEEP, Stage.TEST, True),
        (Stage.UPKEEP, Stage.UPKEEP, True),
        (Stage.LEARN, Stage.UPKEEP, False),
        (Stage.LEARN, Stage.PRACTICE, False),
        (Stage.PRACTICE, Stage.TEST, False),
        (Stage.TEST, Stage.TEST, False),
    ],
)
def test_only_a_re_check_brings_a_tape_back_and_never_an_open_one(one, other, may):
    assert may_share(one, other) is may
    assert may_share(other, one) is may
