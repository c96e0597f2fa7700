"""From photos of a person, or from the webcam, to a profile (DESIGN section 2, eq. 7).

`enrol` reads from top to bottom: photos are examined one by one, duplicates and
strangers are set aside, the best are taken, and their features are averaged.
"""

from nasfe_cam.enrolment.advice import Suggestion
from nasfe_cam.enrolment.enrolling import Enrolment, Progress, enrol, enrol_faces
from nasfe_cam.enrolment.examining import (
    ChooseFace,
    ExaminedFace,
    examine,
    examine_file,
    find_faces,
)
from nasfe_cam.enrolment.networks import EnrolmentNetworks, FeatureExtractor, open_networks
from nasfe_cam.enrolment.photos import PHOTO_SUFFIXES, photo_files, read_photo
from nasfe_cam.enrolment.profile_making import make_profile, normalise_features, rebuild_profile

__all__ = [
    "PHOTO_SUFFIXES",
    "ChooseFace",
    "Enrolment",
    "EnrolmentNetworks",
    "ExaminedFace",
    "FeatureExtractor",
    "Progress",
    "Suggestion",
    "enrol",
    "enrol_faces",
    "examine",
    "examine_file",
    "find_faces",
    "make_profile",
    "normalise_features",
    "open_networks",
    "photo_files",
    "read_photo",
    "rebuild_profile",
]
