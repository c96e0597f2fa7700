"""Runs all methods over a test set, one picture at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from torch import Tensor

from nasfe_cam.core.frame import FloatArray
from train.data.test_sets import DegradedPicture
from train.evaluation.aggregate import Row, Tally
from train.evaluation.baselines import Method
from train.evaluation.metrics import Score
from train.evaluation.networks import Network, features_of_crops, restore

NONE, SAME_PICTURES, OWN, STRANGER = "none", "none, same pictures", "own", "stranger"
OWN_TRUE, MEMORY, OWN_MEMORY = "own, true landmarks", "memory", "own + memory"
IDENTITIES = NONE, SAME_PICTURES, OWN, OWN_TRUE, STRANGER, MEMORY, OWN_MEMORY
# What tells nothing of the person that the crop does not.
_KNOWS_NOBODY = (NONE, MEMORY)

Key = tuple[str, str]
"""Method and identity."""


class Scoring(Protocol):
    """What judges results: `train.evaluation.metrics.Judge`, or something around it."""

    def score(
        self, picture: DegradedPicture, results: Mapping[Key, FloatArray]
    ) -> dict[Key, Score]:
        """The figures of what several methods made of one picture."""


class Restoring(Protocol):
    """A network that finds for itself what it is shown beside the picture."""

    @property
    def name(self) -> str:
        """In the table."""

    def restored(self, picture: DegradedPicture) -> Mapping[str, FloatArray]:
        """What it makes of a picture, by what it was shown: some of `IDENTITIES`."""


def evaluate(
    test_set: str,
    pictures: Iterable[DegradedPicture],
    networks: Iterable[Network],
    classical: Mapping[str, Method],
    judge: Scoring,
    progress: Callable[[int], None] = lambda done: None,
    others: Iterable[Restoring] = (),
) -> list[Row]:
    """Measure the degraded input, classical methods and networks.

    A network appears with the identity features of nobody, and on the pictures
    of people who have other photos with their own and with a stranger's; the row
    "none, same pictures" is the network without features on exactly those. In
    these three rows Top-1 and Top-5 leave the people out whose only other photo
    is both in the gallery and shown to the network.

    Args:
        test_set: name for the table.
        pictures: may be a generator; none is kept.
        networks, classical: what is compared.
        judge: scores the results.
        progress: told the number of pictures done.
        others: compared too.
    """
    tallies: defaultdict[Key, Tally] = defaultdict(Tally)
    tested, guided = list(networks), list(others)
    for done, picture in enumerate(pictures, start=1):
        results: dict[Key, FloatArray] = {("input", NONE): picture.degraded}
        for name, method in classical.items():
            results[name, NONE] = method(picture.degraded)
        for network in tested:
            results |= _restored(network, picture)
        for other in guided:
            results |= {(other.name, who): got for who, got in other.restored(picture).items()}
        # Top-k would find again what the network was shown.
        shown = picture.mate in picture.references
        for (name, identity), score in judge.score(picture, results).items():
            compared = replace(score, rank=None) if shown else score
            tallies[name, identity].add(score if identity in _KNOWS_NOBODY else compared)
            if identity == NONE and (name, OWN) in results:
                tallies[name, SAME_PICTURES].add(compared)
        progress(done)
    return make_rows(tallies, test_set)


def make_rows(tallies: Mapping[Key, Tally], test_set: str) -> list[Row]:
    """The rows of a table: methods as they first came, each with all its identities."""
    methods = list(dict.fromkeys(method for method, _ in tallies))
    order = sorted(tallies, key=lambda key: (methods.index(key[0]), IDENTITIES.index(key[1])))
    return [tallies[key].row(key[0], test_set, key[1]) for key in order]


def _restored(network: Network, picture: DegradedPicture) -> dict[Key, FloatArray]:
    people: dict[str, Tensor | None] = {NONE: None}
    if picture.references and network.uses_identity:
        height, width = picture.clean.shape[:2]
        for identity, crops in ((OWN, picture.references), (STRANGER, picture.stranger)):
            if crops:
                features = features_of_crops(network.observer.vgg, crops, height, width)
                people[identity] = features.float()
    results = restore(network, picture.degraded, list(people.values()))
    return {(network.name, who): result for who, result in zip(people, results, strict=True)}
