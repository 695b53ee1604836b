"""The forms in which plain tables hold the answers to a question, a module each."""
