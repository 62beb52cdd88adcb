"""House rules: who may know of whom, what is loaded when, and that what ships is whole."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulator import load_region, paths
from simulator.catalogue import TEMPLATE, region_files, title
from simulator.cli import main
from simulator.levers import levers
from simulator.rules import unlisted_references
from simulator.yaml_io import read_yaml

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "simulator").rglob("*.py"))
FILES = sorted((ROOT / "scenarios").glob("*.yaml"))
EVERY_FILE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
SCREEN = {"streamlit", "altair", "ui"}


def imported(module):
    """The names of everything a module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written in full"
            yield node.module


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_the_model_knows_nothing_of_the_screen(module):
    assert not {name.split(".")[0] for name in imported(module)} & SCREEN


REPORTS = sorted((ROOT / "reports").rglob("*.py"))


@pytest.mark.parametrize("module", REPORTS, ids=lambda module: f"{module.parent.name}-{module.stem}")
def test_reports_know_charts_but_no_screen(module):
    screens = {name for name in imported(module) if name.split(".")[0] in ("streamlit", "ui")}
    assert screens <= {"ui.charts", "ui.compare_charts", "ui.locale_id", "ui.palette"}


@pytest.mark.parametrize("name", ["engine", "arrays", "schema", "rules", "contributions", "years", "registry"])
def test_the_engine_knows_nothing_of_the_questions_asked_of_it(name):
    found = set(imported(ROOT / "simulator" / f"{name}.py"))
    assert not {other for other in found if other.startswith(("simulator.questions", "simulator.cli"))}


def python(code):
    """What a fresh Python prints."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True).stdout.split()


def test_loading_the_model_loads_nothing_of_the_screen_and_no_pandas():
    heavy = {"streamlit", "altair", "pandas", "babel", "ui", "hypothesis", "scipy"}
    assert not set(python("import simulator, sys; print(*{n.split('.')[0] for n in sys.modules})")) & heavy


def test_what_writes_documents_is_not_loaded_before_one_is_asked_for():
    heavy = {"docx", "pptx", "xlsxwriter", "openpyxl", "vl_convert", "lxml"}
    pages = "import sys, ui.report_page, ui.simulation_page, ui.compare_page"
    assert not set(python(f"{pages}; print(*{{n.split('.')[0] for n in sys.modules}})")) & heavy


def test_a_run_without_frames_loads_no_pandas():
    code = (
        "import sys; from simulator import load_region, project; p = project(load_region('scenarios/palopo.yaml'));"
        " p.to_json(); print('pandas' in sys.modules); p.yearly; print('pandas' in sys.modules)"
    )
    assert python(code) == ["False", "True"]


def tracked():
    """The files that git knows."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git repository")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_folder_of_one_machine():
    folder = re.compile(r"(?<![\w.:/])/(?:work|root|home|Users)/\w|(?<![\w.:/])/tmp/venv|[A-Z]:\\Users")
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in tracked()
        if path != Path(__file__)
        for hit in folder.finditer(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not found


# ---- region files ---------------------------------------------------------------------------------


def test_every_region_file_passes_check(capsys):
    code = main(["check", *map(str, FILES)])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == len(FILES) >= 8


@EVERY_FILE
def test_every_reference_is_used_and_every_one_used_is_listed(file):
    data, _ = read_yaml(file.read_text(encoding="utf-8"))
    assert list(unlisted_references(data)) == []
    named = {name for _, name in unlisted_references({**data, "references": {}})}
    assert set(data["references"]) == named


@EVERY_FILE
def test_every_number_of_a_region_file_says_where_it_comes_from(file):
    region = load_region(file)
    data, _ = read_yaml(file.read_text(encoding="utf-8"))
    assert not [x.path for x in levers(region) if not x.status and paths.read(data, x.path) is not None]


@EVERY_FILE
def test_a_statistic_or_a_report_has_a_source_or_a_note(file):
    for x in levers(load_region(file)):
        if x.status in ("law", "statistic", "reported"):
            assert x.source or x.note, x.path


@EVERY_FILE
def test_every_preset_has_a_name_and_a_sentence(file):
    region = load_region(file)
    assert len(region.scenarios) >= 10
    for scenario in region.scenarios:
        assert scenario.name and scenario.description.strip().endswith("."), scenario.id
    assert len({s.name for s in region.scenarios}) == len(region.scenarios)


def test_the_catalogue_lists_all_regions_with_their_titles_and_not_the_template():
    found = region_files()
    assert set(found) == {file.stem for file in FILES} - {TEMPLATE}
    assert [title(path) for path in found.values()] == [load_region(path).title for path in found.values()]
