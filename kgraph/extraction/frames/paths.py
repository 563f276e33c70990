"""Walks the paths of a frame from the word that evokes it to the words that fill its slots.

Besides the places of syntax (`places`) and of mere order (`surface`), a step may name one of discourse:

    self       the evoking word
    clause     the subject of the clause in which the word stands
    compared   the sum that the one here is compared with ("rose to $4bn from $3bn")
    near       the closest amount to the right in the sentence
    topic      the subject of the latest sentence about an organisation
    context    the organisation that the article is about, where it is also the last one named ("chief executive Ed Zander")
    recent     the subject of the latest claim of a predicate, `recent[raisedFunding]`
    employer   the organisation at which the article says that a person holds an office
    owner      the nearest possessor to the left in the sentence ("Meta's history of purchases like the WhatsApp deal")
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from spacy.tokens import Token

from kgraph.extraction.spans import Candidate, Mention
from kgraph.extraction.syntax.comparison import compared
from kgraph.extraction.syntax.elision import Elision
from kgraph.extraction.syntax.marks import Marks
from kgraph.extraction.syntax.places import Places, is_verbal
from kgraph.extraction.syntax.surface import SURFACE, neighbours, phrase_after
from kgraph.model import EntityType
from kgraph.ontology.lexicon import Path, Step

__all__ = ["Walker"]

_REACH = 12
"""Tokens that `near` looks ahead."""
_SENTENCES = 2
"""Sentences that `topic` and `recent` look back."""


class Walker:
    """Follows paths in one Doc; `found` is the growing list of its candidates, in text order."""

    def __init__(self, marks: Marks, places: Places, found: Sequence[Candidate]) -> None:
        self._marks = marks
        self._places = places
        self._found = found
        self._elision = Elision(marks.doc, marks.marked.mentions)
        self._discourse: dict[str, Callable[[Token], list[Token]]] = {
            "self": lambda token: [token],
            "same": self._same,
            "clause": self._clause,
            "compared": lambda token: compared(self._marks, token),
            "near": self._near,
            "topic": self._topic,
            "context": self._context,
            "owner": self._owner,
        }

    def ends(self, token: Token, path: Path, subject: Mention | None = None) -> list[Token]:
        """The heads of the words to which a path leads; none where a step finds nothing."""
        tokens = [token]
        for step in path:
            tokens = [end for start in tokens for end in self._step(start, step, subject) if self._fits(end, step)]
        return tokens

    def _step(self, token: Token, step: Step, subject: Mention | None) -> list[Token]:
        place = step.place
        if place in SURFACE:
            return neighbours(self._marks, token, place)
        if place in {"subject", "object"}:
            return self._places.at(token, place) or self._beside_verb(token, place) or self._left_out(token, place)
        if place == "recent":
            return self._recent(token, step)
        if place == "employer":
            return self._employer(self._marks.mention(token) or subject)
        find = self._discourse.get(place)
        return find(token) if find is not None else self._places.at(token, place) or self._after_noun(token, place)

    def _fits(self, token: Token, step: Step) -> bool:
        if not step.lemmas or step.place == "recent":
            return True
        if token.lemma_.lower() in step.lemmas:
            return True
        marks = {lemma[1:] for lemma in step.lemmas if lemma.startswith("@")}
        return bool(marks) and self._is_marked(token, marks)

    def _is_marked(self, token: Token, kinds: set[str]) -> bool:
        amount = self._marks.amount(token)
        if amount is not None and amount.kind in kinds:
            return True
        if "count" in kinds and self._marks.amounts(token, "count", self._places):
            return True
        if "title" in kinds and self._marks.title(token) is not None:
            return True
        things = self._marks.things(token, self._places)
        return any(mention.type in kinds or ("name" in kinds and mention.kind == "name") for mention in things)

    def _beside_verb(self, verb: Token, place: str) -> list[Token]:
        """Where the tree gives an active verb no subject or object: the name before or after it."""
        if not is_verbal(verb) or self._places.is_passive(verb) or verb.dep_ in {"xcomp", "amod", "acl"}:
            return []
        return neighbours(self._marks, verb, "doer" if place == "subject" else "done")

    def item(self, trigger: Token) -> tuple[int, int] | None:
        """The item of a list that a trigger opens, whose subject is left out."""
        return self._elision.item(trigger) if is_verbal(trigger) else None

    def _left_out(self, verb: Token, place: str) -> list[Token]:
        """The subject of an item that begins with its verb."""
        wanted = "object" if self._places.is_passive(verb) else "subject"
        return self._elision.topic(verb) if place == wanted and is_verbal(verb) else []

    def _after_noun(self, noun: Token, place: str) -> list[Token]:
        return [] if is_verbal(noun) else phrase_after(self._marks, noun, place)

    def _same(self, token: Token) -> list[Token]:
        """By the tree, else by the order of the words."""
        found = self._places.at(token, "same")
        if any(self._marks.is_thing(end) or self._marks.things(end, self._places) for end in found):
            return found
        return neighbours(self._marks, token, "apposed") or neighbours(self._marks, token, "next")

    def _clause(self, token: Token) -> list[Token]:
        current = token
        for _ in range(4):
            if current.head.i == current.i:
                break
            current = current.head
            subjects = self._places.subject(current) if is_verbal(current) or current.dep_ == "ROOT" else []
            if subjects:
                return subjects
        return []

    def _near(self, token: Token) -> list[Token]:
        end = token.sent.end
        for other in self._marks.doc[token.i + 1 : min(end, token.i + _REACH)]:
            if self._marks.amount(other) is not None:
                return [other]
        return []

    def _topic(self, token: Token) -> list[Token]:
        """The last organisation that was the subject of one of the sentences before."""
        doc, sentence, start = self._marks.doc, token.sent, token.sent.start
        for _ in range(_SENTENCES):
            if start == 0:
                return []
            sentence = doc[start - 1].sent
            start = sentence.start
            for subject in self._places.subject(sentence.root):
                mention = self._marks.mention(subject)
                if mention is not None and mention.type is EntityType.ORGANIZATION:
                    return [subject]
        return []

    def _context(self, token: Token) -> list[Token]:
        doc = self._marks.doc
        title = self._marks.title(token)
        first = title.start if title is not None else token.i
        if first and doc[first - 1].pos_ in {"NOUN", "PROPN"} and not doc[first].is_sent_start:
            return []  # "foreign ministry spokesman" says whose
        start = doc[token.sent.start - 1].sent.start if token.sent.start else 0
        bodies = [m for m in self._marks.marked.mentions if m.type is EntityType.ORGANIZATION]
        near = [m for m in bodies if start <= m.start < token.i]
        if not near:
            return []
        counts = Counter(m.appearance for m in bodies)
        most = max(counts.values())
        return [doc[near[-1].head]] if counts[near[-1].appearance] == most else []

    def _recent(self, token: Token, step: Step) -> list[Token]:
        doc = self._marks.doc
        earliest = token.sent.start
        for _ in range(_SENTENCES):
            if earliest:
                earliest = doc[earliest - 1].sent.start
        for candidate in reversed(self._found):
            if candidate.predicate in step.lemmas and earliest <= (candidate.trigger or 0) <= token.i:
                return [doc[candidate.subject.head]]
        return []

    def _owner(self, token: Token) -> list[Token]:
        for other in reversed(self._marks.doc[token.sent.start : token.i]):
            if other.dep_ == "nmod:poss" and self._marks.is_thing(other):
                return [other]
        return []

    def _employer(self, person: Mention | None) -> list[Token]:
        for candidate in reversed(self._found):
            holds = candidate.predicate == "holdsRole" and person is not None and candidate.subject.appearance == person.appearance
            if holds and isinstance(candidate.object, Mention):
                return [self._marks.doc[candidate.object.head]]
        return []
