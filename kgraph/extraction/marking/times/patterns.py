"""The forms in which English newspapers write dates, as regular expressions over text.

A pattern starts with the words that make it rare ("June", "2024"), because it is tried at every character;
what may stand before ("early", "since", "last") is looked up behind a match instead.
"""

from __future__ import annotations

import re

__all__ = [
    "AGO", "AHEAD", "APPROXIMATE", "COMPARED", "COUNT_WORDS", "DAY_ALONE", "DAY_FIRST", "DECADE", "DISTANCE", "EDGE", "ENDED", "FISCAL",
    "FROM_FIGURE", "HALF", "HOLIDAY", "IN_THE", "IN_TIME", "ISO", "LAST_QUARTER", "LATER", "MONTH", "MONTHS", "MONTH_FIRST",
    "MONTH_LEAD", "MONTH_OF_YEAR", "OF", "OF_A_STRETCH", "OPEN_END", "OPEN_START", "PEOPLE", "QUARTER", "REPORTED", "SEASON", "SENTENCE",
    "SLASHED", "SPOKEN", "TO_FIGURE", "UNIT", "UNIT_BESIDE", "WEEKDAY", "WEEKEND", "WEEK_FROM", "WHICH", "WITHIN", "YEAR", "YEARS",
    "YEARS_BETWEEN",
]  # fmt: skip

COUNT_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30,
}  # fmt: skip

_NAMES = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = (
    rf"(?:{_NAMES}|{_NAMES.upper()}|{_NAMES.lower().replace('march|', '').replace('may|', '')}"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAYS_OF_WEEK = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DASH = "[-\u2013]"
_APOSTROPHE = "['\u2019]"
_ORDINAL = r"(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th)"
_OF_YEAR = rf"""
    (?: (?:\s+of|\s+in|,)? \s+ (?:the\s+)? (?:(?:fiscal|financial|calendar)\s+)? (?:year\s+)?
        (?P<year>{_YEAR} | this\s+year | last\s+year | next\s+year)
      | \s*'(?P<short>\d\d)\b )?"""


def _pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(text, re.VERBOSE | flags)


ISO = _pattern(r"(?<![\d-]) (?P<year>(?:1[5-9]|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))? (?![\d-])")
SLASHED = _pattern(r"(?<![\d/.]) (?P<first>\d{1,2}) ([/.]) (?P<second>\d{1,2}) \2 (?P<year>(?:19|20)\d\d) (?![\d/])")
MONTH_FIRST = _pattern(rf"""
    \b(?:{_DAYS_OF_WEEK},?\s+)? (?P<month>{_MONTH}) \s+ (?P<day>{_DAY})\b (?! [.,]?\d | \s*%)
    (?: \s*(?:{_DASH}|to|and)\s* (?P<until>{_DAY})\b (?![.,]?\d) )? (?: \s*,?\s+ (?P<year>{_YEAR})\b )?""")
DAY_FIRST = _pattern(rf"""
    \b(?:{_DAYS_OF_WEEK},?\s+(?:the\s+)?)? (?<![\d.,$£€]) (?P<day>{_DAY}) (?: \s*(?:{_DASH}|to|and)\s* (?P<until>{_DAY}) )?
    \s+ (?:of\s+)? (?P<month>{_MONTH}) (?![a-z]) (?: \s*,?\s+ (?:in\s+|of\s+)? (?P<year>{_YEAR})\b )?""")
MONTH_OF_YEAR = _pattern(rf"\b(?P<month>{_MONTH}) ,?\s+ (?:of\s+)? (?P<year>{_YEAR} | this\s+year | last\s+year | next\s+year)\b")
MONTH = _pattern(rf"\b(?P<month>{_MONTH}) (?![a-z]) (?!\s+\d)")
MONTHS = _pattern(rf"""
    \b(?P<month>{_MONTH}) (?:\s+(?P<first>{_YEAR}))? (?: \s*{_DASH}\s* | \s+(?:to|until|through)\s+ )
    (?P<last>{_MONTH}) (?![a-z]) (?!\s+\d\d?\b) (?:\s+(?P<year>{_YEAR})\b)?""")
QUARTER = _pattern(rf"""
    \b(?: (?: [QT](?P<number>[1-4]) | (?P<number2>[1-4])Q )\b
        | (?P<ordinal>{_ORDINAL}) [\s-]+ (?:fiscal\s+|financial\s+)? quarter\b ) {_OF_YEAR}""")
HALF = _pattern(rf"""
    \b(?: (?: H(?P<number>[12]) | (?P<number2>[12])H )\b | (?P<ordinal>[Ff]irst|[Ss]econd|1st|2nd) [\s-]+ half\b )
    (?P<of_year> (?=\s+of\s+(?:the|this|last|next)\s+(?:fiscal\s+|financial\s+)?year\b) | (?=\s+of\s+\d) )? {_OF_YEAR}""")
LAST_QUARTER = _pattern(rf"\b(?:[Ll]ast|[Ff]inal) \s+ quarter \s+ of \s+ (?P<year>{_YEAR} | this\s+year | last\s+year | next\s+year)\b")
SEASON = _pattern(rf"""
    \b(?P<season>(?i:spring|summer|autumn|fall|winter))\b
    (?: (?:\s+of)? \s+ (?: (?P<year>{_YEAR})\b | {_APOSTROPHE}(?P<short>\d\d)\b ) )?""")
HOLIDAY = _pattern(rf"""
    \b(?: (?P<holiday>(?:Christmas|New\s+Year{_APOSTROPHE}s)\s+(?:Eve|Day) | Boxing\s+Day)
        | (?:before|by|until)\s+(?P<feast>Christmas)(?!\s+[A-Z]) )\b (?: ,?\s+ (?P<year>{_YEAR})\b )?""")
FISCAL = _pattern(r"""
    \b(?: (?:[Ff]iscal|[Ff]inancial) (?:\s+[Yy]ear)? \s+ | FY\s?'? ) (?P<year>20\d\d|19\d\d|\d\d)
    (?: [-/\u2013] (?P<last>\d{4}|\d\d) )?\b""")
ENDED = _pattern(rf"""
    \b(?P<length>year | (?:\w+\s+)?months | quarter | half) \s+ (?:that\s+)? (?:ended|ending|to|through) \s+ (?:on\s+|in\s+)?
    (?:the\s+end\s+of\s+)? (?:{_DAY}\s+)? (?P<month>{_MONTH}) (?:\s+{_DAY}\b(?!\d))? (?:,?\s+(?P<year>{_YEAR})\b)?""")
YEARS = _pattern(rf"""
    \b(?P<first>{_YEAR}) (?: \s*[-\u2013/]\s* | \s+(?:to|until|through)\s+ ) (?P<last>{_YEAR} | (?<=[-\u2013/])\d\d)\b (?![,%-]?\d)""")
YEARS_BETWEEN = _pattern(rf"\b[Bb]etween \s+ (?P<first>{_YEAR}) \s+ and \s+ (?P<last>{_YEAR})\b")
DECADE = _pattern(rf"""
    \b(?P<decade>(?:1[5-9]|20)\d)0'?s\b
    | \b[Tt]he\s+(?:(?:early|late|mid)[\s-]+)?
      (?: (?P<word>fifties|sixties|seventies|eighties|nineties) | {_APOSTROPHE}(?P<ten>[5-9])0s )\b""")
YEAR = _pattern(rf"""
    (?: (?<![\w$£€¥₹\#.,:/-]) | (?<=\b[Mm]id-) | (?<=\bearly-) | (?<=\blate-) ) (?P<year>{_YEAR})
    (?! [\d%] | [.,:]\d | (?:st|nd|rd|th|s|m|bn|k)\b
    | \s*(?:%|percent|per\s+cent|million|billion|trillion|crore|dollars|euros|pounds|yen)
    | \s?(?:UTC|GMT|[ECMP][SD]T|CES?T|BST|hours|hrs)\b )""")
SPOKEN = _pattern(
    r"""\b(?P<word>day\s+before\s+yesterday | day\s+after\s+tomorrow | yesterday | today | tonight | tomorrow | last\s+night
        | this\s+(?:morning|afternoon|evening))\b""",
    re.IGNORECASE,
)
WEEKDAY = _pattern(rf"\b(?P<weekday>{_DAYS_OF_WEEK})\b")
WEEK_FROM = _pattern(rf"\b(?:[Aa]|[Oo]ne) \s+ week \s+ from \s+ (?P<weekday>{_DAYS_OF_WEEK})\b")
WEEKEND = _pattern(r"\b(?:over|at|during) \s+ the \s+ (?P<weekend>weekend)\b", re.IGNORECASE)
DAY_ALONE = _pattern(
    r"(?<=\bon\s) the \s+ (?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\b (?= \s* (?: [.;)] | ,(?!\s*\d) | $ | (?:and|but)\s+[a-z] ))"
)
_COUNT = rf"""(?P<count>an? | \d{{1,3}} | {"|".join(word for word in COUNT_WORDS if word not in {"a", "an"})})"""
_STEPS = r"(?P<unit>day|week|fortnight|month|year|decade|century)s?"
_STOP = r"(?= \s* (?: [.,;:)\u2013\u2014] | $ | (?:and|but|for|when|while)\b ))"
AGO = _pattern(
    rf"""\b(?: {_COUNT} \s+ {_STEPS} | (?P<half>half \s+ a \s+ year) ) \s+
        (?P<word> ago | earlier (?!\s+than) | before {_STOP} )\b""",
    re.IGNORECASE,
)
IN_TIME = _pattern(
    rf"""\b(?: {_COUNT} \s+ {_STEPS} \s+ from \s+ now | in \s+ {_COUNT.replace("count", "count2")} \s+ {_STEPS.replace("unit", "unit2")}
        (?: (?:{_APOSTROPHE}s | (?<=s){_APOSTROPHE}) \s+ time | (?P<bare>{_STOP}) ) )\b""",
    re.IGNORECASE,
)
WITHIN = _pattern(
    rf"""\b(?: (?P<bare>within) | (?:within|over|in|during|for) \s+ the \s+ (?:next|coming) ) \s+ {_COUNT} \s+ {_STEPS}\b
        (?! \s+ (?:of|after)\b)""",
    re.IGNORECASE,
)
LATER = _pattern(
    rf"""\b(?: (?P<count>an? | \d{{1,2}} | {"|".join(word for word in COUNT_WORDS if word not in {"a", "an"})}) \s+ years? \s+ later\b
        | the \s+ year \s+ (?P<beside>before | after)\b (?= \s* (?:[.,;:)] | and\b | but\b | for\b | with\b))
        | (?:that | the\s+same) \s+ (?P<same>year)\b | the \s+ (?:following | next) \s+ year\b )""",
    re.IGNORECASE,
)
UNIT = _pattern(
    r"""\b(?P<which>this | last | next | (?<=the\s)(?:previous|past|preceding|prior|following|coming|current))
    \s+ (?P<unit>weekend|week|month|quarter|year|decade)\b (?! - | \s+of\b)""",
    re.IGNORECASE,
)
UNIT_BESIDE = _pattern(
    r"\b the \s+ (?P<unit>weekend|week|month|quarter|year) \s+ (?P<beside>before\s+last | after\s+next)\b", re.IGNORECASE
)
EDGE = _pattern(
    r"""\b(?: (?P<edge>end|start|beginning)\s+of\s+ (?:(?:the|(?P<which>this|next|last))\s+)? (?P<unit>year|month|quarter)
        | year-?end | year's\s+end )\b""",
    re.IGNORECASE,
)

APPROXIMATE = _pattern(
    r"\b(?:early|late|mid|middle|end|start|beginning|around|about|circa) [\s-]+ (?:in\s+|of\s+)? (?:the\s+)? $", re.IGNORECASE
)
"""Before a month or year: it is not meant to the letter."""

MONTH_LEAD = _pattern(
    r"\b(?P<lead>in|since|last|next|this|by|until|from|during|of|for|through|before|after|to|early|late|mid) [\s-]+ (?:the\s+)? $",
    re.IGNORECASE,
)
"""Before a month without year or day: without such a word, "may" and "march" are verbs."""

IN_THE = _pattern(r"\b(?:in|for|during|by) \s+ the \s+ $", re.IGNORECASE)
OF = _pattern(r"\s+ of\b", re.IGNORECASE)
"""Before and after "second half": it is of this year, and not of something else that is named."""

WHICH = _pattern(r"\b(?:earlier\s+|later\s+)? (?P<which>last|next|this|previous) \s+ $", re.IGNORECASE)
OPEN_START = _pattern(r"\bsince \s+ (?:the\s+)? $", re.IGNORECASE)
OPEN_END = _pattern(r"\b(?:until|till|through|up\s+to) \s+ (?:the\s+)? $", re.IGNORECASE)

AHEAD = _pattern(
    r"""\b(?: will | 'll | would | shall | scheduled | expected | expects? | due | plans? | planned | planning | set\s+to | aims? | upcoming
    | hopes? | intends? | next | (?:is|are)\s+to
    | to\s+(?:be|take|begin|start|open|launch|close|complete|finish|end|join|become|vote|meet|report|appear) )\b
    | \b(?: by | until | before ) \s+ (?:the\s+)? (?:(?:end|middle|start|beginning)\s+of\s+)? (?:early|late|mid)? [\s-]* $
    | \b(?: becomes | takes\s+over | joins | starts | begins | retires | leaves | steps\s+down | quits | departs | hands\s+over
    | goes\s+public )\b [^.;,:\n]{0,40} $""",
    re.IGNORECASE,
)
"""In the words of the sentence before a date: it lies ahead. So it does after what is told as if it were now: "starts in January"."""

COMPARED = _pattern(r"\b(?:from|with|against|versus|than|to)\b [^.;\n]{0,40} $")
"""Before "a year earlier": a figure that another is compared with."""

OF_A_STRETCH = _pattern(
    r"\b(?:first|second|third|last|only|once|time|times|most|least|more|[a-z]+est)\b [^.;\n]{0,60} $ | \b[a-z]+(?:ed|en)\s+ $",
    re.IGNORECASE,
)
"""Before "in two years": a stretch that has gone by ("its first loss in two years", "has doubled in two years")."""

DISTANCE = _pattern(r"\b(?:days?|weeks?|fortnight|months?|years?)\s+ $", re.IGNORECASE)
"""Before "before Christmas": it is not the day itself."""

FROM_FIGURE = _pattern(r"\bfrom \s+ (?:[^.;\n\d]{0,20}) \d [^;\n]{0,25} (?:\s|,)(?:in|at|for|during|on)\s+ (?:the\s+)? $", re.IGNORECASE)
TO_FIGURE = _pattern(r"\s*,? \s+ to \s+ [^.;\n\d]{0,20} \d", re.IGNORECASE)
"""Before and after the date of where something began: "from $1 billion in 2021 to $4 billion"."""

REPORTED = _pattern(
    r"""\b(?: said | told | announced | reported | added | wrote | confirmed | disclosed | unveiled | released | filed | approved | agreed
    | tweeted )\s+ (?:on|in|late|early)? \s* $"""
)
"""Right before a date: it is when somebody spoke, whatever the sentence promises."""

SENTENCE = _pattern(r"""[.!?]['"”]? \s+ (?=[A-Z"“]) | \n""")
PEOPLE = _pattern(
    r"""\s+ (?:[a-z]+\s+){0,2}
    (?: people | employees | workers | jobs | staff | shares | units | stores | customers | homes | cars | positions | members )\b"""
)
"""After four digits: they are a count and no year."""
