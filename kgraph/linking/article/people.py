"""Which names of people in one article can be one person's."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kgraph.linking.article.scene import Proposal, Scene, pairs
from kgraph.linking.names.keys import Person, person, words
from kgraph.linking.names.spelling import misspelt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kgraph.model import Appearance

__all__ = ["bar_different_people", "join_people", "same_person", "titles_agree"]


def bar_different_people(scene: Scene) -> None:
    """Two full names that cannot be one person's never meet through a shared surname."""
    full = [(a, person(a.name)) for a in scene.of("person") if person(a.name).full]
    for i, j in pairs(p.tokens for _, p in full):
        (left, a), (right, b) = full[i], full[j]
        if not same_person(a, b) and not misspelt(a.tokens, b.tokens):
            scene.clusters.bar(left.key, right.key)


def same_person(a: Person, b: Person) -> bool:
    """Whether two full names can be one person's: surname, given name or its short form, no middle name or suffix against."""
    if a.given is None or b.given is None or (a.suffix and b.suffix and a.suffix != b.suffix):
        return False
    if "".join(a.tokens) == "".join(b.tokens):  # "Chung Mong-koo", "Chung Mong Koo"
        return True
    short, long = sorted((a.tokens, b.tokens), key=len)
    if len(short) > 1 and long[-len(short) :] == short:
        return True
    if a.surname != b.surname and a.last != b.last:
        return False
    given = (
        a.given == b.given
        or b.given in words().nicknames.get(a.given, ())
        or (1 in {len(a.given), len(b.given)} and a.given[0] == b.given[0])
    )
    middle = not a.middle or not b.middle or a.middle[0][0] == b.middle[0][0]
    return given and middle


def join_people(scene: Scene) -> Iterator[Proposal]:
    """A fuller form first, then surnames, then given names alone."""
    people = [(a, person(a.name)) for a in scene.of("person")]
    full = [(a, p) for a, p in people if p.full]
    for i, j in pairs(p.tokens for _, p in full):
        (left, a), (right, b) = full[i], full[j]
        if same_person(a, b) or misspelt(a.tokens, b.tokens):
            why = f"“{left.name}” and “{right.name}” can be one person's names"
            yield Proposal(left=left.key, right=right.key, rule="person name", why=why, score=0.95)
    by_word: dict[str, list[tuple[Appearance, Person]]] = defaultdict(list)
    for found, q in full:
        for word in {*q.tokens, q.surname}:
            by_word[word].append((found, q))
    for short, p in people:
        if p.full and not (p.tokens[0] in words().particles and len(p.tokens) > 1):
            continue
        bearers = [(a, q) for a, q in by_word[p.surname] if a is not short]
        by_surname = [a for a, q in bearers if p.surname in {q.surname, q.last} and titles_agree(p, q)]
        target = scene.only(by_surname)
        kind = "surname"
        if not by_surname:
            target = scene.only([a for a, _ in bearers])
            kind = "name"
        if target:
            why = f"“{short.name}” is the {kind} of “{target.name}”"
            yield Proposal(left=target.key, right=short.key, rule="surname", why=why, score=0.93)


def titles_agree(a: Person, b: Person) -> bool:
    """Whether titles leave it open that two names are one person's: "Mrs" and "Mr" do not."""
    return a.male is None or b.male is None or a.male == b.male
