"""Leftovers of wiki and HTML markup in plain text: whole templates, picture links and notes go, sentences stay as they are.

What is deleted leaves a line break, so that no sentence and no quote runs across the gap.
"""

from __future__ import annotations

import re

__all__ = ["strip_markdown", "strip_markup"]

_LEAD = 500
"""Characters at the start in which an unopened `]]` or `}}` ends the rest of a template or caption."""

_TEMPLATE = re.compile(r"\{\{[^{}]{0,2000}\}\}")
_PICTURE = re.compile(r"\[\[(?:Image|File|Category):(?:[^\[\]]|\[\[[^\[\]]*\]\]|\[[^\[\]]*\]){0,1000}\]\]", re.IGNORECASE)
_GALLERY = re.compile(
    r"\b(?:Image|File):[^|\n\]]{1,120}\.(?:jpe?g|png|gif|svg)\|?(?:\s*(?:thumb|left|right|center|\d+px)\s*\|)*", re.IGNORECASE
)
_PARAMETERS = re.compile(r"(?:\}?\s*\|\s*[\w .-]{1,40}=[^|{}\n]{0,80}){2,}\}*")
_NOTE = re.compile(r"<ref\b[^<>]*/>|<ref\b[^<>]*>.{0,1000}?</ref>|<!--.{0,2000}?-->", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|p|div|center|gallery|references)\b[^<>]{0,200}>", re.IGNORECASE)
_HEADING = re.compile(r"[ \t]*(={2,5})[ \t]*([^=\n]{1,80}?)[ \t]*\1[ \t]*")
_STOP = re.compile(r"[.!?](?=\s|$)")
_SENTENCE = re.compile(r"[.!?]\s+\S")
_UNOPENED = re.compile(r"\}\}|\]\]")

_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[ \t]*$", re.DOTALL | re.MULTILINE)
_MD_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
_MD_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
_MD_LINK = re.compile(r"\[([^\]\n]{1,300})\]\([^)\s]{1,1000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)")
_MD_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__|\*|_)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|\*)(?=[^\W_])([^*\n]{1,300}?)(?<=[\w.,;:!?)%'\"\u2019\u201d])\1(?![\w*])")
"""Stars around words of plain text; "4* hotels" and the stars of a list stay."""
_MD_QUOTE = re.compile(r"^>[ \t]?", re.MULTILINE)
_MD_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)


def strip_markup(text: str) -> str:
    r"""Plain text without templates, pictures, notes, heading marks and stars of emphasis.

    >>> strip_markup("{{date|June 11}} Acme grew. == Sources == None.")
    '\n Acme grew.\n\nSources\n\nNone.'
    """
    text = _EMPHASIS.sub(r"\2", text)
    if not re.search(r"[{}<\[\]=|]", text):
        return text
    for pattern in (_NOTE, _TEMPLATE, _TEMPLATE, _PICTURE, _PARAMETERS, _GALLERY, _BREAK):
        text = pattern.sub("\n", text)
    text = _HEADING.sub(r"\n\n\2\n\n", text)
    return _without_lead(text)


def _without_lead(text: str) -> str:
    """Cut a template or caption whose opening was lost, when its end stands near the start."""
    for match in reversed(list(_UNOPENED.finditer(text, 0, _LEAD))):
        lead = text[: match.start()]
        sentence = _SENTENCE if match[0] == "]]" else _STOP
        if not re.search(r"\{\{|\[\[", lead) and not sentence.search(lead):
            return text[match.end() :]
    return text


def strip_markdown(text: str) -> str:
    r"""Markdown as plain text: headings and emphasis lose their marks, links keep their words.

    >>> strip_markdown("## Deal\n\n**Acme** bought [Beta](https://beta.example).")
    'Deal\n\nAcme bought Beta.'
    """
    text = _MD_IMAGE.sub("", _FENCE.sub("", text))
    text = _MD_RULE.sub("", _MD_QUOTE.sub("", _MD_HEADING.sub(r"\1", text)))
    return _MD_EMPHASIS.sub(r"\2", _MD_LINK.sub(r"\1", text))
