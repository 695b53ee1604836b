"""Where the files that readers can download lie in a site."""

DOWNLOADS = "downloads"
RAW = "raw"  # in it, the tables of data/raw
