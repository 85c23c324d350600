"""The settings, .env.example and the documentation name the same variables."""

import ast
import re

from tests.house.project import ROOMS, ROOT, files

BY_MAKE = {"PORT"}  # read by `make run`
NO_SETTING = {
    "DJANGO_SETTINGS_MODULE",  # chosen by the start command
    "PYTEST_XDIST_WORKER",  # by the test runner
    "RUN_MAIN",  # by Django's reloader
    "LC_ALL",  # by the terminal, as are the next two
    "LC_MESSAGES",
    "LANG",
}


def variables_read():
    found = set()
    for path in files("*.py", *ROOMS):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and reads_environment(node.func):
                argument = node.args[0]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.add(argument.value)
                elif not isinstance(argument, ast.Constant):
                    found.add(f"{path.name}: {ast.unparse(node)}")  # a name nobody can look up
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                found.add(ast.literal_eval(node.slice))
    return found


def reads_environment(function):
    """env(...), env.bool(...), env.db(...), os.environ.get(...), os.getenv(...)."""
    text = ast.unparse(function)
    return text in {"os.environ.get", "os.environ.setdefault", "os.getenv"} or (
        re.fullmatch(r"env(\.[a-z_]+)?", text) is not None and text != "env.read_env"
    )


def variables_set_by(path):
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", path.read_text(), re.MULTILINE))


def test_the_example_file_lists_what_is_read():
    listed = variables_set_by(ROOT / ".env.example")
    assert listed == (variables_read() - NO_SETTING) | BY_MAKE


def test_the_readme_explains_every_variable():
    rows = re.findall(r"^\| `([A-Z][A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(variables_set_by(ROOT / ".env.example"))


def test_the_example_file_holds_no_secret():
    text = (ROOT / ".env.example").read_text()
    assert re.search(r"^#NEXSM_SECRET_KEY=$", text, re.MULTILINE)
