"""One idea in one file: the limits, and the few places that may pass them."""

import ast

from tests.house.project import SOURCES, files, name

FILE_LINES = 400
FUNCTION_LINES = 50
TEMPLATE_LINES = 150

# path or path::function -> why it is one idea all the same
LONGER: dict[str, str] = {}


def written_by_people(path):
    return "migrations" not in path.parts


def line_count(path):
    return len(path.read_text().splitlines())


def functions(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def test_files_are_short():
    paths = [path for path in files("*.py", *SOURCES) if written_by_people(path)]
    paths += [path for kind in ("*.css", "*.js", "*.sh") for path in files(kind, *SOURCES)]
    long = {name(path): line_count(path) for path in paths if line_count(path) > FILE_LINES}
    assert {path: lines for path, lines in long.items() if path not in LONGER} == {}


def test_functions_are_short():
    long = {
        f"{name(path)}::{function}": lines
        for path in files("*.py", *SOURCES)
        if written_by_people(path)
        for function, lines in functions(path)
        if lines > FUNCTION_LINES
    }
    assert {place: lines for place, lines in long.items() if place not in LONGER} == {}


def test_templates_are_short():
    long = {name(path): line_count(path) for path in files("*.html", "templates", *SOURCES)}
    assert {path: lines for path, lines in long.items() if lines > TEMPLATE_LINES} == {}


def test_every_exception_is_still_needed():
    limits = {}
    for path in files("*.py", *SOURCES):
        limits[name(path)] = line_count(path) > FILE_LINES
        for function, lines in functions(path):
            limits[f"{name(path)}::{function}"] = lines > FUNCTION_LINES
    assert [place for place in LONGER if not limits.get(place)] == []
