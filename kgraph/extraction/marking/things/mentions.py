"""Who and what an article talks about: names, and the pronouns and nominals that stand for them.

Which names are one thing, `name_groups` decides; a pronoun or a nominal goes with what its chain names most.
Those of chains without a name are dropped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from spacy.tokens import Doc, Span

from kgraph.extraction.marking.things.anaphors import takes_up
from kgraph.extraction.marking.things.dialogue import first_persons
from kgraph.extraction.marking.things.name_groups import group_names, name_of
from kgraph.extraction.marking.things.names import HONORIFIC, Name, find_names
from kgraph.extraction.spans import Mention
from kgraph.model import Appearance, AppearanceKey, Article

__all__ = ["find_mentions", "recounted"]

_LONGEST_DESCRIPTION = 8
"""Words; a longer nominal says too much to serve as a description."""

_SPOKEN = 0.9
"""How likely those are meant for whom somebody speaks in an interview."""

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
    group_names(doc, names, chains, by_token)
    others = _others(chains, by_token, matters, parts)
    spoken = first_persons(doc, names, by_token, {span.start: group for group, span in others if len(span) == 1})
    mentions: list[_Member] = [(name.group, name, None) for name in names]
    mentions += [(group, None, span) for group, span in others if len(span) > 1 or span.start not in spoken]
    return _assembled(doc, article, mentions, by_token, {i: group for i, group in spoken.items() if group is not None})


# ── pronouns and nominals ─────────────────────────────────────────────────────


def _others(chains: list[list[Span]], by_token: dict[int, Name], matters: frozenset[str], parts: frozenset[str]) -> list[tuple[int, Span]]:
    """Every other mention of the chains, with the group of most names before it (else of the first).

    A common noun that only modifies another ("the AI division") stands for nothing.
    """
    found: list[tuple[int, Span]] = []
    for chain in chains:
        spans = sorted(chain, key=lambda span: (span.start, span.end))
        named = [(span.start, name) for span in spans if (name := name_of(span, by_token)) is not None]
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
                before = [name.group for start, name in others if start <= span.start]
                found.append((_main(before) if before else others[0][1].group, span))
    return found


def _main(groups: list[int]) -> int:
    """The group that most of the names are of, the last of equals: a firm rather than the branch that was spoken of once."""
    counts = Counter(groups)
    return max(reversed(groups), key=counts.__getitem__)


def _holds(span: Span, name: Name) -> bool:
    """Whether a name is part of a nominal: "the Leeds firm" is not Leeds."""
    return span.start <= name.start and name.end <= span.end


def _is_another(span: Span, by_token: dict[int, Name], known: set[str]) -> bool:
    """Whether a nominal is named at once as something else than its chain: "Acme fears a rival, Beta"."""
    named = {by_token[child.i].text for child in span.root.children if child.dep_ == "appos" and child.i in by_token}
    return bool(named) and named.isdisjoint(known)


# ── appearances ───────────────────────────────────────────────────────────────


def _assembled(
    doc: Doc, article: Article, members: list[_Member], by_token: dict[int, Name], spoken: Mapping[int, int]
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
                other = name_of(rival, by_token)
                if other is not None:
                    chances[appearances[other.group].key] += chance  # two chains may be one thing
            mentions.append(_standing_for(known, span, chances))
    for i, group in spoken.items():
        known = appearances[group]
        mention = Mention(start=i, end=i + 1, head=i, appearance=known.key, type=known.type, kind="pronoun", certainty=_SPOKEN)
        mentions.append(mention)
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
