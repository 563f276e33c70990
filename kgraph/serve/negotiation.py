"""Which form of an answer a client wants: the `Accept` header, read as RFC 9110 says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["GRAPHS", "RESULTS", "Form", "choose", "in_order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of an answer: the media types that ask for it, the first being its own."""

    name: str
    media_types: tuple[str, ...]
    standard: str = ""
    """What W3C calls it, below http://www.w3.org/ns/formats/."""

    @property
    def header(self) -> str:
        """The `Content-Type` of an answer in this form."""
        return f"{self.media_types[0]}; charset=utf-8"


RESULTS = (
    Form(name="json", media_types=("application/sparql-results+json", "application/json"), standard="SPARQL_Results_JSON"),
    Form(name="xml", media_types=("application/sparql-results+xml", "application/xml", "text/xml"), standard="SPARQL_Results_XML"),
    Form(name="csv", media_types=("text/csv",), standard="SPARQL_Results_CSV"),
    Form(name="tsv", media_types=("text/tab-separated-values",), standard="SPARQL_Results_TSV"),
)
"""Forms of rows and truths, the first being the default."""

GRAPHS = (
    Form(name="ttl", media_types=("text/turtle", "application/x-turtle"), standard="Turtle"),
    Form(name="nt", media_types=("application/n-triples", "text/plain"), standard="N-Triples"),
    Form(name="json", media_types=("application/ld+json", "application/json"), standard="JSON-LD"),
    Form(name="xml", media_types=("application/rdf+xml",), standard="RDF_XML"),
)
"""Forms of triples, the first being the default."""


def in_order(accept: str | None, forms: Sequence[Form]) -> list[Form]:
    """The acceptable ones of `forms`, the most wanted first; all of them where nothing is asked for.

    >>> [form.name for form in in_order("text/csv;q=0.5, application/sparql-results+xml", RESULTS)]
    ['xml', 'csv']
    """
    if not accept or not accept.strip():
        return list(forms)
    ranges = list(_ranges(accept))
    weighed = [(max(_weight(media_type, ranges) for media_type in form.media_types), form) for form in forms]
    return [form for weight, form in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def choose(accept: str | None, media_types: Sequence[str]) -> str | None:
    """The media type that a client wants most; the first where it does not care, None where it wants none of them."""
    forms = [Form(name=media_type, media_types=(media_type,)) for media_type in media_types]
    return next((form.name for form in in_order(accept, forms)), None)


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.lower().split(","):
        media_range, *parameters = (each.strip() for each in part.split(";"))
        weight = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        try:
            yield media_range, min(max(float(weight), 0.0), 1.0)
        except ValueError:
            yield media_range, 0.0


def _weight(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that matches."""
    kind = media_type.partition("/")[0]
    for wanted in (media_type, f"{kind}/*", "*/*"):
        found = [weight for media_range, weight in ranges if media_range == wanted]
        if found:
            return max(found)
    return 0.0
