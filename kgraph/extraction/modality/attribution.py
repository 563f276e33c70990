"""Who says it: the speaker or outlet that the text names for a claim.

"Acme said it had bought Beta", "…, Acme said", "as Acme has reported"   Acme
"according to Acme", "per Acme", "in Acme's view"                        Acme
"Acme, said to be buying Beta"                                           nobody that is named
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.modality.factuality import is_of_old_text
from kgraph.extraction.modality.speakers import (
    can_speak,
    is_name_word,
    is_rest_of_firm,
    named_at_edge,
    phrase_of,
    speaker_phrase_before,
    words_of,
)
from kgraph.extraction.spans import Mention
from kgraph.extraction.wordlists import words
from kgraph.model import EntityType
from kgraph.ontology.cues import load_correction_cues, load_speech_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate

__all__ = ["read_speaker"]

_HIGHEST = 6
_CLAUSES = words("ccomp xcomp parataxis advcl conj acl acl:relcl obj nsubj nsubj:pass obl nmod csubj csubj:pass appos dep")
_SAID = frozenset({"ccomp", "parataxis", "xcomp", "csubj:pass"})
_RELATIVE = frozenset({"WP", "WDT"})
_IN_PHRASE = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "advmod", "case", "cc"})


def read_speaker(doc: Doc, candidate: Candidate) -> str | None:
    """The words for who says a candidate, None where the article itself does, and where people only say who they are."""
    trigger = doc[candidate.trigger if candidate.trigger is not None else candidate.subject.head]
    speaker = _speaker(trigger)
    if speaker is None and candidate.trigger is None and isinstance(candidate.object, Mention):
        speaker = _speaker(doc[candidate.object.head])
    if speaker is None:
        return named_at_edge(trigger)
    found, holder = words_of(speaker), doc[candidate.subject.start : candidate.subject.end]
    is_holder = holder.start <= speaker.i < holder.end
    if candidate.predicate == "holdsRole" and (is_holder or found == words_of(holder.root)):
        return None
    is_beside = is_holder and isinstance(candidate.object, Mention) and doc[candidate.object.head] in speaker.subtree
    return None if is_beside else found


def _speaker(trigger: Token) -> Token | None:
    """The word for who says what a word tells, unless the word itself names who speaks ("its founder, Ann Roe, said").

    "An earlier version of this article", which a correction takes back, is nobody.
    """
    found = _above(trigger)
    if found is None or phrase_of(found) & {trigger} or found.lemma_.lower() in load_correction_cues().versions:
        return None
    return None if is_of_old_text(found.head) else found


def _above(trigger: Token) -> Token | None:
    """Who speaks at one of the words from a trigger up."""
    node, above = trigger, {trigger, *trigger.ancestors}
    for _ in range(_HIGHEST):
        beside = _cited(node, above) or _inserted(node, above) or _viewing(node, above)
        if beside is not None:
            return beside
        if node.head.i == node.i or node.dep_ not in _CLAUSES:
            return None
        below, node = node, node.head
        if _is_speech(node) and (below.dep_ in _SAID or _is_said_after(node, trigger)):
            speaker = _of_infinitive(node, below) if below.dep_ == "xcomp" else _subject(node)
            if speaker is not None and speaker not in above and can_speak(speaker, node):
                return speaker
    return None


def _is_speech(token: Token) -> bool:
    return token.lemma_.lower() in load_speech_cues().verbs and token.pos_ in {"VERB", "AUX"}


def _is_said_after(verb: Token, trigger: Token) -> bool:
    """Whether a tree has mixed up what is said with who says it: "Acme to buy Beta, sources say" with two subjects of "say"."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    return len(subjects) > 1 and trigger.i < subjects[-1].i < verb.i and not any(child.dep_ == "obj" for child in verb.children)


def _of_infinitive(verb: Token, below: Token) -> Token | None:
    """Who says an infinitive: "Acme claims to own it", "analysts expect Acme to grow", but not "Acme is said to grow"."""
    if not any(child.tag_ == "TO" for child in below.children):
        return _subject(verb)
    is_passive = any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in verb.children)
    speaks_of_another = any(child.dep_ in {"obj", "iobj"} for child in verb.children)
    if is_passive or (verb.lemma_.lower() in load_speech_cues().reported and not speaks_of_another):
        return _agent(verb)
    return _subject(verb)


def _subject(verb: Token) -> Token | None:
    """Who speaks: the subject nearest to the verb, the agent of a passive, or the name or phrase set off right before the verb."""
    subjects = [
        child
        for child in verb.children
        if child.dep_ == "nsubj" and child.tag_ not in {"EX", "DT"} and is_name_word(child) and not is_rest_of_firm(child)
    ]
    if subjects:
        nearest = min(subjects, key=lambda child: abs(child.i - verb.i))
        is_relative = nearest.tag_ in _RELATIVE and verb.dep_ == "acl:relcl"
        return verb.head if is_relative else None if nearest.tag_ in _RELATIVE else nearest
    return _agent(verb) or _quoting(verb) or _named_before(verb) or speaker_phrase_before(verb)


def _agent(verb: Token) -> Token | None:
    """Who stands after "by": "it was reported by Acme that"."""
    return next((child for child in verb.children if child.dep_ == "obl:agent"), None)


def _quoting(verb: Token) -> Token | None:
    """Who cites the saying: "Acme cited people as saying that"; or who is quoted, by name: "quoted Ann Roe as saying"."""
    above = verb.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or above.lemma_.lower() not in {"cite", "quote"}:
        return None
    quoted = next((child for child in above.children if child.dep_ in {"obj", "nsubj:pass"}), None)
    return quoted if quoted is not None and quoted.ent_type_ else _subject(above)


def _named_before(verb: Token) -> Token | None:
    """The name that a comma sets off right before a verb that has no subject in a wrong tree: "…, its founder, Ann Roe, said"."""
    if any(child.dep_ in {"nsubj:pass", "aux:pass", "aux"} for child in verb.children) or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    before = verb.i - 1
    name = next((ent for ent in verb.sent.ents if ent.end == before and verb.doc[before].text == ","), None)
    if name is None:
        return None
    node = name.root
    while node.dep_ in {"nmod", "nmod:poss", "compound"} and node.head.i < node.i:  # "Ann Roe of Acme"
        node = node.head
    first = min(part.i for part in node.subtree if not part.is_punct)
    return node if node.ent_type_ == EntityType.PERSON and first > verb.sent.start and name.doc[first - 1].text == "," else None


def _cited(token: Token, above: set[Token]) -> Token | None:
    """Who stands after "according to" or "per" at a word, and not among the words above the trigger."""
    for child in token.children:
        for part in child.children if child.dep_ in {"obl", "nmod", "advmod", "advcl"} else ():
            if part.lower_ == "according" or (part.lower_ == "per" and part.dep_ == "case" and child.ent_type_):
                cited = child if child.i > part.i else _next_phrase(part)
                return None if cited is None or cited in above else cited
    return None


def _next_phrase(according: Token) -> Token | None:
    """The head of the phrase after "according to", where a tree hangs these on another phrase."""
    doc, place = according.doc, according.i + 2
    if place >= len(doc) or doc[place].is_sent_start:
        return None
    node = doc[place]
    while node.dep_ in _IN_PHRASE and node.head.i > node.i:
        node = node.head
    return node


def _inserted(token: Token, above: set[Token]) -> Token | None:
    """Who speaks in an inserted clause that does not hold the trigger: "The deal, Acme said, is off", "as Acme reported, …"."""
    for child in token.children:
        inserted = [child, *(clause for clause in child.children if _is_aside(clause))] if child.dep_ == "nsubj" else [child]
        for clause in inserted:
            if (clause.dep_ == "parataxis" or _is_as_said(clause) or _is_aside(clause)) and _is_speech(clause) and clause not in above:
                speaker = _subject(clause)
                return speaker if speaker is not None and can_speak(speaker, clause) else None
    return None


def _is_as_said(clause: Token) -> bool:
    """Whether a clause is "as Acme reported", and no reason: "as they believed that"."""
    is_as = clause.dep_ == "advcl" and any(part.lower_ == "as" and part.dep_ == "mark" for part in clause.children)
    return is_as and not any(part.dep_ in {"ccomp", "xcomp", "obj"} for part in clause.children)


def _is_aside(clause: Token) -> bool:
    """Whether a clause between commas is told of nothing: "Acme, Reuters has learned, will", not "Acme, which Reuters owns"."""
    return (
        clause.dep_ == "acl:relcl"
        and not any(part.tag_ in _RELATIVE | {"WRB"} or part.dep_ in {"obj", "mark"} for part in clause.children)
        and any(part.dep_ == "nsubj" for part in clause.children)
        and any(token.text == "," for token in clause.doc[clause.head.i : clause.i])
    )


def _viewing(token: Token, above: set[Token]) -> Token | None:
    """Whose view it is: "in Acme's view"."""
    views = load_speech_cues().views
    for child in token.children:
        if child.dep_ == "obl" and child.lemma_.lower() in views and any(part.lower_ in {"in", "by"} for part in child.children):
            holder = next((part for part in child.children if part.dep_ == "nmod:poss"), None)
            if holder is not None and holder not in above:
                return holder
    return None
