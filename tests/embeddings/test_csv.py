"""A table of text gives its numbers row for row, and no label passes for a dimension."""

import numpy as np
import pandas as pd
import pytest

from ssl_theory.embeddings import csv as ours
from ssl_theory.embeddings import open_embeddings

Z = np.random.default_rng(0).standard_normal((5000, 3))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "z.csv"


@pytest.mark.parametrize("separator", [",", ";", "\t", " ", "   "])
@pytest.mark.parametrize("header", ["", "z0 z1 z2", "a b c"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_numpy_saves_comes_back(path, separator, header, end):
    names = separator.join(header.split())
    np.savetxt(path, Z, "%.17g", separator, end, names, comments="")
    assert np.array_equal(open_embeddings(path), Z)


@pytest.mark.parametrize("index", [True, False])
@pytest.mark.parametrize("columns", [None, ["z_0", "z_1", "z_2"]])
def test_what_pandas_saves_comes_back_without_its_index(path, index, columns):
    pd.DataFrame(Z, columns=columns).to_csv(path, index=index)
    assert np.array_equal(open_embeddings(path), Z)


def test_a_byte_order_mark_and_blank_lines_at_the_end_are_no_data(path):
    path.write_bytes(b"\xef\xbb\xbf0.5,1.5\n2.5,3.5\n\n \n")
    assert open_embeddings(path).tolist() == [[0.5, 1.5], [2.5, 3.5]]


def test_quotes_and_text_in_other_columns_do_no_harm(path):
    path.write_text('"a name","z_0","z_1"\n"one, two","0.5",1.5\nthree,2.5,3.5\n')
    assert open_embeddings(path).tolist() == [[0.5, 1.5], [2.5, 3.5]]


def test_numbered_columns_are_put_in_order(path):
    frame = pd.DataFrame(Z, columns=["z_2", "z_10", "z_1"]).assign(label=range(5000))
    rest = pd.DataFrame(np.full((5000, 8), 0.5), columns=[f"z_{k}" for k in (*range(3, 10), 0)])
    pd.concat([frame, rest], axis=1).to_csv(path, index=False)
    opened = open_embeddings(path, "z")
    assert opened.shape == (5000, 11) and np.array_equal(opened[:, [2, 10, 1]], Z)


@pytest.mark.parametrize("labels", [np.arange(5000), np.arange(5000) % 10])
@pytest.mark.parametrize("place", [0, 3])
@pytest.mark.parametrize("header", [False, ["a", "b", "c", "d"]])
def test_labels_do_not_pass_for_a_dimension(path, labels, place, header):
    pd.DataFrame(np.insert(Z, place, labels, 1)).to_csv(path, index=False, header=header)
    with pytest.raises(ValueError, match=r"must hold embeddings alone, got whole numbers among fr"):
        open_embeddings(path)


def test_a_dead_dimension_is_a_dimension(path):
    z = Z * [1, 0, 1]
    np.savetxt(path, z, "%.17g", ",")
    assert np.array_equal(open_embeddings(path), z)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("z_0,z_1\n1.5,2.5\n1.5\n", "must have 2 cells in every line, got 1 in line 3"),
        ("1.5,2.5\n1.5,2.5,3.5\n", "must have 2 cells in every line, got 3 in line 2"),
        ("n,z_0,z_1\na,1.5,2.5\nb,c,1.5,2.5\n", "3 cells in every line, got 4 in line 3"),
        ("z_0,z_1\n1.5,2.5\n1.5,\n", "a number in every cell, got '' for 'z_1' in line 3. Drop"),
        ("z_0,z_1\n1.5,2.5\n1.5,NA\n", "a number in every cell, got 'NA' for 'z_1' in line 3"),
        ("1.5;2.5\n1.5;2,5\n", "a number in every cell, got '2,5' for '1' in line 2"),
        ("1.5,2.5\n\n3.5,4.5\n", "an embedding in every line, got none in line 2: without it"),
        ("1.5,NA\n2.5,3.5\n", "with one of numbers, got both: '1.5' and 'NA'. Write a header"),
        ("0,5;1,5\n0,5;1,5\n", "`column` must say which column of .* got none where 0 of lists or"),
        ("label,a,b\nx,1.5,2.5\n", "`column` must say which column of .* got none where 0 of lis"),
        ("z_0,z_1,w_0,w_1\n1.5,1.5,1.5,1.5\n", "got none where 2 of lists or numbered floats"),
        ("z_0,z_0\n1.5,1.5\n", "columns of different names, got 'z_0' twice"),
        ("1.5,2.5\n1_0,2.5\n", "truncated or damaged: could not convert string '1_0' to float64"),
    ],
)
def test_what_is_no_matrix_of_numbers_is_refused(path, text, message):
    path.write_text(text)
    with pytest.raises(ValueError, match=message) as caught:
        open_embeddings(path)
    assert str(path) in str(caught.value) and str(caught.value).isprintable()


def test_a_line_is_counted_from_the_start_of_the_file(path):
    lines = ["0.5,1.5"] * 6000
    lines[5000] = "0.5,?"
    path.write_text("\n".join(lines))
    with pytest.raises(ValueError, match=r"got '\?' for '1' in line 5001"):
        open_embeddings(path)


def test_a_file_of_one_endless_line_is_not_read_whole(path, monkeypatch):
    monkeypatch.setattr(ours, "LONGEST", 1000)
    path.write_text("1.5," * 1000)
    with pytest.raises(
        ValueError, match="lines of fewer than 1,000 characters, got more in line 1"
    ):
        open_embeddings(path)


def test_what_is_not_text_is_refused(path):
    path.write_bytes(bytes(range(128, 256)))
    with pytest.raises(ValueError, match=r"got (a pickle|one that is truncated or damaged)"):
        open_embeddings(path)


def test_a_header_alone_has_no_items(path):
    path.write_text("z_0,z_1\n")
    with pytest.raises(ValueError, match="`column` must say which column of"):
        open_embeddings(path)
    assert len(open_embeddings(path, "z")) == 0
