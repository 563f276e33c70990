"""The names of a text: where they begin and end, what they are names of, and what only looks like one.

The language model proposes; the article decides: what it names whole elsewhere is found where the model has missed it, and
all uses of one name have one type.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from spacy.tokens import Doc

from kgraph.extraction.marking.things.fuller_names import fuller_name
from kgraph.extraction.marking.things.name_edges import is_number, paragraphs, with_own_possessive, without_trade
from kgraph.model import EntityType

__all__ = ["HONORIFIC", "Name", "find_names"]

_TYPES = {kind.value: kind for kind in EntityType}
HONORIFIC = re.compile(r"^(mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|sen|rep|gov|president)\.?\s+", re.IGNORECASE)
_POSSESSIVE = re.compile("['\u2019`]s?$")
_EMPHASIS = re.compile(r"""'{2,}|^\w+[:=]\"""")
_MARKUP = re.compile(r"[\[\]{}<>]|https?:|www\.|:{2,}")
"""Remains of wiki and web pages that no name holds."""
_SIGNS = re.compile("[\u2122\u2120\u00ae\u00a9]")
"""Trademark signs: they say nothing of what is named."""
_DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
_CLEAR_MAJORITY = 2
"""How many times the votes of the next type: a family and its firm may share a name."""


@dataclass(slots=True)
class Name:
    """One name in the text: tokens [start, end) with their head, its words, its type, and what it is one group of names with."""

    start: int
    end: int
    head: int
    text: str
    type: EntityType
    fuller: str | None = None
    group: int = -1


def find_names(doc: Doc, *, firms: frozenset[str] = frozenset()) -> list[Name]:
    """Every name in text order; what only stands before one of `firms` ("the Leeds firm") is a place."""
    found = []
    for start, end, kind in _spans(doc):
        text = _unmarked(_POSSESSIVE.sub("", _joined(doc, start, end)))
        if any(character.isalnum() for character in text):
            found.append(Name(start=start, end=end, head=doc[start:end].root.i, text=text, type=kind))
    found = [name for name in found if not (_is_ticker(doc, name) or _is_agency(doc, name) or is_number(doc, name))]
    found = without_trade(doc, _addressed(found), firms)
    with_own_possessive(doc, found)
    _place_homes(doc, found, firms)
    _agree(found)
    found += _repeated(doc, found)
    places = {i: name for name in found if name.type is EntityType.PLACE for i in range(name.start, name.end)}
    for name in found:
        name.fuller = fuller_name(doc, name, places)
    return sorted(found, key=lambda name: name.start)


def _spans(doc: Doc) -> list[tuple[int, int, EntityType]]:
    """Where names stand by the model, those put together that it has cut before their last part: "Bank of" and "China"."""
    found: list[tuple[int, int, EntityType]] = []
    for label, first, last in ((ent.label_, *part) for ent in doc.ents for part in paragraphs(doc, ent.start, ent.end)):
        kind = _TYPES.get(label)
        start, end = _trimmed(doc, first, last)
        if kind is None or start == end:
            continue
        if found and _goes_on(doc, found[-1][1], start):
            begun, _, whole = found.pop()
            start, kind = (start, kind) if whole is kind and doc[begun].is_lower else (begun, whole)  # "the state of Texas" is Texas
        found.append((start, end, kind))
    completed = ((start, _completed(doc, end), kind) for start, end, kind in found)
    return [(start, end, kind) for start, end, kind in completed if end is not None]


def _goes_on(doc: Doc, end: int, start: int) -> bool:
    """Whether a name that ends in "of" goes on in the one that starts next."""
    return doc[end - 1].lower_ == "of" and all(token.lower_ == "the" for token in doc[end:start])


def _completed(doc: Doc, end: int) -> int | None:
    """Where a name ends, with the proper nouns after its last "of"; None where none follow, so that it names nothing."""
    if doc[end - 1].lower_ != "of":
        return end
    whole = end
    while whole < len(doc) and doc[whole].pos_ == "PROPN":
        whole += 1
    return whole if whole > end else None


def _unmarked(text: str) -> str:
    """A name without what is left of markup around it; nothing where markup has glued it to other words.

    >>> _unmarked("|Cabinet Office"), _unmarked("Acme[http://acme.test"), _unmarked("RMS ''Titanic"), _unmarked("Acme\u00ae Pro\u2122")
    ('Cabinet Office', 'Acme', 'RMS Titanic', 'Acme Pro')
    >>> _unmarked("so.::Ann")
    ''
    """
    text = _EMPHASIS.sub("", _SIGNS.sub("", text)).rpartition("|")[2].lstrip("-:;, ")
    mark = _MARKUP.search(text)
    if mark is None:
        return text.rstrip(",;: ")
    return "" if mark[0].startswith(":") else text[: mark.start()].rstrip(",;: ")


def _addressed(names: list[Name]) -> list[Name]:
    """The names, "Sir" and the like joined with the name that follows at once; alone they name nobody."""
    found = []
    before: Name | None = None
    for name in names:
        if before is not None and before.end == name.start and name.type is EntityType.PERSON:
            name.start, name.text = before.start, f"{before.text} {name.text}"
        before = name if HONORIFIC.fullmatch(name.text + " ") else None
        if before is None:
            found.append(name)
    return found


def _is_ticker(doc: Doc, name: Name) -> bool:
    """Whether a name is the sign under which a share is traded: "Acme (Nasdaq: ACM)"."""
    around = doc[max(0, name.start - 3) : name.start]
    follows = len(around) == 3 and around[0].text == "(" and around[2].text == ":"  # noqa: PLR2004 - bracket, market, colon
    return follows and name.text.isupper()


def _is_agency(doc: Doc, name: Name) -> bool:
    """Whether a name only tells who sent the article out: "SEATTLE (AP) - "."""
    if not 0 < name.start < name.end < len(doc) - 1:
        return False
    return doc[name.start - 1].text == "(" and doc[name.end].text == ")" and doc[name.end + 1].text in _DASHES


def _repeated(doc: Doc, names: list[Name]) -> list[Name]:
    """Where a name of the article stands that the model has missed, or taken for less ("Scale" of "Scale AI").

    A part that is found whole is taken out of `names`.
    """
    covered = {i: name for name in names for i in range(name.start, name.end)}
    forms: dict[str, dict[tuple[str, ...], EntityType]] = defaultdict(dict)
    for name in names:
        words = tuple(token.text for token in doc[name.start : name.end])
        if len(words) > 1 and name.text[:1].isupper():
            forms[words[0]].setdefault(words, name.type)
    found: list[Name] = []
    for token in doc:
        for words, kind in sorted(forms.get(token.text, {}).items(), key=lambda form: -len(form[0])):
            start, end = token.i, token.i + len(words)
            over = {id(covered[i]): covered[i] for i in range(start, end) if i in covered}.values()
            if tuple(word.text for word in doc[start:end]) != words or any(o.start < start or o.end > end for o in over):
                continue
            if not any((o.start, o.end) == (start, end) for o in over):
                for o in over:
                    names.remove(o)
                found.append(Name(start=start, end=end, head=doc[start:end].root.i, text=_joined(doc, start, end), type=kind))
                covered.update(dict.fromkeys(range(start, end), found[-1]))
            break
    return found


def _place_homes(doc: Doc, names: list[Name], firms: frozenset[str]) -> None:
    """What the model takes for an organisation is a place where all that the article says of it is "the Leeds firm"."""
    elsewhere = {name.text for name in names if not _is_home(doc, name, firms)}
    for name in names:
        if name.type is EntityType.ORGANIZATION and name.text not in elsewhere:
            name.type = EntityType.PLACE


def _is_home(doc: Doc, name: Name, firms: frozenset[str]) -> bool:
    """Whether a name stands between an article and a noun that says what a company is."""
    if not 0 < name.start <= name.end < len(doc):
        return False
    noun = doc[name.end]
    return doc[name.start - 1].lower_ == "the" and noun.is_lower and noun.lemma_ in firms


def _agree(names: list[Name]) -> None:
    """Give all uses of one name the type that most have: an article rarely means two kinds of thing by the same words."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for name in names:
        votes[name.text][name.type] += 1
    for name in names:
        (first, most), *others = votes[name.text].most_common()
        if others and most >= _CLEAR_MAJORITY * others[0][1]:
            name.type = first


def _joined(doc: Doc, start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split())


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name without the article before it, and the possessive and white space after it."""
    while start < end and (doc[start].is_space or doc[start].is_quote or _is_article(doc, start)):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].is_quote or doc[end - 1].tag_ == "POS" or _is_unopened(doc, start, end)):
        end -= 1
    return start, end


def _is_unopened(doc: Doc, start: int, end: int) -> bool:
    """Whether a name ends with a bracket that was opened before it: `Acme Holdings ("Acme")`."""
    return doc[end - 1].text == ")" and not any(token.text == "(" for token in doc[start:end])


def _is_article(doc: Doc, place: int) -> bool:
    """Whether a word is an article; the first letter of "A-Channel" is none."""
    return doc[place].lower_ in {"the", "a", "an"} and (bool(doc[place].whitespace_) or place + 1 == len(doc))
