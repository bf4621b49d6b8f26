// Runs the published networks on ONNX Runtime (onnxruntime-web) with pseudo-random inputs and writes every n-th number
// of each output and the sum of all numbers.
//   cd models/reference && npm ci && node make-reference.mjs > ../src/test/resources/dev/facet/models/reference.json
import * as ort from 'onnxruntime-web';
import { readFileSync } from 'node:fs';

const folder = '../node_modules/faceplugin-face-recognition-js/model/';
const nets = {
  fr_detect: [1, 3, 240, 320],
  fr_landmark: [1, 1, 64, 64],
  fr_pose: [1, 3, 224, 224],
  fr_feature: [1, 3, 112, 112],
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
const reference = {};
for (const [name, shape] of Object.entries(nets)) {
  const session = await ort.InferenceSession.create(readFileSync(folder + name + '.onnx'));
  const input = new ort.Tensor('float32', pseudoRandom(shape.reduce((a, b) => a * b)), shape);
  const results = await session.run({ [session.inputNames[0]]: input });
  reference[name] = {
    shape,
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
