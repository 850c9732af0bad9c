"""Open embeddings wherever they live: one format per file, in memory or not."""

from ssl_theory.embeddings.distinct import Distinct, distinct_rows
from ssl_theory.embeddings.labels import open_labels
from ssl_theory.embeddings.npy import open_npy
from ssl_theory.embeddings.opening import open_embeddings
from ssl_theory.embeddings.precision import Precision, Written, precision
from ssl_theory.embeddings.progress import showing_progress, shown
from ssl_theory.embeddings.sampling import drawn_rows

__all__ = [
    "Distinct",
    "Precision",
    "Written",
    "distinct_rows",
    "drawn_rows",
    "open_embeddings",
    "open_labels",
    "open_npy",
    "precision",
    "showing_progress",
    "shown",
]
