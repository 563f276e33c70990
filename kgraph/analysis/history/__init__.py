"""How things came to be: timelines, and what changed between two graphs."""
