"""The words of a page's furniture, in English, as patterns for whole lines: the vocabulary of `boilerplate`."""

from __future__ import annotations

import re

__all__ = ["BUTTON", "COMMENTS_HEADING", "LABEL", "LIST_HEADING", "NOTICE"]

_WRITE_A_COMMENT = r"(?:write|leave|post|add) (?:a|your) (?:comment|reply)"
_READ_ON = (
    r"related(?: (?:articles?|stories|posts?|news|topics|links?|reading|content|coverage))?",
    r"read (?:more|next|also)|also read|see also|in other news|up next",
    r"recommended(?: (?:for you|reading|stories))?|you (?:may|might) also like",
    r"most (?:read|popular|viewed)|trending(?: now)?",
    r"(?:recent|popular|latest) (?:posts?|comments|articles|news|stories)",
)

_LABELS = (
    *_READ_ON,
    r"more (?:from|on)\b[^.:]*",
    r"tags?|categor(?:y|ies)|filed under|posted (?:in|on|by)|topics?|keywords?|labels?|hashtags?",
    r"share(?: (?:this|on|via)\b.*)?|follow us(?: on)?",
    r"(?:previous|next) (?:article|post)",
    r"(?:photo|image|picture)(?: (?:credit|by|courtesy))?|(?:main|featured) image",
)
_BUTTONS = (
    *_READ_ON,
    _WRITE_A_COMMENT,
    r"(?:\d+ )?comments?(?: \(?\d+\)?)?|no comments(?: yet)?|join the (?:conversation|discussion)|cancel reply",
    r"(?:be the first to|(?:log|sign) in to|you must be logged in to)\b.*(?:comment|reply).*",
    r"your email address will not be published.*|required fields are marked.*|save my name,.*",
    r"(?:name|email|website|comment)\s*\*",
    r"share(?: (?:this|on|via)\b.*)?|tweet|print(?: this.*)?|e-?mail this.*|copy link|link copied.*",
    r"facebook|twitter|linkedin|whatsapp|reddit|pinterest|telegram|instagram|youtube|x|email",
    r"click to (?:share|email|print|tweet).*|save(?: for later)?|bookmark",
    r"advertisement|sponsored(?: content)?|promoted|(?:story|article) continues below.*|loading\.*",
    r"skip to (?:main )?content|(?:main )?menu|back to top|go back|home|search|close|previous|next",
    r"subscribe(?: now)?|sign (?:up|in)|log ?in|register|donate",
    r"(?:read|show|load|view|see) (?:more|all|full (?:article|story))(?: .{0,40})?|continue reading.*|learn more",
    r"(?:older|newer) posts?|listen to this article.*|\d+ min(?:ute)?s? read|about the author",
    r"you (?:may|might) also be interested in.*|more (?:stories|articles|news|from .{1,40})",
    r"(?:posted (?:in|on|by)|filed under|originally (?:published|appeared) (?:at|on|in)) .{1,80}|tagged(?: (?:with|in|as))? .{1,80}",
)
_NOTICES = (
    r"(?:please )?(?:subscribe|sign up|register) (?:to|for|now|here|today|with)\b.*",
    r"get (?:the latest|our)\b.*(?:inbox|newsletter|e-?mail|alerts).*|(?:your|our) (?:daily )?newsletter.*",
    r"(?:join|follow) us\b.*|download (?:our|the) .*\bapp\b.*|click here\b.*",
    r"(?:we|this (?:site|website|page)) uses? cookies.*|accept (?:all )?cookies.*|cookie (?:policy|settings|preferences).*",
    r"by (?:continuing|clicking|using|subscribing|signing)\b.*(?:agree|consent|accept|privacy).*",
    r"privacy policy.*|terms (?:of (?:use|service)|and conditions).*",
    r"(?:copyright\b|©|\(c\)\s*\d{4}).*|.{0,60}\ball rights reserved\W*",
    r"(?:do you )?have a (?:news )?tip\?.*|(?:enable|turn on) (?:javascript|notifications).*",
    r"this (?:article|story|post) (?:was )?(?:originally|first) (?:published|appeared)\b.*",
    r"thank(?:s| you) for (?:reading|subscribing|signing).*|support (?:our|independent) journalism.*",
)
_LIST_HEADINGS = (*_READ_ON, r"more (?:stories|articles|news|from .{1,40})")


def _line(*patterns: str, tail: str = "") -> re.Pattern[str]:
    """A pattern for a whole line that one of the patterns covers, marks around it aside."""
    return re.compile(rf"^\W*(?:{'|'.join(patterns)}){tail}\W*$", re.IGNORECASE)


LABEL = _line(*_LABELS, tail=r"\s*:.*")
"""A label with what it labels: `TAGS: ferries, deals`."""

BUTTON = _line(*_BUTTONS)
"""A button, field or counter: `Share on X`, `12 comments`."""

NOTICE = _line(*_NOTICES)
"""A sentence of the site about itself: cookies, newsletters, rights."""

LIST_HEADING = _line(*_LIST_HEADINGS)
"""What stands above a list of other articles."""

COMMENTS_HEADING = _line(_WRITE_A_COMMENT, r"\d+ (?:comments?|responses?|thoughts on .*)")
"""What stands above the readers' comments."""
