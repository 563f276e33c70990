"""Completes candidates with what stands beside them: figures, dates, and the offices of people."""
