/** Saves the files of an export; their addresses live a minute, long enough for any download to begin. */
import type { ExportFile } from '../../runs/run-session.ts';
import { saveLink } from '../../../ui-kit/save-file.ts';

const ADDRESS_LIVES_MS = 60_000;

export function saveFile({ fileName, blob }: ExportFile): void {
  const url = URL.createObjectURL(blob);
  saveLink({ fileName, url });
  setTimeout(() => URL.revokeObjectURL(url), ADDRESS_LIVES_MS);
}
