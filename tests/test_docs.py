"""What docs/ says is so: its links lead somewhere, its scripts and files work, its tables are whole."""

from __future__ import annotations

import dataclasses
import mailbox
import re
import tomllib
from email.message import EmailMessage
from pathlib import Path

import pytest

from kgraph import ontology
from kgraph.articles import read
from kgraph.model import Article
from kgraph.settings import Settings, load

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]


def block(page: str, language: str) -> str:
    """The first example of a language on a page."""
    found = re.search(rf"```{language}\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        path, _, part = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        assert not part or part in map(anchor, re.findall(r"(?m)^#+ (.*)$", file.read_text(encoding="utf-8"))), target


@pytest.mark.parametrize("page", [*PAGES, ROOT / "training/README.md", ROOT / "Makefile"], ids=lambda page: page.name)
def test_modules_and_files_that_are_named_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    modules = {name.replace(".", "/") for name in re.findall(r"python -m ((?:bench|kgraph|tests|training)[.\w]*)", text)}
    assert not [name for name in modules if not (ROOT / name).is_dir() and not (ROOT / f"{name}.py").is_file()]
    files = re.findall(r"`((?:bench|docs|kgraph|ontology|tests|training)/[^`*\s]*)`", text)
    assert not [name for name in files if not (ROOT / name).exists()]


def test_figures_of_the_readme_are_those_of_the_pages_that_say_how_they_were_measured() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Measured")[2].partition("## Limits")[0]
    measured = "".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("measured.md", "scale.md"))
    rows, others = re.findall(r"(?m)\((.+ facts)\) (\|.*\|)$", told), re.findall(r"\d+[.,]\d+(?:,\d+)*", told)
    assert rows
    assert others
    assert not [row for row in rows if not re.search(rf"(?m)\({row[0]}\b.*{re.escape(row[1])}$", measured)]
    assert not [figure for figure in others if figure not in measured]


def test_every_setting_is_in_the_table_with_its_default() -> None:
    rows = re.findall(r"(?m)^\| `(\w+)` \| `(.*?)` \|", (ROOT / "docs/settings.md").read_text(encoding="utf-8"))
    told = {name: tomllib.loads(f"value = {default}")["value"] for name, default in rows}
    lists = {name: () if value == [] else value for name, value in told.items()}
    assert lists == {field.name: field.default for field in dataclasses.fields(Settings)}


def test_the_example_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "kgraph.toml").write_text(block("settings.md", "toml"), encoding="utf-8")
    (tmp_path / "licences.ttl").write_text(block("extending.md", "turtle"), encoding="utf-8")
    assert "licensedTo" in ontology.load(load(tmp_path / "kgraph.toml").ontology).predicates


def test_the_script_for_tables_and_mail_writes_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("articles.csv").write_text('id,title,date,text\r\nc1,Grown,2025-04-04,"Acme grew, it said."\r\n', encoding="utf-8-sig", newline="")
    mail = EmailMessage()
    mail["Subject"], mail["Date"], mail["From"] = "Zürich wächst", "Mon, 7 Apr 2025 08:00:00 +0200", "Ada Berg <ada@quay.example>"
    mail.set_content("Acme bought Beta for €5 million.")
    box = mailbox.mbox("releases.mbox")
    box.add(mail)
    box.close()
    exec(compile(block("inputs.md", "python"), "inputs.md", "exec"), {})  # noqa: S102 - our own script
    found = [item for item in read(["articles.jsonl"], settings=Settings()) if isinstance(item, Article)]
    assert [(item.title, str(item.date)) for item in found] == [("Grown", "2025-04-04"), ("Zürich wächst", "2025-04-07")]
    assert "bought Beta for €5 million." in found[1].text
