"""Errors, rounding, YAML, whole files, safe CSV and Markdown; imports from language."""
