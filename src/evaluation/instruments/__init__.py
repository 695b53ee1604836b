"""Instruments that any evaluation can use, one module each: from raw tables to score tables."""
