"""Every word and rule of a language; imports nothing of the library."""
