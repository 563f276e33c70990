"""The page to explore: one HTML file, offline, in which every statement leads to its words in its article."""
