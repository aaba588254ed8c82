"""Compares values that `capture` described, in a process that has neither the notebook nor the project."""
