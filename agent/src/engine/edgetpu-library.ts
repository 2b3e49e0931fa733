/** libedgetpu's C API (edgetpu_c.h) through koffi. */
import koffi from 'koffi';
import { offLoop, type Pointer } from './tflite-library.ts';

export interface EdgeTpuDevice {
  readonly bus: 'pci' | 'usb';
  readonly path: string;
}

export interface EdgeTpuLibrary {
  readonly version: string;
  /** The test double says so in its version; it must never count as an Edge TPU. */
  readonly testDouble: boolean;
  listDevices(): readonly EdgeTpuDevice[];
  /** Runs off the event loop; uploads the firmware and opens the device. null if the device refuses. */
  createDelegate(device: EdgeTpuDevice): Promise<Pointer | null>;
  /** Only after every interpreter that uses the delegate is deleted. */
  freeDelegate(delegate: Pointer): void;
}

const DEFAULT_NAME = 'libedgetpu.so.1';
/** EDGETPU_APEX_PCI and EDGETPU_APEX_USB of edgetpu_c.h, by number. */
const BUSES = ['pci', 'usb'] as const;

const deviceStruct = koffi.struct({ type: 'int', path: 'const char*' });

/** @throws Error of the system's loader if the library is missing. */
export function openEdgeTpuLibrary(
  environment: Readonly<Record<string, string | undefined>>,
): EdgeTpuLibrary {
  const given = environment['EDGETPU_LIB'];
  const library = koffi.load(given === undefined || given === '' ? DEFAULT_NAME : given);
  const version = library.func('const char* edgetpu_version()') as () => string;
  const list = library.func('void* edgetpu_list_devices(_Out_ size_t* count)');
  const freeList = library.func('void edgetpu_free_devices(void* devices)');
  const create = library.func(
    'void* edgetpu_create_delegate(int type, const char* path, const void* options, size_t count)',
  );
  const free = library.func('void edgetpu_free_delegate(void* delegate)');
  const said = version();

  return {
    version: said,
    testDouble: said.includes('TEST DOUBLE'),
    listDevices() {
      const count: [number | bigint] = [0];
      const devices = list(count) as Pointer | null;
      if (devices === null) return [];
      try {
        const found = koffi.decode(devices, koffi.array(deviceStruct, Number(count[0]))) as readonly {
          type: number;
          path: string;
        }[];
        return found.map(({ type, path }) => ({ bus: BUSES[type] ?? 'usb', path }));
      } finally {
        freeList(devices);
      }
    },
    async createDelegate({ bus, path }) {
      return (await offLoop(create, BUSES.indexOf(bus), path, null, 0)) as Pointer | null;
    },
    freeDelegate: (delegate) => {
      free(delegate);
    },
  };
}
