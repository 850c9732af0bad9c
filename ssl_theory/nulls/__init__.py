"""What statistics are where there is nothing to find: one law per file."""

from ssl_theory.nulls.isotropic import isotropic_null as isotropic_null
from ssl_theory.nulls.isotropic import isotropic_variances as isotropic_variances
from ssl_theory.nulls.isotropic import p_value as p_value
from ssl_theory.nulls.tracy_widom import largest_variance_p_value as largest_variance_p_value

__all__ = ["isotropic_null", "isotropic_variances", "largest_variance_p_value", "p_value"]
