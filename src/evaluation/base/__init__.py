"""Errors, rounding, YAML, whole files, safe CSV, Markdown, installed methods; imports nothing of
the library."""
