"""How the person moves as a body: smooth displacement fields for turn, nod, sway and lean.

All fields live on the clip's pixel grid (HEIGHT x WIDTH), half the canvas; their values are canvas
pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from tools.demo_clip.geometry import (
    CHIN,
    EARS,
    FOREHEAD,
    HEIGHT,
    PORTRAIT_SCALE,
    SUPERSAMPLING,
    WIDTH,
    FaceGeometry,
    Floats,
    smoothstep,
    split,
    to_canvas,
)
from tools.demo_clip.motion import Pose
from tools.demo_clip.scene import SHOULDERS

_HEAD_FALLOFF, _BODY_FALLOFF = 180.0, 230.0
"""Canvas pixels beyond the outline over which the wall follows the person less and less. The wall
is smooth, so that nobody sees it stretch; a cut-out would show at the hair."""

_INVERSION_STEPS = 8


@dataclass(frozen=True, slots=True)
class BodyFields:
    """What stays the same over the clip.

    Attributes:
        x, y: HEIGHT x WIDTH float32, canvas coordinates of the grid.
        depth: the same, canvas pixels towards the camera from the axis through the ears.
        slope: the same, -1..1, positive where the surface faces right.
        head, person: the same, 0..1, how far a place follows the head and the body.
        head_centre, neck: x, y of the head's turning point and of the base of the neck.
    """

    x: Floats
    y: Floats
    depth: Floats
    slope: Floats
    head: Floats
    person: Floats
    head_centre: tuple[float, float]
    neck: tuple[float, float]


def build_fields(face: FaceGeometry) -> BodyFields:
    """Depth and weights from the portrait's mesh."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32) * SUPERSAMPLING
    points = face.points
    ears = points[list(EARS)].mean(0)
    face_height = float(points[CHIN, 1] - points[FOREHEAD, 1])
    half_width = float(np.ptp(points[list(EARS), 0])) / 2
    centre = np.array([ears[0], points[CHIN, 1] - 0.70 * face_height])
    # The mesh ends at the ears' roots and the hairline: the skull is larger.
    radii = np.array([1.18 * half_width, 0.72 * face_height])
    distance = np.hypot((x - centre[0]) / radii[0], (y - centre[1]) / radii[1])
    beyond_head = ((distance - 1) * radii.mean()).astype(np.float32)

    person = np.zeros((HEIGHT, WIDTH), np.uint8)
    outline = (to_canvas(SHOULDERS) / SUPERSAMPLING).round().astype(np.int32)
    cv2.fillPoly(person, [outline], 1)
    person[beyond_head < 0] = 1
    beyond_person = cv2.distanceTransform(1 - person, cv2.DIST_L2, 5) * SUPERSAMPLING

    depth = _depth(face, x, y)
    slope = -cv2.Sobel(cv2.GaussianBlur(depth, (0, 0), 9), cv2.CV_32F, 1, 0, scale=1 / 8)
    head = smoothstep(beyond_head, _HEAD_FALLOFF, 0.0)
    slope = np.clip(slope / SUPERSAMPLING, -1, 1) * smoothstep(beyond_head, 20.0, -30.0)
    return BodyFields(
        x=x,
        y=y,
        depth=depth,
        slope=slope.astype(np.float32),
        head=head,
        person=smoothstep(beyond_person.astype(np.float32), _BODY_FALLOFF, 10.0),
        head_centre=(float(ears[0]), float(ears[1])),
        neck=(float(ears[0]), float(points[CHIN, 1] + 0.2 * face_height)),
    )


def source_map(fields: BodyFields, pose: Pose) -> Floats:
    """Where every pixel of the clip comes from: HEIGHT x WIDTH x 2 float32, canvas x, y."""
    moved = _displacement(fields, pose)
    target = np.dstack([fields.x, fields.y])
    source = target - moved
    # The displacement is known at the source, the picture is read at the target: iterate.
    for _ in range(_INVERSION_STEPS):
        x, y = split(source / np.float32(SUPERSAMPLING))
        moved_there = cv2.remap(moved, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        source = target - moved_there
    found: Floats = source.astype(np.float32)
    return found


def _displacement(fields: BodyFields, pose: Pose) -> Floats:
    """Forward displacement of every canvas point, HEIGHT x WIDTH x 2 float32."""
    yaw, pitch, roll = np.radians([pose.yaw, pose.pitch, pose.roll]).astype(np.float32)
    x = fields.x - fields.head_centre[0]
    y = fields.y - fields.head_centre[1]
    dx = x * (np.cos(yaw) - 1) + fields.depth * np.sin(yaw)
    dy = y * (np.cos(pitch) - 1) + fields.depth * np.sin(pitch)
    # Nearer parts look larger; without it a turn looks like a sheet being slid.
    grown = fields.depth / 4200 * (abs(np.sin(yaw)) + abs(np.sin(pitch)))
    dx, dy = dx + x * grown, dy + y * grown
    # Tilting happens in the neck, turning in the skull.
    neck_x, neck_y = fields.x - fields.neck[0], fields.y - fields.neck[1]
    dx = dx + neck_x * (np.cos(roll) - 1) - neck_y * np.sin(roll)
    dy = dy + neck_x * np.sin(roll) + neck_y * (np.cos(roll) - 1)
    head_dx = fields.head * (dx + pose.head_shift[0])
    head_dy = fields.head * (dy + pose.head_shift[1])

    bottom = float(fields.y.max())
    rise = (bottom - fields.y) / 900
    body_dx = pose.sway * rise + (fields.x - fields.neck[0]) * (pose.zoom - 1)
    body_dy = -pose.breath * np.minimum(rise, 1) - (bottom - fields.y) * (pose.zoom - 1)
    moved: Floats = np.dstack(
        [head_dx + fields.person * body_dx, head_dy + fields.person * body_dy]
    ).astype(np.float32)
    return moved


def _depth(face: FaceGeometry, x: Floats, y: Floats) -> Floats:
    """The mesh's depth as a smooth surface that sinks to 0 (the ears) around the face."""
    scale = PORTRAIT_SCALE / SUPERSAMPLING
    total = np.zeros(x.shape, np.float32)
    weight = np.full(x.shape, 1e-7, np.float32)
    splat = np.zeros(x.shape, np.float32)
    count = np.zeros(x.shape, np.float32)
    at = (face.points / SUPERSAMPLING).round().astype(int)
    np.add.at(splat, (at[:, 1], at[:, 0]), face.depth)
    np.add.at(count, (at[:, 1], at[:, 0]), 1.0)
    # Fine where the mesh is dense; the coarse level only fills its gaps.
    for sigma, share in ((11 * scale, 1.0), (26 * scale, 0.05), (70 * scale, 0.001)):
        total += share * cv2.GaussianBlur(splat, (0, 0), sigma)
        weight += share * cv2.GaussianBlur(count, (0, 0), sigma)
    depth = total / weight
    hull = cv2.convexHull(face.points.astype(np.float32) / SUPERSAMPLING).round().astype(np.int32)
    mask = np.zeros(x.shape, np.float32)
    cv2.fillConvexPoly(mask, hull, 1.0)
    outside = cv2.distanceTransform((mask == 0).astype(np.uint8), cv2.DIST_L2, 5)
    depth *= smoothstep(outside.astype(np.float32), 230 * scale, 0.0)
    smooth: Floats = cv2.GaussianBlur(depth, (0, 0), 8 * scale).astype(np.float32)
    return smooth
