/** Chromium's launch options for every end-to-end test: the browser that was found, a fake camera and software WebGL. */
import { CHROMIUM_FLAGS, findChromium } from '../scripts/find-chromium.ts';

/** @param extra flags of one spec, for instance --use-file-for-fake-video-capture=... */
export function launchOptions(extra: readonly string[] = []) {
  const executablePath = findChromium();
  return {
    ...(executablePath === null ? {} : { executablePath }),
    args: [
      ...CHROMIUM_FLAGS,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--enable-unsafe-swiftshader',
      ...extra,
    ],
  };
}
