"""Knowledge as pictures, pages and other tools' formats."""

from kgraph.export.network import draw
from kgraph.export.selection import View

__all__ = ["View", "draw"]
