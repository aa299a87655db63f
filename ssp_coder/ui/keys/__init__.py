"""Own keys: which key carries out which command, shown, changed, printed."""
