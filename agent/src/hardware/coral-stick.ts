/** Finds the Coral USB Accelerator without any library, in the kernel's list of USB devices. */
import { constants } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface CoralStick {
  /** Without firmware until libedgetpu first uses it after it is plugged in. */
  readonly state: 'without-firmware' | 'running';
  /** 480 on a USB 2 port, 5000 on USB 3; null if the kernel does not say. */
  readonly megabitsPerSecond: number | null;
  /** Whether this user may open the device. */
  readonly permitted: boolean;
}

/** USB ids of the stick before and after its firmware is loaded (udev rules of libedgetpu). */
const STATES: Readonly<Record<string, CoralStick['state']>> = {
  '1a6e:089a': 'without-firmware',
  '18d1:9302': 'running',
};

/** @param devicesFolder normally /sys/bus/usb/devices; @param busFolder normally /dev/bus/usb */
export async function findCoralStick(
  devicesFolder = '/sys/bus/usb/devices',
  busFolder = '/dev/bus/usb',
): Promise<CoralStick | null> {
  const names = await readdir(devicesFolder).catch(() => []);
  for (const name of names) {
    const read = (file: string) =>
      readFile(join(devicesFolder, name, file), 'utf8').then(
        (text) => text.trim(),
        () => '',
      );
    const state = STATES[`${await read('idVendor')}:${await read('idProduct')}`];
    if (state === undefined) continue;
    const speed = Number(await read('speed'));
    const numbers = [await read('busnum'), await read('devnum')].map((number) => number.padStart(3, '0'));
    const permitted = await access(join(busFolder, ...numbers), constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    );
    return { state, megabitsPerSecond: speed > 0 ? speed : null, permitted };
  }
  return null;
}
