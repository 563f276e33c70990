"""What a web page prints around an article: found by its form, and cut as whole lines.

    furniture      comment forms, share buttons, tag lists, cookie and newsletter lines, links to other articles
    other scripts  lines mostly in another script than the article
    teasers        "…cut off like th..." with an outlet and a time stamp below, up to the end
    stray words    very short lines without a full stop after the last sentence

Tables, excerpts and sentences of the article stay, character for character.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from kgraph.articles.furniture import BUTTON, COMMENTS_HEADING, LABEL, LIST_HEADING, NOTICE
from kgraph.bullets import BULLETS, DASHES

__all__ = ["clean"]

_LONGEST_FURNITURE = 200

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_STAMP = re.compile(
    rf"""^.{{0,50}}?(?:^|[|•·\u2013\u2014-]\s*|\s)
    (?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})
    (?:[,\s|•·\u2013\u2014-]*(?:at\s*)?\d{{1,2}}:\d\d(?:\s*[ap]\.?m\.?)?)?(?:\s*(?:[A-Z]{{2,4}}))?""",
    re.VERBOSE | re.IGNORECASE,
)
_AGO = re.compile(r"^.{0,50}?\b\d{1,2}\s+(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\s+ago\b", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:\w|[\w,;]\s?)(?:\.\.\.|…)\W*$|\[(?:\.\.\.|…)\]\W*$")
_SENTENCE_END = re.compile(r"""[.!?][)\]"'”\u2019]*\s*$""")
_LISTED = re.compile(rf"\s*(?:[{BULLETS}{DASHES}]|\(?\d{{1,2}}[.)])\s+\S")
_STRAY_WORDS = 3
_STRAY_KEPT = 3


def clean(text: str) -> str:
    r"""The article without what the page prints around it; blank lines are kept between paragraphs.

    >>> clean("Acme bought Beta. It paid $5.\n\nShare this article:\nLeave a Reply")
    'Acme bought Beta. It paid $5.'
    """
    lines = [line.rstrip() for line in text.split("\n")]
    lines = _without_teasers(lines)
    lines = _without_comments(lines)
    lines = _without_link_lists(lines)
    lines = _without_other_scripts(lines)
    lines = [line for line in lines if not _is_furniture(line)]
    lines = _without_strays(lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_furniture(line: str) -> bool:
    """Whether a line is a button, a label or a notice of the site."""
    stripped = line.strip()
    if not stripped or len(stripped) > _LONGEST_FURNITURE:
        return False
    return any(pattern.match(stripped) for pattern in (LABEL, BUTTON, NOTICE))


def _is_stamp(line: str) -> bool:
    """Whether a line starts with at most an outlet and then a date or an age."""
    stripped = line.strip()
    return bool(_STAMP.match(stripped) and _stamp_ends_early(stripped)) or bool(_AGO.match(stripped) and len(stripped) <= 80)  # noqa: PLR2004


def _stamp_ends_early(line: str) -> bool:
    """Whether a stamp is the whole line, or the next teaser runs on from it and is itself cut off."""
    match = _STAMP.match(line)
    rest = line[match.end() :].strip() if match else line
    return len(rest) <= 3 or bool(_CUT_OFF.search(rest))  # noqa: PLR2004


def _without_teasers(lines: list[str]) -> list[str]:
    """Drop each cut-off line that a stamp follows, with its stamp, and stamps whose own teaser is cut off.

    A line that is cut off in the middle of a list of teasers needs no stamp of its own.
    """
    shown = [index for index, line in enumerate(lines) if line.strip()]
    drop: set[int] = set()
    for here, below in pairwise(shown):
        if _CUT_OFF.search(lines[here]) and _is_stamp(lines[below]):
            drop |= {here, below}
    for here, below in pairwise(shown):
        if here in drop and (_is_stamp(lines[below]) or (_CUT_OFF.search(lines[below]) and len(lines[below]) < 300)):  # noqa: PLR2004
            drop.add(below)
    return [line for index, line in enumerate(lines) if index not in drop]


def _without_comments(lines: list[str]) -> list[str]:
    """Cut all from the heading of the readers' comments on, when the article stands above it."""
    for index, line in enumerate(lines):
        if COMMENTS_HEADING.match(line.strip()) and _sentences(lines[:index]) >= _STRAY_KEPT:
            return lines[:index]
    return lines


def _without_link_lists(lines: list[str]) -> list[str]:
    """Drop the headlines below "Related articles" and the like, up to the next paragraph with a full stop."""
    kept: list[str] = []
    in_list = False
    for line in lines:
        stripped = line.strip()
        if LIST_HEADING.match(stripped):
            in_list = True
            continue
        if in_list and stripped:
            in_list = not _SENTENCE_END.search(stripped) and len(stripped) <= _LONGEST_FURNITURE
        if not in_list:
            kept.append(line)
    return kept


def _sentences(lines: list[str]) -> int:
    """How many full stops, question and exclamation marks lines hold."""
    return sum(len(re.findall(r"[.!?](?=\s|$|[\"'”\u2019)])", line)) for line in lines)


def _script(line: str) -> str:
    """The script of most letters of a line, empty without letters."""
    counts = Counter(unicodedata.name(char, "?").split(" ", 1)[0] for char in line if char.isalpha())
    return min(counts, key=lambda name: (-counts[name], name)) if counts else ""


def _without_other_scripts(lines: list[str]) -> list[str]:
    """Drop lines in another script than the article's."""
    if all(line.isascii() for line in lines):
        return lines
    counts: Counter[str] = Counter(LATIN=0)
    scripts = [_script(line) for line in lines]
    for line, script in zip(lines, scripts, strict=True):
        counts[script] += len(line) if script else 0
    main = min(counts, key=lambda name: (-counts[name], name))
    return [line for line, script in zip(lines, scripts, strict=True) if script in {"", main} or counts[script] * 4 > counts[main]]


def _without_strays(lines: list[str]) -> list[str]:
    """Drop the very short lines without figures or full stop that trail the last sentence or list."""
    if _sentences(lines) < _STRAY_KEPT:
        return lines
    end = len(lines)
    while end:
        line = lines[end - 1].strip()
        if line and (_SENTENCE_END.search(line) or len(line.split()) > _STRAY_WORDS or any(char.isdigit() for char in line)):
            break
        if line.endswith(":") and _list_end(lines, end) > end:
            break
        end -= 1
    return lines[: _list_end(lines, end)]


def _list_end(lines: list[str], start: int) -> int:
    """Where the list ends to which the line before `start` leads in with a colon; `start` where it leads in to none."""
    end = start
    if not start or not lines[start - 1].rstrip().endswith(":"):
        return end
    for place, line in enumerate(lines[start:], start=start + 1):
        if _LISTED.match(line):
            end = place
        elif line.strip():
            break
    return end
