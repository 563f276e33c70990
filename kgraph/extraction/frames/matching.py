"""Frames: matches the lexicon over the trees of a Doc, and proposes candidates.

A word of the lexicon is a trigger; the frame's paths lead from it to subject, object and
qualifiers. A candidate needs a subject and an object of the types that the ontology allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from spacy.tokens import Doc, Token

from kgraph.extraction.frames.paths import Walker
from kgraph.extraction.frames.scores import FrameScores, Ranks
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention, Moment, Title
from kgraph.extraction.syntax.marks import Kind, Marks
from kgraph.extraction.syntax.places import Places, is_verbal
from kgraph.model import EntityType
from kgraph.ontology import ObjectKind, Ontology, PredicateRule
from kgraph.ontology.lexicon import Frame, Lexicon, Path

__all__ = ["Frames"]

_KINDS: dict[ObjectKind, Kind] = {ObjectKind.MONEY: "money", ObjectKind.NUMBER: "count"}
_QUALIFIER_KINDS: dict[str, Kind] = {"amount": "money", "stake": "share"}
_TYPE_NAMES = frozenset(kind.value for kind in EntityType)
_MAJORITY = frozenset({"majority", "controlling", "entire", "whole", "remaining", "full", "complete"})
_HALF = Decimal("0.5")
_SHARE_WORDS = frozenset({"stake", "interest", "share", "holding", "shareholding", "ownership", "slice", "majority", "position"})

Slot = Mention | Amount | Moment


class Frames:
    """The compiled lexicon; `match` reads one Doc after another."""

    def __init__(self, lexicon: Lexicon, ontology: Ontology, scores: FrameScores) -> None:
        self._rules = ontology.predicates
        self._words = lexicon.words
        self._scores = scores
        self._frames: dict[tuple[str, str], list[tuple[tuple[str, ...], Frame]]] = {}
        for frame in lexicon.frames:
            for lemma in frame.lemmas if frame.lemmas and frame.part != "title" else ("",):
                parts = tuple(lemma.split()) or ("",)
                first, rest = (parts[-1], parts[:-1]) if frame.part == "noun" else (parts[0], parts[1:])
                self._frames.setdefault((frame.part, first), []).append((rest, frame))
        self._forms = frozenset(form for _, form in self._frames)

    def match(self, doc: Doc, marked: Marked) -> tuple[Candidate, ...]:
        """The candidates of a Doc, in the order of their triggers."""
        marks = Marks(doc, marked, designators=self._words.get("designator", frozenset()))
        places = Places(doc, is_thing=marks.is_thing, words=self._words)
        found: list[Candidate] = []
        reader = _Reader(marks, places, Walker(marks, places, found), self._rules, self._scores)
        for token in doc:
            evoked: set[str] = set()
            for frame in self._evoked(token, marks, places):
                if frame.unless.isdisjoint(evoked):
                    candidates = list(reader.read(token, frame))
                    evoked.update(candidate.predicate for candidate in candidates)
                    found.extend(candidates)
        return tuple(found)

    def _evoked(self, token: Token, marks: Marks, places: Places) -> Iterator[Frame]:
        forms = dict.fromkeys((token.lemma_.lower().lstrip("-"), token.lower_.lstrip("-")))
        known = [form for form in forms if form in self._forms]
        title = marks.title(token)
        listed = known and (title is None or title.head == token.i)  # "managing director" is no managing
        keys = [(part, form) for part in _parts(token) for form in known] if listed else []
        if title is not None and title.head == token.i:
            keys.append(("title", ""))
        mention = marks.mention(token)
        if mention is not None and mention.kind == "name":
            keys = [key for key in keys if key[0] == "title"]
            if mention.head == token.i:
                keys.append(("thing", mention.type.value))
        for key in keys:
            for rest, frame in self._frames.get(key, ()):
                if frame.part == "title":
                    if not frame.lemmas or (title is not None and any(word in title.text.lower() for word in frame.lemmas)):
                        yield frame
                elif not rest or _has_words(token, rest, places):
                    yield frame


def _parts(token: Token) -> tuple[str, ...]:
    """The parts of speech under which the lexicon may list a token; "-based", set apart by a space, is tagged as a hyphen."""
    if token.lower_.startswith("-") and len(token) > 1:
        return ("verb", "adjective")
    if is_verbal(token):
        return ("verb", "adjective") if token.tag_ in {"VBN", "VBG", "VBD"} else ("verb",)
    if token.pos_ in {"NOUN", "PROPN", "VERB"}:  # "the takeover", tagged as a verb
        return ("noun",)
    if token.pos_ in {"ADJ", "ADP"}:
        return ("adjective",)
    return ()


def _has_words(token: Token, words: tuple[str, ...], places: Places) -> bool:
    """Whether the other words of a lexical unit stand below or right beside its trigger."""
    near = [*places.children(token)]
    near += [grandchild for child in near for grandchild in places.children(child)]
    near += [token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]
    present = {form for other in near for form in (other.lower_, other.lemma_.lower())}
    return all(word in present for word in words)


class _Reader:
    """Fills the slots of frames in one Doc."""

    def __init__(self, marks: Marks, places: Places, walker: Walker, rules: Mapping[str, PredicateRule], scores: FrameScores) -> None:
        self._marks = marks
        self._places = places
        self._walker = walker
        self._rules = rules
        self._scores = scores

    def read(self, trigger: Token, frame: Frame) -> Iterator[Candidate]:
        """The candidates of one frame at one trigger."""
        rule = self._rules.get(frame.predicate)
        if rule is None or not self._holding_fits(trigger, frame) or not self._company_fits(trigger, frame):
            return
        pairs = list(self._members(trigger, frame, rule) if "members" in frame.paths else self._pairs(trigger, frame, rule))
        qualifiers = self._qualifiers(trigger, frame) if pairs else {}
        if not frame.requires <= {name for name, value in qualifiers.items() if value is not None}:
            return
        item = self._walker.item(trigger)
        for subject, object_, ranks in pairs:
            yield Candidate(
                predicate=frame.predicate,
                subject=subject,
                object=object_,
                score=self._scores.score(frame, ranks, subject, object_),
                extractor="frames" if item is None else "layout",
                trigger=trigger.i,
                shown=item,
                status=frame.status,
                frame=f"{frame.name} {ranks[0]} {ranks[1]}",
                **qualifiers,  # type: ignore[arg-type]  # each under the name of its own field
            )

    def _company_fits(self, trigger: Token, frame: Frame) -> bool:
        """Whether the words that the frame wants beside its own stand there, and none that it excludes."""
        beside, without = frame.paths.get("beside"), frame.paths.get("without", ())
        stands = beside is None or any(self._walker.ends(trigger, path) for path in beside)
        return stands and not any(self._walker.ends(trigger, path) for path in without)

    # ── subject and object ────────────────────────────────────────────────────

    def _pairs(self, trigger: Token, frame: Frame, rule: PredicateRule) -> Iterator[tuple[Mention, Slot | None, Ranks]]:
        subjects, first = self._things(trigger, frame.paths["subject"], rule.subject_types)
        for subject in subjects[:1] if frame.part == "title" else subjects:
            objects, second = self._objects(trigger, frame, rule, subject)
            for object_ in objects:
                yield subject, object_, (first, second)

    def _members(self, trigger: Token, frame: Frame, rule: PredicateRule) -> Iterator[tuple[Mention, Slot | None, Ranks]]:
        """Every two of the things on the first path that leads to two or more."""
        for rank, path in enumerate(frame.paths["members"]):
            mentions = self._along(trigger, path, rule.subject_types, None)
            distinct = list({mention.appearance: mention for mention in reversed(mentions)}.values())[::-1]
            if len(distinct) > 1:
                for left, right in combinations(distinct, 2):
                    yield left, right, (rank, rank)
                return

    def _objects(self, trigger: Token, frame: Frame, rule: PredicateRule, subject: Mention) -> tuple[list[Slot | None], int]:
        paths = frame.paths.get("object", ())
        if rule.object_kind is ObjectKind.ENTITY:
            things, rank = self._things(trigger, paths, rule.object_types, subject)
            return ([None], 0) if not things and rule.object_optional else ([*things], rank)
        if rule.object_kind is ObjectKind.NONE:
            return [None], 0
        for rank, path in enumerate(paths):
            for token in self._walker.ends(trigger, path, subject):
                values = self._values(token, rule)
                if values:
                    return [*values[:1]], rank
        return [], 0

    def _values(self, token: Token, rule: PredicateRule) -> list[Amount] | list[Moment]:
        if rule.object_kind is ObjectKind.DATE:
            moment = self._marks.moment(token)
            return [moment] if moment is not None else []
        return self._marks.amounts(token, _KINDS[rule.object_kind], self._places)

    def _things(
        self, trigger: Token, paths: tuple[Path, ...], types: frozenset[EntityType], subject: Mention | None = None
    ) -> tuple[list[Mention], int]:
        """The things at the end of the first path that leads to any, and how many paths did not."""
        for rank, path in enumerate(paths):
            mentions = self._along(trigger, path, types, subject)
            if mentions:
                return mentions, rank
        return [], 0

    def _along(self, trigger: Token, path: Path, types: frozenset[EntityType], subject: Mention | None) -> list[Mention]:
        """The things of the right types at the end of a path, other than the subject."""
        marks = {lemma[1:] for lemma in path[-1].lemmas if lemma.startswith("@")}
        wanted, by_name = marks & _TYPE_NAMES, "name" in marks
        mentions = [
            mention
            for token in self._walker.ends(trigger, path, subject)
            for mention in self._meant(trigger, path, token)
            if mention.type in types and (not wanted or mention.type in wanted) and not (by_name and mention.kind != "name")
        ]
        return [m for m in dict.fromkeys(mentions) if subject is None or m.appearance != subject.appearance]

    def _meant(self, trigger: Token, path: Path, end: Token) -> list[Mention]:
        """What a phrase at the end of a path stands for; after a noun in the singular one name: "Google parent *Alphabet* and Meta"."""
        beside = trigger.tag_ == "NN" and len(path) == 1 and path[0].place in {"same", "next", "holder"}
        first = self._marks.first(end, self._places) if beside else []
        is_named = len(first) == 1 and first[0].kind == "name" and first[0].start == trigger.i + 1
        return first if is_named else self._marks.things(end, self._places)

    # ── qualifiers ────────────────────────────────────────────────────────────

    def _qualifiers(self, trigger: Token, frame: Frame) -> dict[str, object]:
        found: dict[str, object] = {}
        for name in ("amount", "stake", "when", "role", "seller", "purpose", "round", "service"):
            for path in frame.paths.get(name, ()):
                values = (self._qualifier(name, token) for token in self._walker.ends(trigger, path))
                found[name] = next((value for value in values if value is not None), None)
                if found[name] is not None:
                    break
        return found

    def _qualifier(self, name: str, token: Token) -> Amount | Moment | Title | Mention | tuple[int, int] | None:
        if name in _QUALIFIER_KINDS:
            amounts = self._marks.amounts(token, _QUALIFIER_KINDS[name], self._places)
            return amounts[0] if amounts else None
        if name == "when":
            return self._marks.moment(token)
        if name == "role":
            return self._marks.title(token)
        if name == "seller":
            things = self._marks.things(token, self._places)
            return things[0] if things else None
        return self._phrase(token)

    def _phrase(self, token: Token) -> tuple[int, int] | None:
        """The words of a noun phrase, without its article, preposition and relative clauses; none for a name."""
        if self._marks.mention(token) is not None and token.pos_ == "PROPN":
            return None
        kept = [token, *(c for c in self._places.children(token) if c.dep_ in {"compound", "amod", "nummod", "nmod", "nmod:desc"})]
        words = [word for part in kept for word in (part.subtree if part.i != token.i else [part])]
        start, end = min(word.i for word in words), max(word.i for word in words) + 1
        return start, end

    def _holding_fits(self, trigger: Token, frame: Frame) -> bool:
        """Whether a share is as large as the frame demands."""
        if frame.holding == "any":
            return True
        is_majority = self._is_majority(trigger)
        return is_majority if frame.holding == "majority" else not is_majority

    def _is_majority(self, trigger: Token) -> bool:
        for phrase in (*self._places.at(trigger, "object"), *self._places.at(trigger, "of")):
            shares = self._marks.amounts(phrase, "share", self._places)
            if shares:
                value, low = shares[0].quantity.value, shares[0].quantity.low
                return value > _HALF if value is not None else low is not None and low >= _HALF  # a "controlling" one is over half
            if phrase.lemma_ in _SHARE_WORDS and any(child.lemma_.lower() in _MAJORITY for child in self._places.children(phrase)):
                return True
            if phrase.lemma_ == "majority":
                return True
        return False
