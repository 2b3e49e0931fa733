import { expect, test } from 'vitest';
import type { EngineProbe } from '../engine/messages.ts';
import type { CoralStick } from './coral-stick.ts';
import { edgeTpuReport } from './edge-tpu-report.ts';

const STICK: CoralStick = { state: 'running', megabitsPerSecond: 5000, permitted: true };
const USB = [{ bus: 'usb', path: '/sys/bus/usb/devices/1-1' }] as const;
const LIBRARY = { name: 'libedgetpu', version: '16.0' };

function sentence(stick: CoralStick | null, probe: Partial<EngineProbe>): string {
  const nothing: EngineProbe = {
    engine: null,
    engineSentence: '',
    edgeTpuLibrary: null,
    edgeTpuDevices: [],
    testDouble: false,
  };
  return edgeTpuReport(stick, { ...nothing, ...probe }).sentence;
}

test.each([
  ['neither stick nor library', null, {}, /No Coral USB Accelerator is plugged in, and libedgetpu/],
  ['a stick without the library', STICK, {}, /plugged in, but libedgetpu is missing/],
  ['the library without a stick', null, { edgeTpuLibrary: LIBRARY }, /no Coral USB Accelerator is plugged/],
  [
    'a stick that this user may not open',
    { ...STICK, permitted: false },
    { edgeTpuLibrary: LIBRARY },
    /no permission: join the group plugdev/,
  ],
  ['a stick that is not listed', STICK, { edgeTpuLibrary: LIBRARY }, /does not list it: plug it in again/],
  ['USB 3', STICK, { edgeTpuLibrary: LIBRARY, edgeTpuDevices: [...USB] }, /on a USB 3 port\.$/],
  [
    'USB 2',
    { ...STICK, megabitsPerSecond: 480 },
    { edgeTpuLibrary: LIBRARY, edgeTpuDevices: [...USB] },
    /on a USB 2 port: plug it into a blue/,
  ],
  [
    'a port of unknown speed',
    { ...STICK, megabitsPerSecond: null },
    { edgeTpuLibrary: LIBRARY, edgeTpuDevices: [...USB] },
    /speed of its port is unknown/,
  ],
])('%s is reported in one sentence', (_, stick, probe, wanted) =>
  expect(sentence(stick, probe)).toMatch(wanted),
);

test('4.3 a test double is always reported as one', () => {
  const probe = { edgeTpuLibrary: LIBRARY, edgeTpuDevices: [...USB], testDouble: true };
  expect(sentence(STICK, probe)).toMatch(/^TEST DOUBLE/);
});
