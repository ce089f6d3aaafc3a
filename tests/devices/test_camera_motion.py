"""When a frame is worth a look."""

from __future__ import annotations

import numpy as np

from station.devices.frame import Image
from station.devices.motion import CALM_FRAMES, LOOK_EVERY, IdleGate, thumbnail


def scene(level: int = 90, *, noise: int = 0, seed: int = 0, phone: int | None = None) -> Image:
    """A grey wall, perhaps noisy, perhaps with a phone held up in it (`phone` px from the left)."""
    image = np.full((720, 1280, 3), level, np.int16)
    if phone is not None:
        image[300:460, phone : phone + 90] = 230
    image += np.random.default_rng(seed).integers(-noise, noise + 1, image.shape, np.int16)
    return np.clip(image, 0, 255).astype(np.uint8)


def looked_at(frames: list[Image]) -> list[bool]:
    gate, looks = IdleGate(), []
    for index, frame in enumerate(frames):
        gate.feed(thumbnail(frame))
        looks.append(gate.wants(index))
    return looks


def test_an_empty_noisy_gate_is_looked_at_every_fourth_frame() -> None:
    looks = looked_at([scene(noise=25, seed=seed) for seed in range(CALM_FRAMES + 24)])

    assert all(looks[:CALM_FRAMES])
    assert sum(looks[CALM_FRAMES:]) == 24 / LOOK_EVERY


def test_a_camera_that_leaves_out_unwanted_frames_still_wakes_the_gate() -> None:
    gate = IdleGate()
    for _ in range(CALM_FRAMES + 1):
        gate.feed(thumbnail(scene()))
    assert gate.calm

    gate.feed(thumbnail(scene(phone=200)))

    assert not gate.calm
    assert gate.wants(LOOK_EVERY + 1)


def test_a_person_who_comes_is_looked_at_at_once() -> None:
    calm, coming = [scene()] * 40, [scene(phone=x) for x in range(100, 300, 20)]

    assert all(looked_at(calm + coming)[40:])


def test_a_code_held_still_keeps_the_reader_awake() -> None:
    gate = IdleGate()
    looks = []
    for index in range(60):
        gate.feed(thumbnail(scene()))
        looks.append(gate.wants(index))
        gate.code_seen()

    assert all(looks)


def test_the_thumbnail_tells_day_from_night() -> None:
    assert abs(thumbnail(scene(200)).mean() - 200) < 1
    assert abs(thumbnail(scene(12)).mean() - 12) < 1
