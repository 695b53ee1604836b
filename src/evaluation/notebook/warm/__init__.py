"""Kernels that start at once: forked from a process that has imported what every chapter needs."""
