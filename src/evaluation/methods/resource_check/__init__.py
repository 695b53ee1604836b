"""The resource check: its scores and its chapter."""
