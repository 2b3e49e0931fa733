/** A seeded generator of random numbers, so that every draw can be repeated. */

/** Uniform in [0, 1). */
export type Random = () => number;

/**
 * xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018), its state filled from
 * the seed by splitmix32; 32 random bits a number.
 * @param seed any whole number; its lowest 32 bits count
 */
export function seededRandom(seed: number): Random {
  const next = splitmix32(seed);
  const draw = xoshiro128([next(), next(), next(), next()]);
  return () => draw() / 2 ** 32;
}

/** The bare generator: 32-bit whole numbers from a state of four numbers, at least one of them not 0. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
