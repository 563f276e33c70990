"""kgraph: news articles to one RDF graph of who did what to whom, with the quoted words behind every statement."""
