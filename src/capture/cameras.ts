/** Lists the cameras with names that users can tell apart. */
import type { CameraDevice, FacingMode } from './frame-source.ts';

/** null if the address is neither https nor localhost, or the browser has no camera API. */
export function mediaDevices(): MediaDevices | null {
  const { mediaDevices: devices } = navigator as { readonly mediaDevices?: MediaDevices };
  return devices ?? null;
}

/**
 * The cameras of this machine, in the browser's order; empty if there are none or the page may not use them.
 * Before permission browsers hide ids and labels (often listing one nameless camera): those become '' and "Camera 1".
 */
export async function listCameras(): Promise<readonly CameraDevice[]> {
  const found = await mediaDevices()
    ?.enumerateDevices()
    .catch(() => []);
  return (found ?? [])
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }, index) => ({
      deviceId,
      label: label === '' ? `Camera ${index + 1}` : label,
    }));
}

/** Calls the listener whenever a camera is plugged in or out, until the returned function is called. */
export function watchCameras(listener: () => void): () => void {
  const devices = mediaDevices();
  devices?.addEventListener('devicechange', listener);
  return () => {
    devices?.removeEventListener('devicechange', listener);
  };
}

/** A phone or tablet: the first pointer is a finger. */
export function isHandheld(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

export interface CameraFacing {
  readonly facing: FacingMode;
  readonly label: string;
}

const FACINGS: readonly CameraFacing[] = [
  { facing: 'environment', label: 'Back camera' },
  { facing: 'user', label: 'Front camera' },
];

/** The facing modes of a phone, whose camera labels say little; empty elsewhere. */
export function cameraFacings(): readonly CameraFacing[] {
  const knowsFacing = mediaDevices()?.getSupportedConstraints().facingMode === true;
  return knowsFacing && isHandheld() ? FACINGS : [];
}
