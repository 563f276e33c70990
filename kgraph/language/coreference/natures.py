"""What a common noun can stand for: a person, or something that is none. Nouns that can be both are in neither list."""

from __future__ import annotations

__all__ = ["PERSON", "THING", "nature"]

PERSON, THING = "Person", "Thing"

_PEOPLE_WORDS = """
    accountant activist actor actress adviser advisor ambassador analyst architect artist attorney aunt author barrister billionaire
    boss boy brother businessman businesswoman ceo cfo chairman chairperson chairwoman chancellor chief co-founder coach cofounder
    columnist commissioner comptroller congressman congresswoman coo cousin cto daughter deputy director economist editor employee
    engineer entrepreneur executive farmer father financier founder girl governor graduate grandfather grandson heir heiress husband
    inventor journalist judge lady lawmaker lawyer lecturer magnate man mathematician mayor millionaire minister mogul mother
    musician native nephew niece novelist officer pilot player politician president professor programmer prosecutor rector reporter
    researcher resident scientist secretary senator singer sister solicitor son spokesman spokesperson spokeswoman stepfather
    stepson strategist student teacher treasurer tycoon uncle veteran vice-president widow widower wife woman worker writer
"""
_THING_WORDS = """
    agency airline app arm bank brand brewer bureau business buyer campus carmaker carrier chain chipmaker club college commission
    company conglomerate contract cooperative corporation council court deal department division exchange firm foundation fund government
    group insurer institution joint-venture lender maker manufacturer market merger miner ministry network newspaper order organisation
    organization outfit plant platform product profit publication refiner regulator retailer school service share shipyard software
    start-up startup stock studio subsidiary supermarket takeover union unit university utility venture warehouse website
"""

_PEOPLE, _THINGS = frozenset(_PEOPLE_WORDS.split()), frozenset(_THING_WORDS.split())


def nature(noun: str) -> str:
    """PERSON, THING, or nothing where a noun in lower case, in the singular, may be either.

    >>> [nature(noun) for noun in ("founder", "airline", "partner")]
    ['Person', 'Thing', '']
    """
    return PERSON if noun in _PEOPLE else THING if noun in _THINGS else ""
