"""Settling what two coders have differently into a third coding, one item at a time."""
