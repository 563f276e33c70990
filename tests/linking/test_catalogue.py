"""The catalogue: what comes with kgraph, and a user's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kgraph.errors import SettingsError
from kgraph.linking import Catalogue, Entry, load_catalogue
from kgraph.model import EntityType

if TYPE_CHECKING:
    from pathlib import Path

ORG, PLACE, PERSON, GOVERNMENT = EntityType.ORGANIZATION, EntityType.PLACE, EntityType.PERSON, EntityType.GOVERNMENT_BODY


@pytest.mark.parametrize(
    ("name", "kind", "wikidata"),
    [
        ("Meta Platforms, Inc.", ORG, "Q380"),
        ("IBM", ORG, "Q37156"),
        ("wal-mart", ORG, "Q483551"),
        ("the Netherlands", PLACE, "Q55"),
        ("Dutch", PLACE, "Q55"),
        ("U.S.", PLACE, "Q30"),
        ("Fed", GOVERNMENT, "Q53536"),
        ("Federal Reserve", ORG, "Q53536"),
        ("President Barack Obama", PERSON, "Q76"),
    ],
)
def test_well_known_things_are_known_by_their_names(name: str, kind: EntityType, wikidata: str) -> None:
    entry = load_catalogue().match([name], kind)
    assert entry is not None
    assert entry.wikidata == wikidata


@pytest.mark.parametrize(("name", "kind"), [("Washington", PLACE), ("Obama", PERSON), ("Meta", PERSON), ("GOOGL", ORG)])
def test_names_that_say_too_little_match_nothing(name: str, kind: EntityType) -> None:
    assert load_catalogue().match([name], kind) is None


def test_a_google_is_not_an_alphabet() -> None:
    assert load_catalogue().match(["Google"], ORG) != load_catalogue().match(["Alphabet"], ORG)


def test_names_that_point_to_two_entries_match_none() -> None:
    known = Catalogue([Entry(id="a", type=ORG, label="Acme"), Entry(id="b", type=ORG, label="Apex")])
    assert known.match(["Acme", "Apex"], ORG) is None


def test_a_csv_file_adds_things(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("type,label,aliases,wikidata\nOrganization,Harlow Energy,Harlow|HE Group,Q42\n", encoding="utf-8")
    entry = load_catalogue([path]).match(["HE Group"], ORG)
    assert entry is not None
    assert (entry.label, entry.same_as) == ("Harlow Energy", ("http://www.wikidata.org/entity/Q42",))


def test_a_file_that_a_spreadsheet_has_marked_as_utf_8_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("type\tlabel\nOrganization\tHarlow Energy\n", encoding="utf-8-sig")
    assert load_catalogue([path]).match(["Harlow Energy"], ORG) is not None


def test_a_skos_file_adds_things(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        """
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX kg: <https://w3id.org/kgraph/ontology#>
        <https://example.org/harlow> a kg:Organization, skos:Concept ; skos:prefLabel "Harlow Energy"@en ;
            skos:altLabel "HarlowCo" ; skos:exactMatch <http://www.wikidata.org/entity/Q42> .
        """,
        encoding="utf-8",
    )
    entry = load_catalogue([path]).match(["HarlowCo"], ORG)
    assert entry is not None
    assert (entry.id, entry.wikidata) == ("https://example.org/harlow", "Q42")


@pytest.mark.parametrize(
    ("file", "text", "cause"),
    [
        ("a.csv", "name,kind\nX,Y\n", "type and label are needed"),
        ("a.csv", "type,label\nCompany,X\n", "line 2: type must be one of Organization"),
        ("a.csv", "type,label\nOrganization\n", "line 2: no label"),
        ("a.tsv", "label\ttype\nX\n", "line 2: type must be one of Organization"),
        ("a.csv", "type,label\nOrganization,X,Y,Z\n", "line 2: more cells than columns"),
        ("a.ttl", "this is no turtle", "not a Turtle file"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, file: str, text: str, cause: str) -> None:
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=f"{file}.*{cause}"):
        load_catalogue([path])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.csv: No such file"):
        load_catalogue([tmp_path / "none.csv"])
