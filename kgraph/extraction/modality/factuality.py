"""What keeps a sentence from being a plain statement: denial, falsehood, supposition, question, hearsay.

A clause is given as the words from the one that evokes a claim up to the root of its sentence.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kgraph.extraction.modality.negation import is_negated, is_new
from kgraph.extraction.modality.speakers import speaker_phrase_before
from kgraph.extraction.modality.stages import FIRM
from kgraph.extraction.modality.tenure import with_particle
from kgraph.extraction.modality.verbs import (
    MAY,
    OUGHT,
    WOULD,
    is_infinitive,
    is_passive,
    is_verb,
    modals,
    opens_with_question_word,
    shared_helpers,
    subject_of,
)
from kgraph.model import Status
from kgraph.ontology.cues import load_correction_cues, load_status_cues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kgraph.ontology.cues import StatusCues

__all__ = [
    "find_hedge",
    "has_condition",
    "is_asked",
    "is_denied",
    "is_false",
    "is_imagined",
    "is_of_old_text",
    "is_supposed",
    "is_taken_back",
    "is_urged",
]

_CONDITIONAL = WOULD | {"could"}
_UNREAL = WOULD | MAY | OUGHT
_IN_ANY_CASE = frozenset({"even", "as", "whether"})
"""Words before or in place of "if" with which the clause is no condition."""
_TELLING = frozenset({"VERB", "AUX", "ADJ"})
_SCARCE = frozenset({"little", "scant", "few"})
_CLAUSE = frozenset({"ccomp", "csubj", "xcomp", "acl", "csubj:pass", "advcl", "parataxis"})
"""How a clause hangs on the word that judges it."""
_APART = frozenset({"conj", "advcl", "acl:relcl"})
"""How a clause hangs that stands whatever is said of the word above it."""


def is_supposed(clause: list[Token], cues: StatusCues) -> bool:
    """Whether what a clause says is only thought of: "if Acme buys", "imagine that", "would buy if", "is unlikely to"."""
    return (
        any(child.dep_ == "mark" and child.lower_ in cues.conditionals for token in clause for child in token.children)
        or any(_is_inverted(token) for token in clause)
        or any(_is_thought(below, above, cues) or _is_unbelieved(below, above, cues) for below, above in pairwise(clause))
        or _would_be(clause, cues)
    )


def is_imagined(clause: list[Token], cues: StatusCues) -> bool:
    """Whether a clause tells what happens in a thing that is only imagined: "imagine a world in which Acme bought Beta"."""
    return any(
        below.dep_ == "acl:relcl"
        and any(child.lower_ in {"which", "where"} and child.dep_ in {"obl", "advmod"} for child in below.children)
        and above.dep_ == "obj"
        and above.head.lemma_.lower() in cues.supposing
        and not is_negated(above.head)
        for below, above in pairwise(clause)
    )


def _is_inverted(verb: Token) -> bool:
    """Whether a clause beside another opens with its auxiliary: "had Acme bought Beta, …", "should Acme buy Beta, …"."""
    if verb.dep_ != "advcl" or any(child.dep_ == "mark" for child in verb.children):
        return False
    first = next((child for child in verb.children if child.dep_ in {"aux", "nsubj", "nsubj:pass"}), None)
    return first is not None and first.dep_ == "aux" and first.lower_ in {"had", "should", "were"} and _subject_follows(first)


def _subject_follows(helper: Token) -> bool:
    """Whether the subject stands behind the auxiliary."""
    return any(child.dep_ in {"nsubj", "nsubj:pass"} and child.i > helper.i for child in helper.head.children)


def _is_thought(below: Token, above: Token, cues: StatusCues) -> bool:
    """Whether a word tells that what stands below it is imagined or doubted, but not "wondered why Acme bought Beta"."""
    if below.dep_ not in _CLAUSE or _is_taken_for_granted(below):
        return False
    if above.pos_ == "ADJ":
        return above.lemma_.lower() in cues.supposing_adjectives
    return is_verb(above) and below.dep_ in {"ccomp", "xcomp"} and above.lemma_.lower() in cues.supposing and not is_negated(above)


def _is_taken_for_granted(verb: Token) -> bool:
    """Whether a clause asks for the circumstances of what has happened or will: "why it bought Beta", but not "how it could buy Beta"."""
    return opens_with_question_word(verb) and is_verb(verb) and not is_infinitive(verb) and not modals(verb) & _UNREAL


def _is_unbelieved(below: Token, above: Token, cues: StatusCues) -> bool:
    """Whether nobody says, thinks or shows what stands below: "has not confirmed that", "nobody expected Acme to", "no evidence that"."""
    lemma = above.lemma_.lower()
    if lemma in cues.evidence and below.dep_ in {"acl", "ccomp"} and not is_infinitive(below):
        is_scarce = any(child.lower_ in _SCARCE and child.dep_ in {"amod", "det"} for child in above.children)
        return is_scarce or is_negated(above) or (above.dep_ in {"obj", "nsubj"} and is_negated(above.head))
    if not is_verb(above) or opens_with_question_word(below):
        return False
    if lemma in cues.speech and below.dep_ in {"ccomp", "csubj", "csubj:pass"}:
        is_withheld = above.dep_ == "xcomp" and cues.verbs.get(with_particle(above.head)) is Status.TERMINATED  # "declined to confirm that"
        return (is_negated(above) or is_withheld) and cues.verbs.get(lemma) is not Status.DENIED
    is_of_others = is_passive(above) or any(child.dep_ in {"obj", "iobj"} for child in above.children)
    return lemma in cues.forecasting and below.dep_ == "xcomp" and is_of_others and is_negated(above)


def _would_be(clause: list[Token], cues: StatusCues) -> bool:
    """Whether something "would" be on a condition: "would buy it if", "would have bought it", "an acquisition would raise prices"."""
    verb = clause[0] if is_verb(clause[0]) else next(iter(clause[1:2]), clause[0])
    if not is_verb(verb) or not modals(verb) & _CONDITIONAL:
        return False
    if verb != clause[0] and clause[0].dep_ == "nsubj" and is_new(clause[0]):
        return not _is_agreed(clause[0], cues)
    if verb != clause[0] and any(child.lower_ == "without" for child in clause[0].children):
        return True
    if verb == clause[0] and not modals(verb).isdisjoint(_CONDITIONAL) and any(helper.lower_ == "have" for helper in shared_helpers(verb)):
        return True
    return verb == clause[0] and has_condition(verb, cues)


def has_condition(verb: Token, cues: StatusCues) -> bool:
    """Whether what a verb tells hangs on a condition: "will buy it if they agree", but not "even if they object"."""
    return any(_is_inverted(child) or _is_condition(child, cues) for child in verb.children if child.dep_ == "advcl")


def _is_condition(clause: Token, cues: StatusCues) -> bool:
    opening = {child.lower_ for child in clause.children if child.dep_ in {"mark", "advmod"} and child.i < clause.i}
    return clause.pos_ in _TELLING and not opening.isdisjoint(cues.conditionals) and opening.isdisjoint(_IN_ANY_CASE)


def _is_agreed(noun: Token, cues: StatusCues) -> bool:
    """Whether a noun is of something agreed or done: "a merger, announced on Monday, would"."""
    parts = [child for child in noun.children if child.dep_ in {"acl", "acl:relcl", "amod"}]
    return any(cues.verbs.get(with_particle(part), cues.adjectives.get(part.lower_)) in FIRM for part in parts)


def is_urged(said: list[Token]) -> bool:
    """Whether the sentence tells only what somebody ought to do: "Acme should buy Beta", "regulators must act"."""
    first, *above = said
    if is_verb(first):
        return bool(modals(first) & OUGHT) or (first.dep_ == "xcomp" and first.head.lower_ == "ought")
    return any(modals(verb) & (OUGHT - {"must"}) for verb in above)  # who "must pay a fine" is fined


def is_asked(trigger: Token, clause: list[Token]) -> bool:
    """Whether the sentence is a direct question whose main clause is about the trigger, but not "why did Acme buy Beta?"."""
    sentence = trigger.sent
    last = next((token for token in reversed(list(sentence)) if not token.is_space and not token.is_quote), None)
    main = clause[-1]
    is_of_circumstances = any(token.tag_ == "WRB" for token in main.subtree if token.i < main.i) and subject_of(main) is not None
    if is_of_circumstances and _is_taken_for_granted(main):
        return False
    return last is not None and last.text == "?" and not any(token.dep_ in {"acl", "acl:relcl"} for token in clause)


def is_denied(clause: list[Token], cues: StatusCues) -> bool:
    """Whether a verb of denying rules one of the clauses on the way up."""
    for below, above in pairwise(clause):
        if below.dep_ in {"ccomp", "xcomp", "obj"} and cues.verbs.get(with_particle(above)) is Status.DENIED:
            return not is_negated(above)
        is_talk = below.lower_ in cues.sources or cues.nouns.get(below.lemma_.lower()) is Status.RUMOURED
        if is_talk and below.dep_ in {"obj", "advcl", "nsubj:pass"} and with_particle(above) in cues.brushing_aside:
            return not is_negated(above)
    return False


def is_false(clause: list[Token], cues: StatusCues) -> bool:
    """Whether the sentence calls what it says untrue: "it is not true that", "falsely claimed that", "reports that … are false"."""
    if is_taken_back(clause):
        return True
    for below, above in pairwise(clause):
        if below.dep_ not in _CLAUSE or opens_with_question_word(below):
            continue
        judges = [above, *(child for child in above.children if child.dep_ == "amod")]
        if above.dep_ in {"nsubj", "obj"}:
            judges.append(above.head)
        for judge in judges:
            if judge.lower_ in cues.false and not is_negated(judge):
                return True
            if judge.lower_ in cues.truth and is_negated(judge):
                return True
        if any(child.dep_ == "advmod" and child.lower_ in cues.falsely for child in above.children):
            return True
    return False


def is_taken_back(clause: list[Token]) -> bool:
    """Whether a correction tells what was published before: "an earlier version said that", "misidentified Acme as the owner".

    What it got wrong about a deed ("misstated the date of the takeover", "said incorrectly when Acme bought") leaves that deed standing.
    """
    verbs = load_correction_cues().verbs
    for below, above in pairwise(clause):
        if not is_verb(above) or below.dep_ in _APART or opens_with_question_word(below):
            continue
        misstated = above.lemma_.lower() in verbs and (below is clause[0] or below.dep_ == "ccomp")
        if misstated or is_of_old_text(above):
            return True
    return False


def is_of_old_text(verb: Token) -> bool:
    """Whether a verb of saying has an earlier version of the text as its subject."""
    text, cues = subject_of(verb), load_correction_cues()
    if text is None or verb.lemma_.lower() not in load_status_cues().speech:
        return False
    lemma = text.lemma_.lower()
    beside = text.children if lemma in cues.versions else verb.children if lemma in cues.texts else ()
    is_of_text = lemma in cues.versions | cues.texts
    return any(child.lower_ in cues.earlier for child in beside) or (is_of_text and _line_label(verb) in cues.labels)


def _line_label(token: Token) -> str:
    """The first word of a line, where a colon follows it: "Correction: yesterday's newsletter said that"."""
    doc, first = token.doc, token.i
    while first and "\n" not in doc[first - 1].text:
        first -= 1
    return doc[first].lower_ if doc[first + 1 : first + 2].text == ":" else ""


def find_hedge(clause: list[Token], cues: StatusCues) -> str | None:
    """The word that marks a clause as hearsay: an adverb, "is said to", "according to people familiar"."""
    for below, token in zip([None, *clause], clause, strict=False):
        if below is not None and _starts_a_clause(below):
            break
        for child in token.children:
            if child.dep_ == "advmod" and child.lower_ in cues.adverbs:
                return child.text
            if (
                child.dep_ in {"obl", "nmod"}
                and child.lower_ in cues.sources
                and any(part.lower_ == "according" for part in child.children)
            ):
                return f"according to {child.text}"
        if below is None or below.dep_ not in {"xcomp", "ccomp", "acl", "csubj", "csubj:pass", "advcl"}:
            continue
        if is_passive(token) and cues.passive.get(token.lemma_.lower()) is Status.RUMOURED:
            return " ".join(part.text for part in _spoken_words(token))
        if token.lower_ in cues.sources and below.dep_ == "acl" and any(child.dep_ == "mark" for child in below.children):
            return token.text  # "reports that"
        if token.lemma_ in cues.hearsay and _has_nameless_subject(token, cues):
            return f"{_subject(token)} {token.text}"
    return None


def _starts_a_clause(token: Token) -> bool:
    """Whether the words above a token speak of something else: "reportedly" there does not weaken what stands below."""
    is_by_the_way = token.dep_ == "appos" and not is_verb(token)  # "Greylock, an investor in Beta, is reportedly selling"
    return (
        token.dep_ in {"parataxis", "acl:relcl", "list"}
        or is_by_the_way
        or (token.dep_ == "advcl" and any(child.dep_.startswith("nsubj") for child in token.children))
    )


def _spoken_words(token: Token) -> Iterator[Token]:
    """The words "is said" of "is said to be": the verb with its auxiliaries."""
    yield from (child for child in token.children if child.dep_ in {"aux", "aux:pass"} and child.i < token.i)
    yield token


def _subject(token: Token) -> str:
    """Who speaks, a phrase that the tree hangs on the clause before included: "Acme bought Beta, people familiar with it said"."""
    own = next((child for child in token.children if child.dep_ in {"nsubj", "nsubj:pass"} and not child.is_punct), None)
    found = own if own is not None else speaker_phrase_before(token)
    return found.text if found is not None else ""


def _has_nameless_subject(token: Token, cues: StatusCues) -> bool:
    """Whether "sources", "people familiar with the matter" or "rumours" are the ones who speak."""
    return _subject(token).lower() in cues.sources
