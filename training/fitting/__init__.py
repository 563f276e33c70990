"""Small weights over what the networks say, each fitted on articles that they did not learn from."""
