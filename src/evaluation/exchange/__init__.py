"""Other programs' files, read and written; imports from project and below."""
