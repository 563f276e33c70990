"""What pronouns and descriptions stand for, and which names are one thing."""
