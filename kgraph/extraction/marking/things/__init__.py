"""Names, the words that stand for them, and titles of offices."""
