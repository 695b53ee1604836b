"""Goal attainment: its scores and its chapter."""
