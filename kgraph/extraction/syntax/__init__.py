"""Where words stand to each other, whatever the sentence does with them: in its tree, in its clauses, side by side."""
