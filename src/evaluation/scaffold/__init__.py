"""Makes and extends evaluation folders; imports from methods, notebook, survey, exchange and
below."""
