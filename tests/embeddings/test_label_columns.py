"""Labels in a column of a table: one in every row, and no doubt about which column."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from ssl_theory.embeddings import open_labels


def test_the_row_without_a_label_is_counted_from_the_start_of_the_table(tmp_path):
    labels = list(range(5000))
    labels[4500] = None
    pq.write_table(pa.table({"y": labels}), tmp_path / "y.parquet")
    with pytest.raises(ValueError, match=r"got null for 'y' in rows 4500: without them"):
        open_labels(tmp_path / "y.parquet")


@pytest.mark.parametrize("name", ["y.parquet", "y.arrow", "hugging face"])
@pytest.mark.parametrize("labels", [[0, None, 2], ["a", None, "c"]])
@pytest.mark.parametrize("dictionary", [True, False])
def test_rows_without_a_label_are_named_and_not_dropped(tmp_path, name, labels, dictionary):
    array = pa.array(labels)
    rows = pa.table({"y": array.dictionary_encode() if dictionary else array})
    if name == "hugging face":
        (tmp_path / name).mkdir()
        feather.write_feather(rows, tmp_path / name / "a.arrow")
        (tmp_path / name / "state.json").write_text('{"_data_files": [{"filename": "a.arrow"}]}')
    else:
        (pq.write_table if name == "y.parquet" else feather.write_feather)(rows, tmp_path / name)
    with pytest.raises(ValueError, match=r"a label in every row, got null for 'y' in rows 1: with"):
        open_labels(tmp_path / name)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"a": [1, 2], "b": ["x", "y"]}, "holds the labels, got none where 2 have whole numbers o"),
        ({"z": [0.5, 1.5], "w": [0.5, 1.5]}, r"got none where 0 have .*\. Name one of 'z', 'w'"),
        ({"z": [[1], [2]]}, r"whole numbers or text, got list<.*> for 'z'\. Name another column"),
        ({"y": [0.5, 1.5]}, r"got fractions: 0\.5 in row 0"),
        ({"y": pa.nulls(3)}, "got null for 'y' in rows 0, 1, 2"),
    ],
)
def test_a_table_leaves_no_doubt_about_its_labels(tmp_path, columns, message):
    pq.write_table(pa.table(columns), tmp_path / "y.parquet")
    with pytest.raises(ValueError, match=message):
        open_labels(tmp_path / "y.parquet")
