"""Handing out the re-checks whose day has come."""

from __future__ import annotations

from ssp_coder.training.deeds import RecheckServed
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.packs import Pack
from ssp_coder.training.programme import programme_of


def hand_out(logbook: Logbook, pack: Pack, day: str) -> tuple[RecheckServed, ...]:
    """Hand out what is due; from here on a re-check is a case like any other.

    Only a certified coder of this pack gets any; until then they wait. Twice is harmless.

    Args:
        logbook: of the coder.
        pack: that the coder is enrolled for.
        day: today, ``2026-05-17``.

    Raises:
        StorageError: it could not be written.
    """
    programme = programme_of(pack, logbook.entries)
    if not programme.enrolled or programme.certified is None:
        return ()
    served = tuple(RecheckServed(pack=pack.id, case=one.case) for one in programme.due_on(day))
    for deed in served:
        logbook.append(deed)
    return served
