"""A query over a store, and what is wrong with it."""
