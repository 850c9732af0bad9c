"""Bell and Sejnowski (1995): sigmoids whose outputs are as spread as can be."""

import pytest
import torch
from torch.autograd.functional import jacobian

from ssl_theory.objectives import linear_ica


def _normal(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_it_publishes_minus_what_the_sigmoids_add_to_the_entropy():
    inputs, matrix = _normal(12, 3), _normal(3, 3, seed=1)
    slopes = torch.stack([jacobian(lambda x: torch.sigmoid(matrix @ x), row) for row in inputs])
    added = torch.linalg.slogdet(slopes).logabsdet.mean()
    found = inputs @ matrix.T
    torch.testing.assert_close(
        linear_ica(inputs).published(found, found), -added, rtol=1e-9, atol=1e-9
    )


def test_it_finds_mixed_sources():
    uniform = torch.rand(2000, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    sources = torch.sign(uniform - 0.5) * -torch.log1p(-2 * (uniform - 0.5).abs())  # Laplace
    mixing = torch.tensor([[1.0, 0.7], [0.7, 1.0]], dtype=torch.float64)
    objective = linear_ica(sources @ mixing.T)
    matrix = torch.eye(2, dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([matrix], max_iter=60, line_search_fn="strong_wolfe")

    def total() -> torch.Tensor:
        search.zero_grad()
        found = sources @ mixing.T @ matrix.T
        loss = objective(found, found).total
        loss.backward()
        return loss

    search.step(total)
    leak = (matrix.detach() @ mixing).abs()
    leak = leak / leak.amax(1, keepdim=True)
    # Two thousand items leave an angle of a few hundredths; the start leaks 0.7.
    assert leak.min(1).values.max().item() < 0.1
    assert sorted(leak.argmax(1).tolist()) == [0, 1]


def test_the_sources_of_one_batch_say_nothing_of_the_next():
    objective = linear_ica(_normal(12, 3))
    with pytest.raises(ValueError, match="Give the part the inputs of this batch"):
        objective(_normal(9, 3), _normal(9, 3))
