"""Reproducible by default: the same examples every time, one thread, and no skip unnoticed."""

from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, settings

# A machine that is slow today is no fault of the draws.
settings.register_profile(
    "ssl_theory",
    derandomize=True,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ssl_theory")
torch.set_num_threads(1)

ROOMS = {
    "lightning": ("lightning", "tensorboard"),
    "transformers": ("accelerate", "tensorboard", "transformers"),
}
"""Files of `integrations` that `make test` does without, and what they and their tests import."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--skip-is-error",
        action="store_true",
        help="fail where a test is skipped: a skipped oracle is no oracle",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Leave out rooms whose library is not here; in the full job none is, and its import fails."""
    if config.getoption("--skip-is-error"):
        return
    for room, libraries in ROOMS.items():
        if not all(map(find_spec, libraries)):
            package = Path(__file__).parents[1] / "ssl_theory" / "integrations" / f"{room}.py"
            tests = Path(__file__).parent / "integrations" / f"test_{room}.py"
            config.option.ignore = [*(config.option.ignore or []), str(package), str(tests)]


def _fail_if_skipped(
    report: pytest.TestReport | pytest.CollectReport, config: pytest.Config
) -> None:
    expected_to_fail = hasattr(report, "wasxfail")
    if config.getoption("--skip-is-error") and report.skipped and not expected_to_fail:
        report.outcome = "failed"
        report.longrepr = f"a skip counts as a failure here: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_if_skipped(report, item.config)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_if_skipped(report, collector.config)
    return report
