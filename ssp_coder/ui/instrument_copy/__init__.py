"""A laboratory's own copies of instruments: making, writing and comparing them."""
