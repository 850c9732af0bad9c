"""Metric-aware PCA as a scikit-learn transformer."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.utils.validation import check_array, check_is_fitted, validate_data

from ssl_theory.metric_aware_pca import Metric, MetricPCA, metric_aware_pca
from ssl_theory.metrics import Identity
from ssl_theory.moments import Moments

__all__ = ["MAPCA"]

ACCEPTED = (np.float64, np.float32)


class MAPCA(ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):
    """Directions of most variance per unit of a metric, their scores, and the way back.

    ``Identity()``, the default, is PCA; ``Diagonal()`` has the scores of PCA on the
    correlations; ``Power(beta)`` scores principal components with the variances
    ``l^(1 - beta)``. Only moments are kept, in float64 whatever the data come in, so batches
    (``partial_fit``) give what all items at once would. [leznik2026mapca]

    Parameters
    ----------
    n_components
        How many directions to keep; ``None`` keeps as many as the data have, which with ``n``
        items are at most ``n - 1``. Asking for more is an error: nothing is regularised.
    metric
        A member of :mod:`ssl_theory.metrics`, or your own; ``None`` is ``Identity()``.

    Attributes
    ----------
    components_
        ``W'``, one direction per row, with ``components_ @ metric_ @ components_.T = I``.
    explained_variance_
        ``mu``, the sample variances of the scores.
    explained_variance_ratio_
        ``mu`` over the sum of every ``mu``, kept or not.
    metric_, mean_
        The metric as a matrix, and the mean of the items.
    solution_
        All of the above as a value, with the gap, the condition number, and whether the
        subspace is determined at all.
    moments_
        What is kept of the items.

    Examples
    --------
    A unit does not matter to the diagonal metric.

    >>> from ssl_theory.metrics import Diagonal
    >>> x = np.array([[1.0, 2.0], [3.0, 3.0], [4.0, 7.0]])
    >>> in_metres, in_feet = (MAPCA(metric=Diagonal()).fit_transform(x * u) for u in (1, [1, 3.28]))
    >>> bool(np.allclose(in_metres, in_feet))
    True
    """

    moments_: Moments

    def __init__(self, n_components: int | None = None, *, metric: Metric | None = None) -> None:
        self.n_components = n_components
        self.metric = metric

    def fit(self, X: ArrayLike, y: object = None) -> "MAPCA":
        """Solve for the directions of these items, and of no others seen before."""
        self.__dict__.pop("moments_", None)
        self.partial_fit(X)
        self.solution_ = self._solved()
        return self

    def partial_fit(self, X: ArrayLike, y: object = None) -> "MAPCA":
        """Add a batch of items; the directions of all are solved for when they are next used."""
        first = not hasattr(self, "moments_")
        fewest = 2 if first else 1
        items = validate_data(self, X, dtype=ACCEPTED, reset=first, ensure_min_samples=fewest)
        batch = Moments.of(items)
        self.moments_ = batch if first else self.moments_ + batch
        self.__dict__.pop("solution_", None)
        return self

    def transform(self, X: ArrayLike) -> NDArray[np.floating]:
        """The scores ``W' (x - mean)``, one row per item."""
        check_is_fitted(self)
        items = validate_data(self, X, dtype=ACCEPTED, reset=False)
        return ((items - self.mean_) @ self.components_.T).astype(items.dtype, copy=False)

    def inverse_transform(self, X: ArrayLike) -> NDArray[np.floating]:
        """Items from scores: exactly what they were if no direction was left out."""
        check_is_fitted(self)
        scores = check_array(X, dtype=ACCEPTED)
        if scores.shape[1] != self._n_features_out:
            raise ValueError(
                f"`X` must have {self._n_features_out} columns, one per component, got "
                f"{scores.shape[1]}. Pass what transform returned."
            )
        return (scores @ self.solution_.loadings.T + self.mean_).astype(scores.dtype, copy=False)

    @cached_property
    def solution_(self) -> MetricPCA:
        return self._solved()

    def _solved(self) -> MetricPCA:
        check_is_fitted(self)
        metric = Identity() if self.metric is None else self.metric
        return metric_aware_pca(self.moments_.covariance(), metric, keep=self.n_components)

    @property
    def components_(self) -> NDArray[np.float64]:
        return self.solution_.directions.T

    @property
    def explained_variance_(self) -> NDArray[np.float64]:
        return self.solution_.eigenvalues

    @property
    def explained_variance_ratio_(self) -> NDArray[np.float64]:
        return self.solution_.eigenvalues / self.solution_.spectrum.sum()

    @property
    def metric_(self) -> NDArray[np.float64]:
        return self.solution_.metric

    @property
    def mean_(self) -> NDArray[np.float64]:
        check_is_fitted(self)
        return self.moments_.mean

    @property
    def _n_features_out(self) -> int:
        return self.components_.shape[0]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags
