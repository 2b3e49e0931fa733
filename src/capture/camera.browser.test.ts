import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ProblemKind } from '../domain/problems/problem.ts';
import { openCamera } from './camera.ts';
import { cameraFacings, listCameras, watchCameras } from './cameras.ts';
import type { FrameSource } from './frame-source.ts';
import { hashOf } from '../../e2e/fixtures/pixel-hash.ts';

const CHOICE = { kind: 'camera', deviceId: '', width: 640, height: 480, facing: null } as const;
const NEVER = new AbortController().signal;
const devices = navigator.mediaDevices;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Every stream that getUserMedia hands out from now on. */
function watchStreams(): MediaStream[] {
  const streams: MediaStream[] = [];
  const real = devices.getUserMedia.bind(devices);
  vi.spyOn(devices, 'getUserMedia').mockImplementation(async (constraints) => {
    const stream = await real(constraints);
    streams.push(stream);
    return stream;
  });
  return streams;
}

function trackStates(streams: readonly MediaStream[]): string[] {
  return streams.flatMap((stream) => stream.getTracks().map((track) => track.readyState));
}

function onlyTrack(streams: readonly MediaStream[]): MediaStreamTrack {
  const track = streams.flatMap((stream) => stream.getVideoTracks())[0];
  if (track === undefined) throw new Error('no track');
  return track;
}

async function opened(): Promise<FrameSource> {
  const source = await openCamera(CHOICE, NEVER);
  onTestFinished(() => source.close());
  return source;
}

/** What a ProblemError of this kind must look like. */
function problem(kind: ProblemKind): unknown {
  const inside: unknown = expect.objectContaining({ kind });
  return expect.objectContaining({ problem: inside });
}

describe('openCamera', () => {
  test('the source reports the size that the track delivers', async () => {
    const source = await opened();
    expect(source).toMatchObject({ width: 640, height: 480, moving: true, label: 'camera: fake_device_0' });
  });

  test('a desktop camera without a facing mode is mirrored by default', async () => {
    expect((await opened()).mirrorByDefault).toBe(true);
  });

  test('ids rise from 1 and no picture is captured twice', async () => {
    const source = await opened();
    const hashes: number[] = [];
    for (let id = 1; id <= 40; id++) {
      const frame = await source.capture(NEVER);
      expect(frame).toMatchObject({ id, width: 640, height: 480 });
      hashes.push(hashOf(frame.pixels));
      frame.pixels.close();
      await new Promise((resolve) => setTimeout(resolve, (id * 7) % 60));
    }
    expect(new Set(hashes).size).toBe(40);
  });

  test('pictures that pass without a request are counted as skipped, never captured', async () => {
    const source = await opened();
    (await source.capture(NEVER)).pixels.close();
    const before = source.counters();
    await vi.waitFor(() => expect(source.counters().unique).toBeGreaterThanOrEqual(before.unique + 6), {
      timeout: 20_000,
    });
    const { unique, skipped } = source.counters();
    // One picture is captured; the picture on display has not passed yet.
    expect(skipped).toBe(unique - 2);
    const frame = await source.capture(NEVER);
    frame.pixels.close();
    expect(frame.id).toBe(2);
  });

  test('an unavailable size still opens the camera', async () => {
    const source = await openCamera({ ...CHOICE, width: 1234, height: 987 }, NEVER);
    expect(source.width).toBeGreaterThan(0);
    source.close();
  });

  test('a missing camera is replaced by another one', async () => {
    const source = await openCamera({ ...CHOICE, deviceId: 'unplugged-long-ago' }, NEVER);
    expect(source.label).toBe('camera: fake_device_0');
    source.close();
  });

  test('without requestVideoFrameCallback, pictures still arrive and are distinguished by the clock', async () => {
    const prototype = HTMLVideoElement.prototype;
    const own = Object.getOwnPropertyDescriptor(prototype, 'requestVideoFrameCallback');
    if (own === undefined) throw new Error('this browser has no requestVideoFrameCallback');
    Reflect.deleteProperty(prototype, 'requestVideoFrameCallback');
    onTestFinished(() => {
      Object.defineProperty(prototype, 'requestVideoFrameCallback', own);
    });
    const source = await opened();
    for (let id = 1; id <= 3; id++) {
      const frame = await source.capture(NEVER);
      expect(frame.id).toBe(id);
      frame.pixels.close();
    }
    expect(source.counters().unique).toBeGreaterThanOrEqual(3);
  });

  test('an element that presents nothing outside the document is attached, and removed by close()', async () => {
    vi.spyOn(HTMLVideoElement.prototype, 'requestVideoFrameCallback').mockReturnValue(0);
    const source = await opened();
    await vi.waitFor(() => expect(document.querySelector('video')).not.toBeNull(), { timeout: 10_000 });
    source.close();
    expect(document.querySelector('video')).toBeNull();
  });
});

describe('the end of a camera', () => {
  test('close() stops the tracks and may be called twice', async () => {
    const streams = watchStreams();
    const source = await opened();
    source.close();
    source.close();
    expect(trackStates(streams)).toEqual(['ended']);
    await expect(source.capture(NEVER)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a camera that ends by itself is reported once, and a waiting capture fails', async () => {
    const streams = watchStreams();
    const source = await opened();
    const ends = vi.fn();
    source.onEnd(ends);
    (await source.capture(NEVER)).pixels.close();
    const waiting = source.capture(NEVER);
    onlyTrack(streams).dispatchEvent(new Event('ended'));
    onlyTrack(streams).dispatchEvent(new Event('ended'));
    await expect(waiting).rejects.toEqual(problem('camera-ended'));
    expect(ends.mock.calls).toEqual([[{ kind: 'camera-ended', label: 'fake_device_0' }]]);
    expect(trackStates(streams)).toEqual(['ended']);
  });

  test('a capture after the end fails too', async () => {
    const streams = watchStreams();
    const source = await opened();
    onlyTrack(streams).dispatchEvent(new Event('ended'));
    const late = vi.fn();
    source.onEnd(late);
    expect(late).toHaveBeenCalledOnce();
  });

  test('a muted track is not an end', async () => {
    const streams = watchStreams();
    const source = await opened();
    const ends = vi.fn();
    source.onEnd(ends);
    onlyTrack(streams).dispatchEvent(new Event('mute'));
    (await source.capture(NEVER)).pixels.close();
    expect(ends).not.toHaveBeenCalled();
  });

  test('an aborted capture rejects with the reason, and the next one succeeds', async () => {
    const source = await opened();
    (await source.capture(NEVER)).pixels.close();
    const abort = new AbortController();
    const waiting = source.capture(abort.signal);
    const reason = new Error('switched');
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const next = await source.capture(NEVER);
    expect(next.id).toBe(2);
    next.pixels.close();
  });
});

describe('a camera that cannot be opened', () => {
  test.each<[string, ProblemKind]>([
    ['NotAllowedError', 'camera-denied'],
    ['NotFoundError', 'camera-missing'],
    ['NotReadableError', 'camera-busy'],
    ['AbortError', 'camera-busy'],
  ])('%s from the browser is the problem %s', async (name, kind) => {
    vi.spyOn(devices, 'getUserMedia').mockRejectedValue(new DOMException('words', name));
    await expect(openCamera(CHOICE, NEVER)).rejects.toEqual(problem(kind));
  });

  test('constraints that cannot be met are relaxed once, then no camera was found', async () => {
    const asked = vi
      .spyOn(devices, 'getUserMedia')
      .mockRejectedValue(new DOMException('', 'OverconstrainedError'));
    await expect(openCamera({ ...CHOICE, deviceId: 'gone' }, NEVER)).rejects.toEqual(
      problem('camera-missing'),
    );
    expect(asked.mock.calls.map(([constraints]) => constraints)).toEqual([
      {
        audio: false,
        video: { deviceId: { exact: 'gone' }, width: { ideal: 640 }, height: { ideal: 480 } },
      },
      { audio: false, video: true },
    ]);
  });

  test('an address without mediaDevices has no camera', async () => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
    onTestFinished(() => {
      Reflect.deleteProperty(navigator, 'mediaDevices');
    });
    await expect(openCamera(CHOICE, NEVER)).rejects.toEqual(problem('camera-unsupported'));
    expect(await listCameras()).toEqual([]);
    expect(cameraFacings()).toEqual([]);
  });

  test('a stream without pictures counts as busy, and its tracks are stopped', async () => {
    const silent = document.createElement('canvas').captureStream(0);
    vi.spyOn(devices, 'getUserMedia').mockResolvedValue(silent);
    await expect(openCamera(CHOICE, NEVER, 300)).rejects.toEqual(problem('camera-busy'));
    expect(trackStates([silent])).toEqual(['ended']);
  });

  test('an abort during the permission prompt rejects at once and stops a stream that arrives late', async () => {
    const real = await devices.getUserMedia({ video: true });
    let allow: (stream: MediaStream) => void = () => undefined;
    vi.spyOn(devices, 'getUserMedia').mockReturnValue(
      new Promise((resolve) => {
        allow = resolve;
      }),
    );
    const abort = new AbortController();
    const reason = new Error('another source was chosen');
    const opening = openCamera(CHOICE, abort.signal);
    abort.abort(reason);
    await expect(opening).rejects.toBe(reason);
    allow(real);
    await vi.waitFor(() => expect(trackStates([real])).toEqual(['ended']));
  });

  test('an abort between permission and first picture stops the tracks', async () => {
    const streams = watchStreams();
    const abort = new AbortController();
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(() => {
      abort.abort(new Error('too late'));
      return Promise.resolve();
    });
    await expect(openCamera(CHOICE, abort.signal)).rejects.toThrow('too late');
    expect(trackStates(streams)).toEqual(['ended']);
  });

  test('an aborted signal never asks for a camera', async () => {
    const asked = vi.spyOn(devices, 'getUserMedia');
    await expect(openCamera(CHOICE, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('the list of cameras', () => {
  test('cameras are listed by label, sound is left out', async () => {
    (await opened()).close();
    expect((await listCameras()).map(({ label }) => label)).toEqual(['fake_device_0']);
  });

  test('before permission a camera is named by its number', async () => {
    const nameless = { kind: 'videoinput', label: '', deviceId: '', groupId: '' } as MediaDeviceInfo;
    vi.spyOn(devices, 'enumerateDevices').mockResolvedValue([nameless, nameless]);
    expect(await listCameras()).toEqual([
      { deviceId: '', label: 'Camera 1' },
      { deviceId: '', label: 'Camera 2' },
    ]);
  });

  test('plugging in or out is reported until the watch stops', () => {
    const heard = vi.fn();
    const stop = watchCameras(heard);
    devices.dispatchEvent(new Event('devicechange'));
    stop();
    devices.dispatchEvent(new Event('devicechange'));
    expect(heard).toHaveBeenCalledOnce();
  });

  test('only a phone offers front and back', () => {
    expect(cameraFacings()).toEqual([]);
    vi.spyOn(globalThis, 'matchMedia').mockReturnValue({ matches: true } as MediaQueryList);
    expect(cameraFacings().map(({ facing }) => facing)).toEqual(['environment', 'user']);
  });
});
