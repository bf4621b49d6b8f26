// Runs the published networks on ONNX Runtime (onnxruntime-web) with pseudo-random inputs and writes every n-th number
// of each output and the sum of all numbers.
//   cd models/reference && npm ci && node make-reference.mjs > ../src/test/resources/dev/facet/models/reference.json
import * as ort from 'onnxruntime-web';
import { readFileSync } from 'node:fs';

const folder = '../node_modules/faceplugin-face-recognition-js/model/';
const nets = {
  fr_detect: { file: folder + 'fr_detect.onnx', shape: [1, 3, 240, 320] },
  fr_landmark: { file: folder + 'fr_landmark.onnx', shape: [1, 1, 64, 64] },
  fr_pose: { file: folder + 'fr_pose.onnx', shape: [1, 3, 224, 224] },
  fr_feature: { file: folder + 'fr_feature.onnx', shape: [1, 3, 112, 112] },
  // the published network normalises pixels from 0 to 255 itself
  sface: { file: '../wheels/face_recognition_sface_2021dec_int8bq.onnx', shape: [1, 3, 112, 112], pixels: true },
};

/** Returns numbers in -1..1 from the linear congruential generator of Numerical Recipes; ParityTest uses the same. */
function pseudoRandom(count) {
  const values = new Float32Array(count);
  let state = 1;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = (state >>> 8) / 8388608 - 1;
  }
  return values;
}

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';
const count = (shape) => shape.reduce((a, b) => a * b, 1);
const reference = {};
for (const [name, { file, shape, pixels }] of Object.entries(nets)) {
  const session = await ort.InferenceSession.create(readFileSync(file));
  const numbers = pseudoRandom(count(shape));
  const feeds = {};
  session.inputMetadata.forEach((input) => {
    // a quantizer left the names of the weights that it replaced, which no node reads
    feeds[input.name] = new ort.Tensor('float32', new Float32Array(count(input.shape)), input.shape);
  });
  feeds[session.inputNames[0]] = new ort.Tensor('float32', pixels ? numbers.map((v) => (v + 1) * 127.5) : numbers, shape);
  const results = await session.run(feeds);
  reference[name] = {
    shape,
    pixels,
    outputs: session.outputNames.map((output) => {
      const all = results[output].data;
      const step = Math.max(1, Math.floor(all.length / 64));
      return {
        name: output,
        step,
        values: [...all].filter((_, i) => i % step === 0).map((v) => Number(v.toPrecision(8))),
        sum: all.reduce((a, b) => a + b, 0),
      };
    }),
  };
}
console.log(JSON.stringify(reference, null, 1));
