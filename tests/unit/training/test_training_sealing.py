"""What is sealed opens with its key under its label, and in no other way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.training.errors import TrainingError
from ssp_coder.training.sealing import (
    HIGHEST_COST,
    WHAT_SEALING_DOES,
    Label,
    common_size,
    fits,
    form_key,
    is_signed,
    new_root,
    packed,
    public_key,
    root_of_word,
    sealed,
    signer,
    unsealed,
)

ROOT = bytes(range(32))
KEY = form_key(ROOT, "one")
LABEL = Label("pack1", "1.0.0", "case c02")
SALT = b"s" * 16
CHEAP = 16


def seal(text: str, label: Label = LABEL, key: bytes = KEY) -> bytes:
    plain = packed(text)
    return sealed(plain, key, label, common_size((len(plain),)))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=2000))
def test_what_is_sealed_comes_out_as_it_was(text):
    assert unsealed(seal(text), KEY, LABEL, "here") == text


def test_a_sealed_text_shows_nothing_of_what_it_holds():
    content = seal("quokka " * 500)
    assert b"quokka" not in content
    assert packed("quokka " * 500)[:20] not in content


def test_the_same_text_sealed_twice_looks_different():
    assert seal("one and the same") != seal("one and the same")


def test_texts_filled_to_a_common_size_do_not_tell_their_length():
    short, long = packed("a"), packed("".join(chr(n) for n in range(32, 20000)))
    size = common_size((len(short), len(long)))
    assert len(sealed(short, KEY, LABEL, size)) == len(sealed(long, KEY, LABEL, size))


@pytest.mark.parametrize(
    "label",
    [
        Label("pack2", "1.0.0", "case c02"),
        Label("pack1", "1.0.1", "case c02"),
        Label("pack1", "1.0.0", "case c03"),
        Label("pack1\x001.0.0", "", "case c02"),
    ],
)
def test_a_sealed_text_does_not_open_in_the_place_of_another(label):
    with pytest.raises(TrainingError, match="cannot be unsealed"):
        unsealed(seal("mine"), KEY, label, "here")


def test_the_key_of_another_form_does_not_open_it():
    with pytest.raises(TrainingError, match="key is another one"):
        unsealed(seal("mine"), form_key(ROOT, "two"), LABEL, "here")


@pytest.mark.parametrize("place", [0, 4, 5, 16, 17, 40, -1])
def test_one_changed_byte_is_found(place):
    content = bytearray(seal("mine"))
    content[place] ^= 1
    with pytest.raises(TrainingError) as error:
        unsealed(bytes(content), KEY, LABEL, "sealed/c02.ref")
    assert error.value.finding.place == "sealed/c02.ref"
    assert error.value.finding.remedy


@pytest.mark.parametrize("length", [0, 3, 5, 17, 32])
def test_a_file_that_is_cut_off_is_refused(length):
    with pytest.raises(TrainingError):
        unsealed(seal("mine")[:length], KEY, LABEL, "here")


def test_a_sealed_text_that_is_no_packed_one_is_told_as_damage():
    content = sealed(b"not packed at all", KEY, LABEL, 1024)
    with pytest.raises(TrainingError, match="cannot be read"):
        unsealed(content, KEY, LABEL, "here")


def test_a_packed_text_without_its_end_is_told_as_damage():
    plain = packed("some words that are packed")[:-6]
    with pytest.raises(TrainingError, match="cut off"):
        unsealed(sealed(plain, KEY, LABEL, 1024), KEY, LABEL, "here")


def test_the_same_word_leads_to_the_same_root():
    assert root_of_word("a word", SALT, CHEAP) == root_of_word(" a word\n", SALT, CHEAP)


def test_another_word_or_salt_leads_to_another_root():
    one = root_of_word("a word", SALT, CHEAP)
    assert root_of_word("A word", SALT, CHEAP) != one
    assert root_of_word("a word", b"t" * 16, CHEAP) != one


@pytest.mark.parametrize("cost", [0, 1, 17, 2 * HIGHEST_COST, -8])
def test_work_that_a_hostile_pack_asks_for_is_refused(cost):
    with pytest.raises(ValueError, match="no work that is spent"):
        root_of_word("a word", SALT, cost)


def test_two_roots_drawn_by_chance_differ():
    assert new_root() != new_root()


def test_a_root_is_known_by_its_public_key():
    assert fits(ROOT, public_key(ROOT))
    assert not fits(new_root(), public_key(ROOT))
    assert not fits(ROOT, "")


def test_a_signature_holds_for_its_message_and_its_signer_alone():
    signature = signer(ROOT).sign(b"allowed")
    assert is_signed(b"allowed", signature, public_key(ROOT))
    assert not is_signed(b"Allowed", signature, public_key(ROOT))
    assert not is_signed(b"allowed", signature, public_key(new_root()))


@pytest.mark.parametrize("public", ["", "zz", "00", "ab" * 32])
def test_a_broken_public_key_confirms_nothing(public):
    assert not is_signed(b"allowed", signer(ROOT).sign(b"allowed"), public)


def test_what_sealing_cannot_prevent_is_said_plainly():
    words = " ".join(WHAT_SEALING_DOES)
    assert "stops nobody who is determined" in words
    assert "No seal keeps two trainees from talking" in words
