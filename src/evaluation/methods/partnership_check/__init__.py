"""The partnership check: its scores and its chapter."""
