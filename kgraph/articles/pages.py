"""HTML pages and RSS or Atom feeds: the article of a page, the entries of a feed."""

from __future__ import annotations

import html
import logging
import re
from contextlib import contextmanager
from http.client import HTTPException, IncompleteRead
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

from kgraph.articles.dates import day_of, parse_date
from kgraph.articles.drafts import Draft
from kgraph.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Fetch = Callable[[str], bytes]

__all__ = ["fetch", "is_feed", "is_html", "page_id", "read_feed", "read_page"]

_LARGEST_PAGE = 20_000_000
_TIMEOUT = 30.0
_WHOLE_ENTRY = 1_500
"""Characters from which on a feed's entry counts as the whole article and its page is not fetched."""

_TRACKING = re.compile(
    r"(?:utm_\w+|(?:fb|g|d|ms|y|tw)clk?id|igshid|mc_[ce]id|_hs\w+|ref(?:_src|_url)?|cmp(?:id)?|smid|ncid)(?:=.*)?", re.IGNORECASE
)
"""A parameter of an address that says where a reader came from, not which page it is."""

_DEFINITIONS = (
    (re.compile(rb"</dd>\s*<dd\b[^>]*>", re.IGNORECASE), b", "),
    (re.compile(rb":?\s*</dt>\s*<dd\b[^>]*>", re.IGNORECASE), b": "),
    (re.compile(rb"</dd>", re.IGNORECASE), b"</dt>\n"),
)
"""What makes one entry of each term of a definition list and all that is said of it."""

_DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "9999-12-31"}
"""Dates of a page's metadata and bylines only: an extensive search takes them from prose and footers. Today must not matter."""

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC = "{http://purl.org/dc/elements/1.1/}"


def fetch(address: str) -> bytes:
    """The bytes behind an http(s) address; raises `ArticleError` where there are none."""
    headers = {"User-Agent": "kgraph", "Accept": "text/html,application/xml;q=0.9,*/*;q=0.5"}
    try:
        with urlopen(Request(address, headers=headers), timeout=_TIMEOUT) as response:  # noqa: S310 - only http and https come here
            data: bytes = response.read(_LARGEST_PAGE + 1)
            missing: int = response.length or 0
    except IncompleteRead as error:
        raise ArticleError(address, "cannot be fetched: the answer is cut off") from error
    except URLError as error:
        raise ArticleError(address, f"cannot be fetched: {error.reason}") from error
    except (HTTPException, OSError, ValueError) as error:
        raise ArticleError(address, f"cannot be fetched: {error}") from error
    if len(data) > _LARGEST_PAGE:
        raise ArticleError(address, f"larger than {_LARGEST_PAGE:,} bytes")
    if missing:  # unlike chunks, a body of a known length ends early without an error
        raise ArticleError(address, "cannot be fetched: the answer is cut off")
    return data


def is_feed(data: bytes) -> bool:
    """Whether a document starts like RSS or Atom."""
    return bool(re.match(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", data[:2000], re.DOTALL))


def is_html(data: bytes) -> bool:
    """Whether a document starts like HTML."""
    return bool(
        re.match(
            rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
            data[:2000],
            re.DOTALL | re.IGNORECASE,
        )
    )


def page_id(address: str) -> str:
    """An address without its scheme, closing slash and tracking parameters: the id of the page's article.

    >>> page_id("https://news.example/2025/deal/?utm_source=feed"), page_id("https://news.example/story?id=1&ref=home")
    ('news.example/2025/deal', 'news.example/story?id=1')
    """
    parts = urlsplit(address)
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.fullmatch(part))
    return (parts.netloc + parts.path).rstrip("/") + (f"?{query}" if query else "")


def read_page(source: str, data: bytes, article_id: str, url: str | None = None) -> Draft:
    """The article of an HTML page, its tables included, definition lists as `term: value`; raises `ArticleError` where it has none."""
    from trafilatura import bare_extraction  # slow to import, and most builds read no HTML

    for parts, joint in _DEFINITIONS:
        data = parts.sub(joint, data)
    try:
        with _quiet("trafilatura"):
            found: Any = bare_extraction(
                data,
                url=url,
                with_metadata=True,
                include_comments=False,
                include_tables=True,
                date_extraction_params=_DATE_SEARCH,
            )
    except ValueError as error:
        raise ArticleError(source, f"unreadable HTML: {error}") from error
    if found is None or not found.text:
        raise ArticleError(source, "no article in the page")
    return Draft(
        source=source,
        id=article_id,
        text=re.sub(r"\n+", "\n\n", found.text),
        title=found.title,
        date=parse_date(found.date) if found.date else None,
        publisher=found.sitename,
        author=found.author,
        url=found.url or url,
    )


@contextmanager
def _quiet(library: str) -> Iterator[None]:
    """Keep what a library logs from stderr meanwhile: what is wrong with an input is said once, as its error."""
    logger = logging.getLogger(library)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def read_feed(source: str, data: bytes, base: str | None, fetch_page: Fetch) -> Iterator[Draft | ArticleError]:
    """The entries of a feed in its order; short ones by the page that they link to."""
    if b"<!ENTITY" in data[:10_000]:
        yield ArticleError(source, "a feed must not declare entities")
        return
    try:
        root = ET.fromstring(data)  # noqa: S314 - entities are refused above
    except (ET.ParseError, LookupError, ValueError) as error:  # the latter two for an unknown encoding
        yield ArticleError(source, f"broken XML: {error}")
        return
    entries = [node for node in root.iter() if node.tag.rsplit("}", 1)[-1] in {"item", "entry"}]
    if not entries:
        yield ArticleError(source, "the feed has no entries")
        return
    own = _namespace(entries[0])
    publisher = _plain(_first(root, f"{own}channel/{own}title", f"{own}title"))
    for number, entry in enumerate(entries, 1):
        try:
            yield _entry(f"{source}, entry {number}", entry, base, publisher, fetch_page)
        except ArticleError as error:
            yield error


def _entry(source: str, entry: ET.Element, base: str | None, publisher: str | None, fetch_page: Fetch) -> Draft:
    """One entry of a feed as a draft."""
    own = _namespace(entry)
    address, name = _address(source, _link(entry), base)
    text = _text(_body(entry))
    date = _first(entry, f"{own}pubDate", f"{own}published", f"{own}updated", f"{_DC}date")
    author = _plain(_first(entry, f"{_DC}creator", f"{own}author/{own}name"))
    title = _plain(_first(entry, f"{own}title"))
    page = None
    if len(text) < _WHOLE_ENTRY and address and address.startswith(("http://", "https://")):
        page = read_page(source, fetch_page(address), name or source, address)
    return Draft(
        source=source,
        id=name or _first(entry, f"{own}guid", f"{own}id") or title or source,
        text=page.text if page else text,
        title=title or (page.title if page else None),
        date=day_of(source, date) or (page.date if page else None),
        publisher=publisher or (page.publisher if page else None),
        author=author or (page.author if page else None),
        url=address,
    )


def _namespace(node: ET.Element) -> str:
    """The namespace of an element as a prefix of tags: RSS 2.0 has none, RSS 1.0 and Atom have one each."""
    return node.tag[: node.tag.rfind("}") + 1]


def _address(source: str, link: str | None, base: str | None) -> tuple[str | None, str | None]:
    """Where an entry leads, and the id of that page; raises `ArticleError` where its link is no address."""
    if not link:
        return None, None
    try:
        address = urljoin(base or "", link)
        return address, page_id(address)
    except ValueError as error:
        raise ArticleError(source, f"{link!r} is no address: {error}") from error


def _body(entry: ET.Element) -> str:
    """The HTML of an entry, its content before its summary: escaped text or, in Atom, elements as well."""
    own = _namespace(entry)
    for tag in (_CONTENT, f"{own}content", f"{own}description", f"{own}summary"):
        node = entry.find(tag)
        if node is not None and node.get("type") == "xhtml":
            return re.sub(r"(</?)\w+:", r"\1", ET.tostring(node, "unicode"))
        if node is not None and (text := (node.text or "").strip()):
            return text
    return ""


def _text(body: str) -> str:
    """The paragraphs of HTML."""
    parts = re.split(r"<(?:p|br|div|h\d|li)\b[^>]*>|</(?:p|div|h\d|li)>", body)
    plain = (_plain(re.sub(r"<[^>]+>", "", part)) for part in parts)
    return "\n\n".join(part for part in plain if part)


def _plain(text: str | None) -> str | None:
    """Text whose entities were escaped once more, as feeds do."""
    return html.unescape(text).replace("\xa0", " ").strip() or None if text else None


def _first(node: ET.Element, *paths: str) -> str | None:
    """The text of the first path that has some."""
    for path in paths:
        text = (node.findtext(path) or "").strip()
        if text:
            return text
    return None


def _link(entry: ET.Element) -> str | None:
    """Where an entry leads: RSS has the address as text, Atom as an attribute."""
    own = _namespace(entry)
    plain = _first(entry, f"{own}link")
    if plain:
        return plain
    links = entry.findall(f"{own}link")
    chosen = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
    return chosen.get("href") if chosen is not None else None
