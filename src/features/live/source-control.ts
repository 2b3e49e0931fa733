/** Opens, switches and closes sources. The old source runs until the new one has a picture. */
import { cameraFacings, listCameras, watchCameras } from '../../capture/cameras.ts';
import type { FrameSource, SourceChoice } from '../../capture/frame-source.ts';
import { openSource } from '../../capture/open-source.ts';
import { SAMPLES } from '../../capture/samples.ts';
import { ProblemError, problemOf, type Problem } from '../../domain/problems/problem.ts';
import type { SessionStore, SourceOption, SourceStatus } from '../../app/session-store.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';

export interface SourceParts {
  readonly store: SessionStore;
  readonly notices: NoticeBoard;
  /** The new source, or null when the running source has ended. */
  readonly onSource: (source: FrameSource | null) => void;
}

export interface SourceControl {
  /** Fills the list of sources and opens `key`. The moving sample runs until a camera is ready. */
  start(key: string): Promise<void>;
  /** Resolves when settled, never rejects. */
  choose(key: string): Promise<void>;
  chooseCameraSize(width: number, height: number): Promise<void>;
  openFile(file: File): Promise<void>;
  current(): FrameSource | null;
  /** Of the source that is shown, or that was shown before suspend(). */
  key(): string;
  /** Opens a separate source for the same key, besides the running one; the caller closes it. @throws ProblemError */
  openAnother(key: string, signal: AbortSignal): Promise<FrameSource>;
  /** Closes the source, so that nothing competes with a measurement. Choices made meanwhile wait. */
  suspend(): void;
  /** Opens the latest choice. Resolves when settled. */
  resume(): Promise<void>;
  /** The running source failed: the last picture stays, and a notice says why. */
  lost(problem: Problem, source: FrameSource): void;
  close(): void;
}

const BRIDGE_KEY = 'moving:chelsea';

export function createSourceControl({ store, notices, onSource }: SourceParts): SourceControl {
  let current: FrameSource | null = null;
  let currentStatus: SourceStatus = { kind: 'none' };
  let opening = new AbortController();
  let lastFile: File | null = null;
  /** The key to open again; null while not suspended. */
  let waitingKey: string | null = null;

  async function refreshOptions(): Promise<void> {
    const cameras = [
      ...cameraFacings().map(({ facing, label }) => ({ id: facing, label })),
      ...(await listCameras()).map(({ deviceId, label }) => ({ id: deviceId, label })),
    ];
    const options = sourceOptions(cameras, lastFile);
    store.setState({ sourceOptions: options });
    nameDefaultCamera(options);
  }

  /** The browser's default camera gets the key of its own entry once permission has revealed the names. */
  function nameDefaultCamera(options: readonly SourceOption[]): void {
    if (currentStatus.kind !== 'open' || currentStatus.key !== 'camera:') return;
    const { label } = currentStatus;
    const own = options.find((option) => option.kind === 'camera' && label.includes(option.label));
    if (own === undefined) return;
    currentStatus = { ...currentStatus, key: own.key };
    if (store.getState().source.kind === 'open') store.setState({ source: currentStatus });
  }

  function shownKey(): string {
    const { source } = store.getState();
    return source.kind === 'none' ? BRIDGE_KEY : source.key;
  }

  const stopWatching = watchCameras(() => void refreshOptions());

  const choiceOf = (key: string) => sourceChoice(key, lastFile, store.getState().cameraSize);

  /** Many phones keep only one camera open at a time: if the running one blocks the new one, it is closed first. */
  async function openFreeing(choice: SourceChoice, signal: AbortSignal): Promise<FrameSource> {
    try {
      return await openSource(choice, signal);
    } catch (error) {
      const busy = error instanceof ProblemError && error.problem.kind === 'camera-busy';
      const holdsCamera = currentStatus.kind === 'open' && currentStatus.isCamera;
      if (!busy || !holdsCamera || signal.aborted) throw error;
      current?.close();
      current = null;
      currentStatus = { kind: 'none' };
      onSource(null);
      return openSource(choice, signal);
    }
  }

  async function choose(key: string): Promise<void> {
    if (waitingKey !== null) {
      waitingKey = key;
      return;
    }
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    store.setState({ source: { kind: 'opening', key } });
    try {
      const source = await openFreeing(choiceOf(key), signal);
      if (signal.aborted) source.close();
      else install(source, key);
      await refreshOptions();
    } catch (error) {
      if (signal.aborted) return;
      const problem = problemOf(error, (detail) => ({ kind: 'source-unreachable', what: key, detail }));
      const goesOn = currentStatus.kind === 'open' ? `${currentStatus.label} goes on meanwhile.` : undefined;
      notices.problem(problem, goesOn);
      store.setState({ source: current === null ? { kind: 'failed', key, problem } : currentStatus });
    }
  }

  function install(source: FrameSource, key: string): void {
    const former = current;
    current = source;
    source.onEnd((problem) => lost(problem, source));
    const { label, width, height, moving } = source;
    currentStatus = { kind: 'open', key, label, width, height, moving, isCamera: key.startsWith('camera:') };
    store.setState({ source: currentStatus });
    onSource(source);
    former?.close();
  }

  function lost(problem: Problem, source: FrameSource): void {
    if (current !== source) return;
    current = null;
    const key = currentStatus.kind === 'open' ? currentStatus.key : '';
    currentStatus = { kind: 'failed', key, problem };
    source.close();
    onSource(null);
    store.setState({ source: currentStatus });
    notices.problem(problem);
  }

  return {
    async start(key) {
      const bridged = key.startsWith('camera:') || key === 'file';
      await Promise.all([refreshOptions(), choose(bridged ? BRIDGE_KEY : key)]);
      if (key.startsWith('camera:')) await choose(key);
      else if (current === null) await choose(BRIDGE_KEY);
    },
    choose,
    async chooseCameraSize(width, height) {
      store.setState({ cameraSize: { width, height } });
      const { source } = store.getState();
      if (source.kind === 'open' && source.isCamera) await choose(source.key);
    },
    async openFile(file) {
      lastFile = file;
      await choose('file');
    },
    current: () => current,
    key: shownKey,
    openAnother: async (key, signal) => openSource(choiceOf(key), signal),
    suspend() {
      if (waitingKey !== null) return;
      waitingKey = shownKey();
      opening.abort();
      current?.close();
      current = null;
      currentStatus = { kind: 'none' };
      onSource(null);
    },
    async resume() {
      if (waitingKey === null) return;
      const key = waitingKey;
      waitingKey = null;
      await choose(key);
    },
    lost,
    close() {
      opening.abort();
      stopWatching();
      current?.close();
      current = null;
    },
  };
}

function sourceOptions(
  cameras: readonly { readonly id: string; readonly label: string }[],
  file: File | null,
): readonly SourceOption[] {
  const listed = cameras.length === 0 ? [{ id: '', label: 'Camera' }] : cameras;
  return [
    ...listed.map(({ id, label }) => ({ key: `camera:${id}`, kind: 'camera', label }) as const),
    ...SAMPLES.map(({ id, title }) => ({ key: `sample:${id}`, kind: 'sample', label: title }) as const),
    ...SAMPLES.map(
      ({ id, title }) => ({ key: `moving:${id}`, kind: 'moving-sample', label: `${title}, moving` }) as const,
    ),
    ...(file === null ? [] : [{ key: 'file', kind: 'file', label: file.name } as const]),
  ];
}

/** @throws ProblemError for a key that no source has */
function sourceChoice(
  key: string,
  file: File | null,
  cameraSize: { readonly width: number; readonly height: number },
): SourceChoice {
  const id = key.slice(key.indexOf(':') + 1);
  if (key === 'file' && file !== null) return { kind: 'file', file };
  if (key.startsWith('sample:')) return { kind: 'sample', id };
  if (key.startsWith('moving:')) return { kind: 'moving-sample', id };
  if (key.startsWith('camera:')) {
    // On phones the facing mode, not an id, distinguishes the two generic entries.
    const facing = id === 'user' || id === 'environment' ? id : null;
    return { kind: 'camera', deviceId: facing === null ? id : '', facing, ...cameraSize };
  }
  throw new ProblemError({ kind: 'source-unreachable', what: key, detail: 'no such source' });
}
