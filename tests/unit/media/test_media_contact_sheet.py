from __future__ import annotations

import cv2
import numpy as np
import pytest

from ssp_coder.domain.time import Micros
from ssp_coder.media.contact_sheet import ACROSS, sheet, sheet_png
from ssp_coder.media.thumbnails import Thumbnail


def thumbnails(count: int, size: tuple[int, int] = (90, 160)) -> list[Thumbnail]:
    return [
        Thumbnail(
            ordinal=number,
            at_us=Micros(number * 1_000_000),
            rgb=np.full((*size, 3), 100 + number, np.uint8),
        )
        for number in range(count)
    ]


def test_pictures_lie_row_by_row_in_order() -> None:
    paper = sheet(thumbnails(ACROSS + 1))
    assert paper[10, 10, 0] == 100
    assert paper[10, 10 + 164, 0] == 101
    assert paper[10 + 94, 10, 0] == 100 + ACROSS
    assert not paper[10 + 94, 10 + 164].any()


def test_a_few_pictures_make_a_small_sheet() -> None:
    assert sheet(thumbnails(1)).shape == (98, 168, 3)
    assert sheet(thumbnails(3, (90, 50))).shape == (98, 3 * 54 + 4, 3)


def test_each_picture_carries_its_time_and_stays_as_it_was() -> None:
    strip = thumbnails(1)
    paper = sheet(strip)
    assert paper.max() > 200
    assert strip[0].rgb.max() == 100


def test_the_sheet_can_be_opened() -> None:
    picture = cv2.imdecode(np.frombuffer(sheet_png(thumbnails(2)), np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape == sheet(thumbnails(2)).shape


def test_no_pictures_make_no_sheet() -> None:
    with pytest.raises(ValueError, match="at least one"):
        sheet([])
