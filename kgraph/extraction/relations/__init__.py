"""Claims as the learnt model hears them: what holds between every two spans near each other, and whom a pronoun means."""
