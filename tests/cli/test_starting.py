"""The command before it is one: while its modules are loaded."""

import os
import subprocess

from tests.conftest import ROOT, Workplace


def test_ctrl_c_while_the_program_loads_ends_it_without_a_traceback(workplace: Workplace) -> None:
    """As if it came while the first outside package is read."""
    (workplace.folder / "click.py").write_text("raise KeyboardInterrupt", encoding="utf-8")

    done = subprocess.run(
        workplace.command("status"),
        cwd=workplace.folder,
        env={**workplace.environment, "PYTHONPATH": f"{workplace.folder}{os.pathsep}{ROOT}"},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
