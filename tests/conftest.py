"""Reproducible by default: the same examples every time, one thread, and no skip unnoticed."""

from collections.abc import Generator

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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--skip-is-error",
        action="store_true",
        help="fail where a test is skipped: a skipped oracle is no oracle",
    )


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
