"""Which appearances of one article are one thing."""
