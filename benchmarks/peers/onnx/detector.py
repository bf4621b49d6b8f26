"""UltraFace RFB-320 over a pyramid of scales, each with a selection of anchor levels.

The anchors are the published ones of the network: per level the sides of the squares and the step
between centres, in pixels of the network's input. Offsets are scaled by the variances (SSD, Liu et al. 2016).
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
    """One pass over the photo, resized into the upper left corner of a grey canvas, with its anchor levels."""

    columns: int
    rows: int
    width: int
    height: int
    levels: tuple


class Detector:
    """Detects faces: boxes (left, top, right, bottom) in pixels of the photo, and their probabilities."""

    def __init__(self, engine, path):
        self._engine = engine
        self._model = engines.load(path)
        self._heads = heads(self._model)
        self._networks = {}

    def network(self, scale):
        """Returns the network for one size, cut after the heads of the levels in use, its anchors and canvas."""
        if scale not in self._networks:
            outputs = [name for level in scale.levels for name in self._heads[level]]
            run = self._engine.compile(engines.cut(self._model, scale.height, scale.width, outputs))
            self._networks[scale] = run, *anchors(scale), np.full((scale.height, scale.width, 3), GREY, np.uint8)
        return self._networks[scale]

    def find(self, image, scales, score, overlap):
        """Returns the faces of all scales after non-maximum suppression."""
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
        # the softmax of two classes is the sigmoid of their difference: comparing logits avoids computing it for all
        sure = np.flatnonzero(logits[:, 1] - logits[:, 0] > np.log(score / (1 - score)))
        offsets = np.concatenate([a.reshape(-1, 4) for a in answers[1::2]])[sure]
        scores = 1 / (1 + np.exp(logits[sure, 0] - logits[sure, 1]))
        middle = centres[sure] + offsets[:, :2] * CENTRE_VARIANCE * sides[sure]
        half = sides[sure] * np.exp(offsets[:, 2:] * SIZE_VARIANCE) / 2
        zoom = np.array([image.shape[1] / scale.columns, image.shape[0] / scale.rows] * 2)
        return np.hstack([middle - half, middle + half]) * zoom, scores


def heads(model):
    """Returns per level the tensors of the logits and the regressions, in the graph's order of concatenation."""
    producer = {name: node for node in model.graph.node for name in node.output}
    softmax = next(node for node in model.graph.node if node.op_type == "Softmax")
    logits = producer[softmax.input[0]]
    joins = (node for node in model.graph.node if node.op_type == "Concat" and len(node.input) == len(STEPS))
    regressions = next(node for node in joins if node.output != logits.output)
    return list(zip(logits.input, regressions.input, strict=True))


def anchors(scale):
    """Returns centres and sides of a scale's anchors, in the order of the network's outputs."""
    centres, sides = [], []
    for level in scale.levels:
        step = STEPS[level]
        columns, rows = -(-scale.width // step), -(-scale.height // step)
        y, x = np.mgrid[0:rows, 0:columns]
        # spread evenly over the input, as in training, if its side is not a multiple of the step
        grid = (np.stack([x.ravel(), y.ravel()], 1) + 0.5) * [scale.width / columns, scale.height / rows]
        centres.append(np.repeat(grid, len(SIDES[level]), 0))
        sides.append(np.tile(SIDES[level], rows * columns))
    return np.concatenate(centres), np.concatenate(sides)[:, None].astype(np.float64)
