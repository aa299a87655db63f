"""The coding file: one session coded by one coder, durable, locked, verifiable and backed up."""
