"""The structure that the documentation promises: import contracts, short modules and functions, docstrings, public names."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import kgraph

PACKAGE = Path(kgraph.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
NAMES = [str(path.relative_to(PACKAGE)) for path in MODULES]


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_functions_are_short(path: Path) -> None:
    functions = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions if f.end_lineno and f.end_lineno - f.lineno >= 45}
    assert long == {}


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_module_is_named_for_nothing_in_particular(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "core", "base", "manager", "misc"}


def test_public_names_exist() -> None:
    for path in MODULES:
        name = ".".join(("kgraph", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        if name == "kgraph.__main__":
            continue
        module = importlib.import_module(name)
        missing = [public for public in getattr(module, "__all__", []) if not hasattr(module, public)]
        assert missing == [], name


def test_imports_go_down_only() -> None:

    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


HEAVY = ("matplotlib", "networkx", "numpy", "onnxruntime", "pyoxigraph", "pyshacl", "rdflib", "scipy", "spacy")


@pytest.mark.parametrize(
    ("module", "needed"), [("kgraph", []), ("kgraph.cli", []), ("kgraph.api", ["pyoxigraph"]), ("kgraph.export", ["pyoxigraph"])]
)
def test_importing_it_loads_no_heavy_library_but_those_it_needs(module: str, needed: list[str]) -> None:
    code = f"import sys, {module}; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(needed)
