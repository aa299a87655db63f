"""Does a trainee's folder hold what its logbook says was submitted?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ssp_coder.domain.finding import Finding
from ssp_coder.training.deeds import Entry, Submitted
from ssp_coder.training.errors import fault
from ssp_coder.training.logbook import LogbookPages
from ssp_coder.training.logbook_table import first_hash
from ssp_coder.training.working import SUBMITTED_FOLDER

_FEWEST_SIGNS = 12
"""So many signs of a hash tell one row from all others."""
_REMEDY = "use the copy that was handed in, or ask the trainee"


def check_work(pages: LogbookPages) -> tuple[Finding, ...]:
    """What is missing, changed or unaccounted for among the submitted copies.

    Args:
        pages: the logbook, which was replayed when it was read.
    """
    return (*_copies(pages), *_strangers(pages))


def check_follows(pages: LogbookPages, head: str) -> tuple[Finding, ...]:
    """Whether a logbook goes on from the one whose last row had this hash.

    An earlier copy that was put back, and a logbook that was written anew, do not.

    Args:
        pages: the logbook.
        head: hash of its last row when it was looked at before, or its first signs.
    """
    wanted = head.strip().lower()
    hashes = (first_hash(pages.who, pages.made_at), *(entry.hash for entry in pages.entries))
    if len(wanted) >= _FEWEST_SIGNS and any(one.startswith(wanted) for one in hashes):
        return ()
    return (
        fault(
            "not_following",
            pages.path,
            f"no row of it has the hash {head!r} that was noted before",
            "it was set back or written anew, or the hash is of another logbook: ask the trainee",
        ),
    )


def submissions(entries: tuple[Entry, ...]) -> tuple[Submitted, ...]:
    """All that was submitted, over all packs, in order."""
    return tuple(entry.deed for entry in entries if isinstance(entry.deed, Submitted))


def _copies(pages: LogbookPages) -> Iterator[Finding]:
    for submitted in submissions(pages.entries):
        path = pages.path.parent / submitted.snapshot
        if not path.is_file():
            yield fault("missing_copy", path, "a submitted copy is missing", _REMEDY)
            continue
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if sha256 != submitted.snapshot_sha256:
            yield fault("changed_copy", path, "a submitted copy was changed", _REMEDY)


def _strangers(pages: LogbookPages) -> Iterator[Finding]:
    """A copy that the logbook does not know may come from entries that were taken out."""
    known = {pages.path.parent / submitted.snapshot for submitted in submissions(pages.entries)}
    for path in sorted((pages.path.parent / SUBMITTED_FOLDER).glob("*.sspc")):
        if path not in known:
            yield fault(
                "unknown_copy",
                path,
                "the logbook does not know of this submitted copy",
                "an interrupted submission ends at the next start; else ask the trainee",
            )
