"""Tell questions of this field from all others, by where they lie among the vectors of known ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

_PENALTY = 3.0
_STEPS = 25


@dataclass(frozen=True, slots=True)
class FieldGate:
    """A logistic over an embedding: the last weight is the constant."""

    weights: tuple[float, ...]

    def inside(self, vector: Vectors) -> float:
        """How likely it is that a question with this vector belongs to the field: 0 to 1; 0.5 for an untrained gate."""
        if not self.weights:
            return 0.5
        weights = np.asarray(self.weights, dtype=np.float64)
        return float(1 / (1 + np.exp(-(vector.astype(np.float64) @ weights[:-1] + weights[-1]))))


def fit_field(inside: Vectors, outside: Vectors) -> FieldGate:
    """Fit a gate; both kinds count the same, however many there are. Untrained when either is missing.

    >>> a, b = np.eye(3, dtype=np.float32)[[0, 0]], np.eye(3, dtype=np.float32)[[1, 1]]
    >>> gate = fit_field(a, b)
    >>> gate.inside(a[0]) > 0.5 > gate.inside(b[0])
    True
    """
    if not len(inside) or not len(outside):
        return FieldGate(())
    rows = np.concatenate([inside, outside]).astype(np.float64)
    rows = np.c_[rows, np.ones(len(rows))]
    wanted = np.r_[np.ones(len(inside)), np.zeros(len(outside))]
    share = np.r_[np.full(len(inside), 0.5 / len(inside)), np.full(len(outside), 0.5 / len(outside))] * len(rows)
    penalty = np.r_[np.full(rows.shape[1] - 1, _PENALTY), 1e-6]
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        guess = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (share * (guess - wanted)) + penalty * weights
        bend = (rows * (share * guess * (1 - guess))[:, None]).T @ rows + np.diag(penalty)
        weights -= np.linalg.solve(bend, slope)
    return FieldGate(tuple(float(f"{weight:.6g}") for weight in weights))
