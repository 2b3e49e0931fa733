/** Takes a screenshot, saves the report picture and keeps links to all its files while they are shown. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { describeProblem, problemOf, type ProblemText } from '../domain/problems/problem.ts';
import { saveLink } from './save-file.ts';

interface ScreenshotFile {
  readonly fileName: string;
  readonly blob: Blob;
  /** "report picture", "label map" or "overlay". */
  readonly title: string;
}

/** Three pictures of the same frame. */
interface Screenshot {
  readonly report: ScreenshotFile;
  readonly labelMap: ScreenshotFile;
  readonly overlay: ScreenshotFile;
}

export interface ScreenshotLink {
  readonly title: string;
  readonly fileName: string;
  readonly url: string;
  readonly bytes: number;
}

export type ScreenshotState =
  | { readonly kind: 'none' }
  | { readonly kind: 'taking' }
  | { readonly kind: 'taken'; readonly report: ScreenshotLink; readonly others: readonly ScreenshotLink[] }
  | { readonly kind: 'failed'; readonly text: ProblemText };

export interface ScreenshotControls {
  readonly state: ScreenshotState;
  readonly take: () => void;
  readonly dismiss: () => void;
}

/** The live session, which takes three files, or the companion session, which takes one. */
interface Photographer {
  screenshot(): Promise<Screenshot | ScreenshotFile>;
}

export function useScreenshot(session: Photographer): ScreenshotControls {
  const [state, setState] = useState<ScreenshotState>({ kind: 'none' });
  const urls = useRef<string[]>([]);
  const busy = useRef(false);

  const release = useCallback(() => {
    for (const url of urls.current) URL.revokeObjectURL(url);
    urls.current = [];
  }, []);
  useEffect(() => release, [release]);

  const take = useCallback(() => {
    if (busy.current) return;
    busy.current = true;
    release();
    setState({ kind: 'taking' });
    const link = (file: ScreenshotFile): ScreenshotLink => {
      const url = URL.createObjectURL(file.blob);
      urls.current.push(url);
      return { title: file.title, fileName: file.fileName, url, bytes: file.blob.size };
    };
    const show = (shot: Screenshot | ScreenshotFile) => {
      const report = link('report' in shot ? shot.report : shot);
      saveLink(report);
      const others = 'report' in shot ? [link(shot.labelMap), link(shot.overlay)] : [];
      setState({ kind: 'taken', report, others });
    };
    const fail = (error: unknown) => {
      const problem = problemOf(error, (detail) => ({ kind: 'screenshot-failed', detail }));
      setState({ kind: 'failed', text: describeProblem(problem) });
    };
    void session
      .screenshot()
      .then(show)
      .catch(fail)
      .finally(() => {
        busy.current = false;
      });
  }, [session, release]);

  const dismiss = useCallback(() => {
    release();
    setState({ kind: 'none' });
  }, [release]);

  return { state, take, dismiss };
}
