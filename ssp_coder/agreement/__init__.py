"""How far two codings of one session agree."""
