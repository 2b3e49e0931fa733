import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readTelemetry, throttledBits } from './host-telemetry.ts';

const files = {
  'sys/class/thermal/thermal_zone0/temp': '61835',
  'sys/class/thermal/thermal_zone0/type': 'cpu-thermal',
  'sys/class/thermal/cooling_device0/type': 'fan',
  'sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq': '1500000',
  'sys/devices/system/cpu/cpu10/cpufreq/scaling_cur_freq': '600000',
  'sys/devices/system/cpu/cpu2/cpufreq/scaling_cur_freq': '1800000',
  'proc/meminfo': 'MemTotal:        3884280 kB\nMemFree: 1 kB\nMemAvailable:    3000000 kB',
  'proc/42/status': 'Name:\tnode\nVmRSS:\t   86016 kB',
};

test('a Pi reports its temperature, frequencies, throttling and memory', async () => {
  const root = await mkdtemp(join(tmpdir(), 'telemetry-'));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), `${text}\n`);
  }
  const readThrottled = () => Promise.resolve('throttled=0x50005\n');
  const sources = { sys: join(root, 'sys'), proc: join(root, 'proc'), readThrottled };
  expect(await readTelemetry(sources, 42)).toMatchObject({
    thermalZones: [{ name: 'cpu-thermal', celsius: 61.835 }],
    cpuMegahertz: [1500, 1800, 600],
    throttledBits: 0x50005,
    memory: { totalBytes: 3884280 * 1024, availableBytes: 3000000 * 1024 },
    engineBytes: 86016 * 1024,
  });
});

test('an unknown reading is null, never 0', async () => {
  const sources = { sys: '/nowhere', proc: '/nowhere', readThrottled: () => Promise.resolve(null) };
  expect(await readTelemetry(sources, null)).toMatchObject({
    thermalZones: null,
    cpuMegahertz: null,
    throttledBits: null,
    memory: null,
    engineBytes: null,
  });
});

test.each([
  ['throttled=0x0\n', 0],
  ['throttled=0xE0000', 0xe0000],
  ['error=1 error_msg="Command not registered"', null],
  ['', null],
])('vcgencmd\'s "%s" is %s', (said, bits) => expect(throttledBits(said)).toBe(bits));
