from __future__ import annotations

import pytest

from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme


@pytest.fixture
def theme(qapp):
    return Theme(Scheme.LIGHT)
