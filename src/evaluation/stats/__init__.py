"""Numbers in, numbers out: intervals, tests, effects, weights and scores; imports from base."""
