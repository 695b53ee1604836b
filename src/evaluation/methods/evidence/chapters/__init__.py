"""What a folder can tell of the documents beside the synthesis, a module a subject."""
