"""A fit costs little beyond the product and the decomposition that it needs."""

from benchmarks.mapca_fit import MEMORY, measure


def test_the_benchmark_measures_a_fit_and_its_bound():
    seconds, needed = measure(n=2000, d=16, threads=1, rounds=1)
    assert seconds.shape == (2, 2) and (seconds > 0).all()
    assert 0 <= needed < 64 * 2**20
    assert MEMORY == 2
