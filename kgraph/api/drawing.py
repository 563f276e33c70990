"""Pictures of a `Graph`: what a caller asks for in words, as the view and the values that the pictures take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kgraph.arguments import text
from kgraph.errors import SettingsError

if TYPE_CHECKING:
    from kgraph.api.graphs import Graph
    from kgraph.export import Highlight, View
    from kgraph.model import EntityId

__all__ = ["picture", "scores", "view_of"]


def view_of(graph: Graph, view: object, asked: dict[str, Any]) -> View:
    """The view that is given or asked for by its fields and a `community`; raises `SettingsError` where it is given twice or wrong."""
    from kgraph.export import View

    given = {name: value for name, value in asked.items() if value is not None}
    if view is not None:
        if not isinstance(view, View):
            msg = f"view must be a View, not {view!r}; draw(focus={view!r}) draws what is around a thing"
            raise SettingsError(msg)
        if given:
            msg = f"give a view, or {' and '.join(given)}, not both"
            raise SettingsError(msg)
        return view
    community = given.pop("community", None)
    return View(**given, only=None if community is None else graph.community(text(community, "community")))


def picture(graph: Graph, form: str, kind: str, view: View, theme: str | None, title: str | None) -> bytes:
    """The picture, with the sizes and findings that only the network takes."""
    from kgraph import export

    form, kind, theme = export.picture_names(form, kind, theme)
    extra: dict[str, Any] = {"scores": scores(graph)} if kind == "network" else {}
    if form == "html":
        extra["interests"] = _highlights(graph)
    heading = None if title is None else text(title, "title")
    return export.picture(graph.knowledge, graph.ontology, form=form, kind=kind, view=view, theme=theme, title=heading, **extra)


def scores(graph: Graph) -> dict[EntityId, float]:
    """With how many others every thing has to do."""
    return {ranked.entity: ranked.score for ranked in graph.rank("degree", top=len(graph.knowledge.entities) or 1)}


def _highlights(graph: Graph) -> list[Highlight]:
    from kgraph.export import Highlight

    return [Highlight(title=found.pattern, why=found.sentence, facts=found.facts) for found in graph.interests()]
