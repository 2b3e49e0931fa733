/** The part of TensorFlow Lite's C API that the agent needs, through koffi. */
import koffi from 'koffi';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// With koffi's 256 kB of stack per asynchronous call, XNNPACK of TensorFlow Lite 2.9 overruns it on float networks
// (SIGSEGV).
koffi.config({ async_stack_size: 8 * 1024 * 1024 });

/** An opaque address, as koffi represents it. */
export type Pointer = object | bigint;

/** TfLiteType, by number (tensorflow/lite/c/c_api_types.h). */
const TENSOR_TYPES = [
  'none',
  'float32',
  'int32',
  'uint8',
  'int64',
  'string',
  'bool',
  'int16',
  'complex64',
  'int8',
];

type NativeFunction = ReturnType<ReturnType<typeof koffi.load>['func']>;

export interface NativeTensor {
  readonly type: string;
  readonly shape: readonly number[];
  /** The tensor's own memory: valid until its interpreter is deleted. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface TfliteLibrary {
  readonly version: string;
  /** Where the library comes from: TFLITE_LIB or the npm package. */
  readonly origin: string;
  /** The bytes must stay alive as long as the model. */
  createModel(bytes: Uint8Array<ArrayBuffer>): Pointer | null;
  deleteModel(model: Pointer): void;
  /** Runs off the event loop: with a delegate this talks to the device. */
  createInterpreter(model: Pointer, threads: number, delegate: Pointer | null): Promise<Pointer | null>;
  deleteInterpreter(interpreter: Pointer): void;
  /** The delegate for float and signed 8-bit networks; null if this library has none. */
  createXnnpack(threads: number): Pointer | null;
  /** Only after every interpreter that uses the delegate is deleted. */
  freeXnnpack(delegate: Pointer): void;
  /** @returns TfLiteStatus, 0 is success */
  allocateTensors(interpreter: Pointer): Promise<number>;
  /** @returns TfLiteStatus, 0 is success */
  invoke(interpreter: Pointer): Promise<number>;
  /** The only input; null if the network has none or several. */
  input(interpreter: Pointer): NativeTensor | null;
  /** The only output; null if the network has none or several. */
  output(interpreter: Pointer): NativeTensor | null;
}

/** Path of the library: TFLITE_LIB, or the one in the npm package tfjs-tflite-node for this CPU. */
export function tfliteLibraryPath(environment: Readonly<Record<string, string | undefined>>): string {
  const given = environment['TFLITE_LIB'];
  if (given !== undefined && given !== '') return given;
  const packageFile = createRequire(import.meta.url).resolve('tfjs-tflite-node/package.json');
  const folder = process.arch === 'arm64' ? 'linux_arm64' : 'linux_amd64';
  return join(dirname(packageFile), 'cc_deps', folder, 'libtensorflowlite_c.so');
}

/** @throws Error of the system's loader, or one naming the missing function. */
export function openTfliteLibrary(path: string, origin: string): TfliteLibrary {
  const library = koffi.load(path);
  const version = library.func('const char* TfLiteVersion()') as () => string;
  const modelCreate = library.func('void* TfLiteModelCreate(const void* data, size_t size)');
  const modelDelete = library.func('void TfLiteModelDelete(void* model)');
  const optionsCreate = library.func('void* TfLiteInterpreterOptionsCreate()');
  const optionsDelete = library.func('void TfLiteInterpreterOptionsDelete(void* options)');
  const setThreads = library.func(
    'void TfLiteInterpreterOptionsSetNumThreads(void* options, int32_t threads)',
  );
  const addDelegate = library.func('void TfLiteInterpreterOptionsAddDelegate(void* options, void* delegate)');
  const interpreterCreate = library.func('void* TfLiteInterpreterCreate(void* model, void* options)');
  const interpreterDelete = library.func('void TfLiteInterpreterDelete(void* interpreter)');
  const allocate = library.func('int TfLiteInterpreterAllocateTensors(void* interpreter)');
  const invoke = library.func('int TfLiteInterpreterInvoke(void* interpreter)');
  const inputCount = library.func('int32_t TfLiteInterpreterGetInputTensorCount(void* interpreter)');
  const inputTensor = library.func('void* TfLiteInterpreterGetInputTensor(void* interpreter, int32_t index)');
  const outputCount = library.func('int32_t TfLiteInterpreterGetOutputTensorCount(void* interpreter)');
  const outputTensor = library.func(
    'void* TfLiteInterpreterGetOutputTensor(void* interpreter, int32_t index)',
  );
  const tensorType = library.func('int TfLiteTensorType(void* tensor)');
  const tensorRank = library.func('int32_t TfLiteTensorNumDims(void* tensor)');
  const tensorSide = library.func('int32_t TfLiteTensorDim(void* tensor, int32_t index)');
  const tensorBytes = library.func('size_t TfLiteTensorByteSize(void* tensor)');
  const tensorData = library.func('void* TfLiteTensorData(void* tensor)');

  const said = version();
  const xnnpack = said.startsWith(XNNPACK_KNOWN_IN) ? xnnpackOf(library) : null;

  const describe = (tensor: Pointer): NativeTensor => ({
    type: TENSOR_TYPES[tensorType(tensor) as number] ?? 'unknown',
    shape: Array.from({ length: tensorRank(tensor) as number }, (_, i) => tensorSide(tensor, i) as number),
    bytes: new Uint8Array(koffi.view(tensorData(tensor), Number(tensorBytes(tensor)))),
  });

  return {
    version: said,
    origin,
    createModel: (bytes) => modelCreate(bytes, bytes.length) as Pointer | null,
    deleteModel: (model) => {
      modelDelete(model);
    },
    async createInterpreter(model, threads, delegate) {
      const options = optionsCreate() as Pointer;
      try {
        setThreads(options, threads);
        if (delegate !== null) addDelegate(options, delegate);
        return (await offLoop(interpreterCreate, model, options)) as Pointer | null;
      } finally {
        optionsDelete(options);
      }
    },
    deleteInterpreter: (interpreter) => {
      interpreterDelete(interpreter);
    },
    createXnnpack: (threads) => xnnpack?.create(threads) ?? null,
    freeXnnpack: (delegate) => {
      xnnpack?.free(delegate);
    },
    allocateTensors: async (interpreter) => (await offLoop(allocate, interpreter)) as number,
    invoke: async (interpreter) => (await offLoop(invoke, interpreter)) as number,
    input: (interpreter) =>
      inputCount(interpreter) === 1 ? describe(inputTensor(interpreter, 0) as Pointer) : null,
    output: (interpreter) =>
      outputCount(interpreter) === 1 ? describe(outputTensor(interpreter, 0) as Pointer) : null,
  };
}

/**
 * TfLiteXNNPackDelegateOptions of tensorflow/lite/delegates/xnnpack/xnnpack_delegate.h in 2.9: { int32_t num_threads;
 * uint32_t flags; }. Later releases have more fields and use XNNPACK by default.
 */
const XNNPACK_KNOWN_IN = '2.9.';
const TFLITE_XNNPACK_DELEGATE_FLAG_QS8 = 1;

function xnnpackOf(library: ReturnType<typeof koffi.load>) {
  try {
    const create = library.func('void* TfLiteXNNPackDelegateCreate(const void* options)');
    const free = library.func('void TfLiteXNNPackDelegateDelete(void* delegate)');
    return {
      create: (threads: number) =>
        create(Int32Array.of(threads, TFLITE_XNNPACK_DELEGATE_FLAG_QS8)) as Pointer | null,
      free: (delegate: Pointer) => {
        free(delegate);
      },
    };
  } catch {
    // The library was built without it.
    return null;
  }
}

/** Runs a native function on a thread of koffi's pool, so that the event loop goes on. */
export function offLoop(call: NativeFunction, ...args: readonly unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    call.async(...args, (error: Error | null, result: unknown) => {
      if (error === null) resolve(result);
      else reject(error);
    });
  });
}
