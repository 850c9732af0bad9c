"""Rows of a table stay with their labels: no null is dropped, no slice begins elsewhere."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from ssl_theory.embeddings import open_embeddings
from ssl_theory.embeddings.tables import matrices

Z = np.random.default_rng(0).standard_normal((10_000, 3))
FIXED = pa.FixedSizeListArray.from_arrays(pa.array(Z.ravel()), 3)
FEW = [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0], [6.0, 7.0]]


def stream(table, path):
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=1000)


def shards(table, path):
    half = len(table) // 2
    path.mkdir()
    for name, part in (("a.arrow", table[:half]), ("b.arrow", table[half:])):
        stream(part, path / name)
    state = {"_data_files": [{"filename": "a.arrow"}, {"filename": "b.arrow"}]}
    (path / "state.json").write_text(json.dumps(state))


WRITERS = {
    "z.parquet": pq.write_table,
    "z.arrow": feather.write_feather,
    "stream.arrow": stream,
    "folder": shards,
}


@pytest.fixture(params=WRITERS)
def written(request, tmp_path):
    def write(columns: dict) -> Path:
        WRITERS[request.param](pa.table(columns), tmp_path / request.param)
        return tmp_path / request.param

    return write


@pytest.mark.parametrize(
    "array",
    [
        FIXED,
        pa.array(Z.tolist()),
        pa.array(Z.tolist(), pa.large_list(pa.float64())),
        pa.array(Z.tolist(), pa.list_(pa.float32())),
        pa.array(list(Z.astype(np.float16)), pa.list_(pa.float16(), 3)),
    ],
    ids=lambda array: str(array.type),
)
def test_lists_of_any_kind_are_rows(written, array):
    path = written({"label": range(len(Z)), "z": array, "loss": Z[:, 0]})
    opened = open_embeddings(path)
    dtype = array.type.value_type.to_pandas_dtype()
    assert opened.dtype == dtype and np.array_equal(opened, Z.astype(dtype))
    assert np.array_equal(open_embeddings(path, "z"), opened)


def test_numbered_columns_are_dimensions(written):
    path = written({"label": range(len(Z))} | {f"z_{k}": Z[:, k] for k in (2, 0, 1)})
    assert np.array_equal(open_embeddings(path), Z)
    assert np.array_equal(open_embeddings(path, "z_1"), Z[:, [1]])


def test_a_slice_begins_where_it_begins():
    batch = pa.record_batch({"z": FIXED}).slice(7, 5)
    assert len(batch.column(0).values) > 15  # the trap: the slice is forgotten
    (rows,) = matrices(Path("z"), [batch], ["z"])
    assert np.array_equal(rows, Z[7:12])


@pytest.mark.parametrize("kind", [pa.list_(pa.float64(), 2), pa.list_(pa.float64())])
def test_rows_without_an_embedding_are_named_and_not_dropped(written, kind):
    rows = pa.array([*FEW[:1], None, *FEW[1:3], None], kind)
    assert len(rows.flatten()) == 6  # the trap: three rows would be left for five labels
    with pytest.raises(ValueError, match=r"in every row, got null for 'z' in rows (1, 4|1|2, 4|4)"):
        open_embeddings(written({"z": rows, "label": range(5)}))


def test_the_row_that_is_null_is_counted_from_the_start_of_the_table(written):
    rows = Z.tolist()
    rows[9000] = None
    with pytest.raises(ValueError, match=r"got null for 'z' in rows 9000: without them row i is"):
        open_embeddings(written({"z": rows}))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"z": [[0.0, None], *FEW]}, "got null among those of 'z' in rows 0. Drop these rows"),
        ({"z_0": [1.0, None], "z_1": [2.0, 3.0]}, "got null for 'z_0' in rows 1"),
        ({"z": [[0.0], *FEW[1:]]}, "lists of one length, got 1 numbers for 'z' in row 0 and other"),
        ({"z": FEW, "w": FEW}, "`column` must say which column of .* got none where 2 of lists"),
        ({"z": [["a"], ["b"]]}, "`column` must say which column of .* got none where 0 of lists"),
    ],
)
def test_what_is_no_matrix_of_numbers_is_refused(tmp_path, columns, message):
    pq.write_table(pa.table(columns), tmp_path / "z.parquet")
    with pytest.raises(ValueError, match=message):
        open_embeddings(tmp_path / "z.parquet")


@pytest.mark.parametrize(
    "columns", [{"z": [["a"], ["b"]]}, {"z": ["a", "b"]}, {"z": [[[1.0]], [[2.0]]]}]
)
def test_a_column_of_no_numbers_is_refused_though_it_was_named(written, columns):
    with pytest.raises(ValueError, match=r"must hold numbers, got .* for 'z'\. Flatten nested"):
        open_embeddings(written(columns), "z")


def test_integers_are_left_for_the_diagnosis_to_refuse(written):
    assert open_embeddings(written({"z": [[1, 2], [3, 4]]}), "z").dtype == np.int64


def test_a_table_without_rows_has_no_items(tmp_path):
    pq.write_table(pa.table({"z": FIXED})[:0], tmp_path / "z.parquet")
    assert len(open_embeddings(tmp_path / "z.parquet")) == 0


def test_a_table_that_unpacks_to_more_than_the_disk_holds_is_refused(tmp_path, monkeypatch):
    pq.write_table(pa.table({"z": pa.array([[0.0, 0.0]] * 100_000)}), tmp_path / "z.parquet")
    monkeypatch.setattr("ssl_theory.embeddings.spooling.RESERVE", 2**62)
    with pytest.raises(OSError, match=r"must fit into the folder .* got 1,600,000 bytes for the"):
        open_embeddings(tmp_path / "z.parquet")


def test_a_dictionary_of_splits_is_one_split_or_a_question(tmp_path):
    for split in ("train", "test"):
        shards(pa.table({"z": FIXED}), tmp_path / split)
    described = tmp_path / "dataset_dict.json"
    described.write_text('{"splits": ["train", "test"]}')
    with pytest.raises(ValueError, match="must be one split of a data set, got 2: 'train', 'test'"):
        open_embeddings(tmp_path)
    described.write_text('{"splits": ["test"]}')
    assert np.array_equal(open_embeddings(tmp_path), Z)


@pytest.mark.parametrize(
    ("state", "error", "message"),
    [
        ({"_data_files": [{"filename": "../z.arrow"}]}, ValueError, "which leads elsewhere. Save"),
        ({"_data_files": [{"filename": "/etc/passwd"}]}, ValueError, "which leads elsewhere. Save"),
        ({"_data_files": [{"filename": "link.arrow"}]}, ValueError, "which leads elsewhere. Save"),
        ({"_data_files": []}, ValueError, "must hold rows, got a data set of none"),
        ({"_data_files": [{"filename": "gone.arrow"}]}, ValueError, "truncated or damaged"),
        ({"_indices_data_files": [{"filename": "i.arrow"}]}, ValueError, "selection by a file of"),
        ([], ValueError, "truncated or damaged"),
    ],
)
def test_a_data_set_holds_its_own_files(tmp_path, state, error, message):
    stream(pa.table({"z": FIXED}), tmp_path / "z.arrow")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.arrow").symlink_to(tmp_path / "z.arrow")
    (folder / "state.json").write_text(json.dumps(state))
    with pytest.raises(error, match=message):
        open_embeddings(folder)


def test_feather_of_version_1_is_refused(tmp_path):
    (tmp_path / "z.feather").write_bytes(b"FEA1rest")
    with pytest.raises(ValueError, match="got a Feather table of version 1"):
        open_embeddings(tmp_path / "z.feather")
