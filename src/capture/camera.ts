/** A camera as a FrameSource; close(), failure and abort all switch it off. */
import { ProblemError, type Problem } from '../domain/problems/problem.ts';
import { isHandheld, mediaDevices } from './cameras.ts';
import type { FrameSource, SourceChoice } from './frame-source.ts';
import { createHiddenVideo, startVideo } from './start-video.ts';
import { VideoSource, releaseVideo } from './video-source.ts';

type CameraChoice = Extract<SourceChoice, { kind: 'camera' }>;

/** How long a camera may take from permission to its first picture, ms. */
const PATIENCE_MS = 10_000;

/**
 * Opens the chosen camera. Width and height are ideals; the source reports the actual size. If the choice is not
 * available, any camera is used.
 * @throws ProblemError camera-unsupported, camera-denied, camera-missing or camera-busy; or the signal's reason
 */
export async function openCamera(
  choice: CameraChoice,
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<FrameSource> {
  signal.throwIfAborted();
  const devices = mediaDevices();
  if (devices === null) throw new ProblemError({ kind: 'camera-unsupported' });
  const stream = await requestStream(devices, choice, signal);
  const video = createHiddenVideo();
  const release = () => stopTracks(stream);
  try {
    const [track] = stream.getVideoTracks();
    if (track === undefined) throw new ProblemError({ kind: 'camera-missing' });
    video.srcObject = stream;
    const start = await startVideo(video, signal, patienceMs);
    if (track.readyState === 'ended') {
      throw new ProblemError({ kind: 'camera-ended', label: track.label });
    }
    if (start.kind !== 'playing') {
      throw new ProblemError({ kind: 'camera-busy', detail: 'it sends no pictures' });
    }
    const source = new VideoSource(video, {
      label: `camera: ${track.label === '' ? 'Camera' : track.label}`,
      mirrorByDefault: facesUser(track),
      release,
    });
    // Only 'ended' is an end: a muted track (a closed lid, another program) resumes by itself.
    track.addEventListener('ended', () => source.end({ kind: 'camera-ended', label: track.label }));
    return source;
  } catch (error) {
    releaseVideo(video);
    release();
    throw error;
  }
}

async function requestStream(
  devices: MediaDevices,
  choice: CameraChoice,
  signal: AbortSignal,
): Promise<MediaStream> {
  try {
    return await getStream(devices, { audio: false, video: constraintsOf(choice) }, signal).catch(
      (error: unknown) => {
        if (!isOverconstrained(error)) throw error;
        return getStream(devices, { audio: false, video: true }, signal);
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    throw new ProblemError(cameraProblem(error), { cause: error });
  }
}

function constraintsOf({ deviceId, width, height, facing }: CameraChoice): MediaTrackConstraints {
  return {
    width: { ideal: width },
    height: { ideal: height },
    ...(deviceId === '' ? {} : { deviceId: { exact: deviceId } }),
    ...(facing === null ? {} : { facingMode: { ideal: facing } }),
  };
}

/** getUserMedia cannot be cancelled, so a stream that arrives after an abort is stopped at once. */
function getStream(
  devices: MediaDevices,
  constraints: MediaStreamConstraints,
  signal: AbortSignal,
): Promise<MediaStream> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new DOMException('The camera is no longer wanted.', 'AbortError'));
    signal.addEventListener('abort', giveUp);
    devices
      .getUserMedia(constraints)
      .then((stream) => {
        if (signal.aborted) stopTracks(stream);
        resolve(stream);
      }, reject)
      .finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Desktop cameras rarely report where they face; they sit on the screen and face the user. */
function facesUser(track: MediaStreamTrack): boolean {
  const { facingMode } = track.getSettings();
  return facingMode === undefined || facingMode === '' ? !isHandheld() : facingMode === 'user';
}

/**
 * Names by https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia; an unknown one counts as busy,
 * because "close other programs, try again" is the best advice then.
 */
export function cameraProblem(error: unknown): Problem {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return { kind: 'camera-denied' };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { kind: 'camera-missing' };
    default: {
      const message = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
      return { kind: 'camera-busy', detail: message === '' ? name : message };
    }
  }
}

/** True if the requested camera or size is not available, so that a weaker request may succeed. */
function isOverconstrained(error: unknown): boolean {
  return error instanceof Error && error.name === 'OverconstrainedError';
}
