from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from ssp_coder.media.opening import open_video, packets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fixtures.videos import ClipFactory


@dataclass
class Packet:
    size: int


@dataclass
class Container:
    """Reads on where it stopped; an exception in the list is raised in its place."""

    left: list[Packet | Exception]
    asked: int = field(default=0)

    def demux(self, _stream: object) -> Iterator[Packet]:
        self.asked += 1
        while self.left:
            found = self.left.pop(0)
            if isinstance(found, Exception):
                raise found
            yield found


def test_the_empty_packet_at_the_end_is_left_out() -> None:
    box = Container([Packet(5), Packet(7), Packet(0)])
    assert [packet.size for packet in packets_of(box, None)] == [5, 7]
    assert box.asked == 1


def test_reading_goes_on_behind_a_packet_of_an_unknown_stream() -> None:
    lost = IndexError("list index out of range")
    box = Container([lost, Packet(1), lost, lost, Packet(2), Packet(3), lost])
    assert [packet.size for packet in packets_of(box, None)] == [1, 2, 3]


def test_other_trouble_is_told() -> None:
    box = Container([Packet(1), OSError("broken")])
    packets = packets_of(box, None)
    assert next(packets).size == 1
    with pytest.raises(OSError, match="broken"):
        next(packets)


def test_every_packet_of_a_file_is_given_once(clip_factory: ClipFactory) -> None:
    clip = clip_factory("h264")
    container, stream = open_video(clip.path)
    with container:
        stamps = [packet.pts for packet in packets_of(container, stream)]
    assert len(stamps) == len(set(stamps)) == clip.count
