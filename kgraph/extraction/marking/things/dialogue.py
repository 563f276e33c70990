"""Who "I" and "we" are in an interview or a transcript.

    Ann Lee: We bought Beta. I had met its founder.       "I" is Ann Lee, "we" are the firm that the talk is about
    Q: Did you pay too much?                              a question; nothing is told of its "we"
    A: We paid what it was worth.

A text is a talk where two speakers alternate: labels at the beginnings of lines, each a person, an outlet or a word for question or answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kgraph.extraction.marking.things.names import Name
from kgraph.extraction.wordlists import words
from kgraph.model import EntityType
from kgraph.ontology.cues import load_speech_cues

__all__ = ["first_persons"]

_I = words("i me my mine myself")
_WE = words("we us our ours ourselves")
_SPEAKING = frozenset({EntityType.PERSON, EntityType.ORGANIZATION})
_LONGEST_LABEL = 5
"""Words."""


@dataclass(frozen=True, slots=True)
class _Turn:
    label: str
    start: int
    end: int
    speaker: Name | None

    @property
    def person(self) -> Name | None:
        """The speaker, unless an outlet or a firm speaks."""
        return self.speaker if self.speaker is not None and self.speaker.type is EntityType.PERSON else None


def first_persons(doc: Doc, names: Sequence[Name], by_token: Mapping[int, Name], heard: Mapping[int, int]) -> dict[int, int | None]:
    """The place of each "I" and "we" of a talk with the group of names that it stands for; None for the "we" of those who ask.

    `heard` are the groups for which the language model takes pronouns; most of those for "we" are right.
    """
    turns = _turns(doc, by_token)
    if not _is_talk(turns):
        return {}
    asking = _asking(doc, turns)
    ours = [(turn, [i for i in range(turn.start, turn.end) if _is_we(doc[i])]) for turn in turns]
    votes = Counter(heard[i] for turn, said in ours for i in said if turn.label not in asking and i in heard)
    firm = _firm(names, turns, votes, headline=_first_line(doc))
    employers = {turn.label: name.group for turn, said in ours for i in said if (name := _employer(doc, i, by_token))}
    found: dict[int, int | None] = {}
    for turn, said in ours:
        if turn.person:
            found |= {i: turn.person.group for i in range(turn.start, turn.end) if _is_i(doc[i])}
        own = turn.speaker.group if turn.speaker and not turn.person else None if turn.label in asking else firm
        found |= dict.fromkeys(said, employers.get(turn.label, own))
    return found


def _is_talk(turns: Sequence[_Turn]) -> bool:
    """Whether two speak, one of them a person or whoever answers: the keys of a list speak, too."""
    answers = any(turn.person or turn.label in load_speech_cues().answering for turn in turns)
    return answers and len({turn.label for turn in turns}) > 1


def _asking(doc: Doc, turns: Sequence[_Turn]) -> set[str]:
    """The labels of those who ask, by their names or in at least half of their turns."""
    often = Counter(turn.label for turn in turns)
    questions = Counter(turn.label for turn in turns if doc[turn.start : turn.end].text.rstrip().endswith("?"))
    return {label for label, count in often.items() if label in load_speech_cues().asking or questions[label] * 2 >= count}


def _firm(names: Sequence[Name], turns: Sequence[_Turn], heard: Counter[int], *, headline: int) -> int | None:
    """For whom the guests speak: the one firm of the headline, else the one that the model hears most, else that of the opening."""
    talkers = {turn.speaker.group for turn in turns if turn.speaker}
    firms = [name for name in names if name.type is EntityType.ORGANIZATION and name.group not in talkers]
    titled = {name.group for name in firms if name.end <= headline}
    if len(titled) == 1:
        return titled.pop()
    votes = Counter({group: count for group, count in heard.items() if any(name.group == group for name in firms)})
    votes = votes or Counter(name.group for name in firms if name.end <= turns[0].start)
    return max(votes, key=votes.__getitem__, default=None)


def _employer(doc: Doc, we: int, by_token: Mapping[int, Name]) -> Name | None:
    """The firm of "we at Acme"."""
    name = by_token.get(we + 2) if doc[we + 1 : we + 2].text == "at" else None
    return name if name is not None and name.type is EntityType.ORGANIZATION else None


def _first_line(doc: Doc) -> int:
    return next((token.i for token in doc if "\n" in token.text), 0)


def _is_i(token: Token) -> bool:
    return token.lower_ in _I and token.pos_ == "PRON"


def _is_we(token: Token) -> bool:
    return token.lower_ in _WE and token.text != "US"


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
    if speaker is None:
        return (text, None) if text in load_speech_cues().asking | load_speech_cues().answering else None
    return (text, speaker) if speaker.start <= start + 1 and speaker.type in _SPEAKING else None
