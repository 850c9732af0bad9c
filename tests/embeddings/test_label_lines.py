"""Labels in a text file: a line is a label, a name or a question, and never dropped."""

import pytest

from ssl_theory.embeddings import open_labels


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("3\n7\n", [3, 7]),
        ("label\n3\n7\n", [3, 7]),
        ("\ufefflabel\n3\n7\n\n \n", [3, 7]),
        ("3.000000000000000000e+00\n7.0\r\n", [3, 7]),
        ("007\n7\n", ["007", "7"]),
        ("1e3\n1000\n", ["1e3", "1000"]),
        ("cat\nNadia\n", ["cat", "Nadia"]),
        ("12345678901234567890\n1\n", ["12345678901234567890", "1"]),
        ("", []),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "txt"])
def test_lines_of_text_are_labels(tmp_path, text, labels, suffix):
    path = tmp_path / f"y.{suffix}"
    path.write_text(text)
    if text:
        assert open_labels(path).tolist() == labels
    else:
        with pytest.raises(ValueError, match="must be a file of labels, got an empty file"):
            open_labels(path)


def test_commas_in_lines_of_text_are_part_of_the_label(tmp_path):
    (tmp_path / "y.txt").write_text("dog, small\ndog, large\n")
    assert open_labels(tmp_path / "y.txt").tolist() == ["dog, small", "dog, large"]


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("3\n\n7\n", None, "got none in line 2"),
        ("3\nNaN\n7\n", None, "a label in every line, got 'NaN' in line 2. Drop the line, and its"),
        ("y,a\n3,b\n,c\n", "y", "a label in every line, got '' in line 3"),
        ("y,a\n3\n", "y", "must have 2 cells in every line, got 1 in line 2"),
        ("3,4\n5,6\n", None, "`column` must say which column of .* none where there are 2"),
        ("y,y\n5,6\n", "y", "`column` must name a column of .*, got 'y'. Name one of 'y'"),
        ("0.25\n0.5\n", None, r"got fractions: 0\.25 in row 0, 0\.5 in row 1"),
        ("x" * 1001 + "\ny\n", None, "labels of at most 1,000 characters, got 1,001"),
        ("\udcff\udcfe", None, "truncated or damaged"),
    ],
)
def test_lines_that_are_no_labels_are_refused(tmp_path, text, column, message):
    path = tmp_path / "y.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ValueError, match=message) as caught:
        open_labels(path, column)
    assert str(caught.value).isprintable()
