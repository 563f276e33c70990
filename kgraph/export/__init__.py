"""Knowledge as pictures, pages and other tools' formats."""

from kgraph.export.explorer import Highlight, explorer
from kgraph.export.network import draw
from kgraph.export.selection import View, choose, find_entity

__all__ = ["Highlight", "View", "choose", "draw", "explorer", "find_entity"]
