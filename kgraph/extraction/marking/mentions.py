"""Who and what an article talks about: names, and the pronouns and nominals that stand for them.

A name is grouped with the others of its coreference chain, with the same name elsewhere, and
with a shorter form that can only be it ("Barra" after "Mary Barra"). A chain that mixes names
which cannot be one thing is taken apart. Pronouns and nominals of chains without a name are dropped.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from spacy.tokens import Doc, Span

from kgraph.extraction.marking.aliases import aliases
from kgraph.extraction.marking.anaphors import takes_up
from kgraph.extraction.marking.names import HONORIFIC, Name, find_names
from kgraph.extraction.spans import Mention
from kgraph.model import Appearance, AppearanceKey, Article, EntityType

__all__ = ["find_mentions", "recounted"]

_LEGAL = re.compile(
    r",?\s+(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|ag|sa|se|nv|gmbh|spa|group|holdings?)\.?$", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
_LONGEST_DESCRIPTION = 8
"""Words; a longer nominal says too much to serve as a description."""
_LONGEST_ACRONYM = 6
_BODIES = frozenset({"commission", "committee", "subcommittee", "council", "court", "parliament", "police"})
"""What stands after the name of a body that it belongs to: the "EU Commission" is not the EU."""
_ORGANIZATIONS = frozenset({EntityType.ORGANIZATION, EntityType.GOVERNMENT_BODY, EntityType.PRODUCT})


_Member = tuple[int, Name | None, Span | None]
"""A mention of a group: a name, or other words."""


def find_mentions(
    doc: Doc,
    article: Article,
    *,
    matters: frozenset[str] = frozenset(),
    parts: frozenset[str] = frozenset(),
    firms: frozenset[str] = frozenset(),
) -> tuple[tuple[Appearance, ...], tuple[Mention, ...]]:
    """The things that an article names, and every word that stands for one; both in text order.

    A nominal that is headed by one of `matters` ("the deal") stands for nothing that a name names, and neither does
    one of `parts` that has a named owner ("Meta's AI division"): it introduces a part of that owner. What only stands
    before one of `firms` ("the Leeds firm") is a place.
    """
    names = find_names(doc, firms=firms)
    chains: list[list[Span]] = [list(chain) for chain in doc._.clusters or ()]
    by_token = {i: name for name in names for i in range(name.start, name.end)}
    _group(doc, names, chains, by_token)
    mentions: list[_Member] = [(name.group, name, None) for name in names]
    mentions += _others(chains, by_token, matters, parts)
    return _assembled(doc, article, mentions, by_token)


# ── which names are one thing ─────────────────────────────────────────────────


def _group(doc: Doc, names: list[Name], chains: list[list[Span]], by_token: dict[int, Name]) -> None:
    """Number the groups of names, in text order of their first name."""
    parent = list(range(len(names)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    def join(left: int, right: int) -> None:
        low, high = sorted((root(left), root(right)))
        parent[high] = low

    index = {id(name): i for i, name in enumerate(names)}
    places = frozenset(_bare(name.text) for name in names if name.type is EntityType.PLACE)
    for chain in chains:
        members = sorted({index[id(name)] for span in chain if (name := _name_of(span, by_token)) is not None})
        for position, member in enumerate(members):
            earlier = next((other for other in members[:position] if _may_be_one(names[other], names[member], places)), None)
            if earlier is not None:
                join(earlier, member)
    for left, right in [*_same_names(names), *aliases(doc, names)]:
        join(left, right)
    for i, name in enumerate(names):
        name.group = root(i)


def _name_of(span: Span, by_token: dict[int, Name]) -> Name | None:
    """The name that a mention of a chain is, or that heads it."""
    name = by_token.get(span.root.i)
    if name is None:
        return None
    inside = span.start <= name.start and name.end <= span.end
    return name if inside and span.root.i == name.head else None


def _may_be_one(left: Name, right: Name, places: frozenset[str]) -> bool:
    """Whether two names of one chain can name one thing: shared words that make no other thing, or initials.

    `places` are the bare names of the places that the article names.
    """
    if left.type is not right.type and not {left.type, right.type} <= _ORGANIZATIONS:
        return False
    a, b = _bare(left.text), _bare(right.text)
    words_a, words_b = a.split(), b.split()
    if set(words_a) & set(words_b) and (set(words_a) <= set(words_b) or set(words_b) <= set(words_a)):
        short, long = (left, right) if len(words_a) < len(words_b) else (right, left)
        return len(words_a) == len(words_b) or not _adds_another(short, long, places)
    if a.replace(" ", "") == b.replace(" ", ""):
        return True
    return _is_acronym(left.text, words_b) or _is_acronym(right.text, words_a)


def _adds_another(short: Name, long: Name, places: frozenset[str]) -> bool:
    """Whether the words that a name adds to another make it a name of something else: the tower of a town, a firm's branch in a country."""
    if long.type is EntityType.PERSON:
        return False
    begins, _, rest = _bare(long.text).partition(_bare(short.text) + " ")
    if long.type is EntityType.PLACE:
        told = _bare(long.text.partition(",")[0].rstrip()) == _bare(short.text)
        return not told and (bool(begins) or not rest.startswith("of "))  # but "the Gulf" of the Gulf of Mexico
    if begins or not rest:
        return False
    part = long.type is EntityType.PRODUCT and not any(character.isdigit() for character in rest)  # of a version, the chain tells
    return rest in places or part or rest.split()[-1] in _BODIES


def _is_acronym(text: str, words: list[str]) -> bool:
    letters = text.replace(".", "").lower()
    if not text.isupper() or not 1 < len(letters) <= _LONGEST_ACRONYM or len(words) < len(letters) - 1:
        return False
    minor = {"of", "the", "and", "for", "&"}
    initials = "".join(word[0] for word in words)
    return letters in {initials, "".join(word[0] for word in words if word not in minor)}


def _same_names(names: list[Name]) -> Iterable[tuple[int, int]]:
    """Pairs that need no chain: equal names, and the surname of the only person who has it."""
    first: dict[tuple[str, bool], int] = {}
    surnames: dict[str, set[str]] = defaultdict(set)
    for i, name in enumerate(names):
        is_person = name.type is EntityType.PERSON
        bare = _bare(name.text)
        if (bare, is_person) in first:
            yield first[bare, is_person], i
        else:
            first[bare, is_person] = i
        if is_person and " " in bare:
            surnames[bare.split()[-1]].add(bare)
    for i, name in enumerate(names):
        bare = _bare(name.text)
        fuller = surnames.get(bare, ())
        if name.type is EntityType.PERSON and len(fuller) == 1:
            yield first[next(iter(fuller)), True], i


def _bare(text: str) -> str:
    """A name in lower case without honorific, legal form and full stops."""
    text = HONORIFIC.sub("", _ARTICLE.sub("", text))
    shorter = _LEGAL.sub("", text)
    return (shorter if shorter.strip() else text).lower().replace(".", "").replace(",", "")


# ── pronouns and nominals ─────────────────────────────────────────────────────


def _others(chains: list[list[Span]], by_token: dict[int, Name], matters: frozenset[str], parts: frozenset[str]) -> list[_Member]:
    """Every other mention of the chains, with the group of the nearest name before it (else of the first).

    A common noun that only modifies another ("the AI division") stands for nothing.
    """
    found: list[_Member] = []
    for chain in chains:
        spans = sorted(chain, key=lambda span: (span.start, span.end))
        named = [(span.start, name) for span in spans if (name := _name_of(span, by_token)) is not None]
        if not named:
            continue
        known = {name.text for _, name in named}
        for span in spans:
            if span.root.i in by_token or span.root.lemma_.lower() in matters or _is_another(span, by_token, known):
                continue
            if not takes_up(span, spans, by_token, parts=parts):
                continue
            others = [(start, name) for start, name in named if not _holds(span, name)]
            if others and (span.root.dep_ != "compound" or span.text in known):
                before = [name for start, name in others if start <= span.start]
                found.append((before[-1].group if before else others[0][1].group, None, span))
    return found


def _holds(span: Span, name: Name) -> bool:
    """Whether a name is part of a nominal: "the Leeds firm" is not Leeds."""
    return span.start <= name.start and name.end <= span.end


def _is_another(span: Span, by_token: dict[int, Name], known: set[str]) -> bool:
    """Whether a nominal is named at once as something else than its chain: "Acme fears a rival, Beta"."""
    named = {by_token[child.i].text for child in span.root.children if child.dep_ == "appos" and child.i in by_token}
    return bool(named) and named.isdisjoint(known)


# ── appearances ───────────────────────────────────────────────────────────────


def _assembled(
    doc: Doc, article: Article, members: list[_Member], by_token: dict[int, Name]
) -> tuple[tuple[Appearance, ...], tuple[Mention, ...]]:
    names: dict[int, list[Name]] = defaultdict(list)
    for group, name, _ in members:
        if name is not None:
            names[group].append(name)
    appearances = {group: _appearance(doc, article, those) for group, those in names.items()}
    mentions = []
    for group, name, span in members:
        known = appearances[group]
        if name is not None:
            mentions.append(Mention(start=name.start, end=name.end, head=name.head, appearance=known.key, type=known.type))
        elif span is not None:
            chances: dict[AppearanceKey, float] = defaultdict(float, {known.key: span._.certainty})
            for rival, chance in span._.rivals:
                other = _name_of(rival, by_token)
                if other is not None:
                    chances[appearances[other.group].key] += chance  # two chains may be one thing
            mentions.append(_standing_for(known, span, chances))
    mentions.sort(key=lambda m: (m.start, m.end))
    return recounted(doc, appearances.values(), mentions), tuple(mentions)


def _standing_for(known: Appearance, span: Span, chances: dict[AppearanceKey, float]) -> Mention:
    """A pronoun or a nominal that is taken for a thing, with how likely it stands for that and for others."""
    return Mention(
        start=span.start,
        end=span.end,
        head=span.root.i,
        appearance=known.key,
        type=known.type,
        kind=_kind(span, known),
        certainty=round(chances[known.key], 3),
        rivals=tuple((key, round(chance, 3)) for key, chance in sorted(chances.items()) if key != known.key),
    )


def recounted(doc: Doc, appearances: Iterable[Appearance], mentions: Iterable[Mention]) -> tuple[Appearance, ...]:
    """The appearances, in text order, with where and how often these mentions speak of each, and in what words."""
    members = defaultdict(list)
    for mention in mentions:
        members[mention.appearance].append(mention)
    told = (
        replace(
            appearance,
            start=min(doc[mention.start].idx for mention in members[appearance.key]),
            count=len(members[appearance.key]),
            descriptions=tuple(sorted({text for mention in members[appearance.key] if (text := _description(doc, mention))})),
        )
        for appearance in appearances
    )
    return tuple(sorted(told, key=lambda appearance: appearance.start))


def _kind(span: Span, appearance: Appearance) -> Literal["name", "nominal", "pronoun"]:
    """What other words of a chain are: a name that the model has not marked as one counts as a name."""
    if span.root.pos_ == "PRON":
        return "pronoun"
    return "name" if span.text in appearance.names else "nominal"


def _appearance(doc: Doc, article: Article, names: list[Name]) -> Appearance:
    """What some names name, before its mentions are counted."""
    first = min(doc[name.start].idx for name in names)
    counts = Counter(name.type for name in names)
    kind = max(counts, key=lambda kind: (counts[kind], kind.value))
    surface = Counter(name.text for name in names)
    fullest = max(surface, key=lambda text: (len(HONORIFIC.sub("", text)), surface[text], text))
    return Appearance(
        article=article.id,
        key=AppearanceKey(f"{article.slug}-e{first}"),
        type=kind,
        name=fullest,
        names=tuple(sorted({*surface, *(name.fuller for name in names if name.fuller and name.type is kind)})),
        start=first,
        count=len(names),
    )


def _description(doc: Doc, mention: Mention) -> str | None:
    """The words of a nominal that say what it is ("the airline"); none for a pronoun or a name."""
    is_described = mention.kind == "nominal" and doc[mention.head].pos_ in {"NOUN", "PROPN"}
    if not is_described or mention.end - mention.start > _LONGEST_DESCRIPTION:
        return None
    return " ".join(doc[mention.start : mention.end].text.split())
