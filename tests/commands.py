"""The command line in tests: `file`, a small region, and `call`, which runs it."""

import pytest
from samples import TEXT

from simulator.cli import main


@pytest.fixture
def file(tmp_path):
    """The small region as a file."""
    path = tmp_path / "daerah.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.fixture
def call(capsys):
    """Runs the command line: (exit code, standard output, standard error)."""

    def run(*arguments):
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run
