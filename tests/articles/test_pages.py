"""Pages and feeds as the web has them: broken addresses and bodies, entities, RSS 1.0, tracking parameters."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from kgraph.articles import read
from kgraph.errors import ArticleError
from kgraph.model import Article
from kgraph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORY = "Harbour Lines bought Norsund on Monday. It paid 40 million euros."
LONG = "It will run more ferries between the islands than in any year before, the firm said. " * 20
PAGE = (
    f"<html><head><title>Norsund sold</title></head><body><article><h1>Norsund sold</h1><p>{STORY}</p><p>{LONG}</p></article></body></html>"
)


def no_network(address: str) -> bytes:
    raise ArticleError(address, "cannot be fetched: no network in tests")


def found(*sources: object, pages: dict[str, str] | None = None) -> list[Article | ArticleError]:
    def fetch(address: str) -> bytes:
        return pages[address].encode() if pages and address in pages else no_network(address)

    return list(read([str(source) for source in sources], settings=Settings(), fetch=fetch))


def articles(*sources: object, pages: dict[str, str] | None = None) -> list[Article]:
    items = found(*sources, pages=pages)
    assert [item for item in items if isinstance(item, ArticleError)] == []
    return [item for item in items if isinstance(item, Article)]


class _Handler(BaseHTTPRequestHandler):
    """Serves a page whose body is shorter than it says, in one piece or in chunks."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"1000\r\n<html>" if self.path == "/chunks" else b"<html>")
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parameter's name in http.server
        del format, args


@contextmanager
def server() -> Iterator[str]:
    """The address of a server on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}"
        finally:
            running.shutdown()
            thread.join()


def test_an_answer_that_is_cut_off_is_an_error() -> None:
    with server() as address:
        errors = list(read([f"{address}/chunks", f"{address}/whole"], settings=Settings()))
    assert [str(error).removeprefix(address) for error in errors] == [
        "/chunks: cannot be fetched: the answer is cut off",
        "/whole: cannot be fetched: the answer is cut off",
    ]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/a b", "http://127.0.0.1:port/", "http://[::1", "http://", "http://127.0.0.1:1/\u00fc"]
)
def test_an_address_that_is_none_is_an_error(address: str) -> None:
    (error,) = read([address], settings=Settings())
    assert isinstance(error, ArticleError)
    assert str(error).startswith(f"{address}: cannot be fetched: ")
    assert "\n" not in str(error)


@pytest.mark.parametrize("link", ["http://127.0.0.1:1/a b", "http://[::1"])
def test_a_feed_goes_on_after_an_entry_with_a_broken_link(tmp_path: Path, link: str) -> None:
    path = tmp_path / "a.rss"
    path.write_text(
        f"<rss><channel><item><title>One</title><link>{link}</link><description>Short.</description></item>"
        f"<item><title>Two</title><description>{STORY}</description></item></channel></rss>"
    )
    error, article = read([str(path)], settings=Settings())
    assert isinstance(error, ArticleError)
    assert link in str(error)
    assert isinstance(article, Article)
    assert article.title == "Two"


@pytest.mark.parametrize(
    "body",
    [
        "<![CDATA[<p>AT&amp;T bought Acme&#8217;s unit.</p><p>It paid &euro;5&nbsp;million.</p>]]>",
        "&lt;p&gt;AT&amp;amp;T bought Acme&amp;#8217;s unit.&lt;/p&gt;&lt;p&gt;It paid &amp;euro;5&amp;nbsp;million.&lt;/p&gt;",
    ],
)
def test_escaped_html_in_a_feed_reads_as_text(tmp_path: Path, body: str) -> None:
    path = tmp_path / "a.rss"
    item = f"<item><title>AT&amp;amp;T and Acme&amp;#8217;s unit</title><description>{body}</description></item>"
    path.write_text(f"<rss><channel><title>Quay &amp;amp; Co</title>{item}</channel></rss>")
    (article,) = articles(path)
    assert article.text == "AT&T and Acme\u2019s unit\n\nAT&T bought Acme\u2019s unit.\n\nIt paid \u20ac5 million."
    assert (article.title, article.publisher) == ("AT&T and Acme\u2019s unit", "Quay & Co")


RDF = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://q.example/"><title>Quay Post</title></channel>
<item rdf:about="https://q.example/1"><title>Norsund sold</title><link>https://q.example/1</link>
<description>{STORY} {LONG}</description><dc:date>2025-06-11T09:30:00Z</dc:date><dc:creator>Ada Berg</dc:creator></item></rdf:RDF>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>Quay Post</title>
<entry><media:title>A ferry</media:title><title>Norsund sold</title><link href="https://q.example/1"/>
<content>{STORY} {LONG}</content><published>2025-06-11T09:30:00Z</published><author><name>Ada Berg</name></author></entry></feed>"""


OPEN = "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>"
XHTML = ATOM.replace("<content>", "<summary>A ferry was sold.</summary>" + OPEN).replace("</content>", "</p></div></content>")


@pytest.mark.parametrize("feed", [RDF, ATOM, XHTML], ids=["RSS 1.0", "Atom", "Atom with XHTML"])
def test_feeds_of_each_kind_give_their_entries(feed: str) -> None:
    (article,) = articles("https://q.example/feed", pages={"https://q.example/feed": feed})
    assert article.text.startswith(f"Norsund sold\n\n{STORY}")
    assert (article.id, article.title, str(article.date), article.publisher, article.author) == (
        "q.example/1",
        "Norsund sold",
        "2025-06-11",
        "Quay Post",
        "Ada Berg",
    )


@pytest.mark.parametrize("encoding", ["utf-7", "no-such"])
def test_a_feed_in_an_unknown_encoding_is_an_error(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f"<?xml version='1.0' encoding='{encoding}'?><rss><channel/></rss>")
    (error,) = found(path)
    assert str(error).startswith(f"{path}: broken XML: ")


def test_pages_that_differ_in_their_query_are_two_articles_and_tracking_parameters_do_not_count() -> None:
    addresses = [
        "https://q.example/story?id=1",
        "https://q.example/story/?utm_source=x&id=2&fbclid=3#top",
        "https://q.example/other/?utm_source=x&UTM_Campaign=y&ref=feed&gclid=z",
    ]
    pages = {address: PAGE.replace("40", str(number)) for number, address in enumerate(addresses, 40)}
    assert [article.id for article in articles(*addresses, pages=pages)] == [
        "q.example/story?id=1",
        "q.example/story?id=2",
        "q.example/other",
    ]


def test_a_library_adds_nothing_to_the_one_line_on_a_binary_page(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(bytes(range(128, 256)) * 20)
    assert [str(item) for item in found(path)] == [f"{path}: no article in the page"]
    assert caplog.messages == []
    assert logging.getLogger("trafilatura").level == logging.NOTSET


def test_a_definition_list_reads_as_terms_with_their_values(tmp_path: Path) -> None:
    listed = "<dl class='facts'><dt>Company</dt>\n<dd>Norsund</dd><DT>Founders:</DT><DD>Anna Roe</DD> <dd>Bernd Doe</dd></dl>"
    (tmp_path / "page.html").write_text(PAGE.replace(f"<p>{LONG}", f"{listed}<p>{LONG}"))
    (article,) = articles(tmp_path / "page.html")
    assert [line for line in article.text.splitlines() if line.startswith("- ")] == [
        "- Company: Norsund",
        "- Founders: Anna Roe, Bernd Doe",
    ]
