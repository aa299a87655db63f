"""Tables for other programs and back again: one module a table, one tuple that lists them."""
