"""HTML pages and RSS or Atom feeds: the article of a page, the entries of a feed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

from kgraph.articles.drafts import Draft, parse_date
from kgraph.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Fetch = Callable[[str], bytes]

__all__ = ["fetch", "is_feed", "is_html", "page_id", "read_feed", "read_page"]

_LARGEST_PAGE = 20_000_000
_TIMEOUT = 30.0
_WHOLE_ENTRY = 1_500
"""Characters from which on a feed's entry counts as the whole article and its page is not fetched."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC = "{http://purl.org/dc/elements/1.1/}"


def fetch(address: str) -> bytes:
    """The bytes behind an http(s) address; raises `ArticleError` where there are none."""
    request = Request(address, headers={"User-Agent": "kgraph", "Accept": "text/html,application/xml;q=0.9,*/*;q=0.5"})  # noqa: S310 - is_address
    try:
        with urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310 - only http and https come here
            data: bytes = response.read(_LARGEST_PAGE + 1)
    except URLError as error:
        raise ArticleError(address, f"cannot be fetched: {error.reason}") from error
    except (OSError, ValueError) as error:
        raise ArticleError(address, f"cannot be fetched: {error}") from error
    if len(data) > _LARGEST_PAGE:
        raise ArticleError(address, f"larger than {_LARGEST_PAGE:,} bytes")
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
    """An address without its scheme, query and closing slash: the id of the page's article.

    >>> page_id("https://news.example/2025/deal/?from=feed")
    'news.example/2025/deal'
    """
    parts = urlsplit(address)
    return (parts.netloc + parts.path).rstrip("/")


def read_page(source: str, data: bytes, article_id: str, url: str | None = None) -> Draft:
    """The article of an HTML page, its tables included; raises `ArticleError` where it has none."""
    from trafilatura import bare_extraction  # slow to import, and most builds read no HTML

    try:
        found: Any = bare_extraction(data, url=url, with_metadata=True, include_comments=False, include_tables=True)
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


def read_feed(source: str, data: bytes, base: str | None, fetch_page: Fetch) -> Iterator[Draft | ArticleError]:
    """The entries of a feed in its order; short ones by the page that they link to."""
    if b"<!ENTITY" in data[:10_000]:
        yield ArticleError(source, "a feed must not declare entities")
        return
    try:
        root = ET.fromstring(data)  # noqa: S314 - entities are refused above
    except ET.ParseError as error:
        yield ArticleError(source, f"broken XML: {error}")
        return
    publisher = _first(root, "channel/title", f"{_ATOM}title")
    entries = [node for node in root.iter() if node.tag.rsplit("}", 1)[-1] in {"item", "entry"}]
    if not entries:
        yield ArticleError(source, "the feed has no entries")
    for number, entry in enumerate(entries, 1):
        try:
            yield _entry(f"{source}, entry {number}", entry, base, publisher, fetch_page)
        except ArticleError as error:
            yield error


def _entry(source: str, entry: ET.Element, base: str | None, publisher: str | None, fetch_page: Fetch) -> Draft:
    """One entry of a feed as a draft."""
    link = _link(entry)
    address = urljoin(base, link) if base and link else link
    body = _first(entry, _CONTENT, f"{_ATOM}content", "description", f"{_ATOM}summary") or ""
    plain = "\n\n".join(part.strip() for part in re.split(r"<(?:p|br|div|h\d|li)\b[^>]*>|</(?:p|div|h\d|li)>", body) if part.strip())
    text = re.sub(r"<[^>]+>", "", plain)
    date = _first(entry, "pubDate", f"{_ATOM}published", f"{_ATOM}updated", f"{_DC}date")
    author = _first(entry, f"{_DC}creator", f"{_ATOM}author/{_ATOM}name")
    title = _first(entry, "title", f"{_ATOM}title")
    page = None
    if len(text) < _WHOLE_ENTRY and address and address.startswith(("http://", "https://")):
        page = read_page(source, fetch_page(address), page_id(address), address)
    return Draft(
        source=source,
        id=page_id(address) if address else _first(entry, "guid", f"{_ATOM}id") or title or source,
        text=page.text if page else text,
        title=title or (page.title if page else None),
        date=(parse_date(date) if date else None) or (page.date if page else None),
        publisher=publisher or (page.publisher if page else None),
        author=author or (page.author if page else None),
        url=address,
    )


def _first(node: ET.Element, *paths: str) -> str | None:
    """The text of the first path that has some."""
    for path in paths:
        text = (node.findtext(path) or "").strip()
        if text:
            return text
    return None


def _link(entry: ET.Element) -> str | None:
    """Where an entry leads: RSS has the address as text, Atom as an attribute."""
    plain = _first(entry, "link")
    if plain:
        return plain
    links = entry.findall(f"{_ATOM}link")
    chosen = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
    return chosen.get("href") if chosen is not None else None
