"""Where interests collide: every hit of the patterns, with its chain of facts."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyoxigraph import NamedNode, QuerySolutions

from kgraph.analysis.conflict_of_interest.cycles import payment_cycles
from kgraph.analysis.conflict_of_interest.exclusions import Exclusions, owns_whole
from kgraph.analysis.conflict_of_interest.links import FACT, Link, Links, entity_in
from kgraph.analysis.conflict_of_interest.patterns import Circle, Pattern, read_circle, read_patterns
from kgraph.analysis.rules import rules
from kgraph.errors import OntologyError
from kgraph.model import ClaimId, EntityId, EntityType, FactId, Knowledge, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Store

    from kgraph.model import Fact
    from kgraph.ontology import Ontology

__all__ = ["Interest", "interests"]

_OWNERSHIP = ("acquired", "investedIn", "ownsStakeIn", "subsidiaryOf")
_PENDING = (Status.RUMOURED, Status.CONDITIONAL, Status.IN_TALKS, Status.PLANNED, Status.ANNOUNCED, Status.INCOMING)
_Chain = dict[tuple[EntityId, EntityId, tuple[str, ...]], Link]
"""The links of a proof, by ends and predicates, so that rows that share one count it once."""
_LEAST_STAKE = 0.3
"""What a small stake counts, and one whose size no source tells: its owner has an interest, though no control."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """One structural conflict of interest: what the facts, put together, show."""

    id: str
    pattern: str
    parties: tuple[tuple[str, tuple[EntityId, ...]], ...]
    """The pattern's variables in the order of its query, each with the things it stands for."""
    chain: tuple[Link, ...]
    facts: tuple[FactId, ...]
    """All facts of the chain, sorted."""
    claims: tuple[ClaimId, ...]
    """All claims behind them, sorted: their quotes are the proof."""
    articles: tuple[str, ...]
    score: float
    """Product of the confidences of the chain's best facts, what the largest stake counts, and the pattern's weight (docs/analysis.md)."""
    scores: tuple[tuple[str, float], ...]
    """More numbers where the pattern has some: of a circle loop, cycle and hub (docs/analysis.md)."""
    inferred: bool
    """Whether some link of the chain follows from the facts, but is not said by one."""
    sentence: str


def interests(
    knowledge: Knowledge, ontology: Ontology, *, link_from: Status = Status.PLANNED, patterns: Iterable[Path] = ()
) -> tuple[Interest, ...]:
    """Every hit of the built-in patterns and those of the files `patterns`, the highest score first.

    Only facts count that are asserted and have come as far as `link_from`. Raises
    `OntologyError`, naming the file, where a pattern is wrong.
    """
    read = read_patterns(patterns)
    for pattern in read:
        _check_words(pattern, ontology)
    circle = read_circle()
    mentioned = frozenset().union(*(pattern.mentioned() for pattern in read), (flow.lstrip("^") for flow in circle.flows))
    links = Links(knowledge, ontology, mentioned, link_from=link_from)
    store = links.store(knowledge, mentioned)
    context = _Context(knowledge, links)
    found = [hit for pattern in read for hit in _fullest(_hits(pattern, store, context))]
    found.extend(_circular(links, circle, context))
    return tuple(sorted(found, key=lambda hit: (-hit.score, hit.pattern, hit.id)))


def _fullest(hits: Iterable[Interest]) -> Iterable[Interest]:
    """Of hits among the same parties, which differ in who is called what, the one with most facts."""
    by_parties: dict[frozenset[EntityId], Interest] = {}
    for hit in hits:
        parties = frozenset(entity for _, entities in hit.parties for entity in entities)
        other = by_parties.get(parties)
        if other is None or (-len(hit.facts), hit.id) < (-len(other.facts), other.id):
            by_parties[parties] = hit
    return by_parties.values()


class _Context:
    """What writing a hit down needs to know."""

    def __init__(self, knowledge: Knowledge, links: Links) -> None:
        self.links = links
        self.exclusions = Exclusions(knowledge, links, rules())
        self._labels = {entity.id: entity.label for entity in knowledge.entities}
        self._articles = {claim.id: claim.article for claim in knowledge.claims}

    def label(self, entity: EntityId) -> str:
        return self._labels.get(entity, entity)

    def interest(
        self,
        pattern: str,
        parties: Sequence[tuple[str, tuple[EntityId, ...]]],
        chain: Sequence[Link],
        sentence: str,
        *,
        told: bool = False,
        weight: float = 1.0,
        scores: tuple[tuple[str, float], ...] = (),
    ) -> Interest:
        facts = tuple(sorted({fact for link in chain for fact in link.facts}))
        claims = tuple(sorted({claim for fact in facts for claim in self.links.facts[fact].claims}))
        ends = sorted({entity for _, entities in parties for entity in entities})
        text = "\n".join((pattern, *ends, *facts))
        return Interest(
            id=hashlib.sha256(text.encode()).hexdigest()[:12],
            pattern=pattern,
            parties=tuple(parties),
            chain=tuple(chain),
            facts=facts,
            claims=claims,
            articles=tuple(sorted({self._articles[claim] for claim in claims})),
            score=round(weight * self._score(chain), 4),
            scores=scores,
            inferred=told or any(link.inferred for link in chain),
            sentence=sentence + self._pending(chain),
        )

    def _pending(self, chain: Sequence[Link]) -> str:
        """What of the chain is not done yet, where no fact of its link is."""
        found = []
        for link in chain:
            facts = [self.links.facts[fact] for fact in link.facts]
            if all(fact.status in _PENDING for fact in facts):
                first, rule = facts[0], self.links.ontology.predicates[facts[0].predicate]
                status = self.links.ontology.statuses[first.status].label if first.status else ""
                words = f"{self.label(first.subject)} {rule.template} {self.label(EntityId(str(first.object)))}"
                found.append(f" So far only {status}: {words}.")
        return "".join(dict.fromkeys(found))

    def _score(self, chain: Sequence[Link]) -> float:
        """Certainty of the chain times the largest stake in it."""
        facts = self.links.facts
        certainty = math.prod(
            sorted(
                math.prod(facts[fact].confidence for fact in link.facts) if link.inferred else facts[link.facts[0]].confidence
                for link in chain
            )
        )
        stakes = [_stake(facts[fact]) for link in chain for fact in link.facts if facts[fact].predicate in _OWNERSHIP]
        return certainty * max(stakes, default=1.0)


def _stake(fact: Fact) -> float:
    """What a fact of ownership counts: the share it gives, within bounds."""
    if fact.stake is None or fact.stake.middle is None:
        return 1.0 if fact.stake is None and owns_whole(fact) else _LEAST_STAKE
    return min(max(float(fact.stake.middle), _LEAST_STAKE), 1.0)


def _hits(pattern: Pattern, store: Store, context: _Context) -> Iterator[Interest]:
    try:
        solutions = store.query(pattern.query)
    except (SyntaxError, ValueError) as error:
        msg = f"{pattern.file}: {error}"
        raise OntologyError(msg) from error
    if not isinstance(solutions, QuerySolutions):
        msg = f"{pattern.file}: a pattern must be a SELECT query"
        raise OntologyError(msg)
    names = [variable.value for variable in solutions.variables]
    _check(pattern, names)
    rows = {tuple(node.value for node in row if isinstance(node, NamedNode)) for row in solutions}
    things = [name for name in names if name != pattern.told]
    groups: dict[tuple[EntityId, ...], list[tuple[dict[str, str], _Chain]]] = defaultdict(list)
    for row in sorted(row for row in rows if len(row) == len(names)):
        bound = {name: value if name == pattern.told else entity_in(value) for name, value in zip(names, row, strict=True)}
        if chain := _chain(pattern, bound, context):
            groups[tuple(EntityId(bound[name]) for name in things if name != pattern.group)].append((bound, chain))
    for group in groups.values():
        if len({row[pattern.group] for row, _ in group} if pattern.group else group) >= pattern.least:
            yield _hit(pattern, things, group, context)


def _check_words(pattern: Pattern, ontology: Ontology) -> None:
    """Whether the ontology knows every word that query and proof use."""
    known = {*ontology.predicates, *EntityType, "toldBy", "toldOnlyBy"}
    if unknown := sorted(pattern.mentioned() - known):
        msg = f"{pattern.file}: kg:{unknown[0]} is no word of the ontology"
        raise OntologyError(msg)


def _check(pattern: Pattern, names: Sequence[str]) -> None:
    """Whether the query gives every variable that the header uses."""
    used = {end for step in pattern.proof for end in (step.start, step.end)} | {pattern.group or names[0], pattern.told or names[0]}
    if missing := sorted(used - set(names)):
        msg = f"{pattern.file}: the query does not select ?{missing[0]}"
        raise OntologyError(msg)
    try:
        pattern.sentence.format(**dict.fromkeys(names, ""))
    except (KeyError, IndexError, ValueError) as error:
        msg = f"{pattern.file}: the sentence uses {error}, which the query does not select"
        raise OntologyError(msg) from error


def _chain(pattern: Pattern, row: Mapping[str, str], context: _Context) -> _Chain | None:
    """The links that prove one row; None where one cannot be proved, or where together they show nothing."""
    chain: _Chain = {}
    deal = None
    for step in pattern.proof:
        start, end = EntityId(row[step.start]), EntityId(row[step.end])
        link = context.links.prove(step, start, end)
        if link is None:
            return None
        chain[start, end, step.predicates] = link
        deal = link if step is pattern.deal else deal
    if context.exclusions.excludes(list(chain.values()), deal):
        return None
    if pattern.told:
        fact = context.links.facts[FactId(unquote(row[pattern.told].removeprefix(FACT)))]
        link = Link(start=fact.subject, end=EntityId(str(fact.object)), facts=(fact.id,), inferred=False)
        chain[link.start, link.end, (fact.predicate, fact.id)] = link
    return chain


def _hit(pattern: Pattern, things: Sequence[str], rows: Sequence[tuple[Mapping[str, str], _Chain]], context: _Context) -> Interest:
    """The hit that rows with the same ungrouped things make."""
    chain = {key: link for _, links in rows for key, link in links.items()}
    parties = [(name, tuple(dict.fromkeys(EntityId(row[name]) for row, _ in rows))) for name in things]
    words = {name: _and([context.label(entity) for entity in entities]) for name, entities in parties}
    return context.interest(
        pattern.name, parties, list(chain.values()), pattern.sentence.format(**words), told=pattern.told is not None, weight=pattern.weight
    )


def _circular(links: Links, circle: Circle, context: _Context) -> Iterator[Interest]:
    """Money that comes back."""
    found = list(payment_cycles(links, circle))
    places = Counter(link.start for cycle in found for link in cycle)
    for cycle in found:
        flow = " → ".join(context.label(link.start) for link in cycle) + f" → {context.label(cycle[0].start)}"
        parties = [("company", tuple(link.start for link in cycle))]
        yield context.interest(circle.name, parties, cycle, circle.sentence.format(flow=flow), scores=_circle_scores(cycle, links, places))


def _circle_scores(cycle: Sequence[Link], links: Links, places: Mapping[EntityId, int]) -> tuple[tuple[str, float], ...]:
    """How sure the whole circle is, how much of the known money can come round, and how many circles meet in it."""
    sure = math.prod(sorted(links.facts[link.facts[0]].confidence for link in cycle))
    scores = [("cycle", round(sure, 4)), ("hub", float(max(places[link.start] for link in cycle)))]
    paid = [[amount for fact in link.facts if (amount := links.facts[fact].amount)] for link in cycle]
    known = [max(sums) for amounts in paid if (sums := [amount.middle for amount in amounts if amount.middle])]
    currencies = {amount.unit for amounts in paid for amount in amounts}
    if len(known) > 1 and len(currencies) == 1:
        scores.insert(0, ("loop", round(float(min(known) / max(known)), 4)))
    return tuple(scores)


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
