"""The command line: every job that needs no window, and the way to the window."""

from ssp_coder.cli.program import main

__all__ = ["main"]
