"""The embedded renderer, for where Quarto is not installed."""
