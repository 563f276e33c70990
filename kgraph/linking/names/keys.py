"""What the words of a name say: keys under which names meet, initials, and the parts of a person's name.

Everything here looks at one name alone; whether two names mean one thing is decided in `article` and `block`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from kgraph.ontology import directory
from kgraph.ontology.titles import load_title_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "Person",
    "Words",
    "acronym_of",
    "compact",
    "fold",
    "government_key",
    "initials",
    "is_acronym",
    "key",
    "number_key",
    "of_country",
    "offices_of",
    "person",
    "place_key",
    "singular",
    "stem",
    "untitled",
    "without_country",
    "words",
]

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "\u0131": "i", "ð": "d", "þ": "th", "\u2018": "'", "\u2019": "'"}
    | dict.fromkeys("\u2122\u2120\u00ae\u00a9", "")
)
"""Letters that do not come apart into a plain one and an accent, curly apostrophes, and trademark signs, which are no part of a name."""
_POSSESSIVE = re.compile(r"'s?(?=\W|$)")
_INITIAL_STOP = re.compile(r"(?<=\b\w)\.")
"""The stop after an initial: "u.s." is one word."""
_NO_WORD = re.compile(r"[\W_]+")
_SMALL = frozenset(["of", "and", "the", "for", "in", "on", "de", "du", "la", "le", "et", "und", "der", "y"])
_TABLES = frozenset({"abbreviations", "administrations", "nicknames", "peoples", "spellings", "towns"})
_ACRONYM_MAX = 6
_PLURAL_MIN = 3
_NUMERALS = frozenset("iv")
_PEOPLE_WORDS = 4
"""The most words that a country's name has in the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The tables of `ontology/catalogue-words.toml`."""

    legal: frozenset[str]
    group: frozenset[str]
    descriptors: frozenset[str]
    units: frozenset[str]
    openers: frozenset[str]
    general: frozenset[str]
    titles: frozenset[str]
    administrations: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    common_given: frozenset[str]
    common_surnames: frozenset[str]
    spellings: Mapping[str, str]
    """British → American spelling."""
    abbreviations: Mapping[str, str]
    """Word that is cut short in names of several words → whole word."""
    nicknames: Mapping[str, frozenset[str]]
    """Given name → those it may stand for, in both directions."""
    parts: frozenset[str]
    places: frozenset[str]
    countrys: frozenset[str]
    one_bodys: frozenset[str]
    parts_have: frozenset[str]
    not_a_countrys: frozenset[str]
    all_have: frozenset[str]
    both: frozenset[str]
    peoples: Mapping[tuple[str, ...], str]
    """Words for a country or its people → one word for the country."""
    countries: Mapping[str, str]
    """One word for a country → its name."""
    regions: Mapping[str, frozenset[tuple[str, str]]]
    """Name or short form of a part of a country, as one word → country and whole name; two countries may share one."""
    states: Mapping[tuple[str, ...], str]
    """What a part of a country is called beside its name, "Ohio state", → the one word that is its own."""
    sectors: Mapping[str, frozenset[str]]
    """Word → the kinds of thing it tells of."""

    @property
    def local(self) -> frozenset[str]:
        """Words of a body's name with which it is not its country's only one."""
        return self.parts_have | self.not_a_countrys


@lru_cache(maxsize=1)
def words() -> Words:
    """The tables, read once."""
    table: dict[str, Any] = tomllib.loads((directory() / "catalogue-words.toml").read_text(encoding="utf-8"))
    sets = {name: frozenset(text.split()) for name, text in table.items() if isinstance(text, str) and name not in _TABLES}
    nicknames: dict[str, set[str]] = {}
    for group in table["nicknames"].split(";"):
        first, *others = group.split()
        for other in others:
            nicknames.setdefault(first, set()).add(other)
            nicknames.setdefault(other, set()).add(first)
    lines = [[tuple(form.split()) for form in line.split(",")] for line in table["peoples"].split(";")]
    sectors: dict[str, set[str]] = {}
    for sector, text in table["sectors"].items():
        for word in text.split():
            sectors.setdefault(word, set()).add(sector)
    return Words(
        **sets,
        administrations=frozenset(office.strip() for office in table["administrations"].split(",")),
        spellings=dict(pair.split() for pair in table["spellings"].split(";")),
        abbreviations=dict(pair.split() for pair in table["abbreviations"].split(";")),
        peoples={form: "".join(forms[0]) for forms in lines for form in forms},
        countries={"".join(forms[0]): " ".join(forms[0]) for forms in lines},
        regions=_regions(table["regions"]),
        states=dict(_states(table["regions"], frozenset(table["towns"].split()))),
        nicknames={name: frozenset(others) for name, others in nicknames.items()},
        sectors={word: frozenset(found) for word, found in sectors.items()},
    )


def _regions(table: Mapping[str, str]) -> dict[str, frozenset[tuple[str, str]]]:
    """The forms of each part of a country, from lines of the country's."""
    found: dict[str, set[tuple[str, str]]] = {}
    for country, text in table.items():
        for line in text.split(";"):
            forms = ["".join(form.split()) for form in line.split(",")]
            for form in forms:
                found.setdefault(form, set()).add((country, forms[0]))
    return {form: frozenset(homes) for form, homes in found.items()}


def _states(table: Mapping[str, str], towns: frozenset[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Both ways to say that a state is meant; one that shares its name with a town is never called by the name alone."""
    for name in (line.partition(",")[0].split() for text in table.values() for line in text.split(";")):
        own = "".join(name)
        for form in (("state", "of", *name), (*name, "state")):
            yield form, f"{own}state" if own in towns else own


@lru_cache(maxsize=200_000)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without accents, punctuation and possessive endings.

    >>> fold("Telefónica S.A."), fold("Johnson & Johnson's"), fold("Wal-Mart")
    (('telefonica', 'sa'), ('johnson', 'and', 'johnson'), ('wal', 'mart'))
    """
    text = name.casefold()
    if not text.isascii():  # most names are, and thousands are folded before the first article
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = _INITIAL_STOP.sub("", _POSSESSIVE.sub("", text.replace("&", " and ")))
    told, table = _NO_WORD.sub(" ", text.replace("'", "")).split(), words()
    whole = table.abbreviations if len(told) > 1 else {}
    return tuple(table.spellings.get(word) or whole.get(word, word) for word in told)


def stem(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Words without a leading article and the legal form at the end, but never nothing.

    >>> stem(fold("The Walt Disney Company")), stem(fold("Company"))
    (('walt', 'disney'), ('company',))
    """
    legal = words().legal
    start, end = int(len(tokens) > 1 and tokens[0] == "the"), len(tokens)
    while end - start > 1 and (tokens[end - 1] in legal or tokens[end - 1] == "and"):
        end -= 1
    return tokens[start:end]


def compact(tokens: tuple[str, ...]) -> str:
    """Words as one string without "and", so that spacing, hyphens and ampersands do not matter.

    >>> compact(fold("Scale AI")) == compact(fold("ScaleAI")), compact(fold("AT&T"))
    (True, 'att')
    """
    return "".join(word for word in tokens if word != "and") or "".join(tokens)


@lru_cache(maxsize=200_000)
def key(name: str) -> str:
    """Under which spellings of one name meet: no case, accents, punctuation, spaces or legal form.

    >>> key("Kmart Corp."), key("Yahoo!"), key("U.S.")
    ('kmart', 'yahoo', 'us')
    """
    return compact(stem(fold(name))) or name.casefold()


def without_country(tokens: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The country that words begin with, as one word or empty, and the other words.

    >>> without_country(fold("U.S. Senate")), without_country(fold("Senate"))
    (('us', ('senate',)), ('', ('senate',)))
    """
    for length in range(min(_PEOPLE_WORDS, len(tokens) - 1), 0, -1):
        if country := words().peoples.get(tokens[:length]):
            return country, tokens[length:]
    return "", tokens


@lru_cache(maxsize=50_000)
def of_country(name: str) -> tuple[str, tuple[str, ...]]:
    """The country whose a body of government is, as one word or empty, and the other words, whichever way it is put.

    >>> of_country("government of Brazil") == of_country("Brazilian government"), of_country("Bank of England and others")
    (True, ('', ('bank', 'of', 'england', 'and', 'others')))
    """
    head, _, tail = " ".join(stem(fold(name))).partition(" of ")
    country = words().peoples.get(tuple(tail.removeprefix("the ").split())) if tail else None
    return without_country(stem(fold(name))) if country is None else (country, tuple(head.split()))


def government_key(name: str) -> str:
    """The key of a body of government, whichever way its country is put.

    >>> government_key("government of Brazil") == government_key("Brazilian government")
    True
    >>> government_key("Supreme Court of the United States") == government_key("US Supreme Court")
    True
    """
    country, rest = of_country(name)
    return country + compact(rest) or name.casefold()


def place_key(name: str) -> str:
    """The key of a place; a people counts as its country.

    >>> place_key("Dutch") == place_key("the Netherlands"), place_key("state of Washington") == place_key("Washington state")
    (True, True)
    """
    tokens, table = stem(fold(name)), words()
    return table.peoples.get(tokens) or table.states.get(tokens) or compact(tokens) or name.casefold()


def is_acronym(name: str) -> bool:
    """Whether a name looks like initials: one short word, mostly capitals.

    >>> is_acronym("GM"), is_acronym("P&G"), is_acronym("BoJ"), is_acronym("Fed"), is_acronym("U.S.")
    (True, True, True, False, True)
    """
    letters = [c for c in name if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return " " not in name and 1 < len(letters) <= _ACRONYM_MAX and capitals > 1 and capitals * 2 >= len(letters)


@lru_cache(maxsize=100_000)
def initials(name: str) -> frozenset[str]:
    """The acronyms that a name of several words can have.

    >>> sorted(initials("Securities and Exchange Commission"))
    ['saec', 'sec']
    >>> "eu" in initials("European Union"), "usps" in initials("U.S. Postal Service"), "euk" in initials("Entertainment UK")
    (True, True, True)
    """
    tokens = fold(name)
    capitals = frozenset(fold(word)[0] for word in name.split() if is_acronym(word) and fold(word))
    bodies = [tokens, stem(tokens), without_country(tokens)[1], tokens[: tokens.index("of")] if "of" in tokens else ()]
    found = set()
    for body in bodies:
        for variant in (body, tuple(word for word in body if word not in _SMALL)):
            if len(variant) > 1:
                found.add("".join(word[0] for word in variant))
                found.add("".join(word if word in capitals else word[0] for word in variant))
    return frozenset(found)


def acronym_of(short: str, full: str) -> bool:
    """Whether `short` is made of the initials of `full`; its country and what follows "of" may be left out.

    >>> acronym_of("GM", "General Motors"), acronym_of("SEC", "U.S. Securities and Exchange Commission"), acronym_of("GE", "General Motors")
    (True, True, False)
    """
    return is_acronym(short) and compact(fold(short)) in initials(full)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person's name in parts, folded."""

    given: str | None
    middle: tuple[str, ...]
    surname: str
    """With its particles, as one word: `vanderveer`."""
    last: str
    """The last word of the surname alone."""
    suffix: str | None
    male: bool | None
    """What a title says about it."""
    tokens: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether it can stand alone, as a given name with a surname does."""
        return self.given is not None


@lru_cache(maxsize=100_000)
def person(name: str) -> Person:
    """Takes a person's name apart; a single word counts as the surname.

    >>> p = person("President George W. Bush"); p.given, p.middle, p.surname
    ('george', ('w',), 'bush')
    >>> person("Mr van der Veer").surname, person("Ms Barra").male, person("Queen Elizabeth II").full
    ('vanderveer', False, True)
    """
    table = words()
    tokens = list(fold(re.sub(r"(?<=\w)(?<!\b[ae]l)[-\u2010\u2011](?=\w)", "", name, flags=re.IGNORECASE)))
    titles = [word for word in tokens if word in table.male_titles | table.female_titles]
    male = titles[0] in table.male_titles if titles else None
    while len(tokens) > 1 and tokens[0] in table.titles:
        tokens.pop(0)
    suffix = None
    while len(tokens) > 1 and tokens[-1] in table.suffixes and not (len(tokens) == 2 and set(tokens[-1]) <= _NUMERALS):  # noqa: PLR2004
        suffix = tokens.pop()  # but "Elizabeth II" is a full name
    if not tokens:
        tokens = [name.casefold()]
    cut = len(tokens) - 1
    first = next((i for i, word in enumerate(tokens[:cut]) if word in table.particles and (i > 0 or len(tokens) > 1)), None)
    if first is not None and all(len(w) > 1 for w in tokens[first:cut]) and (first > 0 or tokens[0] not in table.nicknames):
        cut = first
    return Person(
        given=tokens[0] if cut else None,
        middle=tuple(tokens[1:cut]),
        surname="".join(tokens[cut:]),
        last=tokens[-1],
        suffix=suffix,
        male=male,
        tokens=tuple(tokens),
    )


def offices_of(name: str) -> frozenset[str]:
    """The offices that the titles before a person's name tell of.

    >>> sorted(offices_of("U.S. President Bush")), sorted(offices_of("Mr Bush")), sorted(offices_of("Prime Minister Blair"))
    (['president'], [], ['prime minister'])
    >>> [*offices_of("Martin Luther King Jr.")], [*offices_of("Minister Blair")], [*offices_of("Vice President Gore")]
    ([], [], [])
    """
    known = load_title_words()
    titles = tuple(takewhile((words().titles | known.lesser).__contains__, without_country(fold(name))[1][:-1]))
    told = f" {' '.join(titles)} "
    return frozenset() if known.lesser.intersection(titles) else frozenset(office for office in known.unique if f" {office} " in told)


def untitled(name: str) -> str:
    """A person's name without the titles before it, as it is written.

    >>> untitled("Sen. Rand Paul"), untitled("Ms Barra"), untitled("Prince")
    ('Rand Paul', 'Barra', 'Prince')
    """
    written = name.split()
    while len(written) > 1 and set(fold(written[0])) <= words().titles:
        written.pop(0)
    return " ".join(written)


def number_key(name: str) -> str:
    """The key of a name of several words, whether they are in the singular or the plural.

    >>> number_key("Boeing 737s") == number_key("Boeing 737"), number_key("The Times") == number_key("Time")
    (True, False)
    """
    tokens = stem(fold(name))
    return compact(tuple(map(singular, tokens))) if len(tokens) > 1 else key(name)


def singular(word: str) -> str:
    """A product name without the plural: "iphones" is "iphone".

    >>> singular("iphones"), singular("11s"), singular("bus"), singular("glass")
    ('iphone', '11', 'bus', 'glass')
    """
    if not word.endswith("s") or word.endswith("ss"):
        return word
    return word[:-1] if len(word) > _PLURAL_MIN or word[:-1].isdigit() else word
