"""Who says it: the speaker or outlet that the text names for a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.wordlists import words
from kgraph.model import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate

__all__ = ["read_speaker", "speaker_of"]

_SPEECH = words(
    "say tell announce report add write state note claim confirm reveal disclose explain insist warn admit declare tweet post acknowledge "
    "allege argue assert "
    "deny estimate predict suggest stress cite comment believe expect reckon blog quip concede recall maintain indicate"
)
_HIGHEST = 6
_CLAUSES = words("ccomp xcomp parataxis advcl conj acl acl:relcl obj nsubj nsubj:pass obl nmod csubj appos dep")
_LONGEST = 8
"""Words of the longest speaker that is kept whole."""


def read_speaker(doc: Doc, candidate: Candidate) -> str | None:
    """The words for who says a candidate, None where the article itself does."""
    place = candidate.trigger if candidate.trigger is not None else candidate.subject.head
    return speaker_of(doc[place])


def speaker_of(trigger: Token) -> str | None:
    """The subject of the verb of saying above a word, or who stands after "according to".

    What the words for a speaker tell of the speaker ("according to Acme's chief, Ann Roe") is said by the article.
    """
    node, above = trigger, {trigger, *trigger.ancestors}
    for _ in range(_HIGHEST):
        beside = _cited(node, above) or _inserted(node, above)
        if beside is not None:
            return _words(beside)
        if node.head.i == node.i or node.dep_ not in _CLAUSES:
            return None
        below, node = node, node.head
        if node.lemma_.lower() in _SPEECH and below.dep_ in {"ccomp", "parataxis", "xcomp"}:
            speaker = _subject(node)
            if speaker is not None:
                return _words(speaker)
    return None


def _subject(verb: Token) -> Token | None:
    """Who speaks, where the sentence says more than "he"."""
    return next((child for child in verb.children if child.dep_ == "nsubj" and child.pos_ != "PRON"), None)


def _cited(token: Token, above: set[Token]) -> Token | None:
    """Who stands after "according to" at a word, and not among the words above the trigger."""
    for child in token.children:
        is_named = child.dep_ in {"obl", "nmod", "advmod", "advcl"} and any(part.lower_ == "according" for part in child.children)
        if is_named and child not in above:
            return child
    return None


def _inserted(token: Token, above: set[Token]) -> Token | None:
    """Who speaks in an inserted clause that does not hold the trigger: "The deal, Acme said, is off"."""
    for child in token.children:
        if child.dep_ == "parataxis" and child.lemma_.lower() in _SPEECH and child not in above:
            return _subject(child)
    return None


def _words(speaker: Token) -> str:
    """The phrase of a speaker: the name where it is one, else up to its modifiers."""
    doc = speaker.doc
    beside = [speaker.i, *(child.i for child in speaker.children if child.dep_ in {"flat", "appos", "nmod:desc"})]
    for ent in doc.ents:
        if any(ent.start <= i < ent.end and (i == speaker.i or ent.label_ == EntityType.PERSON) for i in beside):
            return ent.text
    parts = [
        part.i
        for part in speaker.subtree
        if not any(link.dep_ in {"acl:relcl", "appos", "case", "punct"} for link in (part, *part.ancestors) if _below(link, speaker))
    ]
    first = min(parts, default=speaker.i)
    last = max((i for i in parts if i - first < _LONGEST), default=speaker.i)
    return " ".join(doc[first : last + 1].text.split())


def _below(token: Token, speaker: Token) -> bool:
    return token.i != speaker.i and speaker in token.ancestors
