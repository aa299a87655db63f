"""The Compare page: a coding against a reference."""
