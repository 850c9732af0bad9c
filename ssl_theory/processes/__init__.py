"""Toy generative processes, each with its closed-form truth."""

from collections.abc import Callable

from ssl_theory.processes.augmented_block import AugmentedBlock as AugmentedBlock
from ssl_theory.processes.binary_tree import BinaryTree as BinaryTree
from ssl_theory.processes.block_graph import BlockGraph as BlockGraph
from ssl_theory.processes.bouncing_ball import BouncingBall as BouncingBall
from ssl_theory.processes.box_pairs import BoxPairs as BoxPairs
from ssl_theory.processes.circular_path import CircularPath as CircularPath
from ssl_theory.processes.content_style import ContentStyle as ContentStyle
from ssl_theory.processes.corrupted_views import CorruptedViews as CorruptedViews
from ssl_theory.processes.equivalence import Equivalence as Equivalence
from ssl_theory.processes.gaussian_field import GaussianField as GaussianField
from ssl_theory.processes.gaussian_pairs import GaussianPairs as GaussianPairs
from ssl_theory.processes.graph_views import GraphViews as GraphViews
from ssl_theory.processes.grid_steps import GridSteps as GridSteps
from ssl_theory.processes.independent_mechanisms import (
    IndependentMechanisms as IndependentMechanisms,
)
from ssl_theory.processes.independent_sources import IndependentSources as IndependentSources
from ssl_theory.processes.labelled_clusters import LabelledClusters as LabelledClusters
from ssl_theory.processes.laplace_autoregression import (
    LaplaceAutoregression as LaplaceAutoregression,
)
from ssl_theory.processes.lattice_walk import LatticeWalk as LatticeWalk
from ssl_theory.processes.linear_dynamics import LinearDynamics as LinearDynamics
from ssl_theory.processes.long_tail import LongTail as LongTail
from ssl_theory.processes.lorenz import Lorenz as Lorenz
from ssl_theory.processes.masked_spikes import MaskedSpikes as MaskedSpikes
from ssl_theory.processes.mixture_pairs import MixturePairs as MixturePairs
from ssl_theory.processes.modulated_dependence import ModulatedDependence as ModulatedDependence
from ssl_theory.processes.modulated_sources import ModulatedSources as ModulatedSources
from ssl_theory.processes.moving_dot import MovingDot as MovingDot
from ssl_theory.processes.moving_sprites import MovingSprites as MovingSprites
from ssl_theory.processes.noisy_pairs import NoisyPairs as NoisyPairs
from ssl_theory.processes.ornstein_uhlenbeck import OrnsteinUhlenbeckPairs as OrnsteinUhlenbeckPairs
from ssl_theory.processes.pairs import Pairs as Pairs
from ssl_theory.processes.pairs import Sequence as Sequence
from ssl_theory.processes.partial_views import PartialViews as PartialViews
from ssl_theory.processes.pendulum import Pendulum as Pendulum
from ssl_theory.processes.permutation_orbits import PermutationOrbits as PermutationOrbits
from ssl_theory.processes.predictable_modes import PredictableModes as PredictableModes
from ssl_theory.processes.resampled_pairs import ResampledPairs as ResampledPairs
from ssl_theory.processes.sketched_pairs import SketchedPairs as SketchedPairs
from ssl_theory.processes.slow_features import SlowFeatures as SlowFeatures
from ssl_theory.processes.sparse_coding import SparseCoding as SparseCoding
from ssl_theory.processes.sparse_mechanisms import SparseMechanisms as SparseMechanisms
from ssl_theory.processes.sparse_steps import SparseSteps as SparseSteps
from ssl_theory.processes.sphere_pairs import SpherePairs as SpherePairs
from ssl_theory.processes.spiked_pairs import SpikedPairs as SpikedPairs
from ssl_theory.processes.square_path import SquarePath as SquarePath
from ssl_theory.processes.switching_dynamics import SwitchingDynamics as SwitchingDynamics
from ssl_theory.processes.two_modalities import TwoModalities as TwoModalities
from ssl_theory.processes.two_way_pairs import TwoWayPairs as TwoWayPairs
from ssl_theory.processes.uneven_clients import UnevenClients as UnevenClients
from ssl_theory.processes.uneven_pairs import Ramp as Ramp
from ssl_theory.processes.uneven_pairs import Stripes as Stripes
from ssl_theory.processes.uneven_pairs import UnevenPairs as UnevenPairs
from ssl_theory.processes.wandering_path import WanderingPath as WanderingPath
from ssl_theory.processes.world import World as World

__all__ = [
    "WORLDS",
    "AugmentedBlock",
    "BinaryTree",
    "BlockGraph",
    "BouncingBall",
    "BoxPairs",
    "CircularPath",
    "ContentStyle",
    "CorruptedViews",
    "Equivalence",
    "GaussianField",
    "GaussianPairs",
    "GraphViews",
    "GridSteps",
    "IndependentMechanisms",
    "IndependentSources",
    "LabelledClusters",
    "LaplaceAutoregression",
    "LatticeWalk",
    "LinearDynamics",
    "LongTail",
    "Lorenz",
    "MaskedSpikes",
    "MixturePairs",
    "ModulatedDependence",
    "ModulatedSources",
    "MovingDot",
    "MovingSprites",
    "NoisyPairs",
    "OrnsteinUhlenbeckPairs",
    "Pairs",
    "PartialViews",
    "Pendulum",
    "PermutationOrbits",
    "PredictableModes",
    "Ramp",
    "ResampledPairs",
    "Sequence",
    "SketchedPairs",
    "SlowFeatures",
    "SparseCoding",
    "SparseMechanisms",
    "SparseSteps",
    "SpherePairs",
    "SpikedPairs",
    "SquarePath",
    "Stripes",
    "SwitchingDynamics",
    "TwoModalities",
    "TwoWayPairs",
    "UnevenClients",
    "UnevenPairs",
    "WanderingPath",
    "World",
]

WORLDS: tuple[Callable[[], World], ...] = (
    GridSteps,
    SparseSteps,
    LaplaceAutoregression,
    ModulatedDependence,
    ModulatedSources,
    SparseMechanisms,
    IndependentMechanisms,
    PartialViews,
    TwoModalities,
    ContentStyle,
    OrnsteinUhlenbeckPairs,
    BoxPairs,
    SpherePairs,
    IndependentSources,
    SketchedPairs,
    MixturePairs,
    SparseCoding,
    MaskedSpikes,
    AugmentedBlock,
    SpikedPairs,
    GaussianPairs,
    LinearDynamics,
    SwitchingDynamics,
    Lorenz,
    Pendulum,
    BouncingBall,
    LatticeWalk,
    SlowFeatures,
    PredictableModes,
    WanderingPath,
    CircularPath,
    SquarePath,
    MovingDot,
    MovingSprites,
    UnevenPairs,
    TwoWayPairs,
    ResampledPairs,
    NoisyPairs,
    CorruptedViews,
    BlockGraph,
    LongTail,
    BinaryTree,
    LabelledClusters,
    UnevenClients,
    GaussianField,
    PermutationOrbits,
    GraphViews,
)
"""Every process; called without arguments, each gives its standard example."""
