"""Sources become articles in order; what cannot be read becomes one clear error."""

from __future__ import annotations

import codecs
import datetime as dt
import errno
import gzip
import io
import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from kgraph.articles import read
from kgraph.errors import ArticleError
from kgraph.model import Article
from kgraph.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings(max_article_chars=20_000)
STORY = "Harbour Lines bought Norsund on Monday. It paid 40 million euros."
PAGE = f"""<html><head><title>Harbour Lines buys Norsund</title>
<meta property="og:site_name" content="Quay Post"><meta name="author" content="Ada Berg">
<meta property="article:published_time" content="2025-06-11T10:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Harbour Lines buys Norsund</h1>
<p>{STORY} The deal is the largest that the company has made in its history.</p>
<p>The seller was a pension fund, which had owned the operator for eleven years and wanted out.</p>
</article><footer>Share this</footer></body></html>"""


def no_network(address: str) -> bytes:
    raise ArticleError(address, "cannot be fetched: no network in tests")


def lines(*sources: object, **options: object) -> list[str]:
    """Every article as `id`, every error as its text."""
    found = read([str(source) for source in sources], settings=SETTINGS, fetch=no_network, **options)  # type: ignore[arg-type]
    return [item.id if isinstance(item, Article) else str(item) for item in found]


def only(*sources: object) -> Article:
    (found,) = read([str(source) for source in sources], settings=SETTINGS, fetch=no_network)
    assert isinstance(found, Article)
    return found


def test_a_plain_text_takes_its_headline_as_title_and_its_date_line_as_date(tmp_path: Path) -> None:
    path = tmp_path / "deal.txt"
    path.write_text(f"Harbour Lines buys Norsund\nJune 11, 2025\n\n{STORY}\n\nLeave a Reply\n")
    article = only(path)
    assert (article.id, article.title, article.date) == ("deal", "Harbour Lines buys Norsund", dt.date(2025, 6, 11))
    assert article.text.endswith("40 million euros.")


def test_text_is_stored_in_nfc(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Cafe\u0301 Norsund was sold on Monday, it said.")
    assert only(path).text.startswith("Caf\u00e9")


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("Nor\u00adsund\u200b was \u202asold\u202c.", "Norsund was sold."),
        ("Norsund\u200e was\u2060 sold.", "Norsund was sold."),
        ("Norsund\x92s ship was sold.", "Norsund\u2019s ship was sold."),
        ("It sold the ship.\u2028It kept the yard.", "It sold the ship.\nIt kept the yard."),
        ("\u200cNorsund\u200d was sold.", "Norsund was sold."),
        ("\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    ],
)
def test_characters_that_nobody_sees_are_not_stored(tmp_path: Path, given: str, stored: str) -> None:
    (tmp_path / "a.txt").write_bytes(given.encode())
    (article,) = read([str(tmp_path)], settings=SETTINGS)
    assert isinstance(article, Article)
    assert article.text == stored


def test_a_record_keeps_its_fields_and_puts_the_title_first(tmp_path: Path) -> None:
    record = {
        "id": "r1",
        "title": "Norsund sold",
        "text": STORY,
        "date": "2025-06-11",
        "url": "https://q.example/1",
        "publisher": "Quay",
        "x": 1,
    }
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps(record) + "\n")
    article = only(path)
    assert article == Article(
        id="r1",
        title="Norsund sold",
        text=f"Norsund sold\n\n{STORY}",
        date=dt.date(2025, 6, 11),
        url="https://q.example/1",
        publisher="Quay",
    )


def test_a_title_that_the_text_repeats_is_not_doubled(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"title": "Norsund sold", "text": f"Norsund sold\n\n{STORY}"}))
    assert only(path).text == f"Norsund sold\n\n{STORY}"


def test_a_broken_record_is_named_by_its_line_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl.gz"
    good = [json.dumps({"id": f"r{n}", "text": f"{STORY} {n}"}) for n in range(2)]
    rows = [
        good[0],
        '{"id": "x", "te',
        "[1]",
        '{"id": "y"}',
        '{"id": "z", "text": 3}',
        "",
        good[1],
    ]
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    found = lines(path)
    assert [found[0], found[-1]] == ["r0", "r1"]
    assert [line.removeprefix(str(path)) for line in found[1:-1]] == [
        ", line 2: broken JSON: Unterminated string starting at (column 13)",
        ", line 3: an article must be a JSON object, not list",
        ', line 4: the record has no "text"; its fields are id',
        ", line 5: text must be text, not int",
    ]


def test_a_half_of_a_character_is_replaced_and_the_article_kept(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    half = "\ud83d"
    record = {"id": f"r{half}", "title": f"Up {half}", "text": f"Acme {half} grew.", "author": half, "publisher": half, "url": f"u{half}"}
    path.write_text(json.dumps(record) + "\n")
    article = only(path)
    assert (article.id, article.text, article.author, article.url) == ("r\ufffd", "Up \ufffd\n\nAcme \ufffd grew.", "\ufffd", "u\ufffd")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such name")
def test_a_file_whose_name_is_no_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"z\xfcrich.txt")
    path.write_text(STORY)
    assert only(path).id == "z\ufffdrich"


def test_several_authors_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps({"text": STORY, "author": ["Ada Berg", "Bo Dahl"]}) + "\n")
    assert only(path).author == "Ada Berg, Bo Dahl"
    path.write_text(json.dumps({"text": STORY, "author": []}) + "\n" + json.dumps({"text": STORY, "author": [1]}) + "\n")
    assert lines(path) == ["all-1", f"{path}, line 2: author must be text, not list"]


def test_a_number_too_long_to_read_is_broken_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"text": "{STORY}", "n": {"9" * 5000}}}')
    assert lines(path) == [f"{path}: broken JSON: a number is too long"]


def test_a_path_that_the_system_refuses_is_an_error() -> None:
    (line,) = lines("x" * 5000)
    assert line == f"{'x' * 5000}: {os.strerror(errno.ENAMETOOLONG)}"


def test_an_endless_line_is_refused_without_reading_it_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"id": "a", "text": "' + "x" * 200_000 + '"}\n' + json.dumps({"id": "b", "text": STORY}) + "\n")
    assert lines(path) == [f"{path}, line 1: the line is longer than 80,000 bytes", "b"]


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.txt", b"", "the article is empty"),
        ("a.txt", b"\n  \n", "the article is empty"),
        ("a.txt", b"Share this:\nLeave a Reply\n", "nothing but boilerplate"),
        ("a.txt", b"\x89PNG\x00\x01", "binary data, not text"),
        ("a.txt", "Zürich grows".encode("latin-1"), "not UTF-8 (byte 1)"),
        ("a.txt", b"x" * 30_000, "30,000 characters; max_article_chars is 20,000"),
        ("a.txt", b"x" * 300_000, "300,000 bytes; max_article_chars is 20,000"),
        ("a.json", b"{", "broken JSON: Expecting property name enclosed in double quotes (column 2)"),
        ("a.jsonl.gz", b"no gzip", "broken gzip: Not a gzipped file (b'no')"),
        ("a.xml", b"<rss><channel>", "broken XML: no element found: line 1, column 14"),
        ("a.xml", b"<rss><channel/></rss>", "the feed has no entries"),
        ("a.html", b"<html><body></body></html>", "no article in the page"),
        ("a.pdf", b"%PDF", "unknown ending; known are .txt, .md"),
    ],
)
def test_bad_files_are_one_clear_line(tmp_path: Path, name: str, data: bytes, cause: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (line,) = lines(path)
    assert line.startswith(f"{path}: {cause}")
    assert "\n" not in line


def test_a_missing_file_and_an_empty_folder_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(STORY)
    assert lines(tmp_path / "none.txt", tmp_path / "empty", tmp_path / "*.md", tmp_path / "a.txt") == [
        f"{tmp_path / 'none.txt'}: no such file or folder",
        f"{tmp_path / 'empty'}: no articles in it",
        f"{tmp_path / '*.md'}: no articles in it",
        "a",
    ]


def test_strict_raises_the_first_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        lines(tmp_path / "none.txt", strict=True)


def test_a_folder_is_read_sorted_without_hidden_files_and_notes(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a.txt", ".x.txt", "README.md", "pic.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name} says that Norsund was sold.")
    assert lines(tmp_path) == ["z", "a", "b"]
    assert lines(tmp_path / "*.txt") == ["a", "b"]


def test_the_files_that_a_folder_keeps_unread_are_counted_in_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("a.txt", "one.pdf", "paper.PDF", "Makefile", "README.md", ".hidden.pdf"):
        (tmp_path / name).write_text(STORY)
    assert lines(tmp_path) == ["a"]
    assert caplog.messages == [f"{tmp_path}: files passed over for their endings: 3 (.pdf, no ending)"]


def test_the_same_article_twice_is_an_error_that_names_both(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.txt").write_text("Norsund was not sold.")
    first = tmp_path / "a.txt"
    assert lines(first, first, tmp_path / "b.txt", tmp_path / "c") == [
        "a",
        f"{first}: the same article as {first}",
        f"{tmp_path / 'b.txt'}: the same text as {first}",
        f"{tmp_path / 'c' / 'a.txt'}: the id 'a' belongs to another text, {first}",
    ]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (STORY, ["stdin"]),
        (f'{{"id": "r1", "text": "{STORY}"}}\n{{"id": "r2", "text": "Norsund was sold."}}\n', ["r1", "r2"]),
        (f'[{{"id": "r1", "text": "{STORY}"}}]', ["r1"]),
        (json.dumps([{"id": "r1", "text": STORY}, {"id": "r2", "text": "Norsund was sold."}], indent=2), ["r1", "r2"]),
        (json.dumps({"id": "r1", "text": STORY}, indent=2), ["r1"]),
        (json.dumps({"articles": [{"id": "r1", "text": STORY}]}, indent=2), ["r1"]),
        ('{\n "id": "r1",\n "text": 3\n}', ["-: text must be text, not int"]),
        ('{\n "id": "r1",\n "text": \n}', ["-: broken JSON: Expecting value (line 4, column 1)"]),
        (
            f'{{"id": "x", "te\n{{"id": "r2", "text": "{STORY}"}}\n',
            ["-, line 1: broken JSON: Unterminated string starting at (column 13)", "r2"],
        ),
        (f"[Quay] {STORY}", ["stdin"]),
        (f"{{{{dateline|Oslo}}}} {STORY}", ["stdin"]),
        (PAGE, ["stdin"]),
    ],
)
def test_standard_input_shows_what_it_is(text: str, ids: list[str]) -> None:
    assert lines("-", stdin=io.BytesIO(text.encode())) == ids
    assert lines("-", stdin=io.BytesIO(codecs.BOM_UTF8 + text.encode())) == ids


def test_front_matter_on_standard_input_is_front_matter() -> None:
    text = f"---\ntitle: Norsund sold\ndate: 2025-06-11\n---\n\n**{STORY}**\n"
    (article,) = read(["-"], settings=SETTINGS, stdin=io.BytesIO(text.encode()))
    assert isinstance(article, Article)
    assert (article.title, article.date, article.text) == ("Norsund sold", dt.date(2025, 6, 11), f"Norsund sold\n\n{STORY}")
    (rules,) = read(["-"], settings=SETTINGS, stdin=io.BytesIO(f"---\n{STORY}\n---\nIt floats.\n".encode()))
    assert isinstance(rules, Article)
    assert STORY in rules.text


def test_standard_input_that_is_no_text_is_one_error() -> None:
    assert lines("-", stdin=io.BytesIO(b"Z\xfcrich grows")) == [
        "-: not UTF-8 (byte 1); Western European text becomes UTF-8 by `iconv -f WINDOWS-1252 -t UTF-8`"
    ]


class Unplugged(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        del size
        raise OSError(errno.EIO, "no device")


def test_standard_input_that_breaks_off_is_one_error() -> None:
    assert lines("-", stdin=Unplugged()) == ["-: no device"]


def test_a_closed_standard_input_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert lines("-") == ["-: standard input is closed"]


def test_a_byte_order_mark_is_harmless(tmp_path: Path) -> None:
    record = json.dumps({"title": "Norsund sold", "text": STORY, "date": "2025-06-11"})
    files = {
        "a.txt": f"Norsund sold\n2025-06-11\n\n{STORY}",
        "b.md": f"---\ndate: 2025-06-11\n---\n# Norsund sold\n\n{STORY}",
        "c.json": f"[{record}]",
        "d.jsonl": f"{record}\n",
        "e.html": PAGE.replace("Harbour Lines buys Norsund", "Norsund sold"),
    }
    for name, text in files.items():
        path = tmp_path / name
        path.write_bytes(codecs.BOM_UTF8 + text.encode())
        article = only(path)
        assert (article.title, article.date) == ("Norsund sold", dt.date(2025, 6, 11))
        assert article.text.startswith("Norsund sold\n")


@pytest.mark.parametrize("name", ["all.jsonl", "all.ndjson", "all.json", "all.jsonl.gz"])
def test_json_may_be_utf_16_as_some_shells_write_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    whole = "".join(f'{{"id": "r{number}", "text": "{STORY} Once for {number} €."}}\r\n' for number in range(3)).encode("utf-16")
    for data, found in [(whole, ["r0", "r1", "r2"]), (whole[:-1], [f"{path}: not UTF-16 (byte {len(whole) - 2})"])]:
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        assert lines(path) == found


def test_a_json_file_may_hold_a_record_on_each_line(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_text(f'{{"id": "r1", "text": "{STORY}"}}\n\n{{"id": "r2"}}\n{{"id": "r3", "text": "Norsund was sold."}}\n')
    assert lines(path) == ["r1", f'{path}, line 3: the record has no "text"; its fields are id', "r3"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("BOSTON, Jan. 14, 2025 /Wire/ -- Acme grew.", dt.date(2025, 1, 14)),
        ("NEW YORK, N.Y., September 3, 2024 (Wire) - Acme grew.", dt.date(2024, 9, 3)),
        ("Updated 3 Sept. 2024", dt.date(2024, 9, 3)),
        ("Acme said on May 5, 2024 - a Sunday - that it grew.", None),
        ("BOSTON, Feb. 31, 2025 - Acme grew.", None),
    ],
)
def test_a_dateline_gives_a_plain_text_its_date(tmp_path: Path, line: str, date: dt.date | None) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Acme grows\n\n{line}\n\nIt sold more robots than in any year before, the firm said.\n", encoding="utf-8")
    assert only(path).date == date


def test_a_page_gives_title_date_publisher_and_author(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    article = only(path)
    assert (article.title, article.date, article.publisher, article.author) == (
        "Harbour Lines buys Norsund",
        dt.date(2025, 6, 11),
        "Quay Post",
        "Ada Berg",
    )
    assert "pension fund" in article.text
    assert "Share" not in article.text


def test_front_matter_gives_markdown_its_title_and_date(tmp_path: Path) -> None:
    path = tmp_path / "deal.md"
    path.write_text(f"---\ntitle: Norsund sold\ndate: 2025-06-11\n---\n\n{STORY}\n")
    article = only(path)
    assert (article.title, article.date, article.text) == ("Norsund sold", dt.date(2025, 6, 11), f"Norsund sold\n\n{STORY}")


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Quay Post</title>
<item><title>Norsund sold</title><link>https://q.example/1?x=2</link><pubDate>Wed, 11 Jun 2025 09:30:00 GMT</pubDate>
<description>Short.</description></item>
<item><title>Dead</title><link>https://q.example/2</link><description>Short.</description></item></channel></rss>"""


def test_a_feed_gives_its_entries_and_names_a_dead_one() -> None:
    pages = {"https://q.example/feed": FEED.encode(), "https://q.example/1?x=2": PAGE.encode()}

    def fetch(address: str) -> bytes:
        if address not in pages:
            raise ArticleError(address, "cannot be fetched: Not Found")
        return pages[address]

    article, error = read(["https://q.example/feed"], settings=SETTINGS, fetch=fetch)
    assert isinstance(article, Article)
    assert (article.id, article.title, article.date, article.publisher) == (
        "q.example/1?x=2",
        "Norsund sold",
        dt.date(2025, 6, 11),
        "Quay Post",
    )
    assert str(error) == "https://q.example/2: cannot be fetched: Not Found"


def test_a_dead_address_is_an_error() -> None:
    assert lines("https://q.example/") == ["https://q.example/: cannot be fetched: no network in tests"]
