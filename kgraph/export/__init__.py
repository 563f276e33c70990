"""Knowledge as pictures, pages and other tools' formats."""

from kgraph.export.differences import conflict_report
from kgraph.export.explorer import Highlight, explorer
from kgraph.export.formats import FORMATS, Format
from kgraph.export.network import draw
from kgraph.export.notebook import notebook_html, notebook_svg
from kgraph.export.ownership import ownership
from kgraph.export.pictures import picture, picture_names
from kgraph.export.ranges import ranges
from kgraph.export.report import report
from kgraph.export.selection import View, choose
from kgraph.export.stages import sentences
from kgraph.export.timeline import timeline
from kgraph.export.words import phrase, sentence

__all__ = [
    "FORMATS",
    "Format",
    "Highlight",
    "View",
    "choose",
    "conflict_report",
    "draw",
    "explorer",
    "notebook_html",
    "notebook_svg",
    "ownership",
    "phrase",
    "picture",
    "picture_names",
    "ranges",
    "report",
    "sentence",
    "sentences",
    "timeline",
]
