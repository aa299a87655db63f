"""One number of an agreement report with all that stands beside it, and what intervals are."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.kappa import Kappa
from ssp_coder.formats.agreement_table import AgreementFigure, Level

BLOCKS = "approximate: bootstrap of blocks within the session"
SESSIONS = "bootstrap of sessions"
CASES = "bootstrap of cases"
ICC_INTERVAL = "McGraw & Wong 1996"
MEAN_INTERVAL = "of a mean (Student's t)"
WILSON = "Wilson 1927"
_LARGEST = "kappa_max"


class Item:
    """Figures about one thing share its name, method and interval."""

    def __init__(self, level: Level, item: str, method: str, interval: str = "") -> None:
        self._level, self._item, self._method, self._interval = level, item, method, interval

    def figure(
        self,
        statistic: str,
        estimate: Estimate,
        *,
        code: str = "",
        episode: str = "",
        tolerance_us: int | None = None,
    ) -> AgreementFigure:
        """One number; the interval is named only where there is one."""
        return AgreementFigure(
            level=Level.CODE if code and self._level is Level.TRACK else self._level,
            item=self._item,
            statistic=statistic,
            estimate=estimate,
            method=self._method,
            code=code,
            episode=episode,
            tolerance_us=tolerance_us,
            interval=self._interval if estimate.low is not None else "",
        )

    def kappa(
        self, kappa: Kappa, *, episode: str = "", tolerance_us: int | None = None
    ) -> Iterator[AgreementFigure]:
        """A kappa with what stands beside it."""
        pairs = (
            ("kappa", kappa.kappa),
            ("p_o", kappa.p_o),
            ("p_e", kappa.p_e),
            (_LARGEST, kappa.kappa_max),
        )
        for name, estimate in pairs:
            yield self.figure(name, estimate, episode=episode, tolerance_us=tolerance_us)
