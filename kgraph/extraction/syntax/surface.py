"""Finds neighbours of a word by their order alone, for what headlines and wrong trees leave apart.

before      the thing named right before a word: "Tesla's chief executive", "San Diego-based"
after       the first name in the phrase that goes on after a word: "Vancouver-based equity firm Gibralt"
next        the name that follows at once: "its rival Boeing", "Google unit YouTube"
apposed     the name that a noun is set beside: "Cessna, a unit of Textron", "its parent, EADS"
linked      the name right after a word and "of", "at" or "from": "Kevin McShea of Alix Partners"
bracketed   the market of a ticker: "Acme (Nasdaq: ACME)"
doer        the name right before a verb, its helpers apart: "Acme has bought"
done        the name right after a verb: "bought up the Beta"
holder      the person beside an office: "CEO Tim Cook", "Tim Cook, 64, the chief executive",
            "President of Labatt USA, Glen Walter"
following   the first name after an office and a preposition: "director of sales analysis at Ford"
whereof     the organisation of an office told of in "where": "joined from Beta, where she was finance chief"
wherein     the person of such an office: "she"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Mention
    from kgraph.extraction.syntax.marks import Marks

__all__ = ["SURFACE", "neighbours", "phrase_after"]

_PHRASE = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "SYM"})
_LINKED = _PHRASE | {"ADP", "DET", "CCONJ", "PART", "PRON"}
_MODIFIERS = 4
"""Words that may stand between an organisation and an office ("Google's longtime finance chief")."""
_REACH = 12
"""Tokens between an office and the name that belongs to it."""
_PREPOSITIONS = frozenset({"of", "at", "for", "with", "from", "in", "to"})


def neighbours(marks: Marks, token: Token, place: str) -> list[Token]:
    """The head of the name at a surface place of a word, or nothing."""
    title = marks.title(token)
    start, end = (title.start, title.end) if title is not None else (token.i, token.i + 1)
    mention = _FINDERS[place](marks, start, end)
    return [marks.doc[mention.head]] if mention is not None else []


def _before(marks: Marks, start: int, end: int) -> Mention | None:  # noqa: ARG001 - one signature for all places
    doc = marks.doc
    skipped = 0
    for i in range(start - 1, doc[start].sent.start - 1, -1):
        mention = _name(marks, i)
        if mention is not None:
            return _city(marks, mention) if mention.type is not EntityType.PERSON else None
        if doc[i].tag_ in {"POS", "HYPH"} or doc[i].text == "-":
            continue
        skipped += 1
        if skipped > _MODIFIERS or doc[i].pos_ not in {"ADJ", "NOUN", "PROPN"}:
            return None
    return None


def _city(marks: Marks, place: Mention) -> Mention:
    """The city of "Mountain View, California"; anything else as it is."""
    comma = place.start - 1
    city = _name(marks, comma - 1) if comma > 0 and marks.doc[comma].text == "," else None
    is_pair = place.type is EntityType.PLACE and city is not None and city.type is EntityType.PLACE
    return city if is_pair and city is not None else place


def _after(marks: Marks, start: int, end: int) -> Mention | None:  # noqa: ARG001
    for i in _phrase(marks.doc, end, _PHRASE):
        mention = _name(marks, i)
        if mention is not None:
            return mention
    return None


def _next(marks: Marks, start: int, end: int) -> Mention | None:  # noqa: ARG001
    while end < len(marks.doc) and (marks.doc[end].is_quote or marks.doc[end].text in {"``", "''"}):
        end += 1
    mention = _name(marks, end) if end < len(marks.doc) else None
    return mention if mention is not None and mention.start == end else None


def _doer(marks: Marks, start: int, end: int) -> Mention | None:  # noqa: ARG001
    doc = marks.doc
    i = start - 1
    while i >= doc[start].sent.start and doc[i].pos_ in {"AUX", "ADV", "PART"} and doc[i].tag_ != "POS":
        i -= 1
    mention = _name(marks, i) if i >= 0 else None
    if mention is None or mention.end != i + 1:
        return None
    before = doc[mention.start - 1].pos_ if mention.start else "PUNCT"
    return mention if before in {"PUNCT", "DET", "SPACE", "SCONJ", "ADV"} or doc[mention.start].is_sent_start else None


def _done(marks: Marks, start: int, end: int) -> Mention | None:
    doc = marks.doc
    end += end < len(doc) and doc[end].tag_ == "RP"
    return _after(marks, start, end + (end < len(doc) and doc[end].pos_ == "DET"))


def phrase_after(marks: Marks, token: Token, preposition: str) -> list[Token]:
    """What follows a noun and a preposition at once: "subsidiary of Textron"; the first name, else the last noun."""
    doc = marks.doc
    title = marks.title(token)
    end = title.end if title is not None else token.i + 1
    if end >= len(doc) or doc[end].lower_ != preposition:
        return []
    nouns = []
    for i in _phrase(doc, end + 1, _PHRASE | {"DET", "PRON"}):
        mention = _name(marks, i)
        if mention is not None and not (mention.type is EntityType.PLACE and _goes_on(doc, mention.end)):
            return [doc[mention.head]]
        if doc[i].pos_ in {"NOUN", "PROPN", "PRON"} and mention is None:
            nouns.append(doc[i])
    return nouns[-1:]


def _apposed(marks: Marks, start: int, end: int) -> Mention | None:
    doc = marks.doc
    following = _name(marks, end + 1) if end + 1 < len(doc) and doc[end].text == "," else None
    if following is not None and following.start == end + 1 and _closes(doc, following.end):
        return following
    for i in range(start - 1, max(doc[start].sent.start, start - _REACH), -1):
        if doc[i].text == "," and doc[i + 1].pos_ in {"DET", "ADJ", "NUM", "NOUN", "PRON", "PROPN"}:
            before = _name(marks, i - 1)
            return before if before is not None and before.end == i else None
        if doc[i].pos_ not in {"DET", "ADJ", "ADV", "NUM", "NOUN", "PART", "PROPN", "PRON"} and doc[i].tag_ not in {"VBN", "VBG", "HYPH"}:
            return None
    return None


def _closes(doc: Doc, i: int) -> bool:
    """Whether a clause or sentence may end here."""
    return i >= len(doc) or doc[i].is_punct or doc[i].is_space


def _linked(marks: Marks, start: int, end: int) -> Mention | None:
    doc = marks.doc
    own = _name(marks, start)
    i = own.end if own is not None else end
    i += i < len(doc) and doc[i].text == ","
    if i >= len(doc) or doc[i].lower_ not in {"of", "at", "from"}:
        return None
    i += 1
    i += i < len(doc) and doc[i].lower_ == "the"
    mention = _name(marks, i) if i < len(doc) else None
    return mention if mention is not None and mention.start == i else None


def _bracketed(marks: Marks, start: int, end: int) -> Mention | None:
    doc = marks.doc
    own = _name(marks, start)
    i = own.end if own is not None else end
    mention = _name(marks, i + 1) if i + 1 < len(doc) and doc[i].text == "(" else None
    return mention if mention is not None and mention.end < len(doc) and doc[mention.end].text == ":" else None


def _following(marks: Marks, start: int, end: int) -> Mention | None:
    doc = marks.doc
    linked = False
    if end + 1 < len(doc) and doc[end].text == ",":  # "Simon Baker, analyst, Credit Suisse"
        beside = _name(marks, end + 1)
        return beside if beside is not None and beside.type is EntityType.ORGANIZATION and _holder_before(marks, start) else None
    for i in _phrase(doc, end, _LINKED):
        mention = _name(marks, i)
        if mention is not None and not (mention.type is EntityType.PLACE and _goes_on(doc, mention.end)):
            return mention if linked and mention.type is not EntityType.PERSON else None
        linked = linked or doc[i].lower_ in _PREPOSITIONS
    return None


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether a place only modifies what follows ("of the U.S. drinks giant")."""
    return i < len(doc) and doc[i].pos_ in {"ADJ", "NOUN"}


def _holder(marks: Marks, start: int, end: int) -> Mention | None:
    return _holder_after(marks, end) or _holder_before(marks, start)


def _holder_after(marks: Marks, end: int) -> Mention | None:
    """The person of "CEO Tim Cook" and "CEO of Apple, Tim Cook"; after a comma only where the phrase ends."""
    doc = marks.doc
    i = end
    while i < min(len(doc), end + _REACH) and doc[i].sent_start is not True:
        mention = _name(marks, i)
        if mention is not None and mention.type is EntityType.PERSON:
            return mention if mention.start == i else None
        if doc[i].text == "(":
            i = next((j + 1 for j in range(i + 1, min(len(doc), i + 5)) if doc[j].text == ")"), i)
        if i < len(doc) and doc[i].text == ",":
            following = _name(marks, i + 1) if i + 1 < len(doc) else None
            return following if following is not None and following.type is EntityType.PERSON and _ends_phrase(doc, following.end) else None
        if i >= len(doc) or doc[i].pos_ not in _LINKED or doc[i].lower_ in {"and", "or"}:
            return None
        i = mention.end if mention is not None else i + 1
    return None


def _ends_phrase(doc: Doc, i: int) -> bool:
    """Whether an apposition closes here ("…, Glen Walter, said") rather than a list going on ("…, Glen Walter and …")."""
    return i >= len(doc) or doc[i].lower_ not in {"and", "or", "&"}


def _holder_before(marks: Marks, start: int) -> Mention | None:
    """The person of "Tim Cook, 64, Apple's chief executive": commas, an age and the organisation may stand between."""
    doc = marks.doc
    commas = 0
    i = start - 1
    earliest = max(doc[start].sent.start, start - _REACH)
    while i >= earliest:
        mention = _name(marks, i)
        if mention is not None and mention.type is EntityType.PERSON:
            return mention if commas else None
        if doc[i].text in {",", "("}:
            commas += 1
        elif (mention is None and doc[i].pos_ not in {"DET", "ADJ", "ADV", "NUM", "PART", "NOUN", "PROPN", "PRON"}) or (
            doc[i].pos_ in {"NOUN", "PROPN"} and mention is None and commas
        ):
            return None
        i = mention.start - 1 if mention is not None else i - 1
    return None


def _whereof(marks: Marks, start: int, end: int) -> Mention | None:  # noqa: ARG001
    where = _where(marks, start)
    place = where - 1 if where and marks.doc[where - 1].text == "," else where
    before = _name(marks, place - 1) if where and place else None
    return before if before is not None and before.end == place else None


def _wherein(marks: Marks, start: int, end: int) -> Mention | None:  # noqa: ARG001
    where = _where(marks, start)
    return marks.mention(marks.doc[where + 1]) if where else None


def _where(marks: Marks, start: int) -> int:
    """The "where" of the clause of an office, of whose subject the office is told; 0 where there is none."""
    doc = marks.doc
    for i in range(start - 1, max(doc[start].sent.start, start - _REACH), -1):
        if doc[i].lower_ == "where":
            holder = marks.mention(doc[i + 1])
            between = range(holder.end if holder is not None else i + 2, start)
            return i if all(marks.mention(doc[j]) is None or doc[j].pos_ in {"ADJ", "DET", "PRON"} for j in between) else 0
        if doc[i].is_punct and doc[i].tag_ != "HYPH":
            return 0
    return 0


def _phrase(doc: Doc, start: int, kinds: frozenset[str]) -> Iterator[int]:
    """The tokens of a phrase that goes on from `start`, to the first of another kind; "US-based" goes on."""
    for i in range(start, min(len(doc), start + _REACH)):
        if doc[i].sent_start is True and i > start:
            return
        joined = doc[i].tag_ in {"POS", "HYPH"} or doc[i].text == "-" or doc[i - 1].text == "-"
        if not joined and doc[i].pos_ not in kinds:
            return
        yield i


def _name(marks: Marks, i: int) -> Mention | None:
    mention = marks.mention(marks.doc[i])
    return mention if mention is not None and mention.kind == "name" else None


_FINDERS = {
    "before": _before,
    "after": _after,
    "next": _next,
    "apposed": _apposed,
    "linked": _linked,
    "bracketed": _bracketed,
    "doer": _doer,
    "done": _done,
    "holder": _holder,
    "following": _following,
    "whereof": _whereof,
    "wherein": _wherein,
}
SURFACE = frozenset(_FINDERS)
"""The places that this module knows."""
