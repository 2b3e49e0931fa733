/** Plays a hidden video element up to its first picture, or says why it has none. */

export type VideoStart =
  | { readonly kind: 'playing' }
  /** It loads but has no picture: sound only, zero size, or no picture before the timeout. */
  | { readonly kind: 'no-pictures' }
  | { readonly kind: 'undecodable'; readonly detail: string };

/** Events after which the element may have a picture. */
const LOOK_AT = ['loadeddata', 'resize', 'canplay', 'playing', 'timeupdate', 'ended', 'error'];

/** On busy cores a video of one picture can end before that picture can be grabbed; keep looking this long, ms. */
const AFTER_END_MS = 1000;

/** A muted element that plays inline. */
export function createHiddenVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.disablePictureInPicture = true;
  return video;
}

/**
 * Plays an element whose src or srcObject was just set, and waits until it has its first picture.
 * Ready means that a picture can be grabbed: requestVideoFrameCallback is silent in a hidden tab.
 * @param patienceMs time without events after which the element counts as having no pictures
 * @throws the signal's reason
 */
export async function startVideo(
  video: HTMLVideoElement,
  signal: AbortSignal,
  patienceMs: number,
): Promise<VideoStart> {
  signal.throwIfAborted();
  const listening = new AbortController();
  const start = await new Promise<VideoStart>((resolve) => {
    const options = { signal: listening.signal };
    let leave: ReturnType<typeof setTimeout> | undefined;
    const giveUp = () => resolve({ kind: 'no-pictures' });
    const look = () => {
      const start = startOf(video);
      if (start?.kind === 'playing') {
        void hasPicture(video).then((has) => {
          if (has) resolve(start);
          else if (video.ended) leave ??= setTimeout(giveUp, AFTER_END_MS);
        });
      } else if (start !== null) resolve(start);
    };
    for (const event of LOOK_AT) {
      video.addEventListener(event, look, options);
    }
    signal.addEventListener('abort', giveUp, options);
    const patience = setTimeout(giveUp, patienceMs);
    listening.signal.addEventListener('abort', () => {
      clearTimeout(patience);
      clearTimeout(leave);
    });
    video.play().catch((error: unknown) => {
      // Other rejections come with an 'error' event that says more.
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        resolve({ kind: 'undecodable', detail: error.message });
      }
    });
  });
  listening.abort();
  signal.throwIfAborted();
  return start;
}

function startOf(video: HTMLVideoElement): VideoStart | null {
  const hasSize = video.videoWidth > 0 && video.videoHeight > 0;
  if (video.error !== null) {
    // A read error after a valid header means that the file ends before its first picture.
    return video.error.code === MediaError.MEDIA_ERR_NETWORK && hasSize
      ? { kind: 'no-pictures' }
      : { kind: 'undecodable', detail: video.error.message };
  }
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  return hasSize ? { kind: 'playing' } : { kind: 'no-pictures' };
}

/**
 * readyState proves nothing: Chromium 156 announces HAVE_ENOUGH_DATA and a size for a WebM whose video track is empty.
 */
async function hasPicture(video: HTMLVideoElement): Promise<boolean> {
  try {
    (await createImageBitmap(video)).close();
    return true;
  } catch {
    return false;
  }
}
