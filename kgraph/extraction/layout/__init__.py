"""What a text tells by its form: lists under a lead-in, tables, and lines of a key and its value."""
