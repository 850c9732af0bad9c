"""`import ssl_theory` stays light."""

from benchmarks.import_time import BUDGET, excess, libraries_that_wait


def test_importing_the_package_stays_within_its_budget_beyond_torch():
    torch, ours, early = excess(rounds=1)
    assert early == frozenset()
    assert ours.cpu - torch.cpu <= BUDGET


def test_a_library_that_was_loaded_too_early_is_named():
    _, _, early = excess(rounds=1, module="sympy")
    assert early == {"sympy"}


def test_every_extra_and_the_heavy_part_of_the_base_install_wait():
    waiting = libraries_that_wait()
    assert waiting >= {"matplotlib", "sympy", "hypothesis", "sklearn", "pandas", "jinja2"}
    assert waiting.isdisjoint({"torch", "numpy", "scipy", "ssl_theory"})
