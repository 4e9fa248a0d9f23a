"""The project is what it says it is: who imports whom, what is pinned, and what the README promises."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
import typer

ROOT = Path(__file__).parent.parent
ROOMS = ("index", "qa", "ui")
"""In the order in which a question's data walks through them; each may import those before it."""

MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LONGEST_MODULE = 400


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    """index/search.py -> index.search; index/__init__.py -> index."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported(path: Path) -> frozenset[str]:
    """Our own modules that a module imports anywhere, also inside its functions."""
    names = {module_name(module) for module in MODULES}
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}:{node.lineno}: write the import out, from {ROOMS} on"
            # `from qa import ask` names a module; `from qa.ask import Assistant` names what is in one.
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inside & names) or {str(node.module)}
    return frozenset(found & names)


def tracked() -> list[Path]:
    """Every file that is, or is about to be, in git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_before_it(room: str) -> None:
    later = ROOMS[ROOMS.index(room) + 1 :]
    own = [path for path in MODULES if path.relative_to(ROOT).parts[0] == room]
    assert own
    backwards = {
        named(path): found
        for path in own
        if (found := [name for name in imported(path) if name.split(".")[0] in later])
    }
    assert backwards == {}


@pytest.mark.parametrize("room", ROOMS)
def test_inside_a_room_no_import_goes_round_in_a_circle(room: str) -> None:
    graph = {module_name(path): imported(path) for path in MODULES if path.relative_to(ROOT).parts[0] == room}
    order = list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle
    assert set(graph) <= set(order)


INSIDE_QA = (
    ("qa/health/", ("qa/conversation/", "qa/evidence/", "qa/evaluate/", "qa/train/", "qa/ask", "qa/compose")),
    ("qa/conversation/", ("qa/health/", "qa/evidence/", "qa/evaluate/", "qa/train/", "qa/ask", "qa/compose")),
    ("qa/evidence/", ("qa/health/", "qa/conversation/", "qa/evaluate/", "qa/train/", "qa/ask", "qa/compose")),
    ("qa/compose", ("qa/health/", "qa/conversation/", "qa/evaluate/", "qa/train/", "qa/ask")),
    ("ui/", ("qa/health/",)),
)
"""Of each room of `qa`, and of `ui`, what it must not import: a pack is asked through `qa.pack` alone."""


@pytest.mark.parametrize(("room", "others"), INSIDE_QA, ids=[room for room, _ in INSIDE_QA])
def test_a_room_of_qa_imports_none_that_comes_later_and_no_pack_by_name(
    room: str, others: tuple[str, ...]
) -> None:
    places = {module_name(module): named(module) for module in MODULES}
    own = [path for path in MODULES if named(path).startswith(room)]
    assert own
    backwards = {
        named(path): found
        for path in own
        if (found := [places[name] for name in imported(path) if places[name].startswith(others)])
    }
    assert backwards == {}


def walks() -> dict[str, list[str]]:
    """The files of each walk of docs/design.md, in order: of a document, of a question."""
    section = text_of("docs/design.md").split("\n## The walk\n", 1)[1].split("\n## ", 1)[0]
    walk: list[str] = []
    found = {}
    for line in section.splitlines():
        if title := re.match(r"(A \w+):$", line):
            walk = found[title[1]] = []
        elif place := re.match(r"\d+\. `(\S+?)`", line):
            walk.append(place[1])
    return found


@pytest.mark.parametrize("walk", ("A document", "A question"))
def test_imports_follow_the_walk(walk: str) -> None:
    places = {module_name(path): named(path) for path in MODULES}
    graph = {named(path): {places[name] for name in imported(path)} for path in MODULES}
    order = walks()[walk]
    assert len(order) > 5 and set(order) <= set(graph)
    for at, place in enumerate(order):
        waiting, reached = [place], {place}
        while waiting:
            further = graph[waiting.pop()] - reached
            reached |= further
            waiting += further
        assert [later for later in order[at + 1 :] if later in reached] == [], place


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        named(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_module_holds_one_idea() -> None:
    lines = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert [(name, count) for name, count in lines.items() if count > LONGEST_MODULE] == []


def test_no_tracked_file_names_a_package_registry_or_somebodys_machine() -> None:
    # Each with one character in brackets, so that this file does not find itself.
    hosts = r"pypi[.]org|pythonhosted[.]org|pytorch[.]org/whl|npmjs[.]|huggingface[.]co\b|\bhf[.]co\b"
    hosts += r"|deb[.]debian|jsdelivr[.]net|unpkg[.]com|fonts[.]googleapis"
    machines = r"/wor[k]/|/roo[t]/|/hom[e]/|/opt/py[p]i|/tm[p]/"
    pattern = re.compile(f"{hosts}|{machines}")
    found = []
    for path in tracked():
        contents = path.read_bytes()
        if b"\0" not in contents[:8192]:
            for number, line in enumerate(contents.decode("utf-8", "replace").splitlines(), start=1):
                found += [f"{named(path)}:{number}: {match[0]}" for match in pattern.finditer(line)]
    assert found == []


def distribution(requirement: str) -> str:
    """ "gradio[mcp]>=6" -> "gradio", spelt as package indexes compare names (PEP 503)."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, f"{requirement!r} names no package"
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_every_library_that_is_imported_is_a_dependency_by_name() -> None:
    """What only another library brings along goes when that library no longer needs it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].items()
    of_extras = [requirement for extra, needed in extras if extra != "dev" for requirement in needed]
    declared = {distribution(requirement) for requirement in [*project["dependencies"], *of_extras]}
    brought = importlib.metadata.packages_distributions()
    missing = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [str(node.module)]
            for library in (
                {name.split(".")[0] for name in names} - sys.stdlib_module_names - {*ROOMS, "seeds"}
            ):
                if not declared & {distribution(name) for name in brought.get(library, [])}:
                    missing.add(f"{library}, imported by {named(path)}")
    assert sorted(missing) == []


def test_every_dependency_is_pinned_to_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    pinned = {distribution(name) for name in pins}
    assert [name for name in map(distribution, needed) if name not in pinned | {"lightqa"}] == []
    exact = [requirement.split("==") for requirement in needed if "==" in requirement]
    assert exact and all(pins[name] == version for name, version in exact)


def test_an_installed_lightqa_has_every_file_that_it_reads() -> None:
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    rooms = {*ROOMS, "seeds"}
    assert setuptools["packages"]["find"]["include"] == [f"{room}*" for room in (*ROOMS, "seeds")]
    packages = {path.parent for path in tracked() if path.name == "__init__.py"}
    packaged = {
        path
        for package, patterns in setuptools["package-data"].items()
        for folder in (packages if package == "*" else [ROOT / package])
        for pattern in patterns
        for path in folder.glob(pattern)
    }
    data = [path for path in tracked() if path.relative_to(ROOT).parts[0] in rooms and path.suffix != ".py"]
    data.remove(ROOT / "ui" / "screenshot.png")  # only the README shows it
    assert [named(path) for path in data if path not in packaged] == []


def test_torch_is_installed_first_in_the_version_that_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [torch] = [requirement for requirement in project["dependencies"] if distribution(requirement) == "torch"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"$(PIP) {torch}\n" in makefile
    assert makefile.index(f"$(PIP) {torch}\n") < makefile.index("$(PIP) -e ")


# The README and the docs


LONGEST_README = 150
PAGES = ("README.md", *sorted(page.relative_to(ROOT).as_posix() for page in (ROOT / "docs").glob("*.md")))


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def test_the_readme_is_read_in_a_few_minutes() -> None:
    assert len(text_of("README.md").splitlines()) < LONGEST_README


@pytest.mark.parametrize("page", (*PAGES, "CONTRIBUTING.md", "seeds/README.md"))
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text_of(page))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", (*PAGES, "CONTRIBUTING.md", "seeds/README.md"))
def test_every_file_and_folder_that_is_named_exists(page: str) -> None:
    rooms = "|".join((*ROOMS, "seeds", "tests", "docs"))
    named = re.findall(rf"(?<![\w./-])(?:{rooms})/[\w./*{{,}}-]*[\w*/}}]", text_of(page))
    places = [place.rstrip("/") for name in named for place in expanded(name)]
    assert [place for place in places if not list(ROOT.glob(place))] == []


def test_the_file_map_is_true_and_whole() -> None:
    section = text_of("docs/design.md").split("## Where things are\n", 1)[1].split("\n## ", 1)[0]
    block = re.search(r"```[a-z]*\n(.*?)```", section, re.DOTALL)
    assert block, "the section holds no fenced block"
    listed = set()
    for line in block[1].splitlines():
        place = re.match(r"(\S+)(?:  +\S|$)", line)
        if place:
            listed |= set(expanded(place[1]))
    assert [name for name in sorted(listed) if not (ROOT / name).exists()] == []
    modules = {named(path) for path in MODULES if path.name != "__init__.py"}
    assert sorted(modules - {name.rstrip("/") for name in listed}) == []


def expanded(place: str) -> Iterator[str]:
    """qa/red_flags.{py,toml} -> qa/health/safety/red_flags.py, qa/health/safety/red_flags.toml."""
    braces = re.fullmatch(r"(.*)\{(.*)\}(.*)", place)
    if not braces:
        yield place
    else:
        yield from (braces[1] + part + braces[3] for part in braces[2].split(","))


def shell_lines() -> list[str]:
    """The commands of the ```sh blocks of README and docs, lines that end in a backslash joined."""
    written = "\n".join(map(text_of, PAGES))
    blocks = re.findall(r"```(?:sh|bash|console)\n(.*?)```", written, re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [re.sub(r"^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?", "", line.strip()) for line in lines]


def test_the_commands_of_readme_and_docs_exist_with_all_their_options() -> None:
    commands = [line for line in shell_lines() if re.match(r"(?:lightqa|make)\b", line)]
    assert any(line.startswith("make chat") for line in commands)
    assert any(line.startswith("lightqa ask") for line in commands)
    problems = []
    for line in commands:
        words = shlex.split(re.split(r"\s[|<>]\s|\s&&\s|;\s", line)[0], comments=True)
        unknown = unknown_to_make(words[1:]) if words[0] == "make" else unknown_to_lightqa(words[1:])
        problems += [f"{line}: {word}" for word in unknown]
    assert problems == []


def unknown_to_make(words: list[str]) -> list[str]:
    """Targets and variables that the Makefile does not have."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z]+)\s*:?\??=", makefile, re.MULTILINE))
    return [word for word in words if word.split("=")[0] not in (variables if "=" in word else targets)]


def unknown_to_lightqa(words: list[str]) -> list[str]:
    """Subcommands and options that the command line does not have."""
    from ui.cli import app

    command: Any = typer.main.get_command(app)
    unknown = []
    for word in words:
        options = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
        if word.startswith("-") and word.split("=")[0] not in {*options, "--help"}:
            unknown.append(word)
        elif hasattr(command, "commands") and not word.startswith("-"):
            if word not in command.commands:
                return [*unknown, word]
            command = command.commands[word]
    return unknown


def test_make_alone_prints_every_target_with_its_help() -> None:
    # Under `make test` an inner make would announce the folder that it enters.
    command = ["make", "--no-print-directory"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    assert [line.split()[1] for line in printed.splitlines()] == phony[1].split()
    assert all(len(line.split()) > 4 for line in printed.splitlines())
