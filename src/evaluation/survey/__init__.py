"""From rows to published indicators; imports from disclosure, exchange, stats, project and
below."""
