"""Numbers in, numbers out: intervals, tests and scores; imports from base."""
