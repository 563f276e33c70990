"""Who "I" and "we" are in an interview or a transcript.

    Ann Lee: We bought Beta. I had met its founder.       "I" is Ann Lee, "we" are the firm that the talk is about
    Q: Did you pay too much?                              a question; nothing is told of its "we"
    A: We paid what it was worth.

A text is a talk where two speakers alternate: labels at the beginnings of lines, each a person or a letter for question or answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kgraph.extraction.marking.things.names import Name
from kgraph.extraction.wordlists import words
from kgraph.model import EntityType

__all__ = ["first_persons"]

_I = words("i me my mine myself")
_WE = words("we us our ours ourselves")
_ASKING = words("q question host interviewer moderator operator")
_ANSWERING = words("a answer guest")
_LONGEST_LABEL = 5
"""Words."""


@dataclass(frozen=True, slots=True)
class _Turn:
    label: str
    start: int
    end: int
    speaker: Name | None


def first_persons(doc: Doc, names: Sequence[Name], by_token: Mapping[int, Name], heard: Mapping[int, int]) -> dict[int, int]:
    """The place of each "I" and "we" of a talk whose speaker is known, with the group of names that it stands for.

    `heard` are the groups for which the language model takes pronouns; most of those for "we" are right.
    """
    turns = _turns(doc, by_token)
    if len({turn.label for turn in turns}) < 2:  # noqa: PLR2004 - two to talk
        return {}
    told = [turn for turn in turns if turn.label not in _ASKING]
    found = {i: turn.speaker.group for turn in told if turn.speaker for i in range(turn.start, turn.end) if _is_i(doc[i])}
    ours = [i for turn in told for i in range(turn.start, turn.end) if doc[i].lower_ in _WE and doc[i].text != "US"]
    firm = _firm(names, Counter(heard[i] for i in ours if i in heard), headline=_first_line(doc), opening=turns[0].start)
    return found | (dict.fromkeys(ours, firm) if firm is not None else {})


def _firm(names: Sequence[Name], heard: Counter[int], *, headline: int, opening: int) -> int | None:
    """For whom the guests speak: the one firm of the headline, else the one that the model hears most, else that of the opening."""
    firms = [name for name in names if name.type is EntityType.ORGANIZATION]
    titled = {name.group for name in firms if name.end <= headline}
    if len(titled) == 1:
        return titled.pop()
    votes = Counter({group: count for group, count in heard.items() if any(name.group == group for name in firms)})
    votes = votes or Counter(name.group for name in firms if name.end <= opening)
    return max(votes, key=votes.__getitem__, default=None)


def _first_line(doc: Doc) -> int:
    return next((token.i for token in doc if "\n" in token.text), 0)


def _is_i(token: Token) -> bool:
    return token.lower_ in _I and token.pos_ == "PRON"


def _turns(doc: Doc, by_token: Mapping[int, Name]) -> list[_Turn]:
    """What each speaker says in turn, of those who speak more than once."""
    begins = [token.i for token in doc if not token.is_space and (token.i == 0 or "\n" in doc[token.i - 1].text_with_ws)]
    labels = [(start, label) for start in begins if (label := _label(doc, start, by_token)) is not None]
    ends = [*(start for start, _ in labels), len(doc)][1:]
    turns = [_Turn(text, start, end, speaker) for (start, (text, speaker)), end in zip(labels, ends, strict=True)]
    often = Counter(turn.label for turn in turns)
    return [turn for turn in turns if often[turn.label] > 1]


def _label(doc: Doc, start: int, by_token: Mapping[int, Name]) -> tuple[str, Name | None] | None:
    """Who speaks in a line, as its label has it."""
    colon = next((token.i for token in doc[start : start + _LONGEST_LABEL + 1] if token.text == ":"), None)
    if colon is None or colon == start:
        return None
    text = doc[start:colon].text.lower()
    speaker = by_token.get(colon - 1)
    if speaker is not None and (speaker.type is not EntityType.PERSON or speaker.start > start + 1):
        return None
    return (text, speaker) if speaker is not None or text in _ASKING | _ANSWERING else None
