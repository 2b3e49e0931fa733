/** Files dropped anywhere on the page or pasted into it. */
import { useEffect, useEffectEvent, useState } from 'react';
import { droppedFiles, type PickedFile } from './dropped-files.ts';

const carriesFiles = (transfer: DataTransfer | null) => transfer?.types.includes('Files') ?? false;

/**
 * Calls `open` with the files of a drop or paste, at least one. Returns true while files are dragged over the page.
 * @param take called first, during the event; returns true if it has handled the transfer (whole folders, for instance)
 */
export function useFileIntake(
  open: (files: readonly PickedFile[]) => void,
  take: (transfer: DataTransfer) => boolean = () => false,
): boolean {
  const [held, setHeld] = useState(false);
  const receive = useEffectEvent((transfer: DataTransfer | null) => {
    if (transfer === null || take(transfer)) return;
    void droppedFiles(transfer).then((files) => {
      if (files.length > 0) open(files);
    });
  });

  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      // Without this the browser would navigate to the file.
      event.preventDefault();
      setHeld(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // relatedTarget is null only when the pointer leaves the window, not when it crosses elements.
      if (event.relatedTarget === null) setHeld(false);
    };
    const onDrop = (event: DragEvent) => {
      setHeld(false);
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      receive(event.dataTransfer);
    };
    const onPaste = (event: ClipboardEvent) => receive(event.clipboardData);
    window.addEventListener('dragenter', onDragOver);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragenter', onDragOver);
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, []);
  return held;
}
