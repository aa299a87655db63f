"""`python -m ssp_coder`: the same as the command `ssp-coder`."""

from __future__ import annotations

import sys

from ssp_coder.cli import main

if __name__ == "__main__":
    sys.exit(main())
