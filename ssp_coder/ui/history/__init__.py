"""The history of a coding: every step that can be taken back or done again."""
