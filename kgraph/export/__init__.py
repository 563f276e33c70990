"""Knowledge as pictures, pages and other tools' formats.

What draws is loaded on first use: matplotlib and SciPy take longer to load than a table or a report takes to write.
"""

from typing import TYPE_CHECKING

from kgraph.export.formats import FORMATS, Format
from kgraph.export.reports.conflicts import conflict_report
from kgraph.export.reports.entity import report
from kgraph.export.selection import View, choose
from kgraph.export.wording.sentences import phrase, sentence
from kgraph.export.wording.staged import sentences
from kgraph.lazy import on_first_use

if TYPE_CHECKING:
    from kgraph.export.page.explorer import Highlight, explorer
    from kgraph.export.pictures.kinds import picture, picture_names
    from kgraph.export.pictures.network import draw
    from kgraph.export.pictures.notebook import notebook_html, notebook_svg
    from kgraph.export.pictures.ownership import ownership
    from kgraph.export.pictures.ranges import ranges
    from kgraph.export.pictures.timeline import timeline

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

_HOMES = {
    "Highlight": "kgraph.export.page.explorer",
    "draw": "kgraph.export.pictures.network",
    "explorer": "kgraph.export.page.explorer",
    "notebook_html": "kgraph.export.pictures.notebook",
    "notebook_svg": "kgraph.export.pictures.notebook",
    "ownership": "kgraph.export.pictures.ownership",
    "picture": "kgraph.export.pictures.kinds",
    "picture_names": "kgraph.export.pictures.kinds",
    "ranges": "kgraph.export.pictures.ranges",
    "timeline": "kgraph.export.pictures.timeline",
}

__getattr__ = on_first_use(__name__, _HOMES)
