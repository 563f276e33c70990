"""Money, shares and counts."""
