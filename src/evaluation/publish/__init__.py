"""Editions to a site and a PDF, with Quarto or without; imports from notebook and below."""
