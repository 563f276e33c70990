"""Candidates to claims: both extractors reconciled, weighed, and cut down to the words that say it."""
