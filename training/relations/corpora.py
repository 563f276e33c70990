"""Reads the relation corpora for the relation branch: KnowledgeNet, CORE, FIRE and Re-DocRED, mapped to kgraph's labels.

Each tells only some relations of a text, so each document names the labels that it annotates; what a corpus marks with
a near but different meaning is left unknown.
"""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import spacy

from kgraph.extraction.relations.inputs import Span
from kgraph.extraction.relations.labels import SYMMETRIC, kind_index
from kgraph.language.network.tokens import BREAK, SPACE
from training.corpora.articles import words_of
from training.corpora.files import read_records
from training.relations.alignment import PRONOUNS
from training.relations.documents import LABEL, Evidence, RelationDocument, View, annotated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from training.relations.readings import Readings

WordSpan = tuple[int, int]
Things = dict[WordSpan, int]
"""Word spans with their kinds."""
Told = tuple[str, WordSpan, WordSpan]
"""A label, turned round where it begins with "-", and the spans it holds of."""

KNOWLEDGENET = {
    "DATE_OF_BIRTH": ("bornOn", "Person", "date"),
    "DATE_OF_DEATH": ("diedOn", "Person", "date"),
    "PLACE_OF_RESIDENCE": ("residesIn", "Person", "Place"),
    "PLACE_OF_BIRTH": ("bornIn", "Person", "Place"),
    "NATIONALITY": ("citizenOf", "Person", "Place"),
    "EMPLOYEE_OR_MEMBER_OF": ("memberOf", "Person", "Organization"),
    "EDUCATED_AT": ("educatedAt", "Person", "Organization"),
    "POLITICAL_AFFILIATION": ("partyOf", "Person", "Organization"),
    "CHILD_OF": ("childOf", "Person", "Person"),
    "SPOUSE": ("spouseOf", "Person", "Person"),
    "DATE_FOUNDED": ("foundedOn", "Organization", "date"),
    "HEADQUARTERS": ("headquarteredIn", "Organization", "Place"),
    "SUBSIDIARY_OF": ("subsidiaryOf", "Organization", "Organization"),
    "FOUNDED_BY": ("-founded", "Organization", "Person"),
    "CEO": ("-chiefOf", "Organization", "Person"),
}
"""Label (turned round where it begins with "-"), kind of the subject, kind of the object."""
KNOWLEDGENET_DEVELOPMENT_FOLD = 3

CORE = {
    "acquired_by": "-acquired",
    "product_or_service_of": "-launched",
    "collaboration": "partnerOf",
    "client_of": "-suppliesTo",
    "shareholder_of": "ownsStakeIn",
    "traded_on": "tradedOn",
    "competitor_of": "competesWith",
    "subsidiary_of": "subsidiaryOf",
    "merged_with": "mergedWith",
    "brand_of": "brandOf",
    "regulated_by": "regulatedBy",
}
CORE_LABELS = sorted({label.lstrip("-") for label in CORE.values()})
CORE_NEAR = {
    "acquired": ("subsidiaryOf", "ownsStakeIn"),
    "ownsStakeIn": ("subsidiaryOf", "acquired"),
    "subsidiaryOf": ("ownsStakeIn", "acquired"),
    "suppliesTo": ("partnerOf",),
    "partnerOf": ("suppliesTo",),
}
"""Labels that may hold too where CORE gives its one label."""

FIRE_TYPES = {
    "Company": "Organization",
    "BusinessUnit": "Organization",
    "Person": "Person",
    "Product": "Product",
    "Location": "Place",
    "GeopoliticalEntity": "Place",
    "Money": "money",
    "Date": "date",
    "Designation": "title",
}
FIRE = {
    "ActionBuy": "acquired",
    "ActionSell": "-seller",
    "Subsidiaryof": "subsidiaryOf",
    "Employeeof": "memberOf",
    "Productof": "-launched",
    "Designation": "role",
    "Valuein": "when",
}
FIRE_LABELS = ("acquired", "subsidiaryOf", "memberOf", "role", "hasRevenue", "hasProfit")
_REVENUE = re.compile(r"\b(?:revenues?|net sales|sales|turnover)\b", re.IGNORECASE)
_PROFIT = re.compile(r"\b(?:net income|net earnings|(?:net )?profits?)\b", re.IGNORECASE)

DOCRED_TYPES = {"PER": "Person", "LOC": "Place", "ORG": "Organization", "MISC": "Product", "TIME": "date"}
DOCRED = {
    "P112": "-founded",
    "P159": "headquarteredIn",
    "P488": "-holdsRole",
    "P749": "subsidiaryOf",
    "P355": "-subsidiaryOf",
    "P26": "spouseOf",
    "P40": "-childOf",
    "P22": "childOf",
    "P25": "childOf",
    "P69": "educatedAt",
    "P108": "memberOf",
    "P19": "bornIn",
    "P27": "citizenOf",
    "P569": "bornOn",
    "P570": "diedOn",
    "P551": "residesIn",
    "P571": "foundedOn",
    "P178": "-launched",
    "P176": "-launched",
    "P102": "partyOf",
}
DOCRED_LABELS = ("founded", "headquarteredIn", "spouseOf", "childOf", "educatedAt", "bornIn", "bornOn", "diedOn", "foundedOn", "partyOf")


def read_knowledgenet(path: Path, readings: Readings, *, development: bool = False) -> Iterator[RelationDocument]:
    """The passages of KnowledgeNet, with all their facts."""
    tokenizer = spacy.blank("en").tokenizer
    for records in knowledgenet_passages(path, development=development):
        words, gaps, places = words_of(tokenizer(records[0]["passage"]))
        things: Things = {}
        facts: list[Told] = []
        properties = {record["property"] for record in records}
        for record in records:
            label, *kinds = KNOWLEDGENET[record["property"]]
            if record["subject"] is None:
                continue
            ends = []
            for part, kind in zip(("subject", "object"), kinds, strict=True):
                span = _words_in(places, record[part]["start"], record[part]["end"])
                ends.append(span)
                form = "pronoun" if " ".join(words[slice(*span)]).lower() in PRONOUNS else "name"
                things.setdefault(span, kind_index(kind, form))
            subject, object_ = ends
            facts.append((label, subject, object_))
            if label == "-chiefOf":
                facts.append(("-holdsRole", subject, object_))
        for place, word in enumerate(words):
            if word.lower() in PRONOUNS and (place, place + 1) not in things:
                things[place, place + 1] = kind_index(PRONOUNS[word.lower()], "pronoun")
        _add_predicted(things, places, readings.get(passage_id(records[0]), {}).get("mentions", []))
        known = annotated(KNOWLEDGENET[name][0].lstrip("-") for name in properties)
        view = _view(things, facts)
        yield RelationDocument(name=records[0]["doc"], words=words, gaps=gaps, views=[view], annotated=known)


def _add_predicted(things: Things, places: Sequence[tuple[int, int]], mentions: Sequence[Sequence[Any]]) -> None:
    """Mark what the pipeline marks, where nothing is marked yet."""
    taken = {place for start, end in things for place in range(start, end)}
    for start, end, kind, _ in mentions:
        span = _words_in(places, start, end)
        if not taken & set(range(*span)):
            things[span] = kind
            taken |= set(range(*span))


def passage_id(record: dict[str, Any]) -> str:
    """The name of a passage."""
    return f"{record['doc']}:{record['passage_start']}"


def knowledgenet_passages(path: Path, *, development: bool) -> Iterator[list[dict[str, Any]]]:
    """The records of each passage."""
    grouped: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for record in read_records(path):
        if (record["fold"] == KNOWLEDGENET_DEVELOPMENT_FOLD) == development:
            grouped.setdefault((record["doc"], record["passage_start"]), []).append(record)
    yield from grouped.values()


def is_core_development(record: dict[str, Any]) -> bool:
    """Whether a record of CORE is kept for development: a tenth, by its id."""
    return int(record["id"].lstrip("E")) % 10 == 0


def read_core(path: Path, *, development: bool = False) -> Iterator[RelationDocument]:
    """The sentences of CORE that are, or are not, kept for development."""
    for record in read_records(path):
        if is_core_development(record) == development:
            yield core_document(record, typed=bool(record["e1_end"] % 2))


def core_document(record: dict[str, Any], *, typed: bool) -> RelationDocument:
    """One sentence of CORE; only the pair that is asked about is known.

    `typed` marks what a company offers as a product; else both are organisations, or the type would tell the label.
    """
    first = (record["e1_start"], record["e1_end"] + 1)
    second = (record["e2_start"], record["e2_end"] + 1)
    head, tail = (second, first) if record["invert_relation"] else (first, second)
    label = CORE.get(record["relation"])
    things = {span: kind_index("Organization") for span in (first, second)}
    if typed and label == "-launched":
        things[head] = kind_index("Product")
    view = _view(things, [(label, head, tail)] if label else [])
    view.only = {(0, 1), (1, 0)}
    near = CORE_NEAR.get(label.lstrip("-"), ()) if label else ()
    view.unknown.update((i, j, LABEL[name]) for name in near for i, j in ((0, 1), (1, 0)))
    return _tokenised(record["id"], record["context"], view, annotated(CORE_LABELS))


def read_fire(path: Path) -> Iterator[RelationDocument]:
    """The passages of FIRE."""
    for number, record in enumerate(read_records(path)):
        things: Things = {}
        for entity in record["entities"]:
            if entity["type"] in FIRE_TYPES and entity["start"] < entity["end"]:
                things.setdefault(_ends(entity), kind_index(FIRE_TYPES[entity["type"]]))
        facts = [fact for fact in _fire_facts(record) if fact[1] in things and fact[2] in things]
        words = [word or "-" for word in record["tokens"]]
        yield _tokenised(f"fire-{number}", words, _view(things, facts), annotated(FIRE_LABELS))


def _fire_facts(record: dict[str, Any]) -> Iterator[Told]:
    """The relations that have a label; a figure of revenue or profit belongs to the company that the measure belongs to."""
    entities = record["entities"]
    measured: dict[int, tuple[int, str]] = {}
    owners: dict[int, int] = {}
    for relation in record["relations"]:
        label, head, tail = FIRE.get(relation["type"]), relation["head"], relation["tail"]
        if label:
            yield label, _ends(entities[head]), _ends(entities[tail])
        elif relation["type"] == "Propertyof" and entities[tail]["type"] == "Company":
            owners[head] = tail
        elif relation["type"] == "Value" and entities[tail]["type"] == "Money":
            measured[tail] = (head, entities[head]["text"])
    for money, (measure, name) in measured.items():
        labels = [label for label, pattern in (("hasRevenue", _REVENUE), ("hasProfit", _PROFIT)) if pattern.search(name)]
        if measure in owners:
            yield from ((label, _ends(entities[owners[measure]]), _ends(entities[money])) for label in labels[:1])


def _ends(entity: dict[str, Any]) -> WordSpan:
    return entity["start"], entity["end"]


def read_docred(path: Path) -> Iterator[RelationDocument]:
    """The documents of Re-DocRED; of a relation, the nearest pair of mentions in the same or the next sentence."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        records = json.load(file)
    for record in records:
        words = [word for sentence in record["sents"] for word in sentence]
        bases = [0]
        for sentence in record["sents"]:
            bases.append(bases[-1] + len(sentence))
        things: Things = {}
        members: list[list[tuple[int, int]]] = []
        for entity in record["vertexSet"]:
            spans = []
            for mention in entity:
                base = bases[mention["sent_id"]]
                span = (base + mention["pos"][0], base + mention["pos"][1])
                if mention["type"] in DOCRED_TYPES and span[0] < span[1]:
                    things.setdefault(span, kind_index(DOCRED_TYPES[mention["type"]]))
                    spans.append(span)
            members.append(spans)
        facts: list[Told] = []
        unknown: list[Told] = []
        for relation in record["labels"]:
            label = DOCRED.get(relation["r"])
            if label is None:
                continue
            pairs = [(a, b) for a in members[relation["h"]] for b in members[relation["t"]] if a != b]
            unknown.extend((label, a, b) for a, b in pairs)
            near = min(pairs, key=lambda pair: abs(pair[0][0] - pair[1][0]), default=None)
            if near is not None and relation["evidence"] and abs(near[0][0] - near[1][0]) < 40:
                facts.append((label, *near))
        view = _view(things, facts, unknown)
        document = _tokenised(record["title"], words, view, annotated(DOCRED_LABELS))
        document.sentences = [number for number, sentence in enumerate(record["sents"]) for _ in sentence]
        yield document


def _tokenised(name: str, words: Sequence[str], view: View, known: Any) -> RelationDocument:
    gaps = [BREAK, *[SPACE] * (len(words) - 1)]
    return RelationDocument(name=name, words=list(words), gaps=gaps, views=[view], annotated=known)


def _view(things: Things, facts: Iterable[Told], unknown: Iterable[Told] = ()) -> View:
    order = sorted(things)
    places = {span: place for place, span in enumerate(order)}
    view = View(spans=[Span(start=start, end=end, kind=things[start, end]) for start, end in order])
    for rows, known in ((unknown, False), (facts, True)):
        for label, subject, object_ in rows:
            name = label.lstrip("-")
            i, j = places[subject], places[object_]
            if label.startswith("-"):
                i, j = j, i
            for a, b in ((i, j), (j, i)) if name in SYMMETRIC else ((i, j),):
                if known:
                    view.evidence.append(Evidence(subject=a, object=b, label=LABEL[name]))
                else:
                    view.unknown.add((a, b, LABEL[name]))
    return view


def _words_in(places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    inside = [index for index, place in enumerate(places) if place[0] < end and start < place[1]]
    return (inside[0], inside[-1] + 1) if inside else (0, 1)
