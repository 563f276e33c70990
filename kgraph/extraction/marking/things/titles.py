"""Role phrases in a Doc: "chief executive", "co-founder", "head of mobile", "vice president for sales".

A title is a head noun with the modifiers and fields of work before it, and what follows "of" or "for" where that is a unit
("director of research") and not the employer ("director of Acme", "chairman of the company").
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kgraph.extraction.spans import Title
from kgraph.ontology.titles import TitleWords, load_title_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Span, Token

__all__ = ["find_titles"]

_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_PREFIXES = frozenset({"co", "vice", "non", "deputy", "sub"})
_LONGEST_CHIEF = 4
"""Tokens between "chief" and "officer"."""

_LONGEST_UNIT = 6
"""Tokens of a unit after "of"."""

_TERMS = frozenset({"day", "week", "month", "quarter", "year", "decade", "term", "time"})
"""What "for five years" ends with: how long, not for what."""
_UNIT_TAGS = frozenset({"NN", "NNS", "JJ", "NNP", "NNPS", "CC", "HYPH", "CD", "VBG"})
_PLURAL_CUT = {"men": "man", "women": "woman"}
_LETTERS = 5
"""Up to so many capitals a head is an abbreviation."""


def find_titles(doc: Doc, *, bare: bool = False) -> list[Title]:
    """Every title of a Doc in text order; "chairman and CEO" is two.

    `text` is singular and without "former", "new" and the like. Words inside a name ("Premier League") are no title, and
    neither is a word that alone mostly means something else ("head", "partner") unless these too are asked for (`bare`).
    """
    words = load_title_words()
    names = {i: ent for ent in doc.ents for i in range(ent.start, ent.end)}
    titles: list[Title] = []
    for token in doc:
        if titles and token.i < titles[-1].end:
            continue
        title = _title(doc, token, words, titles[-1].end if titles else 0, bare=bare)
        if title is not None and not _inside_name(title, names):
            titles.append(title)
    return titles


def _title(doc: Doc, token: Token, words: TitleWords, free: int, *, bare: bool) -> Title | None:
    """The title whose head noun stands at a token, not reaching back over `free`."""
    if _singular(token) not in words.nouns:
        return None
    is_noun = not token.tag_ or token.tag_[0] in {"N", "J"} or token.pos_ in {"NOUN", "PROPN"} or token.text.isupper()
    if not is_noun or _is_modifier_here(doc, token, words) or _is_of_board(doc, token):
        return None
    start = _start(doc, token.i, words, free)
    end = _unit_end(doc, token.i + 1, words)
    if not bare and not _says_enough(doc, token, start, end, words):
        return None
    return Title(start=start, end=end, head=token.i, text=_text(doc, start, token, end))


def _is_of_board(doc: Doc, token: Token) -> bool:
    """Whether a word only says of whom a board is: the "directors" of "the board of directors" are nobody's title."""
    return _lower(doc, token.i - 1) == "of" and _lower(doc, token.i - 2) == "board"


def _says_enough(doc: Doc, head: Token, start: int, end: int, words: TitleWords) -> bool:
    """Whether a head that mostly means something else has a modifier, a field of work or a unit."""
    noun = _singular(head)
    if noun == "member":
        return not {"board", "parliament"}.isdisjoint(part.lower_ for part in doc[start:end])
    if noun in {"head", "leader"}:
        return end > head.i + 1 or _has_area(doc, start, head.i, words)
    is_bare = start == head.i and end == head.i + 1
    return noun not in words.bound or not is_bare or (noun in {"partner", "fellow"} and _lower(doc, end) == "at")


def _singular(token: Token) -> str:
    """The head noun in lower case, without a plural ending."""
    return _without_plural(token.lower_)


@lru_cache(maxsize=50_000)
def _without_plural(lower: str) -> str:
    for plural, single in _PLURAL_CUT.items():
        if lower.endswith(plural):
            return lower[: -len(plural)] + single
    if lower.endswith("ies"):
        return lower[:-3] + "y"
    return lower[:-1] if lower.endswith("s") and lower != "boss" and not lower.endswith("ss") else lower


def _is_modifier_here(doc: Doc, token: Token, words: TitleWords) -> bool:
    """Whether a word such as "executive" or "chief" stands before the real head of a longer title."""
    after = token.i + 1
    if token.lower_ == "chief":
        return _chief_end(doc, token.i, words) is not None
    if _lower(doc, after) in _HYPHENS:
        after += 1
    following = doc[after] if after < len(doc) else None
    if following is None or following.is_sent_start:
        return False
    if token.lower_ not in words.modifiers and token.lower_ not in words.areas:
        return False
    if following.lower_ in words.modifiers | words.areas and following.text[0].islower():
        return True
    return any(_singular(part) in words.nouns for part in _run_of_parts(doc, after, words))


def _run_of_parts(doc: Doc, start: int, words: TitleWords) -> Span:
    """The word at `start`, with those after it as long as all before them may stand before a head: "Vice President"."""
    end = start + 1
    while (
        end < min(len(doc), start + _LONGEST_CHIEF) and doc[end - 1].lower_ in words.modifiers | words.areas and not doc[end].is_sent_start
    ):
        end += 1
    return doc[start:end]


def _chief_end(doc: Doc, start: int, words: TitleWords) -> int | None:
    """Where the head of "chief … officer", "chief executive" or "chief scientist" stands, after "chief"."""
    for i in range(start + 1, min(start + 2 + _LONGEST_CHIEF, len(doc))):
        noun = _singular(doc[i])
        if noun == "officer" or (i == start + 1 and noun in words.heads and noun != "officer" and _lower(doc, i + 1) != "officer"):
            return i
        if not (doc[i].is_alpha or doc[i].text in _HYPHENS or doc[i].text == "&") or doc[i].lower_ in {"of", "at", "who", "said"}:
            return None
    return None


def _start(doc: Doc, head: int, words: TitleWords, free: int) -> int:
    """Where the title starts: modifiers and fields before the head, back to "chief" in "chief … officer"."""
    for i in range(head - 1, max(free - 1, head - 2 - _LONGEST_CHIEF), -1):
        if doc[i].lower_ == "chief" and _chief_end(doc, i, words) == head:
            return _modified(doc, i, words, free)
    return _modified(doc, head, words, free)


def _modified(doc: Doc, start: int, words: TitleWords, free: int) -> int:
    """Go left over modifiers and fields, hyphens within them included."""
    while start > free:
        before = doc[start - 1]
        if before.text in _HYPHENS and start - 1 > free and doc[start - 2].lower_ in _PREFIXES:
            start -= 2
        elif before.lower_ in words.modifiers or before.lower_ in words.areas:
            is_name = before.text[0].isupper() and doc[start].text[0].islower() and not before.is_sent_start
            if is_name and before.lower_ not in words.modifiers:
                break
            start -= 1
        elif (
            before.text in {"and", "&"} and start - 2 >= free and doc[start - 2].lower_ in words.areas and doc[start].lower_ in words.areas
        ):
            start -= 2
        else:
            break
    return start


def _has_area(doc: Doc, start: int, head: int, words: TitleWords) -> bool:
    """Whether a field of work or "board" stands before the head ("design head", "board member")."""
    return any(doc[i].lower_ in words.areas or doc[i].lower_ == "board" for i in range(start, head))


def _unit_end(doc: Doc, after: int, words: TitleWords) -> int:
    """The end of "of research", "for Asia sales", "of the board" after a head; `after` itself where the employer follows."""
    if _lower(doc, after) == "general" and doc[after - 1].lower_ in {"director", "attorney", "secretary"}:
        after += 1
    if _lower(doc, after) not in {"of", "for"}:
        return after
    at = after + 1
    if _lower(doc, at) in {"the", "its", "their"}:
        if _lower(doc, at + 1) == "board" and _lower(doc, at + 2) != "of":
            return at + 2
        at += 1
    end = at
    while end < min(len(doc), at + _LONGEST_UNIT) and _is_unit_word(doc, end, words, at):
        end += 1
    while end > at and doc[end - 1].lower_ in {"and", "-", "of", "&"}:
        end -= 1
    unit = [doc[i].lower_ for i in range(at, end)]
    if (
        not unit
        or doc[end - 1].lemma_.lower() in _TERMS
        or (len(unit) == 1 and unit[0] in words.employers)
        or not any(word in words.areas or doc[at + n].text.islower() for n, word in enumerate(unit))
    ):
        return after
    return end


def _is_unit_word(doc: Doc, i: int, words: TitleWords, first: int) -> bool:
    """Whether a token can belong to the name of a unit that starts at `first`."""
    token = doc[i]
    if token.is_sent_start and i > first:
        return False
    if token.lower_ in words.areas:
        return True
    if token.tag_ and token.tag_ not in _UNIT_TAGS:
        return False
    if token.lower_ in {"and", "&"}:
        following = _lower(doc, i + 1)
        return following in words.areas and _singular(doc[i + 1]) not in words.heads
    if token.text[0].isupper() and not token.ent_type_:
        return i > first or _lower(doc, i + 1) in words.areas
    return (token.is_alpha and token.text.islower() and bool(token.tag_) and token.lower_ not in words.time) or token.text in _HYPHENS


def _text(doc: Doc, start: int, head: Token, end: int) -> str:
    """The words of the title, its head in the singular."""
    before, after = doc[start : head.i].text_with_ws if start < head.i else "", doc[head.i + 1 : end].text if end > head.i + 1 else ""
    noun = _singular(head)
    same = noun == head.lower_ or (head.text.isupper() and len(head.text) <= _LETTERS)
    form = head.text if same else head.text[: len(noun)] if head.lower_.startswith(noun) else noun
    return " ".join(f"{before}{form} {after}".split())


def _lower(doc: Doc, i: int) -> str:
    return doc[i].lower_ if 0 <= i < len(doc) else ""


def _inside_name(title: Title, names: Mapping[int, Span]) -> bool:
    """Whether a name holds the title: a longer one, or one of a firm or a product ("Writer")."""
    name = names.get(title.head)
    if name is None or (name.start, name.end) == (title.start, title.end):
        return name is not None and name.label_ in {"Organization", "Product"}
    return name.end - name.start > title.end - title.start or (name.end > title.end and name.start <= title.start)
