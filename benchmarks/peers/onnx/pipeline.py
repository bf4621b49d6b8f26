"""A whole photo with OpenCV around the networks: decode, detect, landmarks, align, template.

OpenCV runs on one thread, like each peer; the pipeline records the time of each stage.
"""

from pathlib import Path
from time import perf_counter

import cv2
import numpy as np

import engines
from detector import GREY, SCALE, Detector

# target positions of eyes, nose and corners of the mouth in a face of 112 × 112 (ArcFace)
CANON = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
SIDE = 112
REDUCED = {1: cv2.IMREAD_COLOR, 2: cv2.IMREAD_REDUCED_COLOR_2, 4: cv2.IMREAD_REDUCED_COLOR_4}


class Stages:
    """Sums milliseconds per stage of one photo."""

    def __init__(self):
        self.millis = {}
        self._since = perf_counter()

    def done(self, stage):
        now = perf_counter()
        self.millis[stage] = self.millis.get(stage, 0.0) + (now - self._since) * 1e3
        self._since = now


class Pipeline:
    """The published networks under one engine."""

    def __init__(self, engine, folder):
        folder = Path(folder)
        self.detector = Detector(engine, folder / "fr_detect.onnx")
        self._landmarks = engine.compile(engines.load(folder / "fr_landmark.onnx"))
        self._embed = engine.compile(engines.load(folder / "fr_feature.onnx"))

    def extract(self, encoded, reduction, scales, score, overlap):
        """Returns faces as (box, probability, unit template), and the milliseconds of each stage."""
        stages = Stages()
        image = cv2.imdecode(encoded, REDUCED[reduction])
        stages.done("decode")
        boxes, scores = self.detector.find(image, scales, score, overlap)
        stages.done("detect")
        faces = []
        for box, probability in zip(boxes, scores, strict=True):
            points = self._five(image, box)
            stages.done("landmarks")
            chip = cv2.warpAffine(image, similarity(points, CANON), (SIDE, SIDE))
            stages.done("align")
            template = self._embed(cv2.dnn.blobFromImage(chip, SCALE, mean=(GREY,) * 3, swapRB=True))[0].ravel()
            faces.append((box * reduction, probability, template / np.linalg.norm(template)))
            stages.done("template")
        return faces, stages.millis

    def _five(self, image, box):
        height, width = image.shape[:2]
        left, top = np.clip(box[:2].astype(int), 0, [width - 1, height - 1])
        right, bottom = np.clip(box[2:].astype(int), [left + 1, top + 1], [width, height])
        crop = cv2.resize(image[top:bottom, left:right], (64, 64))
        grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY).astype(np.float32)[None, None] / 256
        points = self._landmarks(grey)[0].reshape(68, 2) * [right - left, bottom - top] + [left, top]
        return np.array([points[36:42].mean(0), points[42:48].mean(0), points[30], points[48], points[54]])


def similarity(source, target):
    """Returns the least-squares rotation, scale and shift from points to points, 2 × 3 (Umeyama 1991)."""
    from_mean, to_mean = source.mean(0), target.mean(0)
    s, t = source - from_mean, target - to_mean
    power = (s * s).sum()
    a = (s * t).sum() / power
    b = (s[:, 0] * t[:, 1] - s[:, 1] * t[:, 0]).sum() / power
    turn = np.array([[a, -b], [b, a]])
    return np.column_stack([turn, to_mean - turn @ from_mean])
