"""Frozen values of the field: time, instruments, codings. No I/O, no clock, no Qt."""
