"""ONNX Runtime and OpenVINO behind one interface: a network is a function from an input to its outputs.

Both use one thread, batch size 1 and the runtime's optimisations for that, as their users would.
"""

import numpy as np
import onnx


class OnnxRuntime:
    """Networks under ONNX Runtime's CPU provider, all graph optimisations on."""

    def __init__(self, threads):
        import onnxruntime

        self.versions = {"onnxruntime": onnxruntime.__version__}
        self._runtime = onnxruntime
        self._options = onnxruntime.SessionOptions()
        self._options.intra_op_num_threads = threads
        self._options.inter_op_num_threads = 1
        self._options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        self._options.log_severity_level = 3

    def compile(self, model):
        session = self._runtime.InferenceSession(
            model.SerializeToString(), self._options, providers=["CPUExecutionProvider"]
        )
        name = session.get_inputs()[0].name
        return lambda x: session.run(None, {name: x})


class OpenVino:
    """Networks under OpenVINO's CPU plugin in float32, tuned for latency."""

    def __init__(self, threads):
        import openvino

        self.versions = {"openvino": openvino.__version__.split("-")[0]}
        self._core = openvino.Core()
        self._tensor = openvino.Tensor
        self._options = {
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": 1,
            "INFERENCE_PRECISION_HINT": "f32",
            "PERFORMANCE_HINT": "LATENCY",
        }

    def compile(self, model):
        graph = self._core.read_model(model.SerializeToString(), b"")
        compiled = self._core.compile_model(graph, "CPU", self._options)
        request = compiled.create_infer_request()
        # views of the request's memory avoid copies; they are valid until this network runs again
        outputs = request.output_tensors

        def run(x):
            request.infer([self._tensor(x, shared_memory=True)], share_inputs=True, share_outputs=True)
            return [output.data for output in outputs]

        return run


ENGINES = {"onnxruntime": OnnxRuntime, "openvino": OpenVino}


def load(path):
    """Loads the published network unchanged."""
    return onnx.load(str(path))


def cut(model, height, width, outputs):
    """Returns the part of a convolutional network that leads to some tensors, for another input size.

    Fixing the size lets both runtimes plan their memory and kernels for it.
    """
    producer = {name: node for node in model.graph.node for name in node.output}
    needed, waiting = set(), list(outputs)
    while waiting:
        node = producer.get(waiting.pop())
        if node is not None and id(node) not in needed:
            needed.add(id(node))
            waiting.extend(node.input)
    nodes = [node for node in model.graph.node if id(node) in needed]
    used = {name for node in nodes for name in node.input}
    weights = [tensor for tensor in model.graph.initializer if tensor.name in used]
    given = {tensor.name for tensor in model.graph.initializer}
    entry = next(i.name for i in model.graph.input if i.name not in given)
    picture = onnx.helper.make_tensor_value_info(entry, onnx.TensorProto.FLOAT, [1, 3, height, width])
    results = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in outputs]
    graph = onnx.helper.make_graph(nodes, "cut", [picture], results, weights)
    return onnx.helper.make_model(graph, opset_imports=model.opset_import, ir_version=max(4, model.ir_version))


def noise(model):
    """Returns noise in the range of photos: normal, standard deviation 0.5, the same every time."""
    given = {tensor.name for tensor in model.graph.initializer}
    entry = next(i for i in model.graph.input if i.name not in given)
    shape = [d.dim_value for d in entry.type.tensor_type.shape.dim]
    return (np.random.default_rng(1).standard_normal(shape) * 0.5).astype(np.float32)
