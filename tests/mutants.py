# ruff: noqa: E501
"""Faults the suite must notice: ``python tests/mutants.py [WORD ...]``.

Each is a line of the package replaced by a plausible mistake, and the tests that should go red.
The working tree is never touched: every mutant lives in a copy. A survivor is a hole in the
tests; a mutant whose old text is gone is out of date. Both make the command fail.
"""

import contextlib
import io
import multiprocessing
import multiprocessing.pool
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
KILLED = (1, 2)  # pytest: tests failed, or could not even be collected
CRASHED = 70  # pytest itself did not run


class Mutant(NamedTuple):
    """A fault, and the tests that owe us a failure."""

    file: str  # below ssl_theory/
    old: str
    new: str
    tests: str  # below tests/, space separated; the first failure is enough


CONFORMANCE = "test_conformance.py"
CONFORMING = (
    "info_nce",
    "align_uniform",
    "gaussian_infomax",
    "vicreg",
    "simclr",
    "simsiam",
    "data2vec",
)
DOORS = "test_doors.py"

MUTANTS = [
    Mutant("uniformity/model_marginal.py", "- math.log(len(w))).mean()", "- math.log(len(w) - 1)).mean()", f"{DOORS} {CONFORMANCE}"),
    Mutant("uniformity/model_marginal.py", "given=given[None, :]", "given=given[None, :].detach()", CONFORMANCE),
    Mutant("uniformity/model_marginal.py", "logsumexp(1)", "logsumexp(0)", f"{DOORS} {CONFORMANCE}"),
    Mutant("alignment/gaussian.py", "/ (2 * self.variance) - d", "/ self.variance - d", DOORS),
    Mutant("alignment/gaussian.py", "- d / 2 * math.log(2 * math.pi * self", "- d / 2 * math.log(math.pi * self", CONFORMANCE),
    Mutant("alignment/von_mises_fisher.py", "order * math.log(kappa) - d / 2", "order * math.log(kappa) - d", "test_spaces.py"),
    Mutant("alignment/von_mises_fisher.py", "order = d / 2 - 1\n", "order = d / 2\n", "test_spaces.py"),
    Mutant("alignment/von_mises_fisher.py", "ISOMETRIES - {Symmetry.TRANSLATION}", "ISOMETRIES", CONFORMANCE),
    Mutant("uniformity/gaussian_log_determinant.py", "(centred.T @ centred / n)", "(centred.T @ centred / (n - 1))", DOORS),
    Mutant("uniformity/gaussian_log_determinant.py", "centred = w - w.mean(0)", "centred = w", DOORS),
    Mutant("uniformity/gaussian_log_determinant.py", "if n <= d:", "if n < d:", f"uniformity/test_gaussian_log_determinant.py {CONFORMANCE}"),
    Mutant("uniformity/gaussian_log_determinant.py", "Relation.UPPER_BOUND", "Relation.ESTIMATE", "uniformity/test_gaussian_log_determinant.py"),
    Mutant("uniformity/hinge.py", "ISOMETRIES - {Symmetry.ROTATION}", "ISOMETRIES", CONFORMANCE),
    Mutant("uniformity/hinge.py", "ISOMETRIES - {Symmetry.ROTATION}", "ISOMETRIES - {Symmetry.ROTATION, Symmetry.TRANSLATION}", CONFORMANCE),
    Mutant("uniformity/quadratic_renyi.py", "math.log(n * (n - 1))", "2 * math.log(n)", DOORS),
    Mutant("uniformity/quadratic_renyi.py", "-math.inf)", "0.0)", DOORS),
    Mutant("uniformity/kozachenko_leonenko.py", "k[0] - k[1]", "k[0] + k[1]", f"{DOORS} uniformity/test_kozachenko_leonenko.py"),
    Mutant("uniformity/kozachenko_leonenko.py", "math.lgamma(d / 2 + 1)", "math.lgamma(d / 2)", f"{DOORS} uniformity/test_kozachenko_leonenko.py"),
    Mutant("uniformity/kozachenko_leonenko.py", "distances.fill_diagonal_(math.inf)", "pass", f"{DOORS} uniformity/test_kozachenko_leonenko.py"),
    Mutant("latent_distribution_matching.py", "((z, w), (w, z)) if self.both_ways", "((z, w), (z, w)) if self.both_ways", CONFORMANCE),
    Mutant("latent_distribution_matching.py", "-self.entropies * entropy", "self.entropies * entropy", DOORS),
    Mutant("latent_distribution_matching.py", "return 2 if (self", "return 1 if (self", DOORS),
    Mutant("latent_distribution_matching.py", "x.float() if x.itemsize < 4 else x", "x", CONFORMANCE),
    Mutant("latent_distribution_matching.py", ") | self.model.space.absorbs", ")", CONFORMANCE),
    Mutant("latent_distribution_matching.py", "a * value.alignment + u * value.uniformity", "value.alignment + u * value.uniformity", DOORS),
    Mutant("latent_distribution_matching.py", "needed != self.model.space", "False", DOORS),
    Mutant("spaces.py", "z / z.norm(dim=-1, keepdim=True)", "z / z.norm(dim=-1, keepdim=True).detach()", "test_spaces.py"),
    Mutant("spaces.py", "z = z / z.detach().abs().amax(-1, keepdim=True)", "pass", "test_spaces.py"),
    Mutant("spaces.py", "return d - 1\n\n    @staticmethod", "return d\n\n    @staticmethod", "test_spaces.py"),
    Mutant("symmetries.py", "return z @ q, w @ q", "return z @ q, w", "test_symmetries.py"),
    Mutant("symmetries.py", "return z[:, order] * sign, w[:, order] * sign", "return z[:, order], w[:, order] * sign", "test_symmetries.py"),
    Mutant("bessel.py", "LARGE_ORDER = 64.0", "LARGE_ORDER = 2.0", "test_bessel.py"),
    Mutant("bessel.py", "- np.log(root) / 2", "- np.log(root)", "test_bessel.py"),
    Mutant("notation.py", "items = rows.rows", "items = rows.rows - 1", "test_notation.py"),
    Mutant("notation.py", "if index != row", "", "test_notation.py"),
    Mutant("objectives/vicreg.py", '"bardes2022vicreg"', '"bardes2021vicreg"', CONFORMANCE),
    Mutant("objectives/vicreg.py", "Gaussian(1 / (2 * invariance))", "Gaussian(1 / invariance)", DOORS),
    Mutant("objectives/align_uniform.py", "VonMisesFisher(2 * t)", "VonMisesFisher(t)", DOORS),
    Mutant("objectives/info_nce.py", "shift=nt.log(nt.n)", "shift=0", DOORS),
    Mutant("objectives/__init__.py", "CATALOGUE = (", "CATALOGUE = (lambda t: t)(", "test_floors.py"),
    Mutant("metric_aware_pca.py", "order = np.argsort(-mu, ", "order = np.argsort(mu, ", "test_metric_aware_pca.py"),
    Mutant("metric_aware_pca.py", "axes = axes + null @ shorten", "pass", "test_metric_aware_pca.py"),
    Mutant("metric_aware_pca.py", "if metric.standardises else np.ones(d)", "if False else np.ones(d)", "test_metric_aware_pca.py"),
    Mutant("linear_theory/filters.py", "gain, half * sigma2 / (1 - rho))", "gain, sigma2 / (1 - rho))", "linear_theory/test_filters.py"),
    Mutant("linear_theory/filters.py", "sp.Rational(8, m)", "sp.Rational(4, m)", "linear_theory/test_filters.py"),
    Mutant("linear_theory/optimum.py", "-known.worth(values).round(12)", "-values", "linear_theory/test_filters.py"),
    Mutant("linear_theory/population.py", "(widened + len(covariance)", "(widened / 2 + len(covariance)", "linear_theory/test_optimum.py"),
    Mutant("linear_theory/population.py", "/ len(covariance)\n    return -uniformity", "\n    return -uniformity", "linear_theory"),
    Mutant("linear_theory/pencil.py", "16 * len(values) * np.finfo(np.float64).eps * values[-1]", "0", "linear_theory/test_pencil.py"),
    Mutant("linear_theory/rules.py", "(back / strengths) @ back.T", "(back * strengths) @ back.T", "linear_theory/test_optimum.py"),
    Mutant("linear_theory/hinge.py", "2 * off_diagonal * (level - mean)", "off_diagonal * (level - mean)", "linear_theory/test_hinge.py"),
    Mutant("linear_theory/learning_curve.py", "sp.simplify(4 * s *", "sp.simplify(2 * s *", "linear_theory/test_learning_curve.py"),
    Mutant("linear_theory/learning_curve.py", "2 * slope + 0 * rho", "slope + 0 * rho", "linear_theory/test_learning_curve.py"),
    Mutant("linear_theory/deep_linear.py", "order = 2 * depth", "order = 2 * depth + 1", "linear_theory/test_deep_linear.py"),
    Mutant("linear_theory/predictor_dynamics.py", "return rho / 4", "return rho / 2", "linear_theory/test_predictor_dynamics.py"),
    Mutant("linear_theory/hermite.py", "heapq.heappush(waiting, (-abs(value * rho[i]), raised))", "heapq.heappush(waiting, (-value * rho[i], raised))", "linear_theory/test_hermite.py"),
    Mutant("linear_theory/hermite.py", "/ math.sqrt(math.factorial(degree))", "", "linear_theory/test_hermite.py"),
    Mutant("claims/claim.py", "trial.agrees is not expected", "trial.agrees is expected", "claims"),
    Mutant("claims/leznik2026mapca.py", "return float(abs(w[0] @ w[1]))", "return float(w[0] @ w[1] / 2)", "claims"),
    Mutant("integrations/scikit_learn.py", "self.moments_ + batch", "batch", "integrations"),
    Mutant("integrations/scikit_learn.py", "self.solution_.loadings.T", "self.components_", "integrations"),
    Mutant("collapse/profile.py", "(shrinkage[-2] / shrinkage[-1]).log()", "(shrinkage[-2] / shrinkage[-1])", "collapse/test_profile.py"),
    Mutant("checks/conformance.py", "abs(theirs - ours) <= ROUNDING", "abs(theirs - ours) <= 1e9", "checks"),
    Mutant("checks/conformance.py", "if symmetry in objective.symmetries:", "if symmetry not in objective.symmetries:", CONFORMANCE),
    Mutant("moments.py", "self.count * other.count / count)", "self.count / count)", "test_moments.py"),
    Mutant("accumulator.py", "        items -= centre\n", "", "test_moments.py"),
    Mutant("accumulator.py", "self._mean += apart * (n / total)", "self._mean += apart", "test_moments.py"),
    Mutant("moments.py", "matrix = rows @ rows.T / (self.count - centred)", "matrix = rows @ rows.T / self.count", "test_moments.py"),
    Mutant("accumulator.py", "np.empty((n + 1, len(self._mean)))", "np.empty((n + 1, len(self._mean)), np.float32)", "test_moments.py"),
    Mutant("moments.py", '"float16": 11', '"float16": 24', "test_moments.py"),
    Mutant("moments.py", "(across + across.T) / 2 - drift", "(across + across.T) / 2", "test_moments.py"),
    Mutant("moments.py", "max(self.roundoff, other.roundoff)", "self.roundoff", "test_moments.py"),
    Mutant("diagnostics/spectrum.py", "moments.roundoff**2 / 3", "0", "diagnostics/test_spectrum.py"),
    Mutant("diagnostics/spectrum.py", "COMPUTED = 64.0", "COMPUTED = 0.0", "diagnostics/test_spectrum.py"),
    Mutant("diagnostics/spectrum.py", "noise + ours", "noise", "diagnostics/test_spectrum.py diagnostics/test_rank.py"),
    Mutant("diagnostics/spectrum.py", "noise + ours", "1e6 * noise + ours", "diagnostics/test_spectrum.py"),
    Mutant("diagnostics/rank.py", "np.sqrt(found.resolved)", "found.resolved", "diagnostics/test_rank.py"),
    Mutant("diagnostics/rank.py", "centred=centred)", "centred=True)", "diagnostics/test_rank.py"),
    Mutant("diagnostics/rank.py", "** (1 / (1 - order))", "** (1 / (order - 1))", "diagnostics/test_rank.py"),
    Mutant("diagnostics/fourth_moments.py", "self.third + 2 * along", "self.third + along", "diagnostics/test_participation.py"),
    Mutant("diagnostics/participation.py", "(n - 1) * (n - 2) * squares", "(n - 1) ** 2 * squares", "diagnostics/test_participation.py"),
    Mutant("diagnostics/participation.py", "n / (n - 1) * trace**2", "trace**2", "diagnostics/test_participation.py"),
    Mutant("diagnostics/rank_me.py", "sizes / sizes.sum() + convention.epsilon", "sizes / sizes.sum()", "diagnostics/test_rank_me.py"),
    Mutant("diagnostics/intervals.py", "(ratios - 1))", "ratios)", "diagnostics/test_intervals.py"),
    Mutant("diagnostics/intervals.py", "float(np.sum(pseudo / ratios))", "float(np.mean(pseudo))", "diagnostics/test_intervals.py"),
    Mutant("diagnostics/intervals.py", "(order[appearance] % min(blocks, len(names)))", "(appearance * min(blocks, len(names)) // len(names))", "diagnostics/test_intervals.py"),
    Mutant("diagnostics/decay.py", "np.log(ranks), np.log(found.resolved[first - 1 : last])", "np.log(ranks + 1), np.log(found.resolved[first - 1 : last])", "diagnostics/test_decay.py"),
    Mutant("diagnostics/explained_variance.py", "found.dimension - len(cumulated)", "0", "diagnostics/test_decay.py"),
    Mutant("diagnostics/conditioning.py", "found.resolved_rank < found.dimension", "False", "diagnostics/test_conditioning.py"),
    Mutant("diagnostics/coding_rate.py", "(found.count - 1) / found.count", "1", "diagnostics/test_conditioning.py"),
    Mutant("diagnostics/sphericity.py", "degrees * u - d - 1", "degrees * u - d", "diagnostics/test_conditioning.py"),
    Mutant("diagnostics/significant.py", "values.sum() - strengths.sum()", "values[count:].sum()", "diagnostics/test_significant.py"),
    Mutant("diagnostics/significant.py", "noise * population_spikes(values[:count] / noise, ratio)", "values[:count]", "diagnostics/test_significant.py"),
    Mutant("nulls/largest_share.py", "1 - middle + zero**2 / (n * d) * bend", "1 - middle", "nulls/test_largest_share.py"),
    Mutant("diagnostics/sphere.py", "(n * (mean @ mean) - 1) / (n - 1)", "mean @ mean", "diagnostics/test_sphere.py"),
    Mutant("diagnostics/sphere.py", "n * (n - 1) / d", "n * n / d", "diagnostics/test_sphere.py"),
    Mutant("diagnostics/wasserstein.py", "((found.count - 1) / found.count)", "1", "diagnostics/test_sphere.py"),
    Mutant("diagnostics/coherence.py", "len(rows) / rank", "len(rows) / rows.shape[1]", "diagnostics/test_sphere.py"),
    Mutant("diagnostics/hubness.py", "np.arange(start, start + len(block))] = np.inf", "np.arange(len(block))] = np.inf", "diagnostics/test_hubness.py"),
    Mutant("diagnostics/correlations.py", "beta(0.5, (n - 2) / 2)", "beta(0.5, n / 2)", "diagnostics/test_correlations.py diagnostics/test_calibration.py"),
    Mutant("diagnostics/autocorrelations.py", "level=level) * (n - 1) / n", "level=level) * 1.1", "diagnostics/test_correlations.py diagnostics/test_calibration.py"),
    Mutant("diagnostics/invariances.py", "(diagnostics.isoscore, frozenset({S, R, T, D}))", "(diagnostics.isoscore, frozenset({S, R, T, D, C}))", "diagnostics/test_invariances.py"),
    Mutant("diagnostics/invariances.py", "(diagnostics.mean_cosine, frozenset({S, R, L, C, P}))", "(diagnostics.mean_cosine, frozenset({S, R, L, C}))", "diagnostics/test_invariances.py"),
    Mutant("diagnostics/closeness.py", "= -np.inf", "= 0.0", "diagnostics/test_closeness.py"),
    Mutant("diagnostics/closeness.py", "np.log(n - 1)", "np.log(n)", "diagnostics/test_closeness.py"),
    Mutant("diagnostics/unit_rows.py", "    z = z / largest[:, None]\n", "", "diagnostics/test_closeness.py"),
    Mutant("diagnostics/closeness.py", "** (power / 2)", "** power", "diagnostics/test_closeness.py"),
    Mutant("processes/gaussian_pairs.py", "np.sqrt(1 - rho**2)", "(1 - rho)", "processes"),
    Mutant("processes/gaussian_pairs.py", "* self.mixing.T\n", "* self.mixing\n", "processes"),
    Mutant("arrays.py", "if tuple(z) != tuple(w)", "if False", "test_arrays.py"),
    Mutant("arrays.py", "bad = np.flatnonzero(~np.isfinite", "bad = np.flatnonzero(np.isnan", "test_arrays.py"),
    Mutant("arrays.py", "(bad[: NAMED - len(self._first)] + start)", "(bad[: NAMED - len(self._first)])", "test_arrays.py"),
    Mutant("references.py", "len(names) <= 2", "len(names) <= 3", "test_references.py"),
    Mutant("alignment/generalised_normal.py", "math.lgamma(1 + 1 / self.shape)", "math.lgamma(1 / self.shape)", "alignment/test_generalised_normal.py"),
    Mutant("alignment/student_t.py", "d * math.log(self.scale)", "math.log(self.scale)", "alignment/test_student_t.py"),
    Mutant("objectives/lp_info_nce.py", "temperature ** (1 / power)", "temperature", "objectives/test_lp_info_nce.py"),
    Mutant("objectives/t_moco.py", "StudentT((degrees + 1)", "StudentT(degrees", "objectives/test_t_moco.py"),
    Mutant("uniformity/sliced_epps_pulley.py", "return 2 * len(x)", "return len(x)", "uniformity/test_sliced_epps_pulley.py"),
    Mutant("uniformity/sliced_epps_pulley.py", "return -self.weight * d * epps", "return -self.weight * epps", "uniformity/test_sliced_epps_pulley.py"),
    Mutant("uniformity/bhep.py", "self.weight * n * (among - 2", "self.weight * n * (among - 1", "uniformity/test_bhep.py"),
    Mutant("objectives/le_jepa.py", "trade_off / (1 - trade_off)", "trade_off", "objectives/test_le_jepa.py"),
    Mutant("alignment/mean_square.py", ".square().mean(-1)", ".square().sum(-1)", "alignment/test_mean_square.py"),
    Mutant("uniformity/joint_log_determinant.py", "if n <= 2 * d:", "if n < 2 * d:", "uniformity/test_joint_log_determinant.py"),
    Mutant("uniformity/joint_log_determinant.py", "(pair - pair.mean(0))", "pair", "uniformity/test_joint_log_determinant.py"),
    Mutant("objectives/vicreg_code.py", "variance / 2", "variance", "objectives/test_vicreg_code.py"),
    Mutant("uniformity/pooled_marginal.py", "2 * n - 2 + self.partner", "2 * n - 1", "objectives/test_decoupled_contrastive.py"),
    Mutant("uniformity/pooled_marginal.py", "torch.cat([given, w])", "torch.cat([given, given])", "objectives/test_simclr.py"),
    Mutant("objectives/decoupled_contrastive.py", "2 * nt.n - 2", "2 * nt.n - 1", "objectives/test_decoupled_contrastive.py"),
    Mutant("uniformity/minimum_spanning_tree.py", "closer = outside & (distances[item] < apart)", "closer = outside & (distances[item] > apart)", "uniformity/test_minimum_spanning_tree.py"),
    Mutant("uniformity/minimum_spanning_tree.py", "w.norm(dim=1) - 1", "w.norm(dim=1)", "uniformity/test_minimum_spanning_tree.py"),
    Mutant("objectives/t_regs.py", "1 / (2 * invariance)", "1 / invariance", "objectives/test_t_regs.py"),
    Mutant("uniformity/kernel_density.py", "if not self.itself:", "if self.itself:", "uniformity/test_kernel_density.py"),
    Mutant("uniformity/kernel_density.py", "math.log(n - 1 + self.itself)", "math.log(n)", "uniformity/test_kernel_density.py"),
    Mutant("uniformity/joint_kernel_density.py", "torch.stack([given, w])", "torch.stack([w, w])", "uniformity/test_joint_kernel_density.py"),
    Mutant("objectives/ldm_simclr.py", "itself=True", "itself=False", "objectives/test_ldm_simclr.py"),
    Mutant("batch_spaces.py", "orthonormal * sign[..., None, :]", "orthonormal", "test_batch_spaces.py"),
    Mutant("batch_spaces.py", "frozenset({Symmetry.REORDERING, Symmetry.AXES})", "frozenset({Symmetry.REORDERING})", "test_batch_spaces.py"),
    Mutant("alignment/restricted.py", "self.model.symmetries & self.to.commutes", "self.model.symmetries", "alignment/test_restricted.py"),
    Mutant("alignment/restricted.py", "project(w), given=project(given)", "w, given=given", "alignment/test_restricted.py"),
    Mutant("uniformity/cross_correlation.py", "(squares.sum() - own)", "squares.sum()", "uniformity/test_cross_correlation.py"),
    Mutant("uniformity/whitening.py", "Relation.CONSTRAINT", "Relation.EXACT", "uniformity/test_whitening.py"),
    Mutant("objectives/barlow_twins.py", "Gaussian(0.5)", "Gaussian(1.0)", "objectives/test_barlow_twins.py"),
    Mutant("objectives/w_mse.py", "VonMisesFisher(2.0)", "VonMisesFisher(1.0)", "objectives/test_w_mse.py"),
    Mutant("uniformity/stop_gradient.py", "slope * (w - w.detach())", "slope * (w - given)", "uniformity/test_stop_gradient.py"),
    Mutant("uniformity/stop_gradient.py", "return surprise.detach() + (slope", "return surprise + (slope", f"{CONFORMANCE} uniformity/test_stop_gradient.py"),
    Mutant("alignment/predicted.py", "self.model.space.project(self.predictor(", "(self.predictor(", "objectives/test_byol.py"),
    Mutant("objectives/byol.py", "VonMisesFisher(2.0)", "VonMisesFisher(1.0)", "objectives/test_byol.py"),
    Mutant("alignment/logistic.py", "logsigmoid(gap) + logsigmoid(-gap)", "2 * logsigmoid(gap)", "alignment/test_logistic.py"),
    Mutant("alignment/independent_sources.py", "given=torch.zeros_like(w)", "given=given", "alignment/test_independent_sources.py"),
    Mutant("uniformity/change_of_variables.py", "found - found.mean(0)", "found", "uniformity/test_change_of_variables.py"),
    Mutant("objectives/linear_ica.py", "Logistic()", "Logistic(2.0)", "objectives/test_linear_ica.py"),
    Mutant("uniformity/fourth_moment.py", "masked_fill(partner, 0)", "masked_fill(~partner, 0)", "uniformity/test_fourth_moment.py"),
    Mutant("uniformity/fourth_moment.py", "- overlap / 2", "- overlap", "uniformity/test_fourth_moment.py objectives/test_spectral_contrastive.py"),
    Mutant("uniformity/koleo.py", "fill_diagonal_(math.inf).argmin(1)", "argmin(1)", "uniformity/test_koleo.py"),
    Mutant("objectives/koleo.py", "*(weight, weight, weight", "*(weight, 1, weight", "objectives/test_koleo.py"),
    Mutant("objectives/one_sided_info_nce.py", ", both_ways=False", "", "objectives/test_one_sided_info_nce.py"),
    Mutant("objectives/t_simclr.py", "StudentT((degrees + 1)", "StudentT(degrees", "objectives/test_t_simclr.py"),
    Mutant("alignment/linear_gaussian.py", "self.matrix.to(given).mT", "self.matrix.to(given)", "alignment/test_linear_gaussian.py"),
    Mutant("alignment/linear_gaussian.py", "log_det = 2 * factor", "log_det = factor", "alignment/test_linear_gaussian.py"),
    Mutant("alignment/direct_predictor.py", "boost * values.max()", "boost", "alignment/test_linear_gaussian.py"),
    Mutant("objectives/direct_pred.py", "direct_predictor(correlation, boost)", "direct_predictor(correlation)", "objectives/test_direct_pred.py"),
    Mutant("uniformity/coding_rate.py", "d / (n * self.distortion)", "1 / (n * self.distortion)", "uniformity/test_coding_rate.py"),
    Mutant("uniformity/matrix_renyi.py", "shares = powers / powers.sum()", "shares = powers", "uniformity/test_matrix_renyi.py"),
    Mutant("uniformity/matrix_renyi.py", "| {Symmetry.SCALE}", "", "uniformity/test_matrix_renyi.py"),
    Mutant("uniformity/centroid_spectrum.py", "lost = d - len(spectrum)", "lost = 0", "uniformity/test_centroid_spectrum.py"),
    Mutant("alignment/half_angle.py", "shape = (d - 1) / 2\n", "shape = d / 2\n", "alignment/test_half_angle.py"),
    Mutant("objectives/emp_ssl.py", "HalfAngle(weight)", "HalfAngle(weight / 2)", "objectives/test_emp_ssl.py"),
    Mutant("objectives/frossl.py", "MatrixRenyi(2.0)", "MatrixRenyi(1.0)", "objectives/test_frossl.py"),
    Mutant("objectives/mmcr.py", "VonMisesFisher(0.25)", "VonMisesFisher(0.5)", "objectives/test_mmcr.py"),
    Mutant("report/verdicts.py", "    elif rank < limit:", "    elif rank < view.dimensions:", "report/test_diagnosis.py"),
    Mutant("report/verdicts.py", "limit = CONCENTRATED_BELOW * isotropic", "limit = isotropic / 2", "report/test_diagnosis.py"),
    Mutant("report/verdicts.py", "if rank == n - 1 < d:", "if n <= d + 1:", "report/test_diagnosis.py"),
    Mutant("report/verdicts.py", "    if not rank:\n", "    if rank <= 1:\n", "report/test_diagnosis.py"),
    Mutant("report/view.py", "math.sqrt(3) * roundoff", "roundoff", "report/test_diagnosis.py"),
    Mutant("report/view.py", "min(self.spectrum.resolved_rank, self._evened.resolved_rank)", "self.spectrum.resolved_rank", "report/test_diagnosis.py"),
    Mutant("report/view.py", "min(self.spectrum.resolved_rank, self._evened.resolved_rank)", "self._evened.resolved_rank", "report/test_diagnosis.py"),
    Mutant("report/measurements.py", "1 - pairs.squares_about_the_means / spread", "1 - 2 * pairs.squares_about_the_means / spread", "report/test_diagnosis.py"),
    Mutant("report/pairs.py", "np.square(u - v)", "np.square(u + v)", "report/test_gathering.py"),
    Mutant("report/replicas.py", "_by_order(1.0, of_deviations=True)(kept)", "_by_order(1.0)(kept)", "report/test_diagnosis.py"),
    Mutant("report/drawing.py", "if curve.floor > frame.y.low:", "if curve.floor > 0:", "report/test_value.py"),
    Mutant("report/page.py", 'element("h2", sheet.title)', 'element("h2", Markup(sheet.title))', "report/test_comparison.py report/test_trajectory.py"),
    Mutant("report/interchange.py", "if written != schema:", "if not written:", "report/test_value.py"),
    Mutant("report/writing.py", "                os.unlink(name)", "                pass", "report/test_value.py"),
    Mutant("report/writing.py", "0o666 & ~_umask()", "0o600", "report/test_value.py"),
    Mutant("embeddings/precision.py", "_used_bits(values))\n", "_used_bits(values) - 1)\n", "embeddings/test_precision.py"),
    Mutant("embeddings/precision.py", "self._largest == 0 or self._last >= grid", "self._largest == 0", "embeddings/test_precision.py"),
    Mutant("embeddings/distinct.py", "np.ascontiguousarray(rows + 0.0)", "np.array(rows)", "embeddings/test_precision.py"),
    Mutant("embeddings/npz.py", "if declared != member.info.file_size:", "if False:", "embeddings/test_npz.py"),
    Mutant("embeddings/npz.py", "header[28:30]", "header[26:28]", "embeddings/test_npz.py"),
    Mutant("embeddings/pt.py", "weights_only=True", "weights_only=False", "embeddings/test_pt.py"),
    Mutant("embeddings/tensors.py", "if size > tensor.untyped_storage().nbytes():", "if False:", "embeddings/test_pt.py"),
    Mutant("embeddings/tables.py", "array.flatten()  #", "array.values  #", "embeddings/test_tables.py"),
    Mutant("embeddings/tables.py", "    if array.null_count:", "    if False:", "embeddings/test_tables.py"),
    Mutant("embeddings/tables.py", "        start += len(batch)", "        pass", "embeddings/test_tables.py"),
    Mutant("embeddings/hugging_face.py", "Path(name).name != name or path.is_symlink()", "path.is_symlink()", "embeddings/test_tables.py"),
    Mutant("embeddings/hdf5.py", "made.get_layout() == h5py.h5d.VIRTUAL or made.get_external_count()", "made.get_layout() == h5py.h5d.VIRTUAL", "embeddings/test_hdf5.py"),
    Mutant("embeddings/hdf5.py", "h5py.SoftLink | h5py.ExternalLink", "h5py.SoftLink", "embeddings/test_hdf5.py"),
    Mutant("embeddings/hdf5.py", "    if missing:", "    if False:", "embeddings/test_hdf5.py"),
    Mutant("embeddings/zarr.py", '("id", "name")', '("id",)', "embeddings/test_zarr.py"),
    Mutant("embeddings/zarr.py", ".is_symlink()", ".is_mount()", "embeddings/test_zarr.py"),
    Mutant("embeddings/numbered.py", "sorted(members, key=numbers.__getitem__)", "sorted(members)", "embeddings/test_numbered.py"),
    Mutant("embeddings/csv.py", "        elif blank:", "        elif False:", "embeddings/test_csv.py"),
    Mutant("embeddings/csv.py", "        if array[:, place].min() != array[:, place].max():", "        if False:", "embeddings/test_csv.py"),
    Mutant("embeddings/spooling.py", "if size + RESERVE > free:", "if False:", "embeddings/test_npz.py"),
    Mutant("embeddings/sampling.py", "np.sort(rows)", "rows", "embeddings/test_sampling.py"),
    Mutant("diagnostics/rank.py", "fewer / (2 * more)", "fewer / more", "diagnostics/test_rank.py"),
    Mutant("command_line.py", "        return 130\n", "        return 1\n", "test_command_line.py"),
    Mutant("commands/diagnose.py", "v.kind in failing and v.sure", "v.kind in failing", "test_command_line.py"),
    Mutant("commands/diagnose.py", "        taken.append(place)\n", "", "test_command_line.py"),
    Mutant("uniformity/bernoulli_pairs.py", ".sum(1).mean()", ".mean()", "uniformity/test_bernoulli_pairs.py"),
    Mutant("alignment/labelled.py", "same.tril(-1) + same.triu(1)], dim=1", "same], dim=1", "alignment/test_labelled.py objectives/test_supcon.py"),
    Mutant("alignment/labelled.py", "positives.sum(1)\n", "len(w)\n", "alignment/test_labelled.py"),
    Mutant("objectives/siglip.py", '- nt.parameter("bias", bias)', "", "objectives/test_siglip.py"),
    Mutant("alignment/kalman.py", "spread - gain @ covariance @ gain.T", "spread - gain @ gain.T", "alignment/test_kalman.py"),
    Mutant("alignment/kalman.py", "(seen - expected) @ gain.T", "seen @ gain.T", "alignment/test_kalman.py"),
    Mutant("alignment/linear_dynamics.py", "(state - self.rest) @ self.transition.T", "(state - self.rest) @ self.transition", "alignment/test_kalman.py"),
    Mutant("objectives/kalman_ldm.py", "neighbours=3", "neighbours=4", "objectives/test_kalman_ldm.py"),
    Mutant("codes/sinkhorn.py", "log_codes = log_codes.log_softmax(-2)", "pass", "codes/test_sinkhorn.py"),
    Mutant("codes/softmax.py", "momentum * before + (1 - momentum) * mean", "(1 - momentum) * before + momentum * mean", "codes/test_softmax.py"),
    Mutant("codes/softmax.py", "scores - self.centre.to(scores)", "scores + self.centre.to(scores)", "codes/test_softmax.py"),
    Mutant("alignment/categorical.py", "(given / self.temperature)", "given", "alignment/test_categorical.py"),
    Mutant("objectives/swav.py", "alignment=2,", "alignment=1,", "objectives/test_swav.py"),
    Mutant("alignment/canonical.py", "given @ left @ right", "given", "alignment/test_canonical.py"),
    Mutant("objectives/cca.py", "- nt.d, convention", ", convention", "objectives/test_cca.py"),
    Mutant("objectives/slow_feature_analysis.py", "Gaussian(0.5)", "Gaussian(1.0)", "objectives/test_slow_feature_analysis.py"),
    Mutant("objectives/kalman_prediction.py", "shift=model.log_normaliser()", "shift=0", "objectives/test_kalman_prediction.py"),
    Mutant("uniformity/mean_entropy.py", "logsumexp(0).log_softmax(-1)", "mean(0).log_softmax(-1)", "uniformity/test_mean_entropy.py"),
    Mutant("objectives/msn.py", "temperature * sharpening", "sharpening", "objectives/test_msn.py"),
    Mutant("uniformity/candidate_marginal.py", "w[None, :], given=given[:, None]", "w[:, None], given=given[None, :]", "objectives/test_cpc.py"),
    Mutant("uniformity/candidate_marginal.py", "- log_noise.mean()", "", "uniformity/test_candidate_marginal.py"),
    Mutant("alignment/linear_map.py", "self.matrix.mT", "self.matrix", "objectives/test_cpc.py"),
    Mutant("alignment/diagonal_gaussian.py", "/ variances).sum(-1) / 2", "/ variances).sum(-1)", "alignment/test_diagonal_gaussian.py"),
    Mutant("uniformity/moving_second_moment.py", "(1 - self.memory) * now\n", "(1 - self.memory) * now.detach()\n", "uniformity/test_moving_second_moment.py"),
    Mutant("uniformity/moving_second_moment.py", "self.memory * self.moment", "self.moment", "uniformity/test_moving_second_moment.py"),
    Mutant("uniformity/moving_log_determinant.py", "(w - mean).T @ (w - mean)", "(w - w.mean(0)).T @ (w - w.mean(0))", "uniformity/test_moving_log_determinant.py"),
    Mutant("uniformity/moving_log_determinant.py", "(one + two) / 2", "one", "uniformity/test_moving_log_determinant.py"),
    Mutant("objectives/tico.py", "VonMisesFisher(1.0)", "VonMisesFisher(2.0)", "objectives/test_tico.py"),
    Mutant("objectives/cor_info_max.py", "Gaussian(1 / weight)", "Gaussian(2 / weight)", "objectives/test_cor_info_max.py"),
    Mutant("alignment/huber.py", "+ 2 * math.exp(-self.threshold / 2)", "+ math.exp(-self.threshold / 2)", "alignment/test_huber.py"),
    Mutant("objectives/i_jepa.py", "Gaussian(0.5)", "Gaussian(1.0)", "objectives/test_i_jepa.py"),
    Mutant("checks/conformance.py", "2.0 ** (seed % 4) * x", "1.0 * x", "test_conformance.py"),
    Mutant("alignment/prototypes.py", "log_softmax(1)", "log_softmax(0)", "alignment/test_prototypes.py"),
    Mutant("alignment/prototypes.py", "count > 1, warmth", "count > 2, warmth", "alignment/test_prototypes.py"),
    Mutant("alignment/prototypes.py", "SMOOTHING = 10.0", "SMOOTHING = 9.0", "alignment/test_prototypes.py"),
    Mutant("objectives/proto_nce.py", ", both_ways=False", "", "objectives/test_proto_nce.py"),
    Mutant("objectives/mae.py", "Published(1 / nt.d, 0", "Published(1, 0", "objectives/test_mae.py"),
    Mutant("objectives/hubert.py", "alignment=nt.n", "alignment=1", "objectives/test_hubert.py"),
    Mutant("codes/largest.py", "scores.argmax(-1", "scores.argmin(-1", "objectives/test_deep_cluster.py"),
    Mutant("uniformity/matrix_cross_entropy.py", "ORDERS = range(1, 5)", "ORDERS = range(1, 4)", "uniformity/test_matrix_cross_entropy.py"),
    Mutant("uniformity/matrix_cross_entropy.py", "- z.mean(0) @ w.mean(0)", "", "uniformity/test_matrix_cross_entropy.py"),
    Mutant("objectives/matrix_ssl.py", "VonMisesFisher(1.0)", "VonMisesFisher(2.0)", "objectives/test_matrix_ssl.py"),
    Mutant("uniformity/change_of_variables.py", "found = self.encoder(self.inputs).to(w)", "found = self.encoder(self.inputs).detach().to(w)", "uniformity/test_change_of_variables.py"),
    Mutant("uniformity/additive_coupling.py", "teller.tanh() @ self.shift.T", "listener.tanh()", "uniformity/test_change_of_variables.py"),
    Mutant("alignment/axial.py", "hyp2f1(0.5, 0.5, d / 2", "hyp2f1(0.5, 0.5, d", "alignment/test_axial.py"),
    Mutant("alignment/axial.py", "s = d / (2 * self.distortion)\n", "s = d / self.distortion\n", "alignment/test_axial.py"),
    Mutant("uniformity/pooled_coding_rate.py", "torch.cat([given, w])", "w", "uniformity/test_pooled_coding_rate.py"),
    Mutant("uniformity/sliced_wasserstein.py", "(w @ columns).sort(0).values", "(w @ columns)", "uniformity/test_sliced_wasserstein.py"),
    Mutant("uniformity/sliced_wasserstein.py", "math.lgamma(3 / shape)) / 2", "math.lgamma(3 / shape))", "uniformity/test_sliced_wasserstein.py"),
    Mutant("objectives/rectified_lp_jepa.py", "spread / (4 * invariance)", "spread / invariance", "objectives/test_rectified_lp_jepa.py"),
    Mutant("uniformity/conditional_log_determinant.py", "known @ (known.T @ centred)", "known", "uniformity/test_conditional_log_determinant.py"),
    Mutant("uniformity/conditional_log_determinant.py", "if n <= 2 * d:", "if n < 2 * d:", "uniformity/test_conditional_log_determinant.py"),
    Mutant("uniformity/second_order_log_determinant.py", "- squares / 4", "- squares / 2", "uniformity/test_second_order_log_determinant.py"),
    Mutant("nulls/marchenko_pastur.py", "f(_along(t, ratio)).mean() / 2", "f(_along(t, ratio)).mean() / 4", "nulls/test_marchenko_pastur.py"),
    Mutant("nulls/isotropic.py", "chisquare(fewer - np.arange(1, fewer))", "chisquare(fewer - np.arange(fewer - 1))", "nulls/test_isotropic.py"),
    Mutant("nulls/isotropic.py", "(1 + beyond) / (1 + len(null))", "beyond / len(null)", "nulls/test_isotropic.py"),
    Mutant("nulls/tracy_widom.py", "airy(x[:, None] + x + s)", "airy((x[:, None] + x) / 2 + s)", "nulls/test_tracy_widom.py"),
    Mutant("nulls/tracy_widom.py", "count - 0.5 for count", "count for count", "nulls/test_tracy_widom.py"),
    Mutant("nulls/spikes.py", "(1 - ratio / excess**2)", "(1 - ratio / excess)", "nulls/test_spikes.py"),
    Mutant("nulls/wachter.py", "basis[:high]", "basis[:low]", "nulls/test_wachter.py"),
    Mutant("nulls/sphere.py", "(d - 1) * (d + 2) / 2)", "d * (d + 1) / 2)", "nulls/test_sphere.py"),
    Mutant("alignment/dirichlet.py", "+ total.lgamma()", "+ power.sum(-1).lgamma()", "alignment/test_dirichlet.py"),
    Mutant("alignment/bernoulli.py", "(1 - chance) * logsigmoid(-odds)", "chance * logsigmoid(-odds)", "alignment/test_bernoulli.py"),
    Mutant("spaces.py", "z.log_softmax(-1)", "z.softmax(-1)", "test_spaces.py"),
    Mutant("objectives/ldm_simplex.py", "KernelDensity(model, itself=True)", "KernelDensity(model)", "objectives/test_ldm_simplex.py"),
    Mutant("objectives/tcr.py", "VonMisesFisher(weight)", "VonMisesFisher(weight / 2)", "objectives/test_tcr.py"),
    Mutant("batch_spaces.py", "lengths > rounding, lengths", "lengths > 0, lengths", "test_batch_spaces.py"),
    Mutant("alignment/scored.py", "requires_grad_(False)", "requires_grad_(True)", "objectives/test_swav.py"),
    Mutant("alignment/scored.py", "self.teacher(w), given=self.prototypes(given)", "self.prototypes(w), given=self.prototypes(given)", "objectives/test_swav.py"),
    Mutant("nulls/jacobi.py", "a, b = other - size, rest - size", "a, b = other - size, rest", "nulls/test_jacobi.py"),
    Mutant("nulls/jacobi.py", "(count - 0.5) / total", "count / total", "nulls/test_jacobi.py"),
    Mutant("diagnostics/lidar.py", "ratios[ratios > edge] - 1 / v", "ratios[ratios > edge]", "diagnostics/test_lidar.py"),
    Mutant("diagnostics/lidar.py", "(n * (v - 1))", "(n * v)", "diagnostics/test_lidar.py"),
    Mutant("diagnostics/cka.py", "total -= 2 / (n - 2)", "total -= 2 / n", "diagnostics/test_cka.py"),
    Mutant("diagnostics/cka.py", "items * (items - 3) / 2 - 1", "items - 2", "diagnostics/test_cka.py"),
    Mutant("diagnostics/canonical.py", "np.cumsum(sizes[:rank] ** 2) / np.sum(sizes[:rank] ** 2)", "np.cumsum(sizes[:rank]) / np.sum(sizes[:rank])", "diagnostics/test_canonical.py"),
    Mutant("diagnostics/canonical.py", "np.abs(z.T @ (one @ directions)).sum(0)", "np.abs(w.T @ (one @ directions)).sum(0)", "diagnostics/test_canonical.py"),
    Mutant("diagnostics/procrustes.py", "compute_uv=False).sum()", "compute_uv=False).max()", "diagnostics/test_procrustes.py"),
    Mutant("diagnostics/rsa.py", "(rankdata(distances) for", "(distances for", "diagnostics/test_rsa.py"),
    Mutant("nulls/shuffled.py", "w[generator.permutation(len(w))]", "w[generator.integers(len(w), size=len(w))]", "nulls/test_shuffled.py"),
    Mutant("diagnostics/classes.py", "squares / (self.counts - 1)", "squares / self.counts", "diagnostics/test_neural_collapse.py"),
    Mutant("diagnostics/classes.py", "np.diag(self.variances / self.counts)", "np.diag(self.variances)", "diagnostics/test_neural_collapse.py"),
    Mutant("diagnostics/neural_collapse.py", "cosines + 1 / (len(gram) - 1)", "cosines + 1 / len(gram)", "diagnostics/test_neural_collapse.py"),
    Mutant("diagnostics/neural_collapse.py", "variances / sizes[kept] ** 2", "variances / sizes[kept]", "diagnostics/test_neural_collapse.py"),
    Mutant("diagnostics/tolerance.py", "(squares - n) / same", "squares / same", "diagnostics/test_tolerance.py"),
    Mutant("diagnostics/neighbours.py", "found <= limit + 2 * error", "found <= limit", "diagnostics/test_neighbours.py"),
    Mutant("diagnostics/two_nn.py", "(n - kept) * logs[-1]", "0", "diagnostics/test_two_nn.py"),
    Mutant("diagnostics/two_nn.py", "np.arange(1, kept + 1) / n", "np.arange(kept) / n", "diagnostics/test_two_nn.py"),
    Mutant("diagnostics/local_dimension.py", "1 / np.mean(1 / found)", "np.mean(found)", "diagnostics/test_local_dimension.py"),
    Mutant("diagnostics/tree_dimension.py", "power / (1 - slope)", "1 / (1 - slope)", "diagnostics/test_tree_dimension.py"),
    Mutant("diagnostics/neighbour_entropy.py", "digamma(n) - digamma(neighbours)", "digamma(n - 1) - digamma(neighbours)", "diagnostics/test_neighbour_entropy.py"),
    Mutant("nulls/epps_pulley.py", "odd - product", "odd", "nulls/test_epps_pulley.py"),
    Mutant("nulls/epps_pulley.py", "np.cosh(product) - 1, np.sinh(product)", "np.cosh(product), np.sinh(product)", "nulls/test_epps_pulley.py"),
    Mutant("nulls/epps_pulley.py", "0.5017 * turn / np.sin(turn) ** 2", "0.5017 * angle / np.sin(turn) ** 2", "nulls/test_epps_pulley.py"),
    Mutant("diagnostics/normality.py", "return 2 * len(x) * trapezoid", "return len(x) * trapezoid", "diagnostics/test_normality.py"),
    Mutant("diagnostics/clid.py", "counts.argmax(1)", "-1", "diagnostics/test_clid.py"),
    Mutant("diagnostics/curvature.py", "np.linalg.norm(one - other, axis=1), np.linalg.norm(one + other, axis=1)", "np.linalg.norm(one + other, axis=1), np.linalg.norm(one - other, axis=1)", "diagnostics/test_curvature.py"),
    Mutant("diagnostics/dime.py", "other[np.ix_(p, p)], order=order)", "other[p], order=order)", "diagnostics/test_dime.py"),
    Mutant("diagnostics/dime.py", "else 2 * bandwidth**2", "else bandwidth", "diagnostics/test_dime.py"),
    Mutant("embeddings/labels.py", ".nmant + 1)", ".nmant + 2)", "embeddings/test_labels.py"),
    Mutant("embeddings/label_lines.py", "not is_number(cells[0])", "not _is_plain(cells[0])", "embeddings/test_label_lines.py"),
    Mutant("embeddings/label_columns.py", "        start += len(batch)\n", "", "embeddings/test_label_columns.py"),
    Mutant("embeddings/label_columns.py", '        check_present(path, name, array, start, "a label", "their embeddings")\n', "", "embeddings/test_label_columns.py"),
    Mutant("embeddings/words.py", "if longest > LONGEST:", "if False:", "embeddings/test_labels.py"),
    Mutant("diagnostics/isoscore_star.py", "2 * share * (1 - share) * level * trace", "share * (1 - share) * level * trace", "diagnostics/test_isoscore_star.py"),
    Mutant("diagnostics/isoscore_star.py", "(degrees + d + 1) / (degrees * d + 2)", "(degrees + d) / (degrees * d)", "diagnostics/test_isoscore_star.py"),
    Mutant("diagnostics/vendi.py", "order=order, centred=False)", "order=order)", "diagnostics/test_vendi.py"),
    Mutant("diagnostics/vendi.py", "n * (n - 1) / (total - n)", "n * n / (total - n)", "diagnostics/test_vendi.py"),
    Mutant("diagnostics/diff_erank.py", "unit_rows(z - z.mean(0)), centred=False)", "unit_rows(z - z.mean(0)))", "diagnostics/test_diff_erank.py"),
    Mutant("diagnostics/werank.py", 'of == "fewer" and inputs <= outputs', 'of == "fewer" and inputs >= outputs', "diagnostics/test_werank.py"),
    Mutant("diagnostics/gaussian_discrepancy.py", "- 2 * shared", "- shared", "diagnostics/test_gaussian_discrepancy.py"),
    Mutant("diagnostics/gaussian_discrepancy.py", "(1 + 2 / dimensions) * s**2 / 2", "s**2 / 2", "diagnostics/test_gaussian_discrepancy.py"),
    Mutant("diagnostics/gaussian_discrepancy.py", "else (pairs + n) / n**2", "else pairs / n**2", "diagnostics/test_gaussian_discrepancy.py"),
    Mutant("diagnostics/sliced_wasserstein.py", "np.sort(seen, axis=0)", "np.sort(seen, axis=1)", "diagnostics/test_sliced_wasserstein.py"),
    Mutant("diagnostics/sliced_wasserstein.py", "binom.pmf(ranks[:, None], items - 1", "binom.pmf(ranks[:, None], items", "diagnostics/test_sliced_wasserstein.py"),
    Mutant("embeddings/refusing.py", "start.startswith(magic, place)", "start.startswith(magic)", "embeddings/test_refusing.py"),
    Mutant("embeddings/first_bytes.py", "and ADDRESS.match(str(path))", "and False", "embeddings/test_refusing.py"),
    Mutant("diagnostics/gride.py", "(far - 1) * logs.sum()", "far * logs.sum()", "diagnostics/test_gride.py"),
    Mutant("diagnostics/gride.py", "logs / (2 * np.sinh(dimension * logs / 2))", "logs / np.sinh(dimension * logs / 2)", "diagnostics/test_gride.py"),
    Mutant("diagnostics/moment_dimension.py", "if last else distances[:, :-1]", "if last else distances[:, 1:]", "diagnostics/test_neighbourhoods.py"),
    Mutant("diagnostics/angle_dimension.py", "k * (k - 1) / (squares - k)", "k * k / (squares - k)", "diagnostics/test_neighbourhoods.py"),
    Mutant("diagnostics/simplex_dimension.py", "apart = apart - apart.mean(1, keepdims=True)", "pass", "diagnostics/test_neighbourhoods.py"),
    Mutant("diagnostics/simplex_dimension.py", "gammaln(d / 2) - gammaln((d - 1) / 2))", "gammaln((d + 1) / 2) - gammaln(d / 2))", "diagnostics/test_neighbourhoods.py"),
    Mutant("diagnostics/tight_dimension.py", "4 * v * (radius - near)", "4 * v * (radius - squares[:, others])", "diagnostics/test_neighbourhoods.py"),
    Mutant("diagnostics/tight_dimension.py", "2.0 * k**2", "2.0 * k * (k - 1)", "diagnostics/test_neighbourhoods.py"),
    Mutant("diagnostics/local_pca.py", "np.arange(d, 0, -1)", "np.arange(1, d + 1)", "diagnostics/test_neighbourhoods.py"),
    Mutant("diagnostics/danco.py", "- 1 - (harmonic - 1 / k)", "- 1 - harmonic", "diagnostics/test_danco.py"),
    Mutant("diagnostics/danco.py", "np.arctan2(across, along)", "np.arctan(across / along)", "diagnostics/test_danco.py"),
    Mutant("diagnostics/persistence.py", "(1 - power / dimension)", "(1 - 1 / dimension - power / dimension)", "diagnostics/test_persistence.py"),
    Mutant("diagnostics/patches.py", "rows = slice(start, start + step)", "rows = slice(start, start + step - 1)", "diagnostics/test_neighbourhoods.py"),
    Mutant("embeddings/precision.py", '"float8_e5m2": 3, "float8_e4m3fn": 4', '"float8_e5m2": 4, "float8_e4m3fn": 3', "embeddings/test_precision.py"),
    Mutant("moments.py", '"float8_e5m2": 3, "float8_e4m3fn": 4, ', "", "embeddings/test_precision.py"),
    Mutant("report/of_sphere.py", "total - units[block].sum(0), n - len(block)", "total - units[block].sum(0), n", "report/test_of_sphere.py"),
    Mutant("report/of_sphere.py", "Expectation(UNIFORM, 0.0, tests.rayleigh)", "Expectation(UNIFORM, 0.0, tests.bingham)", "report/test_of_sphere.py"),
    Mutant("report/of_sphere.py", "np.unique(drawn_rows(rows, SORTED, seed=0), axis=0)", "drawn_rows(rows, SORTED, seed=0)", "report/test_of_sphere.py"),
    Mutant("report/of_neighbours.py", "kept = np.sqrt(np.clip(truly / uneven, 0, 1)) if uneven > 0 else 1.0", "kept = 1.0", "report/test_of_neighbours.py"),
    Mutant("report/of_neighbours.py", "(logs - bias + d", "(logs + d", "report/test_of_neighbours.py"),
    Mutant("report/of_neighbours.py", "d * float(np.log(size))", "float(np.log(size))", "report/test_of_neighbours.py"),
    Mutant("report/of_shape.py", "np.linalg.eigh(covariance)", "np.linalg.eigh(np.eye(SLICES))", "report/test_of_shape.py"),
    Mutant("report/of_shape.py", "np.log(2) / (d * (d - 1) / 2)", "np.log(2) / (d * (d - 1))", "report/test_of_shape.py"),
    Mutant("report/of_units.py", "zero.all(0)", "zero.any(0)", "report/test_of_shape.py"),
    Mutant("diagnostics/dense_structure.py", "/ max(len(members) - 1, members.shape[1])", "/ max(len(members), members.shape[1])", "diagnostics/test_dense_structure.py"),
    Mutant("diagnostics/dense_structure.py", "distances[np.arange(len(rows)), labels] = np.inf", "pass", "diagnostics/test_dense_structure.py"),
    Mutant("diagnostics/__init__.py", "from ssl_theory.diagnostics.vendi import vendi_score as vendi_score", "from ssl_theory.diagnostics.vendi import rke_score as vendi_score", "diagnostics/test_catalogue.py"),
    Mutant("diagnostics/significant.py", "if not noise > 0:", "if noise is None:", "diagnostics/test_invariances.py"),
    Mutant("diagnostics/view_invariances.py", "copies = flat.reshape(-1, v, n, flat.shape[1])", "copies = flat.reshape(v, -1, n, flat.shape[1]).swapaxes(0, 1)", "diagnostics/test_view_invariances.py"),
    Mutant("report/of_labels.py", "blocks = [block for block in left if len(block)]", "blocks = list(blocks)", "report/test_of_labels.py"),
    Mutant("report/of_labels.py", "rest, adjusted=True", "counts, adjusted=True", "report/test_of_labels.py"),
    Mutant("report/of_shuffles.py", "p_value(value, shuffled, larger=False)", "p_value(value, shuffled, larger=True)", "report/test_of_labels.py"),
    Mutant("diagnostics/nearest_mean.py", "kept = np.setdiff1d(order, held_out)", "kept = order", "diagnostics/test_nearest_mean.py"),
    Mutant("diagnostics/nearest_mean.py", "np.square(means).sum(1) - 2 *", "-2 *", "diagnostics/test_nearest_mean.py"),
    Mutant("diagnostics/nearest_mean.py", "for x in (foretold, actual)", "for x in (actual, actual)", "diagnostics/test_nearest_mean.py"),
    Mutant("embeddings/zarr_chunks.py", "packed == piece.size - checksums", "packed >= 0", "embeddings/test_zarr.py"),
    Mutant("embeddings/zarr_chunks.py", "max(promised, piece.size) > most", "piece.size > most", "embeddings/test_zarr.py"),
    Mutant("embeddings/zarr_chunks.py", "(256 if width == 2 else 0)", "0", "embeddings/test_zarr.py"),
    Mutant("embeddings/hdf5.py", "    if packed > most:", "    if False:", "embeddings/test_hdf5.py"),
    Mutant("embeddings/zarr_chunks.py", "                if ABSENT in (start, length):", "                if False:", "embeddings/test_zarr.py"),
    Mutant("embeddings/zarr_chunks.py", "if (corner < array.shape).all():", "if True:", "embeddings/test_zarr.py"),
    Mutant("diagnostics/cka.py", "if abs(total) > rounding else 0.0", "if True else 0.0", "diagnostics/test_cka.py"),
    Mutant("nulls/pillai.py", "(n - low) * (n - high) / (low", "(n - high) * (n - high) / (low", "nulls/test_pillai.py"),
    Mutant("nulls/jacobi.py", "ratio * between / within", "ratio", "nulls/test_jacobi.py report/test_of_views.py"),
    Mutant("report/of_reference.py", "KEPT * (1 - 1e-12))) + 1", "KEPT * (1 - 1e-12)))", "report/test_of_reference.py"),
    Mutant("report/of_reference.py", "rows if rows.shape[1] <= len(rows) else", "rows[:, : len(rows)] if rows.shape[1] else", "report/test_of_reference.py"),
    Mutant("report/of_shuffles.py", "p_value(value, shuffled, larger=False)", "p_value(value, shuffled, larger=True)", "report/test_of_reference.py"),
    Mutant("report/of_views.py", "* n / (n - 1) if", "* (n - 1) / n if", "report/test_of_views.py"),
    Mutant("report/of_views.py", "discriminant_ratios(views)[0]) * v", "discriminant_ratios(views)[0])", "report/test_of_views.py"),
    Mutant("report/of_views.py", "reshape(len(counts), -1).T", "reshape(-1, len(counts))", "report/test_of_views.py"),
    Mutant("report/interchange.py", "isinstance(found, bool) == (kind is bool)", "True", "report/test_interchange.py"),
    Mutant("report/interchange.py", "not math.isfinite(value)", "math.isnan(value)", "report/test_interchange.py"),
    Mutant("report/interchange.py", "found.keys() ^ hints.keys()", "hints.keys() - found.keys()", "report/test_schema.py"),
    Mutant("report/wording.py", "visible(text: str) -> str:", "visible(text: str) -> str:\n    return text", "report/test_text.py report/test_page.py"),
    Mutant("report/changes.py", "change.interval.high, apart_from=none)", "change.interval.high)", "report/test_comparison.py"),
    Mutant("report/wording.py", "if p < SMALLEST_SHOWN", "if p > SMALLEST_SHOWN", "report/test_text.py"),
    Mutant("report/wording.py", "== (bound == apart_from)", "== (bound != bound)", "report/test_text.py"),
    Mutant("report/markup.py", "{html.escape(visible(str(value)))}", "{value}", "report/test_page.py"),
    Mutant("report/markup.py", "p if isinstance(p, Markup) else html.escape(visible(p))", "p", "report/test_page.py"),
    Mutant("report/axes.py", "math.log10(value) if self.logarithmic else value\n", "value\n", "report/test_drawing.py"),
    Mutant("report/drawing.py", "(dimensions + 2) / 3", "dimensions / 3", "report/test_drawing.py"),
    Mutant("report/drawing.py", "1.96 / math.sqrt(max(min(items, SAMPLE)", "1.96 / math.sqrt(max(max(items, SAMPLE)", "report/test_drawing.py"),
    Mutant("report/terminal.py", "options.max_width >= WIDE", "options.max_width", "report/test_text.py"),
    Mutant("report/text.py", "if stream.isatty() and", "if", "report/test_text.py"),
    Mutant("report/comparison.py", "bool(before.blocks) and before.blocks == after.blocks", "before.blocks == after.blocks", "report/test_comparison.py"),
    Mutant("report/comparison.py", "(1.0 if self.ratio else 0.0) not in", "1.0 not in", "report/test_comparison.py"),
    Mutant("report/comparison.py", "found = intervals.change(one, other)", "found = unpaired_change(one, other)", "report/test_comparison.py"),
    Mutant("report/comparison.py", "if one.convention != other.convention:", "if False:", "report/test_comparison.py report/test_trajectory.py"),
    Mutant("report/changes.py", "sum(1 - c.interval.level", "sum(c.interval.level", "report/test_comparison.py"),
    Mutant("report/trajectory.py", "before - after)", "before / after)", "report/test_trajectory.py"),
    Mutant("report/trajectory.py", "after <= before for", "after < before for", "report/test_trajectory.py"),
    Mutant("report/multiples.py", "return [run for run in points if len(run) > 1]", "return [sum(points, [])]", "report/test_trajectory.py"),
    Mutant("report/strips.py", "logarithmic=True", "logarithmic=False", "report/test_comparison.py"),
    Mutant("diagnostics/unpaired.py", "np.sum(squares**2 / degrees)", "np.sum(squares**2) / degrees.sum()", "diagnostics/test_unpaired.py"),
    Mutant("diagnostics/unpaired.py", "np.sqrt(squares.sum())", "np.sqrt(squares).sum()", "diagnostics/test_unpaired.py"),
    Mutant("diagnostics/tight_dimension.py", "counted -= 2 * (~kept).sum(1)", "pass", "diagnostics/test_neighbourhoods.py"),
    Mutant("diagnostics/magnitude.py", "(ends[1] - ends[0]) / step", "(ends[1] - ends[0]) / (2 * step)", "diagnostics/test_magnitude.py"),
    Mutant("diagnostics/magnitude.py", "np.ones(len(distances))).sum()", "np.ones(len(distances))).mean()", "diagnostics/test_magnitude.py"),
    Mutant("nulls/marchenko_pastur.py", "return float(-2 * np.mean", "return float(-np.mean", "nulls/test_marchenko_pastur.py"),
    Mutant("diagnostics/wasserstein.py", " + uniform_correction(np.sqrt, degrees, d)", "", "diagnostics/test_sphere.py"),
    Mutant("diagnostics/kernel_sums.py", "return total - n", "return total", "diagnostics/test_vendi.py"),
    Mutant("diagnostics/kernel_sums.py", "ddof=1", "ddof=0", "diagnostics/test_vendi.py"),
    Mutant("diagnostics/vendi.py", "gaussian_kernel_sum(rows, 2 / width)", "gaussian_kernel_sum(rows, 1 / width)", "diagnostics/test_vendi.py"),
    Mutant("embeddings/words.py", '    np.char.encode(text, "utf-8")  # raises', "    # raises", "embeddings/test_labels.py"),
    Mutant("diagnostics/decimation.py", "order[k * size : (k + 1) * size]", "order[k : k + size]", "diagnostics/test_decimation.py"),
    Mutant("report/dealing.py", "generator.permutation(rows) % self.blocks", "np.arange(rows) // 99", "report/test_gathering.py"),
    Mutant("report/dealing.py", "[SEED, start // WINDOW]", "[SEED, 0]", "report/test_gathering.py"),
    Mutant("report/drawn.py", "np.argpartition(keys, SAMPLE)[:SAMPLE]", "np.arange(SAMPLE)", "report/test_gathering.py"),
    Mutant("report/pairs.py", " - float(np.square(self._drift).sum()) / self.count", "", "report/test_gathering.py"),
    Mutant("report/gathering.py", "waiting, rows = [], rows[cut:]", "waiting, rows = [], rows[cut + 1 :]", "report/test_gathering.py"),
    Mutant("report/verdicts.py", "bounds.plug_in * bounds.high / bounds.estimate", "bounds.plug_in", "report/test_diagnosis.py"),
    Mutant("report/replicas.py", "variances[0] / variances.sum()", "variances[0]", "report/test_diagnosis.py"),
    Mutant("report/replicas.py", "varied := variances[variances > floor]", "varied := variances[variances > 0]", "report/test_diagnosis.py"),
    Mutant("report/curves.py", "1 / np.sum(directions**4, axis=0)", "1 / np.sum(directions**2, axis=0)", "report/test_curves.py"),
    Mutant("report/curves.py", "one - one.mean(0), other - other.mean(0)", "one, other", "report/test_curves.py"),
    Mutant("diagnostics/intervals.py", "yield total - part", "yield total", "diagnostics/test_intervals.py"),
    Mutant("diagnostics/intervals.py", "np.subtract(after.pseudo, before.pseudo)", "np.array(after.pseudo)", "diagnostics/test_intervals.py"),
    Mutant("diagnostics/fourth_moments.py", "2 * (items @ centre) + centre @ centre", "centre @ centre", "report/test_gathering.py"),
    Mutant("accumulator.py", "total._square(np.array(apart))", "pass", "test_moments.py"),
    Mutant("accumulator.py", "self._short[:] = 0", "pass", "test_moments.py"),
    Mutant("diagnostics/spectrum.py", "SINGLE * strongest if moments.single else 0.0", "0.0", "report/test_gathering.py"),
    Mutant("embeddings/distinct.py", "np.pad(octets, ((0, 0), (0, short)))", "octets[:, : 8 * (octets.shape[1] // 8)]", "embeddings/test_precision.py"),
    Mutant("embeddings/precision.py", "exponents - 54", "exponents - 44", "embeddings/test_precision.py"),
    Mutant("report/of_views.py", "Moments.of(views.reshape(-1, d) / size)", "Moments.of(views[:, ::4].reshape(-1, d) / size)", "report/test_of_views.py"),
    Mutant("report/of_views.py", "covariance())[1][:, ::-1][:, :keep]", "covariance())[1][:, :keep]", "report/test_of_views.py"),
    Mutant("collapse/curvature.py", "self.own + rho * self.shared", "self.own + self.shared", "collapse/test_curvature.py"),
    Mutant("collapse/curvature.py", "Curvature(zz + ww, zw + wz)", "Curvature(zz + ww, 2 * zw)", "collapse/test_curvature.py"),
    Mutant("collapse/linearised.py", "if not gap.abs().max() <= AGREEMENT", "if gap.abs().max() < -AGREEMENT", "collapse/test_curvature.py"),
    Mutant("collapse/linearised.py", "_derivative(here, *of) if level", "_derivative(here, of[0]) if level", "collapse/test_curvature.py"),
    Mutant("collapse/directions.py", "*views[..., :rank]], 1)", "views[0, :, :rank]], 1)", "collapse/test_curvature.py"),
    Mutant("collapse/directions.py", "kept = basis[sizes > ROUNDING * sizes.max()]", "kept = basis[sizes >= 0]", "collapse/test_curvature.py"),
    Mutant("collapse/directions.py", "others[:1] if alike else others", "others[:1]", "collapse/test_curvature.py"),
    Mutant("collapse/paths.py", "(noise**2 + 1 - s**2)", "(noise**2 + 1 - s)", "collapse/test_paths.py"),
    Mutant("collapse/paths.py", "(axes - cell[:, None] - 1) % dimension", "axes - 1", "collapse/test_paths.py"),
    Mutant("collapse/profile.py", "0.0 if abs(rise) <= small else rise", "rise", "collapse/test_profile.py"),
    Mutant("collapse/sequential/cusum.py", "np.asarray(x) - allowance", "np.asarray(x)", "collapse/test_sequential.py"),
    Mutant("collapse/sequential/e_detector.py", "rates - rates**2 / 2", "rates - rates**2", "collapse/test_sequential.py"),
    Mutant("collapse/sequential/e_detector.py", "(np.asarray(before) + 1) * e, LARGEST", "np.asarray(before) * e + 1, LARGEST", "collapse/test_sequential.py"),
    Mutant("collapse/sequential/whitening.py", "raw + (1 + 3 * raw) / n", "raw - (1 + 3 * raw) / n", "collapse/test_sequential_burn_in.py"),
    Mutant("collapse/sequential/burn_in.py", "error = scale / ((1 - memory) *", "error = scale / (", "collapse/test_sequential_burn_in.py"),
    Mutant("collapse/sequential/burn_in.py", "np.sqrt(free / chdtri(free, 1 - doubt))", "np.sqrt(chdtri(free, 1 - doubt) / free)", "collapse/test_sequential_burn_in.py"),
    Mutant("collapse/sequential/burn_in.py", "((value, -worst), (before, 0.0))", "((value, -worst), (before, -worst))", "collapse/test_sequential_burn_in.py"),
    Mutant("collapse/sequential/burn_in.py", "free, doubt = n - 3, DOUBT / channels", "free, doubt = n - 3, DOUBT", "collapse/test_sequential_burn_in.py"),
    Mutant("collapse/sequential/gates.py", "** 2 / (n - k)", "** 2 / n", "collapse/test_sequential_burn_in.py"),
    Mutant("collapse/following.py", "if abs(worse) < LARGEST:", "if True:", "collapse/test_monitor.py"),
    Mutant("collapse/following.py", '"recent", "cusum", "since", "detector")', '"recent", "since", "detector")', "collapse/test_monitor.py"),
    Mutant("collapse/judge.py", "self._broken = bool(broken)\n        if", "self._broken = False\n        if", "collapse/test_monitor.py"),
    Mutant("collapse/judge.py", "return total / (self._threshold * len(channels))", "return total / self._threshold", "collapse/test_run_lengths.py"),
    Mutant("collapse/monitor.py", 'if "z" not in broken:', "if True:", "collapse/test_monitor.py"),
    Mutant("integrations/torch_hooks.py", "torch.float64, copy=True)", "torch.float64)", "integrations/test_torch_hooks.py"),
    Mutant("integrations/torch_hooks.py", "self.steps // self.every > before // self.every", "self.steps % self.every == 0", "integrations/test_torch_hooks.py"),
    Mutant("integrations/torch_hooks.py", 'self.steps = state["steps"]', "self.steps = 0", "integrations/test_torch_hooks.py"),
    Mutant("integrations/undisturbed.py", "module.training = was", "module.training = True", "integrations/test_torch_hooks.py"),
    Mutant("integrations/undisturbed.py", "torch.random.fork_rng(devices), ", "", "integrations/test_torch_hooks.py"),
    Mutant("integrations/undisturbed.py", "np.random.set_state(legacy)", "pass", "integrations/test_torch_hooks.py"),
    Mutant("integrations/probes.py", "slice(start, start + chunk)", "slice(start, start + chunk - 1)", "integrations/test_torch_hooks.py"),
    Mutant("integrations/torch_distributed.py", "(within + np.outer(apart, apart))", "within", "integrations/test_torch_distributed.py"),
    Mutant("integrations/torch_distributed.py", "for one in everyone]", "for one in everyone[::-1]]", "integrations/test_torch_distributed.py"),
]  # fmt: skip


def exit_code(tests: str, mutant: Mutant | None = None) -> int:
    """How pytest ends on a copy of the tree with one fault in it, or with none."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("ssl_theory", "tests", "figures", "benchmarks"):
            if (ROOT / name).exists():
                ignore = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, Path(folder, name), ignore=ignore)
        for name in ("setup.cfg", "pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, folder)
        if mutant:
            file = Path(folder, "ssl_theory", mutant.file)
            file.write_text(file.read_text("utf-8").replace(mutant.old, mutant.new), "utf-8")
        # Forked: the libraries that every run needs are imported once, in the parent.
        process = multiprocessing.get_context("fork").Process(target=_run, args=(folder, tests))
        process.start()
        process.join()
        return process.exitcode


def _run(folder: str, tests: str) -> None:
    code = CRASHED
    try:
        import pytest

        os.chdir(folder)
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        sys.path.insert(0, folder)
        asked = [f"tests/{path}" for path in tests.split()]
        if CONFORMANCE in tests.split():
            asked += ["-k", f"not test_conformance or {' or '.join(CONFORMING)}"]
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *asked])
    finally:
        os._exit(int(code))


def complaint(mutant: Mutant) -> str | None:
    """What is wrong with the tests, or with the list, about this mutant."""
    times = Path(ROOT, "ssl_theory", mutant.file).read_text("utf-8").count(mutant.old)
    if times != 1:
        return f"OUT OF DATE: {mutant.file} has {mutant.old!r} {times} times"
    code = exit_code(mutant.tests, mutant)
    if code in KILLED:
        return None
    outcome = "SURVIVED" if code == 0 else f"NO VERDICT (exit {code})"
    return f"{outcome}: {mutant.file}: {mutant.old!r} -> {mutant.new!r}"


def main(words: list[str]) -> int:
    """Run the mutants whose file or text has any of ``words`` (all of them if none)."""
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401
    import scipy.stats  # noqa: F401
    import sympy  # noqa: F401
    import torch

    torch.set_num_threads(1)
    chosen = [m for m in MUTANTS if not words or any(w in " ".join(m) for w in words)]
    cores = os.cpu_count() or 1
    workers = multiprocessing.pool.ThreadPool(cores)
    # The control: a suite that is red without a fault would kill every mutant and mean nothing.
    paths = sorted({path for mutant in chosen for path in mutant.tests.split()})
    shares = [" ".join(share) for share in (paths[start::cores] for start in range(cores)) if share]
    for share, code in zip(shares, workers.imap(exit_code, shares), strict=True):
        if code:
            print(f"without any fault, one of {share} already ends with exit code {code}")
            return 2
    complaints = []
    for number, problem in enumerate(workers.imap(complaint, chosen), 1):
        print(f"{number:3d}/{len(chosen)} {problem or 'killed'}", flush=True)
        complaints += [problem] if problem else []
    print(f"{len(chosen) - len(complaints)} of {len(chosen)} mutants killed")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
