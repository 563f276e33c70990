"""Every kind of picture by its name, and what each of them can show of a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from kgraph.arguments import meant
from kgraph.choices import PictureFormat
from kgraph.errors import GraphError
from kgraph.export.page.explorer import explorer
from kgraph.export.palette import THEMES
from kgraph.export.pictures.network import draw
from kgraph.export.pictures.ownership import ownership
from kgraph.export.pictures.ownership_trees import OWNING
from kgraph.export.pictures.ranges import ranges
from kgraph.export.pictures.timeline import timeline
from kgraph.export.selection import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kgraph.export.page.explorer import Highlight
    from kgraph.model import EntityId, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["picture", "picture_names"]

_KINDS: Mapping[str, Callable[..., bytes]] = {"network": draw, "timeline": timeline, "ranges": ranges, "ownership": ownership}
_FORMS = get_args(PictureFormat)
_WITHOUT_HOPS = ("timeline", "ranges")


def picture(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    form: str = "svg",
    kind: str = "network",
    view: View | None = None,
    theme: str | None = None,
    title: str | None = None,
    scores: Mapping[EntityId, float] | None = None,
    interests: Sequence[Highlight] = (),
) -> bytes:
    """A picture of this kind, or the page to explore, as the bytes of a file; `scores` and `interests` serve the network.

    Raises `GraphError` on an unknown form, kind, theme or relation, and where the kind cannot do what the view asks.
    """
    view = view or View()
    form, kind, theme = picture_names(form, kind, theme)
    _check_view(kind, view, ontology)
    shown: dict[str, Any] = {"view": view, "title": title, "theme": theme if form == "html" else theme or "light"}
    if kind == "network":
        shown["scores"] = scores
    if form == "html":
        return explorer(knowledge, ontology, interests=interests, **shown).encode()
    return _KINDS[kind](knowledge, ontology, format=form, **shown)


def picture_names(form: str, kind: str, theme: str | None) -> tuple[str, str, str | None]:
    """Form, kind and theme as they are called here, whatever the case; raises `GraphError` on an unknown one."""
    known_kind, known_theme = meant(kind, _KINDS), meant(theme, THEMES)
    known_form = meant(form, (*_FORMS, "html") if known_kind == "network" else _FORMS)
    if known_kind is None:
        raise GraphError(f"{kind}: no such kind of picture; known are {', '.join(_KINDS)}")
    if known_form is None:
        raise GraphError(f"{form}: no such picture; known are {', '.join(_FORMS)}, and html for the network")
    if theme is not None and known_theme is None:
        raise GraphError(f"{theme}: no such theme; known are {', '.join(THEMES)}")
    return known_form, known_kind, known_theme


def _check_view(kind: str, view: View, ontology: Ontology) -> None:
    """What would change nothing is refused, lest it be taken for done."""
    if strange := (view.predicates or frozenset()) - ontology.predicates.keys():
        raise GraphError(f"{min(strange)}: no such relation; known are {', '.join(sorted(ontology.predicates))}")
    if kind == "ownership" and (strange := (view.predicates or frozenset()) - OWNING):
        raise GraphError(f"{min(strange)}: no relation of owners; those are {', '.join(sorted(OWNING))}")
    if view.hops is not None and kind in _WITHOUT_HOPS:
        raise GraphError(f"hops: {kind} shows what concerns the focus itself, and goes no further")
    if view.hops is not None and view.focus is None:
        raise GraphError("hops: they count from a focus, and none is given")
