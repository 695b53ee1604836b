"""The quality of codings: its scores and its chapter."""
