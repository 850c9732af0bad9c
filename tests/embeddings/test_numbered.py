"""Columns are dimensions in the order of their numbers, and no other column slips in."""

from pathlib import Path

import pytest

from ssl_theory.embeddings.numbered import chosen_columns

PATH = Path("z.csv")


@pytest.mark.parametrize("pattern", ["z_{}", "z{}", "z.{}", "z-{}", "{}", "layer4_{}", "z_{:03}"])
@pytest.mark.parametrize("first", [0, 1])
def test_dimensions_are_ordered_by_number_and_not_by_letter(pattern, first):
    ordered = [pattern.format(k) for k in range(first, first + 12)]
    names = ["label", *sorted(ordered, reverse=True), "score"]
    found = chosen_columns(PATH, None, names, floating=[*names[1:]])
    assert found == ordered


@pytest.mark.parametrize("column", ["w", "w_"])
def test_the_beginning_of_numbered_names_chooses_among_them(column):
    names = ["z_0", "z_1", "w_0", "w_1"]
    assert chosen_columns(PATH, column, names, floating=names) == ["w_0", "w_1"]


def test_the_only_list_is_chosen_and_a_name_chooses_any():
    names = ["id", "z", "loss", "w"]
    assert chosen_columns(PATH, None, names, lists=["z"], floating=["loss"]) == ["z"]
    assert chosen_columns(PATH, "w", names, lists=["z", "w"], floating=["loss"]) == ["w"]
    assert chosen_columns(PATH, "loss", names, lists=["z", "w"], floating=["loss"]) == ["loss"]


def test_a_table_of_floats_alone_is_a_matrix():
    assert chosen_columns(PATH, None, ["b", "a"], floating=["b", "a"]) == ["b", "a"]


@pytest.mark.parametrize(
    ("column", "names", "lists", "floating", "message"),
    [
        (None, ["label", "a", "b"], [], ["a", "b"], "must say which column of `z.csv` .* Name one"),
        (None, ["z", "w"], ["z", "w"], [], "got none where 2 of lists or numbered floats"),
        (None, ["z", "w_0", "w_1"], ["z"], ["w_0", "w_1"], "Name one of 'w', 'z', 'w_0', 'w_1'"),
        (None, [], [], [], "got none where 0 of lists"),
        (None, ["z_0", "z_2"], [], ["z_0", "z_2"], "without a gap, got 'z_0', 'z_2'. Restore"),
        (None, ["z_2", "z_3"], [], ["z_2", "z_3"], "must number its columns from 0 or 1"),
        (None, ["z_0", "z_1", "z1"], [], ["z_0", "z_1", "z1"], "without a gap, got 'z_0', 'z_1', "),
        ("w", ["z_0", "z_1"], [], ["z_0", "z_1"], "or begin the names of numbered ones, got 'w'"),
        (None, ["z", "z"], ["z", "z"], [], "columns of different names, got 'z' twice"),
    ],
)
def test_what_is_left_open_is_asked(column, names, lists, floating, message):
    with pytest.raises(ValueError, match=message):
        chosen_columns(PATH, column, names, lists=lists, floating=floating)
