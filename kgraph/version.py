"""The version of kgraph, which every graph and index records."""

__all__ = ["__version__"]

__version__ = "0.1.0"
