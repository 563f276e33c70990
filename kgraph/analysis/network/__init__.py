"""The facts as a network: centralities, communities, and the links that hold it together."""
