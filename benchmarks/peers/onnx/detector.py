"""UltraFace RFB-320 over a pyramid of scales, each answering for the anchor levels it is asked for.

Anchors as published with the network: per level the squares' sides and the step between centres, in
pixels of the network's picture; offsets are scaled by the variances (SSD, Liu et al. 2016).
"""

from typing import NamedTuple

import cv2
import numpy as np

import engines

SIDES = [[10, 16, 24], [32, 48], [64, 96], [128, 192, 256]]
STEPS = [8, 16, 32, 64]
CENTRE_VARIANCE, SIZE_VARIANCE = 0.1, 0.2
GREY, SCALE = 127, 1 / 128


class Scale(NamedTuple):
    """One look at the photo, resized into the upper left corner of a grey canvas; which anchor levels count."""

    columns: int
    rows: int
    width: int
    height: int
    levels: tuple


class Detector:
    """Finds faces: boxes (left, top, right, bottom) in the photo's pixels, and their probabilities."""

    def __init__(self, engine, path):
        self._engine = engine
        self._model = engines.load(path)
        self._heads = heads(self._model)
        self._networks = {}

    def network(self, scale):
        """The network for one size, cut after the heads of the levels that count, its anchors and canvas."""
        if scale not in self._networks:
            outputs = [name for level in scale.levels for name in self._heads[level]]
            run = self._engine.compile(engines.cut(self._model, scale.height, scale.width, outputs))
            self._networks[scale] = run, *anchors(scale), np.full((scale.height, scale.width, 3), GREY, np.uint8)
        return self._networks[scale]

    def find(self, image, scales, score, overlap):
        """Faces of all scales, each once."""
        found = [self._at(image, scale, score) for scale in scales]
        boxes = np.concatenate([boxes for boxes, _ in found])
        scores = np.concatenate([scores for _, scores in found])
        if not len(boxes):
            return boxes, scores
        sizes = boxes[:, 2:] - boxes[:, :2]
        kept = np.asarray(cv2.dnn.NMSBoxes(np.hstack([boxes[:, :2], sizes]), scores, score, overlap)).ravel()
        return boxes[kept], scores[kept]

    def _at(self, image, scale, score):
        run, centres, sides, canvas = self.network(scale)
        shrinks = 2 * scale.columns < image.shape[1]
        small = cv2.resize(image, scale[:2], interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
        canvas[: scale.rows, : scale.columns] = small
        answers = run(cv2.dnn.blobFromImage(canvas, SCALE, mean=(GREY,) * 3, swapRB=True))
        logits = np.concatenate([a.reshape(-1, 2) for a in answers[0::2]])
        # two classes' softmax is a sigmoid of their difference: compared without computing it for all
        sure = np.flatnonzero(logits[:, 1] - logits[:, 0] > np.log(score / (1 - score)))
        offsets = np.concatenate([a.reshape(-1, 4) for a in answers[1::2]])[sure]
        scores = 1 / (1 + np.exp(logits[sure, 0] - logits[sure, 1]))
        middle = centres[sure] + offsets[:, :2] * CENTRE_VARIANCE * sides[sure]
        half = sides[sure] * np.exp(offsets[:, 2:] * SIZE_VARIANCE) / 2
        zoom = np.array([image.shape[1] / scale.columns, image.shape[0] / scale.rows] * 2)
        return np.hstack([middle - half, middle + half]) * zoom, scores


def heads(model):
    """Per level the tensors with the logits and the regressions, as the graph joins them."""
    producer = {name: node for node in model.graph.node for name in node.output}
    softmax = next(node for node in model.graph.node if node.op_type == "Softmax")
    logits = producer[softmax.input[0]]
    joins = (node for node in model.graph.node if node.op_type == "Concat" and len(node.input) == len(STEPS))
    regressions = next(node for node in joins if node.output != logits.output)
    return list(zip(logits.input, regressions.input, strict=True))


def anchors(scale):
    """Centres and sides of a scale's anchors, in the order of the network's outputs."""
    centres, sides = [], []
    for level in scale.levels:
        step = STEPS[level]
        columns, rows = -(-scale.width // step), -(-scale.height // step)
        y, x = np.mgrid[0:rows, 0:columns]
        # spread evenly over the picture, as in training, where its side is no multiple of the step
        grid = (np.stack([x.ravel(), y.ravel()], 1) + 0.5) * [scale.width / columns, scale.height / rows]
        centres.append(np.repeat(grid, len(SIDES[level]), 0))
        sides.append(np.tile(SIDES[level], rows * columns))
    return np.concatenate(centres), np.concatenate(sides)[:, None].astype(np.float64)
