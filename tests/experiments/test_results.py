"""A tidy table, and names that are the same everywhere."""

import subprocess
import sys
from functools import partial

import numpy as np
import pandas
import pytest
import torch

from ssl_theory.experiments import Training, sweep
from ssl_theory.experiments.encoders import Linear, Perceptron
from ssl_theory.experiments.fingerprint import fingerprint
from ssl_theory.experiments.provenance import configuration
from ssl_theory.experiments.request import Request
from ssl_theory.linear_theory import optimum
from ssl_theory.objectives import byol, gaussian_infomax, info_nce, vicreg
from ssl_theory.processes import GaussianPairs, SpherePairs
from ssl_theory.symmetries import Symmetry

SHORT = Training(5, 16, 0.01, certificate=None)


def test_a_table_has_a_row_for_each_run_and_goes_through_parquet(tmp_path):
    results = sweep([info_nce(), vicreg()], SpherePairs(), Perceptron(2, (4,)), SHORT, seeds=[1, 7])
    table = results.table()
    assert table["objective"].tolist() == ["info_nce"] * 2 + ["vicreg"] * 2
    assert table["seed"].tolist() == [1, 7, 1, 7]
    assert table["end"].tolist() == [result.end for result in results]
    assert table.groupby("objective")["configuration"].nunique().tolist() == [1, 1]
    assert table["configuration"].nunique() == 2
    assert (table["torch"] == torch.__version__).all() and (table["dtype"] == "float32").all()
    assert not table["converged"].any() and table["certificate"].str.contains("UNCONVERGED").all()
    assert str(results) == "4 runs, 4 UNCONVERGED"
    table.to_parquet(tmp_path / "sweep.parquet")
    pandas.testing.assert_frame_equal(pandas.read_parquet(tmp_path / "sweep.parquet"), table)


def test_a_table_says_that_it_needs_pandas(monkeypatch):
    results = sweep(vicreg(), SpherePairs(), Perceptron(2, (4,)), SHORT, seeds=[0])
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ModuleNotFoundError, match="`table` must find pandas, got no such module"):
        results.table()


NAMED = """
from ssl_theory.experiments import Training
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.experiments.fingerprint import fingerprint
from ssl_theory.objectives import byol, info_nce
from ssl_theory.processes import SpherePairs
print(fingerprint((byol(), info_nce(), SpherePairs(), Perceptron(2), Training(), {"a", "b", "c"})))
"""


def test_a_fingerprint_is_the_same_in_every_process():
    names = {
        subprocess.run(
            [sys.executable, "-c", NAMED], env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1",)
    }  # fmt: skip
    scope = {}
    exec(NAMED.replace("\nprint(", "\nfound = ("), scope)
    assert names == {scope["found"] + "\n"}


def scaled(z, w, scale):
    return scale * (z - w).square().mean()


def closing_over(number):
    return lambda z, w: number * (z - w).mean()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        ("a", b"a"),
        ((1, 2), [1, 2]),
        (("ab", "c"), ("a", "bc")),
        (((1,), 2), ((1, 2),)),
        ({"a": 1}, {"a": 2}),
        ({1}, {2}),
        (info_nce(0.1), info_nce(0.2)),
        (np.zeros(2), np.zeros((2, 1))),
        (np.zeros(2), np.ones(2)),
        (torch.zeros(2), torch.zeros(2, dtype=torch.float64)),
        (torch.float32, torch.float64),
        (torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)),  # their weights are drawn anew
        (closing_over(1), closing_over(2)),
        (lambda z: z + 1, lambda z: z + 2),
        (lambda z: z.sum(), lambda z: z.mean()),
        (lambda z: [z + 1 for _ in "a"], lambda z: [z + 2 for _ in "a"]),
        (lambda z, k=1: z, lambda z, k=2: z),
        (partial(scaled, scale=1), partial(scaled, scale=2)),
        (Training(rate=0.1), Training(rate=0.2)),
        (Symmetry.SCALE, Symmetry.REORDERING),
        (int, float),
        (len, sum),
        (range(2), range(3)),
        (GaussianPairs().draw, SpherePairs().draw),
    ],
)
def test_other_values_have_other_fingerprints(one, other):
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one) == fingerprint(one)


def test_the_same_made_twice_has_one_fingerprint():
    for make in (info_nce, byol, Training, lambda: closing_over(3), lambda: {"b": 1, "a": 2}):
        assert fingerprint(make()) == fingerprint(make())


def test_says_what_has_no_name():
    with pytest.raises(TypeError, match="by values that can be named, got a generator"):
        fingerprint(x for x in ())


def test_a_configuration_leaves_out_the_seed_alone():
    def asked(seed, rate):
        training = Training(rate=rate)
        return Request(vicreg(), SpherePairs(), Perceptron(2), training, seed, ("",) * 4)

    assert configuration(asked(0, 0.1)) == configuration(asked(1, 0.1))
    assert configuration(asked(0, 0.1)) != configuration(asked(0, 0.2))


def test_linear_problems_are_solved_by_theory():
    process, objective = GaussianPairs(mixing_seed=1), gaussian_infomax()
    (result,) = sweep(objective, process, Linear(2, bias=True), SHORT, seeds=[0])
    assert result.solver == "closed form" and result.converged and not result.losses.size
    best = optimum(objective, process.covariance, process.cross_covariance, keep=2)
    x = process.draw(10, seed=0).x
    np.testing.assert_allclose(result.encode(x), x @ best.encoder.T, atol=1e-5)
    # On many pairs the objective itself has the value that is stated.
    z, w = (torch.from_numpy(result.encode(view)) for view in process.draw(400_000, seed=1))
    assert float(objective(z, w).total) == pytest.approx(result.end, abs=0.02)
    assert result.certificate.startswith("Not trained: the optimum over infinitely many items")


def test_a_closed_form_is_where_training_goes():
    process, objective = GaussianPairs(), gaussian_infomax()
    training = Training(800, 512, 0.03)
    (best,) = sweep(objective, process, Linear(2), training, seeds=[0])
    (trained,) = sweep(objective, process, Linear(2), training, seeds=[0], solver="gradient")
    assert (best.solver, trained.solver) == ("closed form", "gradient")
    # The wandering of stochastic steps is left, of which both see the same items.
    views = process.draw(200_000, seed=1)
    ends = [
        float(objective(*(torch.from_numpy(result.encode(view)) for view in views)).total)
        for result in (best, trained)
    ]
    assert ends[0] <= ends[1] <= ends[0] + 0.01 * (trained.start - trained.end)


@pytest.mark.parametrize(
    ("objective", "process", "encoder", "training"),
    [
        (info_nce(), GaussianPairs(), Linear(2), SHORT),  # on the sphere nothing is linear
        (vicreg(), SpherePairs(), Linear(2), SHORT),
        (vicreg(), GaussianPairs(), Perceptron(2, (4,)), SHORT),
        (vicreg(), GaussianPairs(), Linear(4), SHORT),  # more than there is
        (vicreg(), GaussianPairs(), Linear(2), Training(5, 16, weight_decay=1.0, certificate=None)),
        (lambda z, w: (z - w).square().mean(), GaussianPairs(), Linear(2), SHORT),
    ],
)
def test_other_problems_are_trained(objective, process, encoder, training):
    (result,) = sweep(objective, process, encoder, training, seeds=[0])
    assert result.solver == "gradient"
    with pytest.raises(ValueError, match="`solver` must be auto or gradient where theory has no"):
        sweep(objective, process, encoder, training, seeds=[0], solver="closed form")
