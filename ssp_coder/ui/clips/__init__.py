"""Clips and pictures of a coded video: what, how, where, and what came of it."""
