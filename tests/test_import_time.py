"""`import ssl_theory` stays light."""

import subprocess
import sys

from benchmarks.import_time import BUDGET, ROOT, excess, libraries_that_wait


def test_importing_the_package_stays_within_its_budget_beyond_torch():
    torch, ours, early = excess(rounds=1)
    assert early == frozenset()
    assert ours.cpu - torch.cpu <= BUDGET


def test_a_library_that_was_loaded_too_early_is_named():
    _, _, early = excess(rounds=1, module="sympy")
    assert early == {"sympy"}


def test_every_extra_and_the_heavy_part_of_the_base_install_wait():
    waiting = libraries_that_wait()
    assert waiting >= {"matplotlib", "sympy", "hypothesis", "sklearn", "pandas", "rich"}
    assert waiting.isdisjoint({"torch", "numpy", "scipy", "ssl_theory"})


def test_a_diagnosis_loads_neither_torch_nor_what_waits():
    script = (
        "import sys, ssl_theory; ssl_theory.diagnose([[0.0, 1.0], [2.0, 4.0], [5.0, 1.0]]); "
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "numpy" in loaded
    assert not loaded & (libraries_that_wait() | {"torch"})
