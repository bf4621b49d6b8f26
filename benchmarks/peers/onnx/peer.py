"""The published networks under ONNX Runtime or OpenVINO, with OpenCV around them.

Answers the line protocol of dev.facet.benchmarks.peers.Peer on standard input and output:

    python peer.py onnxruntime|openvino FOLDER_OF_ONNX_FILES
"""

import json
import sys
from functools import cache
from pathlib import Path
from time import perf_counter, process_time

import cv2
import numpy as np

import engines
from detector import Scale
from pipeline import Pipeline

THREADS = 1


class Peer:
    def __init__(self, name, folder):
        cv2.setNumThreads(THREADS)
        self._engine = engines.ENGINES[name](THREADS)
        self._folder = Path(folder)
        self._pipeline = Pipeline(self._engine, folder)
        self._nets = {}
        self.versions = {**self._engine.versions, "opencv": cv2.__version__, "numpy": np.__version__}

    def handle(self, request):
        match request["op"]:
            case "extract":
                return self._extract(request)
            case "net":
                return self._net(request)
            case other:
                raise ValueError(f"unknown operation {other}")

    def _extract(self, request):
        plan = request["plan"]
        scales = [Scale(**{**scale, "levels": tuple(scale["levels"])}) for scale in plan["scales"]]
        photo = contents(request["photo"])
        start, busy = perf_counter(), process_time()
        faces, stages = self._pipeline.extract(photo, plan["reduction"], scales, plan["score"], plan["overlap"])
        millis, cpu = (perf_counter() - start) * 1e3, (process_time() - busy) * 1e3
        return {"millis": millis, "cpu": cpu, "stages": stages, "faces": [described(*face) for face in faces]}

    def _net(self, request):
        run, x = self._network(request["net"], request.get("width"), request.get("height"))
        times = []
        for _ in range(request["runs"]):
            start = perf_counter()
            run(x)
            times.append((perf_counter() - start) * 1e3)
        return {"times": times}

    def _network(self, net, width, height):
        if net == "fr_detect":
            x = np.random.default_rng(1).standard_normal((1, 3, height, width)) * 0.5
            whole = Scale(width, height, width, height, (0, 1, 2, 3))
            return self._pipeline.detector.network(whole)[0], x.astype(np.float32)
        if net not in self._nets:
            model = engines.load(self._folder / f"{net}.onnx")
            self._nets[net] = self._engine.compile(model), engines.noise(model)
        return self._nets[net]


@cache
def contents(path):
    """Returns the file's bytes, read once: peers' times exclude reading files."""
    return np.fromfile(path, np.uint8)


def described(box, score, template):
    return {"box": box.tolist(), "score": float(score), "template": template.tolist()}


def main():
    # output of libraries must not appear between the responses
    responses, sys.stdout = sys.stdout, sys.stderr
    peer = Peer(*sys.argv[1:])
    print(json.dumps({"versions": peer.versions}), file=responses, flush=True)
    for line in sys.stdin:
        try:
            reply = peer.handle(json.loads(line))
        except Exception as fault:  # becomes an error response; the peer goes on
            reply = {"error": repr(fault)}
        print(json.dumps(reply), file=responses, flush=True)


if __name__ == "__main__":
    main()
