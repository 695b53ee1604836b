"""Methods that any evaluation can use, a folder each; no method imports another, each from report,
disclosure, stats, project and below."""
