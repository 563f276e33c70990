"""Scores of the shipped models; `python -m training.evaluate` prints them."""
