"""The prepare step: where each episode starts, by its cue."""
