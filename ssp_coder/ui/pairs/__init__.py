"""Two codings over each other: what differs, where it shows, and who called what how."""
