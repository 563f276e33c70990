"""Gives candidates the figures, dates and offices that are theirs, and drops what is only wished for or sold."""
