"""Every word and rule of a language; imports from base."""
