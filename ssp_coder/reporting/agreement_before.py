"""How far two coders agreed before they talked, kept beside their consensus."""

from __future__ import annotations

import json
from pathlib import Path

from ssp_coder.domain.settlement import Origin
from ssp_coder.reporting.agreement_json import pair_json
from ssp_coder.reporting.agreement_report import PairReport

ENDING = ".agreement.json"


def agreement_path(consensus: Path) -> Path:
    """Where the agreement before a consensus lies."""
    return consensus.with_name(f"{consensus.stem}{ENDING}")


def agreement_before(report: PairReport, origins: tuple[Origin, Origin]) -> bytes:
    """The agreement of two codings with what tells them from others, as JSON."""
    content = {
        "kind": "agreement_before_consensus",
        "codings": [{"coder": one.coder, "file": one.file, "head": one.head} for one in origins],
        "agreement": pair_json(report),
    }
    return (json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()
