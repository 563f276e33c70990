"""Claims as the lexicon finds them: frames of verbs, nouns and adjectives, matched over trees."""
