/** Explains in one sentence why the Edge TPU can or cannot be used, from the kernel and libedgetpu. */
import type { EdgeTpuReport } from '../../../src/protocol/answers.ts';
import type { EngineProbe } from '../engine/messages.ts';
import type { CoralStick } from './coral-stick.ts';

const USB2_MEGABITS = 480;

export function edgeTpuReport(stick: CoralStick | null, probe: EngineProbe): EdgeTpuReport {
  return {
    stick,
    library: probe.edgeTpuLibrary,
    devices: probe.edgeTpuDevices,
    testDouble: probe.testDouble,
    sentence: sentenceOf(stick, probe),
  };
}

function sentenceOf(stick: CoralStick | null, probe: EngineProbe): string {
  const { edgeTpuLibrary: library, edgeTpuDevices: devices, testDouble } = probe;
  if (testDouble)
    return 'TEST DOUBLE of libedgetpu: there is no Edge TPU, its times and labels mean nothing.';
  if (library === null) {
    return stick === null
      ? 'No Coral USB Accelerator is plugged in, and libedgetpu is not installed.'
      : 'A Coral USB Accelerator is plugged in, but libedgetpu is missing: install it (see agent/README.md).';
  }
  if (stick !== null && !stick.permitted) {
    return 'A Coral USB Accelerator is plugged in, but this user has no permission: join the group plugdev and plug it in again.';
  }
  const [device] = devices;
  if (device === undefined) {
    return stick === null
      ? 'libedgetpu is installed, but no Coral USB Accelerator is plugged in.'
      : 'A Coral USB Accelerator is plugged in, but libedgetpu does not list it: plug it in again.';
  }
  if (device.bus === 'pci') return `Edge TPU on PCI Express (${device.path}).`;
  const speed = stick?.megabitsPerSecond ?? null;
  if (speed === null) return 'Edge TPU on USB; the speed of its port is unknown.';
  return speed <= USB2_MEGABITS
    ? 'Edge TPU on a USB 2 port: plug it into a blue USB 3 port, or the cable slows down every frame.'
    : 'Edge TPU on a USB 3 port.';
}
