"""The program's own words in other languages."""
