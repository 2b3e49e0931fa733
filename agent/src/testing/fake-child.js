// Stands in for the engine process in tests of the server: no native code, and it dies, hangs or fails as the first byte of a frame says.
const ANSWER = 0,
  ABORT = 1,
  HANG = 2,
  EXIT = 3,
  SLOW = 4;
const loaded = new Set();

process.on('message', ({ id, job }) => {
  const answer = (result) => process.send({ id, result });
  const fail = (kind, sentence) => process.send({ id, failure: { kind, sentence, nextStep: '' } });
  switch (job.kind) {
    case 'probe':
      answer({
        kind: 'probed',
        engine: { name: 'fake engine', version: '0' },
        engineSentence: 'fake engine 0.',
        edgeTpuLibrary: null,
        edgeTpuDevices: [],
        testDouble: false,
      });
      break;
    case 'load':
      if (job.device === 'edgetpu') return fail('edgetpu-library-missing', 'no library');
      loaded.add(job.session);
      answer({
        kind: 'loaded',
        choice: 'litert',
        facts: {
          deviceUsed: 'cpu',
          // So that a test sees what the server remembers.
          deviceName: job.faster === undefined ? 'fake' : `fake, known to be faster: ${job.faster}`,
          engine: { name: 'fake engine', version: '0' },
          inputSize: 8,
          inputType: 'uint8',
          finish: 'rounded',
          operatorsOnTpu: 0,
          operatorsOnCpu: 1,
          cold: { read: 0, prepare: 0, firstInvoke: 0 },
        },
      });
      break;
    case 'infer': {
      if (!loaded.has(job.session)) return fail('model-not-loaded', 'No model is loaded.');
      const behaviour = job.frame.payload[0];
      if (behaviour === ABORT) return process.abort();
      if (behaviour === HANG) return undefined;
      if (behaviour === EXIT) {
        console.error('F :1153] transfer failed');
        return process.exit(3);
      }
      setTimeout(
        () => answer({ kind: 'inferred', answer: labelsOf(job.frame) }),
        behaviour === SLOW ? 300 : ANSWER,
      );
      break;
    }
    case 'bench':
      answer({
        kind: 'benched',
        invoke: Array(job.iterations).fill(1),
        postprocess: Array(job.iterations).fill(2),
        longestGapMs: 3,
      });
      break;
    case 'unload':
      loaded.delete(job.session);
      answer({ kind: 'unloaded' });
  }
  return undefined;
});
process.send('listening');
process.on('disconnect', () => process.exit());

/** One run of class 15 over the whole picture, as SPEC 6 lays it out. */
function labelsOf({ frameId, width, height }) {
  const bytes = new Uint8Array(56);
  const view = new DataView(bytes.buffer);
  bytes.set([0x53, 0x45, 0x47, 0x4c, 1]);
  view.setUint32(8, frameId, true);
  view.setUint16(12, width, true);
  view.setUint16(14, height, true);
  const pixels = width * height;
  bytes.set([15, (pixels & 0x7f) | 0x80, ((pixels >> 7) & 0x7f) | 0x80, pixels >> 14], 52);
  return bytes;
}
