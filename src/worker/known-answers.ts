/** Expected results of known .tflite files on the known picture, a cat 48 pixels wide. */

export interface KnownAnswer {
  /** Class index. */
  readonly label: number;
  /** Share of the picture's coarse cells in which it wins. */
  readonly share01: number;
}

/**
 * By the file's SHA-256. Measured with LiteRT.js 2.5.3 in Chromium 156 after the same files had given TensorFlow's own
 * labels on 41 VOC pictures (npm run test:accuracy); SIMD variants and scaling move them by a cell or two.
 */
export const KNOWN_ANSWERS: ReadonlyMap<string, KnownAnswer> = new Map([
  // segscope-mnv2-257-float16.tflite
  ['f60cf75d9d0d205709cf6875dc4bf85fdac01a753afcc8138eaeeecccab61cf4', { label: 8, share01: 0.909 }],
  // segscope-mnv2-257-int8.tflite
  ['5b0f1818c732635346659e086bfbee17fa16121891fed35fa59f06377aaffeae', { label: 8, share01: 0.872 }],
  // segscope-mnv2-257-int8-calibrated-on-noise.tflite
  ['ede81ca0cdb3d8d003662dc96242c1d2d7ea4ef9d5734cc31661a67af8e938ee', { label: 8, share01: 0.69 }],
  // deeplabv3_mnv2_dm05_pascal_quant.tflite
  ['0470d2a782aa54eeeb99d32e7b6b3fb7722905c7c4f5d26bd957ec861366d48b', { label: 8, share01: 0.629 }],
  // deeplabv3_mnv2_pascal_quant.tflite
  ['350af47fd346ea6d74b58833a351f583ba860e9806ec5bd292ff8d8f1f249398', { label: 8, share01: 0.815 }],
  // deeplab_mobilenet_edgetpu_slim_cityscapes_quant.tflite; 15 is "bus": its training data has no cats
  ['322fe29945cb1693f426952f2a330ab67ea5678545ddee6f2548e0cfd0ca03e5', { label: 15, share01: 0.996 }],
  // deeplabv3_257_mv_gpu.tflite
  ['68a539782c2c6a72f8aac3724600124a85ed977162b44e84cbae5db717c933c6', { label: 8, share01: 0.745 }],
]);
