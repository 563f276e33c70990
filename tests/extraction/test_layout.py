"""Lists, tables and key-value lines tell by their headings; what is not wholly understood tells nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kgraph import language, ontology
from kgraph.extraction import Extractor
from kgraph.model import Argument, Article, Claim, Quantity
from kgraph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spacy.language import Language

    Read = Callable[..., tuple[Claim, ...]]

STORY = "Norvik Lines, the Bergen ferry operator, presented its plans on Monday. Norvik Lines said nothing else."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return language.load()


@pytest.fixture(scope="module")
def read(nlp: Language) -> Read:
    extractor = Extractor(ontology.load(), Settings())

    def claims(text: str, extractor: Extractor = extractor) -> tuple[Claim, ...]:
        article = Article(id="a", text=f"{STORY}\n\n{text}", date=dt.date(2025, 6, 12))
        (reading,) = extractor.read([(nlp(article.text), article)])
        assert all(article.text[c.quote.start : c.quote.end] == c.quote.exact for c in reading.claims)
        return tuple(claim for claim in reading.claims if claim.quote.start > len(STORY))

    return claims


def told(claims: tuple[Claim, ...], predicate: str) -> set[tuple[str, str]]:
    def words(claim: Claim) -> str:
        return claim.object.text if isinstance(claim.object, Argument | Quantity) else str(claim.object)

    return {(claim.subject.text, words(claim)) for claim in claims if claim.predicate == predicate}


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        (
            "Investors in Norvik Lines include:\n- Sequoia Capital\n- Bosch\n",
            "investedIn",
            {("Sequoia Capital", "Norvik Lines"), ("Bosch", "Norvik Lines")},
        ),
        ("Its main rivals:\n1) Fjordline\n2) Color Line\n", "competesWith", {("Its", "Fjordline"), ("Its", "Color Line")}),
        (
            "Norvik Lines has made two acquisitions:\n\n* Oslo Lines ($40 million)\n\n* Baltic Ferries (undisclosed)\n",
            "acquired",
            {("Norvik Lines", "Oslo Lines"), ("Norvik Lines", "Baltic Ferries")},
        ),
        ("Executives\nClara Byrne, chief executive\n", "holdsRole", {("Clara Byrne", "Norvik Lines")}),
        ("Company: Quantora\nHeadquarters: Berlin\nFounded: 2012\n", "headquarteredIn", {("Quantora", "Berlin")}),
        ("Company: Quantora\nHeadquarters: Berlin\nFounded: 2012\n", "foundedOn", {("Quantora", "2012")}),
        (
            "Company: Quantora\nFounders: Anna Roe and Bernd Doe\nEmployees: 900\n",
            "founded",
            {("Anna Roe", "Quantora"), ("Bernd Doe", "Quantora")},
        ),
        (
            "| Buyer | Target | Price |\n|---|---|---|\n| Marston Foods | Kellan Snacks | $36 billion |\n| Synthar | Ansen | $3bn |\n",
            "acquired",
            {("Marston Foods", "Kellan Snacks"), ("Synthar", "Ansen")},
        ),
        (
            "Company | CEO | Revenue\nMarston Foods | Hanna Renner | $310 million\n",
            "hasRevenue",
            {("Marston Foods", "$310 million")},
        ),
        ("CEO of Norvik Lines: Clara Byrne\nPaul Grey\nAnna Roe\n", "holdsRole", {("Clara Byrne", "Norvik Lines")}),
        (
            (
                "+---------------+--------------+\n| Company       | CEO          |\n+---------------+--------------+\n"
                "| Marston Foods | Hanna Renner |\n+---------------+--------------+\n| Kellan Snacks | John Doe     |\n"
            ),
            "holdsRole",
            {("Hanna Renner", "Marston Foods"), ("John Doe", "Kellan Snacks")},
        ),
        (
            "Recent acquisitions:\nBuyer | Target | Price\nMarston Foods | Kellan Snacks | $36 billion\n",
            "acquired",
            {("Marston Foods", "Kellan Snacks")},
        ),
        (
            "Norvik Lines bought these companies from investors if regulators told the truth:\n- Oslo Lines\n- Baltic Ferries\n",
            "acquired",
            {("Norvik Lines", "Oslo Lines"), ("Norvik Lines", "Baltic Ferries")},
        ),
        ("| Founded | 1987 |\n|---|---|\n| Headquarters | Bergen |\n", "headquarteredIn", {("Norvik Lines", "Bergen")}),
    ],
)
def test_a_heading_says_what_stands_under_it(read: Read, text: str, predicate: str, expected: set[tuple[str, str]]) -> None:
    assert told(read(text), predicate) == expected


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Not among the investors:\n- Sequoia Capital\n- Bosch\n", "investedIn"),
        ("Possible investors:\n- Sequoia Capital\n- Bosch\n", "investedIn"),
        ("Investors that declined:\n- Sequoia Capital\n- Bosch\n", "investedIn"),
        ("Investors said:\n- Sequoia Capital saw a risk.\n- Bosch had doubts.\n", "investedIn"),
        ("Investors:\n- Bosch (withdrawn)\n", "investedIn"),
        ("Further reading:\n- Clara Byrne, chief executive of nothing\n", "investedIn"),
        ("Company | Price | Change\nApple | $227.63 | +1.2%\nNvidia | $137.71 | -0.4%\n", "acquired"),
        ("| Buyer | Target | Status |\n|---|---|---|\n| Marston Foods | Kellan Snacks | unclear |\n", "acquired"),
        ("Investors:\n- Bosch (pending)\n- Sequoia Capital (possible)\n", "investedIn"),
        ("| Rank | Airline | CEO |\n|---|---|---|\n| 1 | Lufthansa | Clara Byrne |\n| 2 | Ryanair | Paul Grey |\n", "holdsRole"),
        ("| Subsidiary | Headquarters |\n|---|---|\n| Kellan Snacks | Berlin |\n", "headquarteredIn"),
        ("| Year | Acquisition | Employees |\n|---|---|---|\n| 2024 | Kellan Snacks | 300 |\n", "employeeCount"),
        ("Airline: Ryanair\nCEO: Paul Grey\nFounded: 1984\n", "foundedOn"),
        ("| Company | CEO |\n|---|---|\n| Marston Foods | Clara Byrne | 3 |\n| Ansen |\n\n|||\n|||\n", "holdsRole"),
        ("| Company | Parent |\n|---|---|\n| Total | Kellan Snacks |\n| | Ansen |\n", "subsidiaryOf"),
    ],
)
def test_what_is_not_wholly_understood_tells_nothing(read: Read, text: str, predicate: str) -> None:
    assert told(read(text), predicate) == set()


@pytest.mark.parametrize(
    ("lead", "status", "negative", "hedge"),
    [
        ("Norvik Lines plans to acquire these companies:", "planned", False, None),
        ("Norvik Lines has reportedly bought the following companies:", "rumoured", False, "reportedly"),
        ("Norvik Lines did not buy these companies:", "denied", True, None),
        ("If regulators agree, Norvik Lines will buy these companies:", "conditional", False, None),
        ("Norvik Lines will buy these companies if regulators agree:", "conditional", False, None),
    ],
)
def test_status_hedge_and_denial_of_a_lead_in_hold_for_its_items(
    read: Read, lead: str, status: str, *, negative: bool, hedge: str | None
) -> None:
    claims = [claim for claim in read(f"{lead}\n- Oslo Lines\n- Baltic Ferries\n") if claim.predicate == "acquired"]
    assert {(c.object.text, c.status, c.negative, c.hedge) for c in claims if isinstance(c.object, Argument)} == {
        (name, status, negative, hedge) for name in ("Oslo Lines", "Baltic Ferries")
    }


def test_figures_dates_and_offices_are_those_of_the_entry(read: Read) -> None:
    rows = "| Mars Foods | Kella Snacks | $36bn | Pending | May 2025 |\n| Nippon Metals | US Girder | | Completed | |\n"
    found = read(f"| Buyer | Target | Value | Status | Date |\n|---|---|---|---|---|\n{rows}")
    first, second = sorted((c for c in found if c.predicate == "acquired"), key=lambda claim: claim.subject.text)
    assert first.amount is not None
    assert (first.amount.text, first.when, first.status) == ("$36bn", "2025-05", "announced")
    assert (second.amount, second.when, second.status) == (None, None, "completed")
    roles = {(c.subject.text, c.role, c.status) for c in read("CEO: Clara Byrne\nFormer CEO: Paul Grey\n") if c.predicate == "holdsRole"}
    assert roles == {("Clara Byrne", "CEO", "current"), ("Paul Grey", "CEO", "former")}


def test_a_quote_reaches_from_the_heading_to_the_entry_and_no_further_than_a_reader_does(read: Read) -> None:
    short = read("Investors in Norvik Lines:\n- Sequoia Capital\n- Bosch\n")
    assert {claim.quote.exact for claim in short} >= {"Investors in Norvik Lines:\n- Sequoia Capital\n- Bosch"}
    rows = "".join(f"| Acme{n} Foods | Jane Roe | ${n} million |\n" for n in range(1, 40))
    long = [claim for claim in read(f"| Company | CEO | Revenue |\n|---|---|---|\n{rows}") if claim.predicate == "hasRevenue"]
    assert max(len(claim.quote.exact.split()) for claim in long) < 130
    assert all(claim.subject.text in claim.quote.exact for claim in long)


@pytest.mark.parametrize(
    ("above", "whose"),
    [("Tern Shipping said on Monday that it had grown.", "Tern Shipping"), ("Investors:\n- Sequoia Capital\n- Bosch", "Norvik Lines")],
)
def test_its_is_that_of_the_text_where_the_text_says_whose(read: Read, above: str, whose: str) -> None:
    (rival,) = (claim for claim in read(f"{above}\n\nIts main rivals:\n- Fjordline\n") if claim.predicate == "competesWith")
    assert rival.subject.appearance == f"a-e{f'{STORY}  {above}'.index(whose)}"


def test_a_relation_of_ones_own_names_its_headings(read: Read, tmp_path: Path) -> None:
    own = tmp_path / "licences.ttl"
    own.write_text(
        """
        PREFIX kg:   <https://w3id.org/kgraph/ontology#>
        PREFIX lex:  <https://w3id.org/kgraph/lexicon#>
        PREFIX owl:  <http://www.w3.org/2002/07/owl#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        kg:auditedBy a owl:ObjectProperty ; rdfs:label "audited by" ; rdfs:domain kg:Organization ; rdfs:range kg:Organization .
        lex:auditor-heading a lex:Heading ; lex:word "auditor" ; lex:evokes kg:auditedBy ; lex:holds "object" .
        """
    )
    extractor = Extractor(ontology.load([own]), Settings(ontology=(own,)))
    assert told(read("Company: Quantora\nAuditors: Deloitte\n", extractor), "auditedBy") == {("Quantora", "Deloitte")}


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        (
            "A short history of Ansen Foods\n2004: Bought Fjordline.\n2011: Was bought by Bosch for $90 million.\n",
            "acquired",
            {("Ansen Foods", "Fjordline"), ("Bosch", "Ansen Foods")},
        ),
        (
            "Key facts on Ansen Foods\n- Employs 4,000 people\n- Competes with Kellan Snacks\n",
            "competesWith",
            {("Ansen Foods", "Kellan Snacks")},
        ),
        ("What Ansen Foods should do\n- Buy Fjordline\n- Sell Bosch\n", "acquired", set()),
        (
            "Martin Hale, chairman of Ansen Foods, has had a long career.\n2004: Sued Fjordline.\n2008: Founded Tarn Labs.\n",
            "founded",
            {("Martin Hale", "Tarn Labs")},
        ),
        ("Firms of Ansen Foods\n- Makes tea: Fjordline\n- Owned by Bosch: Kellan Snacks\n", "subsidiaryOf", set()),
    ],
)
def test_the_items_of_a_list_that_begin_with_a_verb_are_about_its_topic(
    read: Read, text: str, predicate: str, expected: set[tuple[str, str]]
) -> None:
    assert told(read(text), predicate) == expected
