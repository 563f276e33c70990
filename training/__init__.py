"""How kgraph's English model is made and measured; not shipped with the package."""
