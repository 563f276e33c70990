"""Knowledge as pictures, pages and other tools' formats."""

from kgraph.export.formats import FORMATS, Format
from kgraph.export.page.explorer import Highlight, explorer
from kgraph.export.pictures.kinds import picture, picture_names
from kgraph.export.pictures.network import draw
from kgraph.export.pictures.notebook import notebook_html, notebook_svg
from kgraph.export.pictures.ownership import ownership
from kgraph.export.pictures.ranges import ranges
from kgraph.export.pictures.timeline import timeline
from kgraph.export.reports.conflicts import conflict_report
from kgraph.export.reports.entity import report
from kgraph.export.selection import View, choose
from kgraph.export.wording.sentences import phrase, sentence
from kgraph.export.wording.staged import sentences

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
