"""Marks what can be part of a claim: things and the words that stand for them, figures, dates, titles."""
