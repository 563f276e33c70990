from pathlib import Path

import pytest

from kgraph.errors import SettingsError
from kgraph.model import Status
from kgraph.settings import Settings, load


def written(folder: Path, text: str) -> Path:
    path = folder / "kgraph.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path) -> None:
    path = written(tmp_path, 'link_from = "announced"\nontology = ["mine.ttl"]\nmin_confidence = 1\n')
    assert load(path) == Settings(link_from=Status.ANNOUNCED, ontology=(tmp_path / "mine.ttl",), min_confidence=1.0)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("colour = 1", "unknown setting 'colour'"),
        ('link_from = "maybe"', "link_from must be one of rumoured, "),
        ("batch_articles = 'many'", "batch_articles must be a whole number, not 'many'"),
        ("batch_articles = 0", "batch_articles must be at least 1, not 0"),
        ("slice_articles = -1", "slice_articles must be at least 1, not -1"),
        ("min_confidence = 7", "min_confidence must be from 0 to 1, not 7.0"),
        ("min_confidence = nan", "min_confidence must be from 0 to 1, not nan"),
        ("min_confidence = true", "min_confidence must be a number, not True"),
        ("query_timeout = 0", "query_timeout must be at least 0.1, not 0.0"),
        ("ontology = 5", "ontology must name files, not 5"),
        ("sources = ['mine.toml', {}]", "sources must name files, not {}"),
        ("namespace = ''", "namespace must be an absolute IRI, such as"),
        ("namespace =", "Invalid value"),
    ],
)
def test_a_wrong_file_is_named_with_the_cause(tmp_path, text, cause) -> None:
    with pytest.raises(SettingsError, match=cause) as caught:
        load(written(tmp_path, text))
    assert "kgraph.toml" in str(caught.value)


def test_a_pipeline_for_names_is_a_package_or_a_folder_beside_the_file(tmp_path) -> None:
    (tmp_path / "kgraph.toml").write_text('names = "mine"\n', encoding="utf-8")
    assert load(tmp_path / "kgraph.toml").names == "mine"
    (tmp_path / "mine").mkdir()
    assert load(tmp_path / "kgraph.toml").names == str(tmp_path / "mine")


def test_a_missing_file_is_an_error_only_where_it_was_asked_for(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load() == Settings()
    with pytest.raises(SettingsError, match=r"other\.toml"):
        load(Path("other.toml"))
