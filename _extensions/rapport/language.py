"""Quarto notebook filter: one language of a notebook (notebook on stdin and stdout).

Quarto runs it before and after it executes the notebook. usage: language.py LANGUAGE
"""

import sys

from evaluation.quarto_filter import main

main(sys.argv[1])
