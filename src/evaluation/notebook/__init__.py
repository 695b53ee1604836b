"""One notebook from its source to an executed edition; imports from report, project and below."""
