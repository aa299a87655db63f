"""The Review step: what is missing, what lies on disk, the lock."""
