"""Windows that tell how far two codings, or the codings of a study, agree."""
