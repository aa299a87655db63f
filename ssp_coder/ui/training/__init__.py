"""The training window: cases, feedback, exercises, progress, certificate."""
