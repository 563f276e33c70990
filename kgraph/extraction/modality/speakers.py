"""The words for a speaker: the name where there is one, what a pronoun stands for, else the phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.wordlists import words
from kgraph.model import EntityType
from kgraph.ontology.cues import load_speech_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["can_speak", "is_name_word", "is_rest_of_firm", "named_at_edge", "phrase_of", "speaker_phrase_before", "words_of"]

_LONGEST = 8
"""Words of the longest speaker that is kept whole."""

_PERSONAL = frozenset({"he", "she", "it"})
_DASHES = frozenset({":", "-", "\u2013", "\u2014", "|"})
_SHOWING = words("show indicate suggest")
"""What things do as well as speakers: "the purchase shows that"."""
_LEARNING = words("learn understand")
"""What an outlet does that speaks, and others do that only hear: "Reuters has learned that", "Roe learned that"."""
_NOBODY = words("nobody none no no-one neither nothing few")
"""Words for those who do not say it, alone or before a noun: "few believe that", "no analyst expects that"."""
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_PERFECT = frozenset({"has", "have", "had", "'s", "'ve"})
_WITH_VERB = frozenset({"aux", "advmod"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_OPENING = _NOMINAL | {"DET", "NUM", "ADJ"}
"""With what the phrase of a speaker begins."""
_SET_OFF = frozenset({",", '"', "\u201d", "''"})
"""What stands between what is said and who says it."""
_LEAST = 0.5
"""How likely a pronoun must stand for a name."""


def words_of(speaker: Token) -> str | None:
    """The phrase of a speaker: the name where it is one or one stands beside it, else up to its modifiers; None for a pronoun in doubt."""
    if speaker.pos_ == "PRON":
        return _meant(speaker)
    name = _name(speaker)
    if name is not None:
        return name.text
    doc = speaker.doc
    parts = [
        part.i
        for part in speaker.subtree
        if not any(link.dep_ in {"acl:relcl", "appos", "case", "punct"} for link in (part, *part.ancestors) if _below(link, speaker))
    ]
    first = min(parts, default=speaker.i)
    first += 2 * (doc[first].lower_ == "according")
    last = max((i for i in parts if i - first < _LONGEST), default=speaker.i)
    return " ".join(doc[first : _firm_end(doc, last + 1)].text.split())


def is_name_word(token: Token) -> bool:
    """Whether a word can be one of a speaker: a wrong tree may have the full stop for a subject."""
    return not token.is_punct and any(letter.isalpha() for letter in token.text)


def can_speak(speaker: Token, verb: Token) -> bool:
    """Whether somebody speaks with a verb: not "the purchase shows that", "Roe learned that" or "few believe that"."""
    beside = {child.lower_ for child in speaker.children if child.dep_ in {"det", "amod", "nummod"}}
    if speaker.lower_ in _NOBODY or (not beside.isdisjoint(_NOBODY) and "a" not in beside):  # "a few analysts expect it"
        return False
    lemma, cues, name = verb.lemma_.lower(), load_speech_cues(), _name(speaker)
    is_source = not {speaker.lower_, speaker.lemma_.lower()}.isdisjoint(cues.nameless)
    is_listed = name is not None and name.text.removeprefix("The ").removeprefix("the ") in cues.outlets
    if lemma in _SHOWING:
        return is_source or is_listed or name is not None or speaker.pos_ == "PRON"
    if lemma in _LEARNING:
        is_firm = name is not None and name.label_ == EntityType.ORGANIZATION
        has_heard = verb.tag_ in {"VBZ", "VBP"} or any(child.dep_ == "aux" and child.lower_ in {"has", "have"} for child in verb.children)
        return is_source or is_listed or (is_firm and has_heard)
    return True


def speaker_phrase_before(verb: Token) -> Token | None:
    """The head of the phrase between a comma and a verb of saying that has no subject: "…, people familiar with it said".

    Trees hang such a phrase on the clause before, which hangs on the verb. It holds no verb that could have another subject.
    """
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "aux:pass", "nsubj:pass"}}
    if verb.tag_ not in _FINITE and not (verb.tag_ == "VBN" and helpers and helpers <= _PERFECT):
        return None
    last = verb.i - 1
    while last > verb.sent.start and verb.doc[last].head == verb and verb.doc[last].dep_ in _WITH_VERB:
        last -= 1
    first = last
    while first > verb.sent.start and not (verb.doc[first].is_punct and verb.doc[first].text != "-"):
        first -= 1
    phrase = verb.doc[first + 1 : last + 1]
    if verb.doc[first].text not in _SET_OFF or not phrase or phrase[0].pos_ not in _OPENING or phrase[-1].pos_ == "CCONJ":
        return None
    if any(token.pos_ in {"AUX", "SCONJ"} or token.tag_ in _FINITE | {"MD", "WP", "WDT", "TO"} for token in phrase):
        return None
    return next((word for word in phrase if word.pos_ in _NOMINAL and word.head.i < phrase.start and verb in word.ancestors), None)


def _name(speaker: Token) -> Span | None:
    """The name that a speaker has: "Ann Roe", "chip maker Acme", "its chief, Ann Roe"."""
    beside = [child.i for child in speaker.children if child.dep_ in {"flat", "appos", "nmod:desc"}]
    for ent in speaker.doc.ents:
        if ent.start <= speaker.i < ent.end:
            return ent
    for ent in speaker.doc.ents:
        between = speaker.doc[speaker.i + 1 : ent.start]
        follows = (
            ent.start > speaker.i
            and all(token.is_quote or token.text == "''" for token in between)
            and ent.label_ in {EntityType.ORGANIZATION, EntityType.GOVERNMENT_BODY}
        )
        if any(ent.start <= i < ent.end and (follows or ent.label_ == EntityType.PERSON) for i in beside):
            return ent
    return None


def _meant(pronoun: Token) -> str | None:
    """The name that a pronoun stands for: the most telling words of its thing."""
    if pronoun.lower_ not in _PERSONAL or not pronoun.doc.has_extension("clusters"):
        return None
    for cluster in pronoun.doc._.clusters or ():
        own = next((span for span in cluster if (span.start, span.end) == (pronoun.i, pronoun.i + 1)), None)
        if own is not None:
            names = (name for span in cluster if span.root.pos_ != "PRON" and (name := _name(span.root)) is not None)
            name = next(names, None)
            return name.text if name is not None and own._.certainty >= _LEAST else None
    return None


def phrase_of(speaker: Token) -> set[Token]:
    """The nouns beside which a speaker's name stands: "founder" and "Roe" for "its founder, Ann Roe"."""
    found = {speaker}
    while speaker.dep_ in {"appos", "nmod:desc", "flat"} and speaker.head not in found and speaker.head.pos_ in {"NOUN", "PROPN"}:
        speaker = speaker.head
        found.add(speaker)
    return found


def named_at_edge(trigger: Token) -> str | None:
    """The outlet that a headline names before a colon or behind a dash: "TechCrunch: Acme buys Beta", "Acme to buy Beta: report"."""
    sentence, cues = trigger.sent, load_speech_cues()
    tokens = [token for token in sentence if not token.is_space]
    colon = next((place for place, token in enumerate(tokens[:_LONGEST]) if token.text == ":"), 0)
    if colon and tokens[colon].i < trigger.i and (first := _outlet(tokens[:colon])) in cues.outlets:
        return first
    last = next((place for place in range(len(tokens) - 2, max(0, len(tokens) - _LONGEST), -1) if tokens[place].text in _DASHES), 0)
    if last and trigger.i < tokens[last].i and (final := _outlet(tokens[last + 1 :])) in cues.outlets | cues.nameless:
        return final
    return None


def _outlet(tokens: list[Token]) -> str:
    """Words as an outlet is listed, without a closing stop or an article that is no part of its name."""
    text = "".join(token.text_with_ws for token in tokens).strip(" .")
    return text if text in load_speech_cues().outlets else text.removeprefix("The ").removeprefix("the ")


def is_rest_of_firm(token: Token) -> bool:
    """Whether a name goes on with one that a comma has cut: "Bruyette & Woods" of "Keefe, Bruyette & Woods"."""
    name = next((ent for ent in token.doc.ents if ent.start <= token.i < ent.end), None)
    if name is None or name.start - 2 < name.sent.start or "&" not in name.text:
        return False
    return token.doc[name.start - 1].text == "," and token.doc[name.start - 2].ent_type_ == EntityType.ORGANIZATION


def _firm_end(doc: Doc, end: int) -> int:
    """The end of a phrase with the rest of the name of a firm that a comma has cut: "analysts at Keefe, Bruyette & Woods"."""
    if end >= len(doc) or doc[end].text != "," or not doc[end - 1].ent_type_:
        return end
    rest = next((ent for ent in doc.ents if ent.start == end + 1), None)
    return rest.end if rest is not None and is_rest_of_firm(rest.root) else end


def _below(token: Token, speaker: Token) -> bool:
    return token.i != speaker.i and speaker in token.ancestors
