// face-api.js (SSD MobileNet v1, 68 landmarks, 128-d descriptor) on tfjs-wasm, one thread.
// Answers the line protocol of dev.facet.benchmarks.peers.Peer on standard input and output.
//
//   node peer.mjs

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import jpeg from 'jpeg-js';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');
const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');

const MIN_CONFIDENCE = 0.5;
const MAX_FACES = 50;

const photos = new Map();

/** Returns the file's bytes, read once: peers' times exclude reading files. */
function bytesOf(path) {
  if (!photos.has(path)) photos.set(path, readFileSync(path));
  return photos.get(path);
}

async function load() {
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);
  wasm.setThreadsCount(1);
  sharp.concurrency(1);
  sharp.cache(false);
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs has no wasm backend here');
  await tf.ready();
  const weights = `${dirname(require.resolve('@vladmandic/face-api/package.json'))}/model`;
  await faceapi.nets.ssdMobilenetv1.loadFromDisk(weights);
  await faceapi.nets.faceLandmark68Net.loadFromDisk(weights);
  await faceapi.nets.faceRecognitionNet.loadFromDisk(weights);
}

/** Decodes a photo with libvips, the fastest decoder for Node. */
async function decode(bytes) {
  const { data, info } = await sharp(bytes).rotate().removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return tf.tensor3d(data, [info.height, info.width, 3], 'int32');
}

/** Returns the time of decoding in plain JavaScript, as most users of face-api.js in Node do. */
function plainDecodeMillis(bytes) {
  const start = performance.now();
  jpeg.decode(bytes, { useTArray: true, formatAsRGBA: false, maxMemoryUsageInMB: 2048 });
  return performance.now() - start;
}

function face({ detection, descriptor }) {
  const { left, top, right, bottom } = detection.box;
  return { box: [left, top, right, bottom], score: detection.score, template: Array.from(descriptor) };
}

async function extract({ photo }) {
  const bytes = bytesOf(photo);
  const before = process.cpuUsage();
  const start = performance.now();
  const pixels = await decode(bytes);
  const decoded = performance.now();
  const options = new faceapi.SsdMobilenetv1Options({ minConfidence: MIN_CONFIDENCE, maxResults: MAX_FACES });
  const found = await faceapi.detectAllFaces(pixels, options).withFaceLandmarks().withFaceDescriptors();
  const end = performance.now();
  const busy = process.cpuUsage(before);
  pixels.dispose();
  return {
    millis: end - start,
    cpu: (busy.user + busy.system) / 1e3,
    stages: { decode: decoded - start, 'detect, landmarks, align, template': end - decoded },
    faces: found.map(face),
  };
}

async function handle(request) {
  switch (request.op) {
    case 'extract':
      return extract(request);
    case 'plain-decode':
      return { millis: plainDecodeMillis(bytesOf(request.photo)) };
    default:
      throw new Error(`unknown operation ${request.op}`);
  }
}

const send = (object) => process.stdout.write(`${JSON.stringify(object)}\n`);

console.log = console.error; // standard output belongs to the protocol
await load();
send({ versions: { 'face-api.js': faceapi.version, 'tfjs-wasm': tf.version_core, sharp: sharp.versions.sharp, node: process.versions.node } });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    send(await handle(JSON.parse(line)));
  } catch (fault) {
    send({ error: String(fault) });
  }
}
