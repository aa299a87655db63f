"""A protocol survives its file, and equal protocols have equal hashes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.protocol import Lump, Protocol, Window
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.protocol_file import protocol_of, protocol_sha256, protocol_text

LENGTHS = st.integers(1, 86_400_000_000)
NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
LUMPS = st.builds(Lump, name=NAMES, codes=st.lists(NAMES, min_size=2, max_size=4).map(tuple))
PROTOCOLS = st.builds(
    Protocol,
    name=NAMES,
    unit_us=LENGTHS,
    tolerance_us=st.integers(0, 86_400_000_000),
    alignment_us=LENGTHS,
    onsets_us=st.sets(st.integers(0, 86_400_000_000), min_size=1, max_size=5).map(
        lambda times: tuple(sorted(times))
    ),
    overlap=st.floats(0.01, 1, allow_nan=False),
    interval_us=LENGTHS,
    window=st.sampled_from(Window),
    lumps=st.lists(LUMPS, max_size=3).map(tuple),
    block_us=st.integers(1_000_000, 86_400_000_000),
    resamples=st.integers(1, 100_000),
    seed=st.integers(0, 2**62),
)


def refused(text: str) -> str:
    """What is said against a text; empty when it is a protocol."""
    try:
        protocol_of(text, "x.toml")
    except FormatError as error:
        return str(error)
    return ""


@given(PROTOCOLS)
def test_a_protocol_written_and_read_is_the_same(protocol: Protocol) -> None:
    again = protocol_of(protocol_text(protocol), "x.toml")
    assert again == protocol
    assert protocol_sha256(again) == protocol_sha256(protocol)


@given(PROTOCOLS, PROTOCOLS)
def test_equal_protocols_alone_have_equal_hashes(one: Protocol, other: Protocol) -> None:
    assert (protocol_sha256(one) == protocol_sha256(other)) == (one == other)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    assert refused(text) == "" or refused(text).startswith("x.toml")


@given(
    st.sampled_from(["unit_s", "tolerance_s", "overlap", "seed", "onsets_s", "window", "lumps"]),
    st.recursive(
        st.one_of(st.integers(-(2**70), 2**70), st.floats(), st.booleans(), st.text(max_size=5)),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=5,
    ),
)
def test_any_value_of_a_setting_is_read_or_refused_in_words(name: str, value: object) -> None:
    words = repr(value).replace("True", "true").replace("False", "false")
    complaint = refused(f"{name} = {words}\n")
    assert complaint == "" or complaint.startswith("x.toml")
