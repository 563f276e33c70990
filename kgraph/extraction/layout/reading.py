"""Reads lists, tables and key-value lines: candidates of what their headings say, and the lists that a sentence leads in to.

A list under a heading of the ontology ("Investors in Acme:") tells by it. One under a sentence ("Acme is in talks to buy
these companies:") is what its last plural noun stands for: a `Blank` takes its place while frames are matched, and
`filled` puts each item there, so that status, hedge and denial of the sentence hold for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kgraph.extraction.layout.blocks import Listing, Pair, Span, Table, find_listings, find_records, find_tables, read_lines
from kgraph.extraction.layout.entries import Entry, read_names
from kgraph.extraction.layout.leads import Inside, Lead, LeadReader
from kgraph.extraction.layout.rows import Field, Row, candidates
from kgraph.extraction.layout.topics import Topics
from kgraph.extraction.spans import Candidate, Marked, Mention
from kgraph.model import AppearanceKey, EntityType
from kgraph.ontology import PredicateRule
from kgraph.ontology.headings import Heading

__all__ = ["Blank", "Layout", "LayoutReading", "filled"]


_SHOWING = frozenset({"these", "following"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A word of a lead-in, with the items that it stands for."""

    mention: Mention
    lead: Span
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutReading:
    """What the form of a text tells."""

    candidates: tuple[Candidate, ...] = ()
    blanks: tuple[Blank, ...] = ()
    rows: tuple[Row, ...] = ()
    """The rows of tables, whose headings tell what their cells are to each other."""

    def not_of_rows(self, found: Iterable[Candidate]) -> list[Candidate]:
        """The candidates without those between two cells of one row, of which the headings tell."""
        places = {i: number for number, row in enumerate(self.rows) for one in row.fields for i in range(*one.span)}
        return [one for one in found if not (one.object is not None and places.get(one.subject.start, -1) == places.get(one.object.start))]

    def marked(self, marked: Marked) -> Marked:
        """What is marked, with blanks for what stands in their place."""
        if not self.blanks:
            return marked
        blanks = [blank.mention for blank in self.blanks]
        places = {mention.start for mention in blanks}
        kept = [mention for mention in marked.mentions if places.isdisjoint(range(mention.start, mention.end))]
        return replace(marked, mentions=tuple(sorted((*kept, *blanks))))


class Layout:
    """Reads one Doc after another by the headings of the ontology."""

    def __init__(self, headings: Iterable[Heading], words: Mapping[str, frozenset[str]], rules: Mapping[str, PredicateRule]) -> None:
        self._leads = LeadReader(headings, words)
        self._rules = rules

    def read(self, doc: Doc, marked: Marked) -> LayoutReading:
        """What the lists, tables and key-value lines of a Doc tell."""
        lines = read_lines(doc)
        listings, tables, records = (
            list(find_listings(doc, lines)),
            list(find_tables(doc, lines)),
            list(find_records(doc, lines)),
        )
        if not (listings or tables or records):
            return LayoutReading()
        inside = Inside(marked)
        leads = {listing: self._leads.read(doc, inside, listing.lead) for listing in listings}
        listings = [listing for listing, lead in leads.items() if lead is not None or listing.is_open]
        reader = _DocReader(doc, inside, marked.mentions, self._leads, self._rules, [*_spans(listings, tables, records)])
        heads = {table.head[0][0] for table in tables if reader.is_headed(table)}
        found: list[Candidate] = []
        blanks: list[Blank] = []
        for listing in listings:
            if listing.items[0][0] in heads:
                continue
            if (lead := leads[listing]) is not None:
                found.extend(reader.listed(listing, lead))
            elif (blank := reader.blank(listing, len(blanks))) is not None:
                blanks.append(blank)
        rows = tuple(row for table in tables for row in reader.rows(table))
        for row in (*rows, *(row for record in records for row in reader.records(record))):
            found.extend(candidates(doc, inside, row, self._rules))
        return LayoutReading(candidates=tuple(dict.fromkeys(found)), blanks=tuple(blanks), rows=rows)


def _spans(listings: Iterable[Listing], tables: Iterable[Table], records: Iterable[Sequence[Pair]]) -> Iterator[Span]:
    """Where the entries of blocks stand."""
    for listing in listings:
        yield listing.items[0][0], listing.items[-1][1]
    for table in tables:
        yield table.head[0][0], table.rows[-1][-1][1]
    for record in records:
        if len(record) > 1:
            yield record[0].key[0], record[-1].value[1]


class _DocReader:
    """Reads the blocks of one Doc."""

    def __init__(
        self,
        doc: Doc,
        inside: Inside,
        mentions: Iterable[Mention],
        leads: LeadReader,
        rules: Mapping[str, PredicateRule],
        blocks: Iterable[Span],
    ) -> None:
        self._doc, self._inside, self._leads, self._rules = doc, inside, leads, rules
        self._topics = Topics(doc, mentions, blocks)

    def lead(self, span: Span) -> Lead | None:
        """What a heading says."""
        return self._leads.read(self._doc, self._inside, span)

    def is_headed(self, table: Table) -> bool:
        """Whether the first line of a table is one of headings, more than the office of "Jane Roe | chief executive"."""
        return sum(self.lead(cell) is not None for cell in table.head) > 1

    def listed(self, listing: Listing, lead: Lead) -> Iterator[Candidate]:
        """What the items of a list say under its heading."""
        lead = self._settled(lead)
        for item in listing.items:
            row = Row(fields=(Field(lead=lead, span=item),), shown=(lead.span[0], item[1]), topic=self._topics.of(listing.lead[0]))
            yield from candidates(self._doc, self._inside, row, self._rules)

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table under its headings; two columns whose first holds keys are a record."""
        leads = [self.lead(cell) for cell in table.head]
        if len(leads) == 2 and leads[0] is not None and leads[1] is None:  # noqa: PLR2004
            pairs = tuple(Pair(key=key, value=value) for key, value in (table.head, *table.rows))
            if sum(self.lead(pair.key) is not None for pair in pairs) > 1:
                yield from self.records(pairs)
                return
        for cells in table.rows:
            known = ((lead, cell) for lead, cell in zip(leads, cells, strict=True) if lead is not None and lead.owner is None)
            fields = tuple(Field(lead=lead, span=cell) for lead, cell in known)
            is_of_another = any(self._names_something(cell) for lead, cell in zip(leads, cells, strict=True) if lead is None)
            topic = None if is_of_another else self._topics.of(table.head[0][0])
            yield Row(fields=fields, shown=(table.head[0][0], cells[-1][1]), topic=topic)

    def records(self, pairs: Sequence[Pair]) -> Iterator[Row]:
        """Keys and their values, from one that names a thing up to the next."""
        fields: list[Field] = []
        is_of_another = False
        for pair in pairs:
            lead = self.lead(pair.key)
            if lead is None:
                is_of_another = is_of_another or (not fields and self._names_something(pair.value))
                continue
            if lead.heading.holds == "thing" and any(other.lead.heading.holds == "thing" for other in fields):
                yield self._record(fields, is_of_another=is_of_another)
                fields = []
            fields.append(Field(lead=self._settled(lead), span=pair.value))
        if fields:
            yield self._record(fields, is_of_another=is_of_another)

    def _record(self, fields: Sequence[Field], *, is_of_another: bool) -> Row:
        topic = None if is_of_another else self._topics.of(fields[0].lead.span[0])
        return Row(fields=tuple(fields), shown=None, topic=topic)

    def _settled(self, lead: Lead) -> Lead:
        """A heading whose "its" stands for something that the text names; else it may be anybody's."""
        is_known = lead.owner is None or lead.owner.kind == "name" or self._topics.knows(lead.owner)
        return lead if is_known else replace(lead, owner=None)

    def _names_something(self, span: Span) -> bool:
        """Whether words under a heading that is not understood name a thing, of which the row may be: "Airline: Ryanair"."""
        places = {i for name in self._inside.names(span) if name.type is EntityType.PLACE for i in range(name.start, name.end)}
        return any(token.pos_ == "PROPN" and token.i not in places for token in self._doc[span[0] : span[1]])

    def blank(self, listing: Listing, number: int) -> Blank | None:
        """The word of a lead-in for which its items stand, where these are names of one kind."""
        entries = [entry for item in listing.items for entry in read_names(self._doc, self._inside, item)[:1]]
        types = Counter(entry.value.type for entry in entries if isinstance(entry.value, Mention))
        word = _announcing(self._doc, self._inside, listing.lead)
        if word is None or not types:
            return None
        kind = types.most_common(1)[0][0]
        fitting = tuple(entry for entry in entries if isinstance(entry.value, Mention) and entry.value.type is kind)
        mention = Mention(start=word.i, end=word.i + 1, head=word.i, appearance=AppearanceKey(f"blank-{number}"), type=kind)
        return Blank(mention=mention, lead=listing.lead, entries=fitting)


def _announcing(doc: Doc, inside: Inside, lead: Span) -> Token | None:
    """What a lead-in says that there follows: "these companies", "the following", else its last plural noun that is no name and no time."""
    spans = [*((name.start, name.end) for name in inside.names(lead)), *((moment.start, moment.end) for moment in inside.moments(lead))]
    taken = {i for span in spans for i in range(*span)}
    words = [token for token in doc[lead[0] : lead[1]] if token.i not in taken]
    nouns = [token for token in words if token.tag_ == "NNS" or _is_the_following(token)]
    shown = [noun for noun in nouns if any(child.lower_ in _SHOWING for child in noun.children)] or nouns
    return shown[-1] if shown else None


def _is_the_following(token: Token) -> bool:
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.lower_ == "following" and following is not None and following.text == ":"


def filled(found: Iterable[Candidate], blanks: Sequence[Blank]) -> Iterator[Candidate]:
    """The candidates, those of a blank once for each item that it stands for, with what is told beside that."""
    by_key = {blank.mention.appearance: blank for blank in blanks}
    for candidate in found:
        ends = [end for end in (candidate.subject, candidate.object) if isinstance(end, Mention) and end.appearance in by_key]
        if not ends:
            yield candidate
        elif len(ends) == 1:
            blank = by_key[ends[0].appearance]
            yield from (_with(candidate, ends[0], entry, blank) for entry in blank.entries)


def _with(candidate: Candidate, end: Mention, entry: Entry, blank: Blank) -> Candidate:
    told = {name: value for name in ("amount", "stake", "when", "role") if (value := getattr(entry, name)) is not None}
    side = "subject" if candidate.subject is end else "object"
    return replace(
        candidate,
        **{side: entry.value},  # type: ignore[arg-type]  # a mention, on either side
        **told,
        extractor="layout",
        shown=(blank.lead[0], entry.span[1]),
    )
