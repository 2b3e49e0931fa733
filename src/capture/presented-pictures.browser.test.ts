import { afterEach, describe, expect, test, vi } from 'vitest';
import { PresentedPictures } from './presented-pictures.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A video element that presents pictures when the test says so. */
function stagedVideo() {
  const video = document.createElement('video');
  let readyState = 4;
  let showsUs = 0;
  let callback: VideoFrameRequestCallback | null = null;
  Object.defineProperty(video, 'readyState', { get: () => readyState });
  vi.spyOn(video, 'requestVideoFrameCallback').mockImplementation((next) => {
    callback = next;
    return 1;
  });
  vi.stubGlobal(
    'VideoFrame',
    class {
      readonly timestamp = showsUs;
      close(): void {
        // Nothing is held.
      }
    },
  );
  return {
    video,
    /** The compositor shows a picture, but its callback has not run yet. */
    show: (us: number) => {
      showsUs = us;
    },
    callBack: (us: number, presentedFrames: number) => {
      callback?.(0, { mediaTime: us / 1e6, presentedFrames } as VideoFrameCallbackMetadata);
    },
    seekTo: (state: number) => {
      readyState = state;
    },
  };
}

function watched() {
  const stage = stagedVideo();
  const onChange = vi.fn();
  return { ...stage, onChange, pictures: new PresentedPictures(stage.video, onChange) };
}

describe('PresentedPictures', () => {
  test('a picture is fresh from its callback until it is taken', () => {
    const { pictures, show, callBack, onChange } = watched();
    expect(pictures.fresh).toBe(false);
    show(33_150);
    callBack(33_150, 2);
    expect(onChange).toHaveBeenCalledOnce();
    expect(pictures.fresh).toBe(true);
    pictures.take();
    expect(pictures.fresh).toBe(false);
  });

  test('a picture taken ahead of its callback is not fresh again when the callback comes', () => {
    const { pictures, show, callBack } = watched();
    callBack(33_150, 2);
    show(82_603);
    pictures.take();
    callBack(82_603, 3);
    expect(pictures.fresh).toBe(false);
    expect(pictures.counters()).toEqual({ unique: 2, skipped: 1 });
    callBack(132_845, 4);
    expect(pictures.fresh).toBe(true);
  });

  test('a timestamp that returns after others is a new picture, because the file has looped', () => {
    const { pictures, show, callBack } = watched();
    show(0);
    callBack(0, 1);
    pictures.take();
    callBack(40_000, 2);
    callBack(0, 3);
    expect(pictures.fresh).toBe(true);
  });

  test('pictures between two callbacks are counted', () => {
    const { pictures, show, callBack } = watched();
    show(1);
    callBack(1, 7);
    pictures.take();
    callBack(2, 12);
    expect(pictures.counters()).toEqual({ unique: 6, skipped: 4 });
  });

  test('nothing is fresh while the element has no data, as between two loops', () => {
    const { pictures, callBack, seekTo } = watched();
    callBack(1, 1);
    seekTo(HTMLMediaElement.HAVE_METADATA);
    expect(pictures.fresh).toBe(false);
    seekTo(HTMLMediaElement.HAVE_ENOUGH_DATA);
    expect(pictures.fresh).toBe(true);
  });

  test('without timestamps the callbacks alone decide', () => {
    const { pictures, callBack } = watched();
    vi.stubGlobal('VideoFrame', () => {
      throw new DOMException('Invalid source state', 'InvalidStateError');
    });
    callBack(1, 1);
    pictures.take();
    expect(pictures.fresh).toBe(false);
    callBack(2, 2);
    expect(pictures.fresh).toBe(true);
  });

  test('a loop without a presented picture counts its only picture as new', () => {
    const { pictures, show, callBack, video } = watched();
    show(0);
    callBack(0, 1);
    pictures.take();
    video.dispatchEvent(new Event('seeked'));
    expect(pictures.fresh).toBe(false);
    video.dispatchEvent(new Event('seeked'));
    expect(pictures.fresh).toBe(true);
    expect(pictures.counters()).toEqual({ unique: 2, skipped: 0 });
  });

  test('after close nothing is fresh or counted any more', () => {
    const { pictures, callBack, onChange } = watched();
    pictures.close();
    callBack(1, 1);
    expect(pictures.fresh).toBe(false);
    expect(pictures.counters()).toEqual({ unique: 0, skipped: 0 });
    expect(onChange).not.toHaveBeenCalled();
  });
});
