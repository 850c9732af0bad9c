"""The schema that is shipped says what is written: no less, and no more."""

import copy
import dataclasses
import json
from importlib.resources import files

import numpy as np
import pytest

from ssl_theory.diagnostics.intervals import Interval
from ssl_theory.report import (
    Change,
    Comparison,
    Curve,
    Expectation,
    Kind,
    Measurement,
    Report,
    Trajectory,
    Verdict,
    diagnose,
    trajectory,
)
from tests.report.samples import HOSTILE, concentrated, sample

SCHEMA = json.loads(files("ssl_theory.report").joinpath("schema.json").read_text("utf-8"))
Z = np.random.default_rng(0).standard_normal((200, 8))
WRITTEN = {
    "a pair": diagnose(Z, Z + 0.1 * Z[::-1]),
    "a point": diagnose(np.ones((9, 3))),
    "zeros": diagnose(np.zeros((9, 3))),
    "few": diagnose(Z[:4]),
    "lost": diagnose(Z @ np.diag([1.0, 1, 1, 1, 1, 1, 0, 0])),
    "float16": diagnose(Z.astype(np.float16)),
    "sample": sample(),
    "hostile": concentrated(source=HOSTILE, sure=False),
    "comparison": sample().compare(concentrated(seed=2, items=300)),
    "trajectory": trajectory([sample(0.5), sample(1.0), concentrated()], steps=[0, 0.5, 3]),
}
PARTS = {
    "report": Report,
    "checkpoint": Report,
    "comparison": Comparison,
    "trajectory": Trajectory,
    "verdict": Verdict,
    "measurement": Measurement,
    "change": Change,
    "interval": Interval,
    "expectation": Expectation,
    "curve": Curve,
}
KINDS = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
    "array": list,
    "object": dict,
}
KNOWN = {"$schema", "$ref", "$defs", "title", "description", "type", "const", "enum", "anyOf"}
KNOWN |= {"oneOf", "minimum", "maximum", "minItems", "items", "properties", "required"}
KNOWN |= {"additionalProperties"}


def fits(value: object, schema: dict) -> bool:
    """Whether ``value`` is valid, by the words of JSON Schema that this schema uses."""
    assert schema.keys() <= KNOWN, f"the validator does not know {schema.keys() - KNOWN}"
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "oneOf" in schema:
        return sum(fits(value, one) for one in schema["oneOf"]) == 1
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        return value in schema.get("enum", [schema.get("const")])
    kind = schema["type"]
    if not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return False
    if isinstance(value, dict):
        properties = schema["properties"]
        assert schema["required"] == list(properties) and not schema["additionalProperties"]
        return value.keys() == properties.keys() and all(
            fits(value[name], properties[name]) for name in properties
        )
    if isinstance(value, list):
        return len(value) >= schema.get("minItems", 0) and all(
            fits(one, schema["items"]) for one in value
        )
    low, high = schema.get("minimum", value), schema.get("maximum", value)
    return kind not in ("number", "integer") or low <= value <= high


@pytest.mark.parametrize("value", WRITTEN.values(), ids=WRITTEN)
def test_what_is_written_follows_it_and_comes_back(value):
    document = json.loads(value.to_json(), parse_constant=pytest.fail)
    assert fits(document, SCHEMA)
    assert repr(type(value).from_json(value.to_json())) == repr(value)


@pytest.mark.parametrize("name", SCHEMA["$defs"])
def test_it_names_every_field_of_every_part(name):
    found = list(SCHEMA["$defs"][name]["properties"])
    fields = [field.name for field in dataclasses.fields(PARTS[name])]
    assert [field for field in found if field != "schema"] == fields


def test_it_names_every_kind_of_verdict():
    kinds = SCHEMA["$defs"]["verdict"]["properties"]["kind"]["enum"]
    assert kinds == [kind.value for kind in Kind]


def spoiled(document: dict):
    """Copies of ``document``, each wrong in one place."""
    paths: list[tuple] = []

    def visit(value: object, path: tuple) -> None:
        paths.append(path)
        if isinstance(value, dict):
            for key, one in value.items():
                visit(one, (*path, key))
        elif isinstance(value, list) and value:
            visit(value[0], (*path, 0))

    visit(document, ())
    for path in paths[1:]:
        for change in ("wrong", "missing", "extra"):
            made = copy.deepcopy(document)
            place = made
            for step in path[:-1]:
                place = place[step]
            if change == "wrong":
                place[path[-1]] = {"neither": "here"}
            elif not isinstance(place, dict):
                continue
            elif change == "missing":
                del place[path[-1]]
            else:
                place[f"{path[-1]} too"] = 1
            yield path, change, made


@pytest.mark.parametrize("name", ["sample", "comparison", "trajectory"])
def test_whatever_it_refuses_is_refused_on_reading(name):
    document = json.loads(WRITTEN[name].to_json())
    tried = 0
    for path, change, made in spoiled(document):
        assert not fits(made, SCHEMA), (path, change)
        with pytest.raises(ValueError, match=r"must (be|follow)"):
            type(WRITTEN[name]).from_json(json.dumps(made))
        tried += 1
    assert tried > 30
