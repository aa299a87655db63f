"""Random work over many sittings: the file always equals a replay of its own log."""

from __future__ import annotations

import os
from random import Random

import pytest

from ssp_coder.editing.document import Document
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.verify import verify
from tests.builders import coding, infant_scheme
from tests.unit.storage.storage_files import Coder, new_file

STEPS = int(os.environ.get("SSP_STEPS", "1000"))
"""Steps over all seeds; 10,000 is the bar in CI, a million on demand."""

SEEDS = (1, 2, 3, 4)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_work_over_any_sittings_equals_the_replay_of_the_log(tmp_path, seed):
    chance = Random(seed)
    file, stored, shadow = new_file(tmp_path), Coder(seed), Coder(seed)
    remembered = Document(coding=coding(), scheme=infant_scheme())
    sittings = 1
    for _ in range(STEPS // len(SEEDS)):
        stored.step(file.document())
        shadow.step(remembered)
        if chance.random() < 0.04:
            file.close()
            file = open_for_writing(file.path, "c01")
            sittings += 1
        assert file.coding == remembered.coding
    file.close()
    assert sittings > 2
    assert open_read_only(file.path).coding == remembered.coding
    assert verify(file.path) == ()


def test_work_that_is_undone_over_sittings_ends_at_the_beginning(tmp_path):
    coder = Coder(9)
    with new_file(tmp_path) as file:
        for _ in range(60):
            coder.step(file.document())
    while True:
        with open_for_writing(file.path, "c01") as again:
            for _ in range(7):
                undone = again.document().undo()
        if undone is None:
            break
    assert open_read_only(file.path).coding == coding()
    assert verify(file.path) == ()
