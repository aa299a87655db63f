"""The trainer's desk: packs, trainees, releases, disputes and re-checks."""
