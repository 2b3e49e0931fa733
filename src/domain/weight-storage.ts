/** How a network's weights can be stored. */

export type WeightStorage = 'float32' | 'float16' | 'uint8';
