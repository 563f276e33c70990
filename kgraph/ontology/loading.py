"""Turtle to `Ontology`: finds the files, reads and checks them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.errors import OntologyError
from kgraph.model import EntityType, Status
from kgraph.ontology.rules import Hedge, ObjectKind, Ontology, PredicateRule, StatusRule
from kgraph.ontology.triples import KG, Triples

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["directory", "load", "stamped"]

Stamped = tuple[Path, *tuple[int, ...]]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"

_INCLUDES = "https://schema.org/rangeIncludes"
_NONE = "http://www.w3.org/2001/XMLSchema#boolean"
_PROPERTIES = (_OWL + "ObjectProperty", _OWL + "DatatypeProperty", _RDF + "Property")
"""The classes of properties; OWL has none for one whose objects are things or literals."""

_FILES = ("kgraph.ttl", "statuses.ttl", "hedges.ttl")
_KINDS = {
    "https://schema.org/MonetaryAmount": ObjectKind.MONEY,
    "https://schema.org/QuantitativeValue": ObjectKind.NUMBER,
    "http://id.loc.gov/datatypes/edtf/EDTF": ObjectKind.DATE,
    _NONE: ObjectKind.NONE,
}


def directory() -> Path:
    """The folder `ontology/`: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_ontology", package.parent / "ontology"):
        if (folder / "kgraph.ttl").is_file():
            return folder
    msg = f"no ontology/ with kgraph.ttl beside {package}; the installation is incomplete"
    raise OntologyError(msg)


def load(extra: Iterable[Path] = ()) -> Ontology:
    """The built-in ontology with the user's Turtle files on top.

    A file of `extra` may add predicates, or further values to known ones. Raises
    `OntologyError`, naming file and subject, where something is missing or contradictory.
    """
    home = directory()
    return _loaded(stamped((*(home / name for name in _FILES), *extra)))


def stamped(files: Iterable[Path]) -> tuple[Stamped, ...]:
    """Files with what an edit of them changes, so that what was made of them is kept until one is edited."""
    return tuple((file, *_state(file)) for file in files)


def _state(file: Path) -> tuple[int, ...]:
    try:
        status = file.stat()
    except OSError:
        return ()  # whoever reads it tells what is wrong
    return status.st_ino, status.st_size, status.st_mtime_ns


@lru_cache(maxsize=8)
def _loaded(stamps: tuple[Stamped, ...]) -> Ontology:
    files = tuple(stamp[0] for stamp in stamps)
    triples = Triples(files)
    statuses = {rule.status: rule for rule in _statuses(triples)}
    return Ontology(
        predicates={rule.name: rule for rule in _predicates(triples, statuses)},
        statuses=statuses,
        hedges=tuple(_hedge(triples, iri) for iri in triples.members(KG + "Hedge")),
        files=files,
        classes={
            local(iri): (triples.need(iri, _RDFS + "label"), triples.one(iri, _RDFS + "comment") or "")
            for iri in triples.members(_OWL + "Class")
        },
    )


def local(iri: str) -> str:
    """The part of an IRI after the last `#` or `/`.

    >>> local("https://w3id.org/kgraph/ontology#acquired")
    'acquired'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _statuses(triples: Triples) -> Iterable[StatusRule]:
    """Every status, by stage."""
    found = []
    for iri in triples.members(_SKOS + "Concept"):
        if not set(triples.all(iri, _SKOS + "inScheme")) & {KG + "EventStatus", KG + "RoleStatus"}:
            continue  # a concept of the user's own
        try:
            status = Status(local(iri))
        except ValueError as error:
            raise triples.wrong(iri, "is no status that kgraph knows") from error
        found.append(
            StatusRule(
                status=status,
                label=triples.need(iri, _SKOS + "prefLabel"),
                stage=int(triples.need(iri, KG + "stage")),
                linked=triples.need(iri, KG + "linked") == "true",
            )
        )
    return sorted(found, key=lambda rule: (rule.stage, rule.status))


def _predicates(triples: Triples, statuses: dict[Status, StatusRule]) -> Iterable[PredicateRule]:
    """Every property with a domain, which qualifiers have not."""
    properties = [iri for kind in _PROPERTIES for iri in triples.members(kind) if triples.all(iri, _RDFS + "domain")]
    symmetric = _both_ways(triples, (_OWL + "propertyDisjointWith", KG + "incompatibleWith"))
    for iri in dict.fromkeys(properties):
        marks = {local(mark) for mark in triples.all(iri, _RDF + "type")}
        scheme = triples.one(iri, KG + "statuses")
        label = triples.need(iri, _RDFS + "label")
        range_, optional = _range(triples, iri)
        kind = _KINDS.get(range_, ObjectKind.ENTITY)
        yield PredicateRule(
            name=local(iri),
            iri=iri,
            label=label,
            template=triples.one(iri, KG + "template") or label,
            comment=triples.one(iri, _RDFS + "comment") or "",
            subject_types=_types(triples, iri, triples.need(iri, _RDFS + "domain")),
            object_types=_types(triples, iri, range_) if kind is ObjectKind.ENTITY else frozenset(),
            object_kind=kind,
            object_optional=optional,
            statuses=tuple(s for s in statuses if scheme and scheme in triples.all(KG + s, _SKOS + "inScheme")),
            is_event=scheme == KG + "EventStatus",
            functional=bool(marks & {"FunctionalProperty", "SingleValued"}),
            inverse_functional=bool(marks & {"InverseFunctionalProperty", "SingleSubject"}),
            symmetric="SymmetricProperty" in marks,
            asymmetric=bool(marks & {"AsymmetricProperty", "OneWay"}),
            disjoint=frozenset(symmetric.get(iri, ())),
            alternatives=frozenset(local(other) for other in triples.all(iri, KG + "alternativeTo")),
            qualifiers=frozenset(local(q) for q in triples.all(iri, KG + "hasQualifier")),
        )


def _range(triples: Triples, iri: str) -> tuple[str, bool]:
    """What a property's objects are, and whether one may be missing: of those it includes, xsd:boolean stands for none."""
    included = triples.all(iri, _INCLUDES)
    if _NONE not in included:
        return triples.need(iri, _RDFS + "range"), False
    things = [each for each in included if each != _NONE]
    if len(things) != 1:
        raise triples.wrong(iri, f"has {len(things)} values for <{_INCLUDES}> beside xsd:boolean; one is needed")
    return things[0], True


def _both_ways(triples: Triples, relations: tuple[str, ...]) -> dict[str, set[str]]:
    """Each property's partners under symmetric relations, whichever side the file names them on."""
    found: dict[str, set[str]] = {}
    for kind in _PROPERTIES:
        for iri in triples.members(kind):
            for other in (o for relation in relations for o in triples.all(iri, relation)):
                found.setdefault(iri, set()).add(local(other))
                found.setdefault(other, set()).add(local(iri))
    return found


def _types(triples: Triples, subject: str, cls: str) -> frozenset[EntityType]:
    """The entity types that are `cls` or a subclass of it."""
    found = frozenset(kind for kind in EntityType if cls in _superclasses(triples, KG + kind))
    if not found:
        raise triples.wrong(subject, f"has <{cls}> as domain or range, which is no class of things")
    return found


def _superclasses(triples: Triples, cls: str) -> set[str]:
    """`cls` and everything above it."""
    found, todo = set(), [cls]
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            todo.extend(triples.all(current, _RDFS + "subClassOf"))
    return found


def _hedge(triples: Triples, iri: str) -> Hedge:
    """One row of the table of hedges."""

    def factor(name: str) -> Decimal | None:
        text = triples.one(iri, KG + name)
        try:
            return None if text is None else Decimal(text)
        except InvalidOperation as error:
            raise triples.wrong(iri, f"has {text!r} for kg:{name}, which is no number") from error

    return Hedge(
        qualifier=local(iri),
        words=triples.all(iri, KG + "cue"),
        lower=factor("lowerFactor"),
        upper=factor("upperFactor"),
        half_unit=triples.one(iri, KG + "halfUnit") == "true",
    )
