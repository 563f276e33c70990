"""Reads the labelled articles for the relation branch: spans of names, of what stands for them, and of values.

A fact tells its quote and the words of its arguments. They are found in the text again, and the pair of spans nearest
to each other in the quote is the positive example. All other pairs of the same two things are left out of the loss:
the text may say the same there. A second view drops the pronouns and descriptions, so that the model also learns to
take the name in the sentence before.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import spacy

from kgraph.extraction.relations.inputs import Span
from kgraph.extraction.relations.labels import KINDS, LABELS, OTHERS, SYMMETRIC, kind_index
from training.corpora.articles import alias_spans, article_text, words_of
from training.relations.alignment import Aligned, Article, Marked, add_strangers, align_all
from training.relations.documents import LABEL, OPTIONAL_WEIGHT, Evidence, RelationDocument, View, annotated, sentence_numbers
from training.relations.values import find_values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from training.relations.readings import Readings


class RelationReader:
    """Makes relation documents of labelled articles."""

    def __init__(self, readings: Readings, *, seed: int = 0) -> None:
        self._readings = readings
        self._tokenizer = spacy.blank("en").tokenizer
        self._random = random.Random(seed)  # noqa: S311 - not for secrets

    def document(self, record: dict[str, Any], entities: Sequence[dict[str, Any]], facts: Sequence[dict[str, Any]]) -> RelationDocument:
        """One article with two readings: with what stands for names, and with the names alone."""
        text = article_text(record)
        tokens = self._tokenizer(text)
        words, gaps, places = words_of(tokens)
        article = Article(
            text=text,
            words=words,
            places=places,
            sentences=sentence_numbers(words, gaps),
            spans=[],
            known={form: index for index, entity in enumerate(entities) for form in (*entity["aliases"], entity["name"])},
            types=[entity["type"] for entity in entities],
        )
        for start, end, owners in alias_spans(text, entities):
            first, last = article.words_in(start, end)
            kind = kind_index(entities[owners[0]]["type"])
            article.add(Marked(start=first, end=last, kind=kind, owners=frozenset(owners), form="name"))
        for value in find_values(tokens, record["date"]):
            first, last = article.words_in(value.start, value.end)
            article.add(Marked(start=first, end=last, kind=kind_index(value.kind), owners=frozenset(), form="value", value=value))
        told = self._readings.get(record["id"], {"mentions": [], "titles": []})
        for start, end in told["titles"]:
            first, last = article.words_in(start, end)
            article.add(Marked(start=first, end=last, kind=kind_index("title"), owners=frozenset(), form="value"))
        aligned = list(align_all(article, facts))
        add_strangers(article)
        views = [
            _view(article, aligned, lambda _: True),
            _view(article, aligned, lambda span: span.form != "other"),
        ]
        if told["mentions"]:
            predicted = _predicted(article, told["mentions"])
            views += [
                _view(article, aligned, lambda span: span.form == "value" or predicted.leaves(span), predicted),
                _view(article, aligned, lambda span: span.form == "value", predicted),
            ]
        if not record["title"]:  # a passage out of a text: "he" or "the company" may be somebody whom it does not name
            for view in views:
                view.only = _owned_pairs(view)
        return RelationDocument(
            name=record["id"],
            words=words,
            gaps=gaps,
            views=views,
            annotated=annotated(label for label in LABELS if label not in OTHERS),
            sentences=article.sentences,
        )


@dataclass(slots=True, kw_only=True)
class Predicted:
    """The mentions that the pipeline marks in an article."""

    spans: list[Marked]
    stands_for: dict[int, list[int]]
    """By place in the article's spans, which predicted ones stand there or, further down, for the same entity."""

    def leaves(self, span: Marked) -> bool:
        """Whether a span is a pronoun or a description that the pipeline does not mark; what it means can be learnt all the same."""
        return span.form == "other" and not any(other.start < span.end and span.start < other.end for other in self.spans)


def _predicted(article: Article, mentions: Sequence[Sequence[Any]]) -> Predicted:
    """Whose the predicted mentions are, by the labelled names that they and the others of their chain overlap."""
    rows = [(*article.words_in(start, end), kind, thing) for start, end, kind, thing in mentions]
    names = [(index, span) for index, span in enumerate(article.spans) if span.form != "value"]
    over: list[list[int]] = []
    votes: dict[str, Counter[int]] = {}
    for first, last, kind, thing in rows:
        form = "name" if KINDS[kind].endswith("name") else "other"
        hits = [index for index, span in names if span.form == form and _alike(span, first, last)]
        over.append(hits)
        for index in hits if form == "name" else ():
            votes.setdefault(thing, Counter()).update(article.spans[index].owners)
    owners = {thing: min(counts, key=lambda owner: (-counts[owner], owner)) for thing, counts in votes.items() if counts}
    spans = []
    stands_for: dict[int, list[int]] = {}
    for place, (first, last, kind, thing) in enumerate(rows):
        known = frozenset({owners[thing]}) if thing in owners else frozenset()
        form = "name" if KINDS[kind].endswith("name") else "other"
        spans.append(Marked(start=first, end=last, kind=kind, owners=known, form=form, named=True))
        for index in over[place]:
            stands_for.setdefault(index, []).append(place)
    return Predicted(spans=spans, stands_for=stands_for)


def _alike(span: Marked, first: int, last: int) -> bool:
    """Whether a span and the words [first, last) share at least a third of their words."""
    shared = min(span.end, last) - max(span.start, first)
    return 3 * shared >= max(span.end, last) - min(span.start, first)


def _view(article: Article, aligned: Sequence[Aligned], keeps: Callable[[Marked], bool], predicted: Predicted | None = None) -> View:
    """The reading that keeps some of the spans, with the predicted mentions where these are given."""
    kept = [(span, index, -1) for index, span in enumerate(article.spans) if keeps(span)]
    if predicted is not None:
        kept += [(span, -1, place) for place, span in enumerate(predicted.spans)]
    kept.sort(key=lambda item: (item[0].start, item[0].end, item[1], item[2]))
    places = {index: place for place, (_, index, _) in enumerate(kept) if index >= 0}
    marked = [span for span, _, _ in kept]
    if predicted is not None:
        new = {old: place for place, (_, _, old) in enumerate(kept) if old >= 0}
        places |= {index: new[found[0]] for index, found in predicted.stands_for.items()}
    view = View(spans=[Span(start=span.start, end=span.end, kind=span.kind) for span in marked], owners=_owners(marked))
    view.meant.update((places[index], span.owners) for index, span in enumerate(article.spans) if index in places and span.form == "other")
    maker = _Labels(view, marked)
    for fact in aligned:
        subjects = [places[index] for index in fact.subjects if index in places]
        objects = None if fact.objects is None else [places[index] for index in fact.objects if index in places]
        if subjects and (objects is None or objects):
            maker.state(fact, subjects[0], objects[0] if objects else subjects[0])
            for label, side, spans in fact.qualifiers:
                found = [places[index] for index in spans if index in places]
                if found:
                    anchor = subjects[0] if side == "subject" or not objects else objects[0]
                    if anchor != found[0]:
                        maker.qualify(fact, label, anchor, found[0])
    return view


def _owned_pairs(view: View) -> set[tuple[int, int]]:
    """The pairs of spans of which both stand for something that is labelled."""
    owned = [place for place, owner in enumerate(view.owners) if owner >= 0]
    return {(i, j) for i in owned for j in owned}


def _owners(marked: Sequence[Marked]) -> list[int]:
    """What each span stands for: the number of its entity, or one number for each distinct value."""
    values: list[Marked] = []
    found = []
    for span in marked:
        if span.form != "value":
            found.append(min(span.owners, default=-1))
            continue
        same = next((number for number, other in enumerate(values) if span.value and span.value.same(other.value)), len(values))
        if same == len(values):
            values.append(span)
        found.append(_VALUES + same)
    return found


_VALUES = 10_000
"""The first number of a value among owners."""


class _Labels:
    """Writes evidence into a view, and what it leaves open."""

    def __init__(self, view: View, marked: Sequence[Marked]) -> None:
        self._view = view
        self._marked = marked

    def state(self, fact: Aligned, subject: int, object_: int) -> None:
        """A fact holds of two spans, in both directions where it is symmetric."""
        pairs = [(subject, object_), (object_, subject)] if fact.label in SYMMETRIC else [(subject, object_)]
        for i, j in pairs:
            self._open(i, j, LABEL[fact.label])
            self._add(fact, i, j, fact.label, fact.status)

    def qualify(self, fact: Aligned, label: str, anchor: int, span: int) -> None:
        """A qualifier is attached to an argument."""
        self._open(anchor, span, LABEL[label])
        self._add(fact, anchor, span, label, None)

    def _add(self, fact: Aligned, i: int, j: int, label: str, status: str | None) -> None:
        weight = OPTIONAL_WEIGHT if fact.optional else 100
        self._view.evidence.append(Evidence(subject=i, object=j, label=LABEL[label], weight=weight, status=status, negative=fact.negative))

    def _open(self, i: int, j: int, label: int) -> None:
        """The other spans of the same two things, and strangers that may be one of them, may say it too."""
        if i == j:
            self._view.unknown.update((k, k, label) for k in self._alike(i))
            return
        self._view.unknown.update((a, b, label) for a in self._alike(i) for b in self._alike(j) if a != b)

    def _alike(self, index: int) -> list[int]:
        span = self._marked[index]
        if span.form == "value":
            return [
                place
                for place, other in enumerate(self._marked)
                if place == index or (other.kind == span.kind and span.value is not None and span.value.same(other.value))
            ]
        return [
            place
            for place, other in enumerate(self._marked)
            if other.form != "value" and (other.owners & span.owners or (other.form == "other" and not (other.owners or other.named)))
        ]
