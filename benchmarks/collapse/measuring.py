"""How often each rule is right: false alarms, detections, delays and names, with intervals."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from benchmarks.collapse.judging import NONE, OURS
from benchmarks.collapse.plan import KEY, WEAKENED
from ssl_theory.collapse.kinds import Kind

__all__ = ["rate", "summary"]


def rate(hits: pd.Series) -> dict[str, float]:
    """The share of runs with its exact 95 % interval [clopper1934binomial]."""
    count, total = int(hits.sum()), len(hits)
    if not total:
        return {"count": 0, "of": 0, "share": float("nan"), "low": 0.0, "high": 1.0}
    low, high = binomtest(count, total).proportion_ci(0.95, "exact")
    return {"count": count, "of": total, "share": count / total, "low": low, "high": high}


def summary(results: pd.DataFrame) -> dict[str, Any]:
    """Of every rule, and of ours once for each choice of what was left out."""
    return {
        " ".join([rule, *([f"without the {left_out}"] if left_out else [])]): _of_rule(rows)
        for (rule, left_out), rows in results.groupby(["rule", "left out"], sort=False)
    }


def _of_rule(rows: pd.DataFrame) -> dict[str, Any]:
    rows = rows.assign(
        raised=rows["alarm"] != NONE,
        early=(rows["alarm"] != NONE) & (rows["alarm"] < rows["onset"]),
        delay=rows["alarm"] - rows["onset"],
    )
    rows["detected"] = rows["raised"] & ~rows["early"]
    healthy, ill = rows[rows["healthy"]], rows[~rows["healthy"]]
    watched = healthy["probes"].sum() - 40 * len(healthy)
    planted = ill[ill["what"] != WEAKENED]
    found: dict[str, Any] = {
        "false alarms": rate(healthy["raised"]),
        "false alarms of 1000 probes": 1000 * float(healthy["raised"].sum() / watched),
        "alarms before the onset": rate(ill["early"]),
        "false alarms by control": {
            str(what): rate(group["raised"]) for what, group in healthy.groupby("what")
        },
        "weakened": rate(ill[ill["what"] == WEAKENED]["detected"]),
        "detected": {
            kind.value: {
                int(severity): rate(group["detected"])
                for severity, group in planted[planted["what"] == kind.value].groupby("severity")
            }
            for kind in Kind
        },
    }
    in_time = planted[planted["detected"]]
    strong = in_time[in_time["severity"] >= 30]
    found["delay"] = _delays(strong)
    found["delay of key kinds"] = _delays(strong[strong["what"].isin([k.value for k in KEY])])
    if (rows["rule"] == OURS).all():
        found["named rightly"] = rate(strong["named"] == strong["what"])
        found["named rightly by kind"] = {
            str(what): rate(group["named"] == group["what"])
            for what, group in strong.groupby("what")
        }
        confusion = pd.crosstab(strong["what"], strong["named"])
        found["named"] = {
            str(what): {str(n): int(c) for n, c in row.items() if c}
            for what, row in confusion.iterrows()
        }
    return found


def _delays(rows: pd.DataFrame) -> dict[str, float]:
    """Of those detected from severity 30 % on: the median and the 95th of a hundred, in probes."""
    if not len(rows):
        return {"median": float("nan"), "95 %": float("nan")}
    middle, late = np.quantile(rows["delay"], [0.5, 0.95], method="inverted_cdf")
    return {"median": float(middle), "95 %": float(late)}
