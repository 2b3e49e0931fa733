import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EngineProbe } from '../engine/messages.ts';
import { findCoralStick, type CoralStick } from './coral-stick.ts';
import { edgeTpuReport } from './edge-tpu-report.ts';

async function usbTree(devices: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const root = await mkdtemp(join(tmpdir(), 'usb-'));
  for (const [name, files] of Object.entries(devices)) {
    await mkdir(join(root, 'sys', name), { recursive: true });
    for (const [file, text] of Object.entries(files))
      await writeFile(join(root, 'sys', name, file), `${text}\n`);
  }
  await mkdir(join(root, 'dev/002'), { recursive: true });
  await writeFile(join(root, 'dev/002/003'), '');
  return findCoralStick(join(root, 'sys'), join(root, 'dev'));
}

const hub = { idVendor: '1d6b', idProduct: '0003', speed: '5000', busnum: '2', devnum: '1' };
const fresh = { idVendor: '1a6e', idProduct: '089a', speed: '480', busnum: '2', devnum: '3' };

test('finds a stick before and after its firmware is loaded, with its port speed', async () => {
  expect(await usbTree({ usb1: hub, '2-1': fresh })).toEqual({
    state: 'without-firmware',
    megabitsPerSecond: 480,
    permitted: true,
  });
  const running = { ...fresh, idVendor: '18d1', idProduct: '9302', speed: '5000' };
  expect(await usbTree({ '2-1': running })).toMatchObject({ state: 'running', megabitsPerSecond: 5000 });
});

test('a device that this user cannot open is not permitted', async () => {
  expect(await usbTree({ '2-1': { ...fresh, devnum: '9' } })).toMatchObject({ permitted: false });
});

test('without a stick, and without USB, there is none', async () => {
  expect(await usbTree({ usb1: hub })).toBeNull();
  expect(await findCoralStick('/nowhere', '/nowhere')).toBeNull();
});

const stick: CoralStick = { state: 'running', megabitsPerSecond: 5000, permitted: true };
const probe: EngineProbe = {
  engine: null,
  engineSentence: '',
  edgeTpuLibrary: { name: 'libedgetpu', version: '1' },
  edgeTpuDevices: [{ bus: 'usb', path: '/sys/bus/usb/devices/2-1' }],
  testDouble: false,
};
const without = { ...probe, edgeTpuLibrary: null, edgeTpuDevices: [] };
const unlisted = { ...probe, edgeTpuDevices: [] };

test.each([
  ['on USB 3', stick, probe, /on a USB 3 port/],
  ['on USB 2', { ...stick, megabitsPerSecond: 480 }, probe, /on a USB 2 port: plug it into a blue/],
  ['plugged in, no library', stick, without, /plugged in, but libedgetpu is missing/],
  ['no permission', { ...stick, permitted: false }, unlisted, /no permission: join the group plugdev/],
  ['library, no stick', null, unlisted, /installed, but no Coral USB Accelerator/],
  ['neither', null, without, /No Coral USB Accelerator is plugged in, and libedgetpu/],
  ['not listed', stick, unlisted, /does not list it/],
  ['a double', null, { ...probe, testDouble: true }, /TEST DOUBLE/],
])('the report says why: %s', (_, found, said, words) =>
  expect(edgeTpuReport(found, said).sentence).toMatch(words),
);
