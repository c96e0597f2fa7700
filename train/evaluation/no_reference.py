"""Measures restoration where there is no clean picture: NIQE, and likeness to enrolment photos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from torch import Tensor

from nasfe_cam.core.frame import FloatArray
from nasfe_cam.faces.recogniser import unit
from train.data.enrolled_people import EnrolledPeople, EnrolledPerson
from train.data.real_pictures import RealPicture
from train.evaluation.aggregate import Row, Tally
from train.evaluation.baselines import Method
from train.evaluation.evaluation_loop import (
    NONE,
    OWN,
    SAME_PICTURES,
    STRANGER,
    Key,
    make_rows,
)
from train.evaluation.metrics import Score
from train.evaluation.networks import Network, features_of, restore
from train.evaluation.niqe import PristineModel, niqe
from train.evaluation.recognition import SFace

Show = Callable[[RealPicture, Mapping[Key, FloatArray]], None]
"""Told what every method made of a picture."""


class RealEvaluation:
    """Measures pictures without truth.

    Args:
        networks, classical: what is compared.
        recogniser: SFace.
        pristine: what clean faces are like.
        people: who has enrolment photos.
    """

    def __init__(
        self,
        networks: Sequence[Network],
        classical: Mapping[str, Method],
        recogniser: SFace,
        pristine: PristineModel,
        people: EnrolledPeople,
    ) -> None:
        self._networks = networks
        self._classical = classical
        self._recogniser = recogniser
        self._pristine = pristine
        self._people = people
        self._embeddings: dict[str, FloatArray] = {}
        self._features: dict[tuple[int, str], Tensor] = {}

    def measure(
        self, test_set: str, pictures: Iterable[RealPicture], show: Show = lambda _p, _r: None
    ) -> list[Row]:
        """The rows of a set, as in `train.evaluation.evaluation_loop.evaluate`.

        PSNR, SSIM and LPIPS need a truth, Top-1 and Top-5 a gallery: they stay
        empty. The cosine is that to the mean of photos which the network was not
        shown, where the person has any.
        """
        tallies: defaultdict[Key, Tally] = defaultdict(Tally)
        for picture in pictures:
            person = self._people.find(picture.source)
            results = self._results(picture, person)
            show(picture, results)
            for (name, identity), result in results.items():
                score = self._score(picture, result, person)
                tallies[name, identity].add(score)
                if identity == NONE and (name, OWN) in results:
                    tallies[name, SAME_PICTURES].add(score)
        return make_rows(tallies, test_set)

    def _results(
        self, picture: RealPicture, person: EnrolledPerson | None
    ) -> dict[Key, FloatArray]:
        results: dict[Key, FloatArray] = {("input", NONE): picture.crop}
        for name, method in self._classical.items():
            results[name, NONE] = method(picture.crop)
        for network in self._networks:
            shown: dict[str, Tensor | None] = {NONE: None}
            if person is not None and person.shown and network.uses_identity:
                stranger = self._people.stranger_to(person)
                shown[OWN] = self._features_of(network, person)
                if stranger is not None:
                    shown[STRANGER] = self._features_of(network, stranger)
            restored = restore(network, picture.crop, list(shown.values()))
            results |= {(network.name, who): one for who, one in zip(shown, restored, strict=True)}
        return results

    def _score(
        self, picture: RealPicture, result: FloatArray, person: EnrolledPerson | None
    ) -> Score:
        cosine = None
        if person is not None:
            cosine = float(self._embedding(person) @ self._recogniser.embed(result))
        return Score(
            person=picture.source if person is None else person.name,
            psnr=None,
            ssim=None,
            lpips=None,
            niqe=niqe(result, self._pristine),
            id_cosine=cosine,
            rank=None,
        )

    def _embedding(self, person: EnrolledPerson) -> FloatArray:
        if person.name not in self._embeddings:
            photos = [self._recogniser.embed(photo) for photo in person.judging]
            self._embeddings[person.name] = unit(np.mean(photos, axis=0, dtype=np.float32))
        return self._embeddings[person.name]

    def _features_of(self, network: Network, person: EnrolledPerson) -> Tensor:
        key = (id(network.observer), person.name)
        if key not in self._features:
            self._features[key] = features_of(network.observer.vgg, person.shown)
        return self._features[key].float()
