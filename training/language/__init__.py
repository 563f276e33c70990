"""The language network: the encoder and its heads, how they are trained and exported."""
