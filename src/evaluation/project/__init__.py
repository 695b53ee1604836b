"""What an evaluation folder holds, and the only opener of its files; imports from base and
language."""
