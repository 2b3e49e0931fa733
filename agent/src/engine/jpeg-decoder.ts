/**
 * JPEG to RGB by libjpeg-turbo's own C API (TurboJPEG 3), from the npm package @julusian/jpeg-turbo, whose JavaScript
 * is not used.
 */
import koffi from 'koffi';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { MAX_JPEG_PIXELS } from '../../../src/protocol/limits.ts';
import { AgentFailure } from '../agent-failure.ts';
import type { Size } from '../../../src/domain/frame.ts';
import { offLoop, type Pointer } from './tflite-library.ts';

/** By number, from turbojpeg.h of libjpeg-turbo 3.1. */
const TJINIT_DECOMPRESS = 1;
const TJPARAM_STOPONWARNING = 0;
const TJPARAM_JPEGWIDTH = 5;
const TJPARAM_JPEGHEIGHT = 6;
const TJPARAM_SCANLIMIT = 13;
const TJPF_RGB = 0;
/** Progressive files have about ten; thousands of empty ones are a denial of service. */
const MOST_SCANS = 100;

export class JpegDecoder {
  private readonly turbo: ReturnType<typeof openTurbo>;
  private readonly handle: Pointer;
  private rgb = new Uint8Array(0);

  /** @throws AgentFailure engine-missing */
  constructor() {
    try {
      this.turbo = openTurbo();
      const handle = this.turbo.init(TJINIT_DECOMPRESS) as Pointer | null;
      if (handle === null) throw new Error(this.turbo.errorOf(null) as string);
      this.handle = handle;
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new AgentFailure('engine-missing', `libjpeg-turbo could not be opened (${detail}).`, { cause });
    }
    this.turbo.set(this.handle, TJPARAM_STOPONWARNING, 1);
    this.turbo.set(this.handle, TJPARAM_SCANLIMIT, MOST_SCANS);
  }

  /**
   * One picture at a time.
   * @returns width * height * 3 bytes, row-major; valid until the next picture. EXIF orientation and colour profile are
   * ignored.
   * @throws AgentFailure frame-invalid if it is damaged, too large or not of the announced size; size errors are found
   * before decoding
   */
  async decode(jpeg: Uint8Array, announced: Size): Promise<Uint8Array> {
    const { turbo, handle } = this;
    if (turbo.readHeader(handle, jpeg, jpeg.length) !== 0) throw this.unreadable(jpeg);
    const width = turbo.get(handle, TJPARAM_JPEGWIDTH) as number;
    const height = turbo.get(handle, TJPARAM_JPEGHEIGHT) as number;
    if (width !== announced.width || height !== announced.height) {
      throw new AgentFailure(
        'frame-invalid',
        `The JPEG is ${width} x ${height} instead of the announced ${announced.width} x ${announced.height}.`,
      );
    }
    if (width * height > MAX_JPEG_PIXELS) {
      throw new AgentFailure('frame-invalid', `The JPEG has more than ${MAX_JPEG_PIXELS} pixels.`);
    }
    // Kept between frames of one size: touching new memory costs more than the decoding.
    if (this.rgb.length !== width * height * 3) this.rgb = new Uint8Array(width * height * 3);
    const status = await offLoop(turbo.decompress, handle, jpeg, jpeg.length, this.rgb, 0, TJPF_RGB);
    if (status !== 0) throw this.unreadable(jpeg);
    return this.rgb;
  }

  /** Reading its length here keeps the file from being collected while the other thread reads it. */
  private unreadable({ length }: Uint8Array): AgentFailure {
    const detail = this.turbo.errorOf(this.handle) as string;
    return new AgentFailure('frame-invalid', `The JPEG of ${length} bytes cannot be read (${detail}).`);
  }
}

function openTurbo() {
  const folder = dirname(createRequire(import.meta.url).resolve('@julusian/jpeg-turbo/package.json'));
  const library = koffi.load(
    join(folder, 'prebuilds', `jpeg-turbo-linux-${process.arch}`, 'libturbojpeg.so.0'),
  );
  return {
    init: library.func('void* tj3Init(int type)'),
    set: library.func('int tj3Set(void* handle, int parameter, int value)'),
    get: library.func('int tj3Get(void* handle, int parameter)'),
    readHeader: library.func('int tj3DecompressHeader(void* handle, const void* jpeg, size_t bytes)'),
    decompress: library.func(
      'int tj3Decompress8(void* handle, const void* jpeg, size_t bytes, void* pixels, int pitch, int format)',
    ),
    errorOf: library.func('const char* tj3GetErrorStr(void* handle)'),
  };
}
