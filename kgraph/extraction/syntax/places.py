"""Where the arguments of a word stand, whatever the sentence does with it.

`Places(doc).at(token, "object")` gives the words that fill a place of a word. Subject and
object are the logical ones, so a frame is written once for the active sentence, and passives,
participles, infinitives, relative clauses and shared subjects are undone here, over Universal
Dependencies. The places:

    subject, object, indirect, complement   of a verb (complement: infinitive, clause or predicate)
    possessor, compound, modifier           of a noun ("Meta's stake", "the WhatsApp deal", "rival firms")
    same                                    what a noun is said to be ("Musk, chief of Tesla"; "X is a unit of Y")
    agent                                   who does what a noun names ("X announced the acquisition of Y")
    head                                    what the word itself modifies
    planned                                 the verb itself, where it is to happen ("will spend", "plans to spend")
    into, from, such as, …                  any preposition
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spacy.tokens import Doc, Token

from kgraph.extraction.syntax.exclusion import is_excluded

__all__ = ["Places", "is_coordinated", "is_verbal"]

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_DEPENDENTS = {
    "indirect": ("iobj",),
    "complement": ("xcomp", "ccomp"),
    "possessor": ("nmod:poss",),
    "compound": ("compound", "nmod:desc", "nmod:unmarked", "obl:unmarked", "flat"),
    "modifier": ("amod",),
}
_NAMES_BESIDE = frozenset({"appos", "flat", "nmod:desc", "compound", "nmod:unmarked"})
_RELATIVES = frozenset({"which", "that", "who", "whom", "whose", "where"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TO_COME = frozenset({"will", "'ll", "shall", "would", "could", "may", "might", "wo"})
_PAST = frozenset({"use", "have"})
"""Verbs whose infinitive has happened ("used to spend", "had to spend")."""
_ALLOWING = frozenset({"approve", "clear", "accept"})
"""Verbs that bring a deal about as its parties do, or allow it as an authority does."""
_AUTHORITIES = frozenset({"GovernmentBody", "Place"})
_DEPTH = 6
"""Clauses climbed for a subject; deeper nesting is a parsing error."""


def is_verbal(token: Token) -> bool:
    """Whether a token heads a clause as a verb, participles included; what has an article or an owner is a noun, however it is tagged.

    What has a subject and an object is a verb that was tagged as a noun ("Acme licenses Beta's drug").
    """
    if token.pos_ != "VERB" and not token.tag_.startswith("VB"):
        deps = {child.dep_ for child in token.children}
        return token.pos_ == "NOUN" and deps >= {"nsubj", "obj"} and not deps & {"det", "cop", "nmod:poss"}
    return not any(child.dep_ in {"det", "nmod:poss"} and child.i < token.i for child in token.children)


def is_coordinated(part: Token) -> bool:
    """Whether what hangs on a phrase as coordinated is: not so with a preposition of its own and no "and" ("from Acme by Beta")."""
    case = next((child.lower_ for child in part.children if child.dep_ == "case" and child.i < part.i), None)
    if case is None or any(child.dep_ == "cc" or child.text == "," for child in part.children):
        return True
    return case in {child.lower_ for child in part.head.children if child.dep_ == "case"}


class Places:
    """The places of the words of one Doc.

    `is_thing` tells which words stand for something that a claim can be about; control
    ("ask X to buy") and relative clauses need to know.
    """

    def __init__(self, doc: Doc, *, is_thing: Callable[[Token], bool], words: Mapping[str, frozenset[str]]) -> None:
        self._doc = doc
        self._is_thing = is_thing
        self._control = words.get("control", frozenset())
        self._succession = words.get("succession", frozenset())
        self._support = words.get("support", frozenset())
        self._onlooking = words.get("onlooking", frozenset())
        self._cache: dict[tuple[int, str], list[Token]] = {}
        self._children: dict[int, list[Token]] = {}
        self._prepositions: dict[int, str | None] = {}
        self._obliques: dict[int, dict[str, list[Token]]] = {}

    def at(self, token: Token, place: str) -> list[Token]:
        """The heads of the words that fill `place` of `token`, nearest reading first; coordination is not undone."""
        key = token.i, place
        if key not in self._cache:
            self._cache[key] = []  # a cycle of relative clauses finds nothing
            self._cache[key] = self._find(token, place)
        return self._cache[key]

    def children(self, token: Token) -> list[Token]:
        """The dependents of a token, in text order."""
        found = self._children.get(token.i)
        if found is None:
            found = self._children[token.i] = list(token.children)
        return found

    def is_passive(self, verb: Token) -> bool:
        """Whether the grammatical subject of a verb is its logical object."""
        children = self.children(verb)
        deps = {child.dep_ for child in children}
        if deps & {"nsubj:pass", "aux:pass", "csubj:pass"} or self._agents(verb):
            return True
        if verb.tag_ not in {"VBN", "VBD"} or "obj" in deps or "aux" in deps:
            return False
        if verb.dep_ in {"acl", "amod"} or (verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VBN"):
            return not deps & _SUBJECTS
        return verb.dep_ == "conj" and verb.tag_ == "VBN" and not deps & _SUBJECTS and self.is_passive(verb.head)

    def subject(self, token: Token, depth: int = 0) -> list[Token]:
        """The grammatical subject, also where the clause takes it over from another clause."""
        if depth > _DEPTH:
            return []
        own = [child for child in self.children(token) if child.dep_ in _SUBJECTS and not is_excluded(child)] or self._slipped(token)
        if own:
            before = [child for child in own if child.i < token.i]
            return self._resolved(before or own)
        head, dep = token.head, token.dep_
        if head.i == token.i:
            return []
        if dep in {"conj", "xcomp"} or (dep in {"ccomp", "advcl"} and not self._is_finite(token)):
            return self._controller(token, head, depth)
        if dep.startswith("acl"):
            return [head] if dep == "acl:relcl" else self._subject_of_noun_clause(token, head, depth)
        return self.subject(head, depth + 1) if dep == "parataxis" and not is_verbal(token) else []

    def _slipped(self, verb: Token) -> list[Token]:
        """A thing that stands before a verb like a time, where the tree gives the verb no subject: "The council appointed"."""
        return [child for child in self._with_dep(verb, "obl:unmarked") if child.i < verb.i and self._is_thing(child)]

    def _is_finite(self, verb: Token) -> bool:
        """Whether a verb has tense, and so should have a subject of its own that the tree has lost."""
        return verb.tag_ in _FINITE or any(child.tag_ in _FINITE for child in self.children(verb) if child.dep_.startswith(("aux", "cop")))

    # ── one place each ────────────────────────────────────────────────────────

    def _find(self, token: Token, place: str) -> list[Token]:
        if place in _DEPENDENTS:
            whose = [child for child in self.children(token) if child.lower_ == "whose"] if place == "possessor" else []
            return self._resolved(whose or self._with_dep(token, *_DEPENDENTS[place]))
        find = {
            "subject": self._logical_subject,
            "object": self._logical_object,
            "same": self._same,
            "agent": self._agent,
            "head": _above,
            "planned": self._planned,
        }.get(place)
        return find(token) if find is not None else self._after_preposition(token, place)

    def _with_dep(self, token: Token, *deps: str) -> list[Token]:
        return [child for child in self.children(token) if child.dep_ in deps]

    def _logical_subject(self, token: Token) -> list[Token]:
        if not is_verbal(token):
            return self.subject(token) or self._modified(token)
        if token.dep_ == "amod" and token.tag_ == "VBG":
            return [token.head]
        if not self.is_passive(token):
            return self.subject(token)
        return self._agents(token) or [child for child in self._own_obliques(token, "by") if self._is_thing(child)]

    def _agents(self, verb: Token) -> list[Token]:
        """By whom something is done; without "by" it is the object, whatever the tree says ("Sued Acme")."""
        found = self._with_dep(verb, "obl:agent")
        return [child for child in found if any(self._doc[i].lower_ == "by" for i in range(min(verb.i, child.i), max(verb.i, child.i)))]

    def _modified(self, adjective: Token) -> list[Token]:
        return [adjective.head] if adjective.dep_ == "amod" else []

    def _logical_object(self, token: Token) -> list[Token]:
        if not is_verbal(token):
            return []
        if self.is_passive(token):
            return [token.head] if token.dep_ in {"acl", "amod"} else self.subject(token)
        objects = self._with_dep(token, "obj") or self._with_dep(token, "iobj")  # a lone indirect object is a slip of the parser
        objects = objects or self._with_dep(token, "obl:agent")
        found = self._resolved([child for child in objects if self._preposition(child) is None])
        if found:
            return found
        if token.dep_ == "acl:relcl" and self.subject(token) != [token.head]:
            return [token.head]
        return self._shared_object(token)

    def _shared_object(self, verb: Token) -> list[Token]:
        """The object of the later of two verbs, where the earlier has only that ("designs and sells chips")."""
        later = self._with_dep(verb, "conj")
        if later and is_verbal(later[0]) and verb.i + 2 >= later[0].i and not self.is_passive(later[0]):
            return self._with_dep(later[0], "obj")
        return []

    def _planned(self, verb: Token) -> list[Token]:
        children = self.children(verb)
        to_come = any(child.lower_ in _TO_COME for child in children if child.dep_ == "aux")
        intended = any(child.tag_ == "TO" for child in children) and verb.head.lemma_.lower() not in _PAST
        return [verb] if to_come or intended else []

    def _own_obliques(self, token: Token, preposition: str) -> list[Token]:
        found = self._obliques.get(token.i)
        if found is None:
            found = self._obliques[token.i] = {}
            apart = [
                part for child in self.children(token) for part in self.children(child) if part.dep_ == "conj" and not is_coordinated(part)
            ]
            for child in (*self.children(token), *apart):
                before = self._preposition(child)
                if before is not None and child.dep_ not in _SUBJECTS and not child.dep_.startswith("acl"):
                    found.setdefault(before, []).append(child)
        return found.get(preposition, [])

    def _preposition(self, token: Token) -> str | None:
        """What precedes a phrase: "into", or "such as" where it is of several words."""
        if token.i not in self._prepositions:
            self._prepositions[token.i] = self._find_preposition(token)
        return self._prepositions[token.i]

    def _find_preposition(self, token: Token) -> str | None:
        for child in self.children(token):
            if child.dep_ in {"case", "mark"} and child.i < token.i:
                rest = [word.lower_ for word in self.children(child) if word.dep_ == "fixed"]
                return " ".join([child.lower_, *rest])
        return None

    def _after_preposition(self, token: Token, place: str) -> list[Token]:
        """The prepositional phrase of a word; else one that the parser may have hung on a neighbour."""
        found = self._resolved(self._own_obliques(token, place))
        if found:
            return found
        relative = self._stranded(token, place)
        if relative:
            return relative
        if is_verbal(token):
            inside = [noun for noun in self.children(token) if noun.dep_ in {"obj", "obl", "nsubj:pass", "xcomp"} and noun.i > token.i]
            inside = [noun for noun in inside if place == "to" or not self._is_thing(noun)]  # no name has a "to …" of its own
            return [found for noun in inside for found in self._own_obliques(noun, place)]
        if token.dep_ in {"obj", "nsubj:pass", "nsubj", "obl"} and is_verbal(token.head):
            return [found for found in self._own_obliques(token.head, place) if found.i > token.i]
        return []

    def _stranded(self, token: Token, place: str) -> list[Token]:
        """The antecedent of a relative clause that ends in the preposition ("the firm it invested in")."""
        if token.dep_ != "acl:relcl":
            return []
        bare = [child for child in self.children(token) if child.lower_ == place and child.dep_ in {"obl", "advmod", "case"}]
        return [token.head] if bare else []

    def _same(self, noun: Token) -> list[Token]:
        found = [child for child in self.children(noun) if child.dep_ == "appos"]
        found += [child for child in self.children(noun) if child.dep_ in _NAMES_BESIDE and child.i > noun.i and self._is_thing(child)]
        if noun.dep_ in _NAMES_BESIDE and not any(child.lower_ == "whose" for child in self.children(noun)):
            found.append(noun.head)
        if noun.dep_ == "conj" and not is_verbal(noun.head):
            found += self.at(noun.head, "same")
        found += self._resolved(self._with_dep(noun, *_SUBJECTS))
        if noun.dep_ == "xcomp" or (noun.dep_ == "obl" and self._preposition(noun) == "as"):
            verb = noun.head
            if verb.lemma_ in self._succession:
                return found + self._logical_subject(verb)
            objects = [] if self.is_passive(verb) else self._with_dep(verb, "obj")
            found += self._resolved(objects) or self.subject(verb)
        return found

    def _agent(self, noun: Token, depth: int = 0) -> list[Token]:
        """Who does what the noun names: its possessor, "by …", or the subject of the verb that brings it about."""
        own = self._own_obliques(noun, "by") or self._by_below(noun) or self._resolved(self._with_dep(noun, "nmod:poss"))
        if (
            any(self._is_thing(one) or one.pos_ != "PRON" for one in own) or depth > _DEPTH
        ):  # an "its" that stands for nothing is the subject's
            return own
        head, dep = noun.head, noun.dep_
        above = (dep == "conj" and not is_verbal(head)) or (dep == "nmod" and head.lemma_ in self._control)
        if above:
            return self._agent(head, depth + 1)
        if dep in {"obj", "obl", "nsubj:pass"} and is_verbal(head) and head.lemma_ in self._support:
            return [one for one in self._logical_subject(head) if head.lemma_ not in _ALLOWING or one.ent_type_ not in _AUTHORITIES]
        if any(child.dep_ in _SUBJECTS for child in self.children(noun)):  # "X is in talks"
            return self.subject(noun)
        if dep in {"nmod", "obl"} and noun.lemma_ in self._control and self._is_thing(head):  # a headline: "X in talks to buy Y"
            return [head]
        return self.subject(head) if dep == "obl" and head.lemma_ in self._control else []

    def _by_below(self, noun: Token) -> list[Token]:
        """The "by …" that the tree hangs on what follows the noun: "the acquisition of Beta *by Acme*"."""
        below = [child for child in self.children(noun) if child.dep_ == "nmod" and child.i > noun.i]
        return [by for child in below for by in self._own_obliques(child, "by") if self._is_thing(by)]

    # ── clauses without a subject of their own ────────────────────────────────

    def _controller(self, token: Token, head: Token, depth: int) -> list[Token]:
        if token.dep_ == "xcomp" and is_verbal(head) and not self.is_passive(head):
            objects = [child for child in self.children(head) if child.dep_ in {"obj", "iobj"} and self._is_thing(child)]
            if objects:
                return self._resolved(objects)
        return self.subject(head, depth + 1)

    def _subject_of_noun_clause(self, verb: Token, noun: Token, depth: int) -> list[Token]:
        """The planner for "plans to buy" and "the deal to buy"; the firm for "a firm making chips"."""
        if self._is_thing(noun):
            return [noun]
        if any(child.dep_ == "mark" for child in self.children(verb)) or noun.lemma_ in self._control:
            return self._agent(noun) or self._owner(noun, depth) or [noun]
        return [noun]

    def _owner(self, noun: Token, depth: int) -> list[Token]:
        """The subject of the clause in which the noun stands as object ("reached a deal to buy"), not so "welcomed a deal to buy"."""
        is_object = noun.dep_ in {"obj", "obl", "xcomp"} or (noun.dep_ == "nsubj" and noun.i > noun.head.i)
        if is_object and is_verbal(noun.head) and noun.head.lemma_.lower() not in self._onlooking:
            return self.subject(noun.head, depth + 1)
        return []

    def _resolved(self, tokens: list[Token]) -> list[Token]:
        """Relative pronouns replaced by what they refer to."""
        return [antecedent for token in tokens for antecedent in self._antecedent(token)]

    def _antecedent(self, token: Token) -> list[Token]:
        if token.lower_ not in _RELATIVES or token.tag_ not in {"WDT", "WP", "WP$", "WRB", "IN"}:
            return [token]
        for ancestor in token.ancestors:
            if ancestor.dep_ == "acl:relcl":
                return [ancestor.head]
            if ancestor.dep_.startswith("advcl"):
                return []
        beside = token.head if token.lower_ == "whose" and token.head.dep_ == "appos" else None  # a clause taken for an apposition
        return [beside.head] if beside is not None else []


def _above(token: Token) -> list[Token]:
    return [token.head] if token.head.i != token.i else []
