"""The relation branch: its corpora, its network, how it is trained and exported."""
