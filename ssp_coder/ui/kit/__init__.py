"""Small widgets that all pages share: plain values in, wishes out, no knowledge of a coding."""
