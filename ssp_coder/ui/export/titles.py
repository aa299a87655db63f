"""What each table of an export holds, in the words of the window."""

from __future__ import annotations

from types import MappingProxyType

from ssp_coder.formats.codebook import CODEBOOK_TABLE
from ssp_coder.formats.comments import COMMENTS_TABLE
from ssp_coder.formats.episodes import EPISODES_TABLE
from ssp_coder.formats.frequencies import FREQUENCIES_TABLE
from ssp_coder.formats.intervals import INTERVALS_TABLE
from ssp_coder.formats.scores import SCORES_TABLE
from ssp_coder.formats.timeline import EVENTS_TABLE
from ssp_coder.ui.language.spoken import noted

TITLES = MappingProxyType(
    {
        EVENTS_TABLE: noted("Timeline, one row an event"),
        SCORES_TABLE: noted("Scores, one row a coding"),
        EPISODES_TABLE: noted("Episodes"),
        INTERVALS_TABLE: noted("Intervals, one row an interval of an episode"),
        FREQUENCIES_TABLE: noted("Frequencies, one row a measure and episode"),
        COMMENTS_TABLE: noted("Comments, flags and questions"),
        CODEBOOK_TABLE: noted("Codebook of all columns"),
    }
)
