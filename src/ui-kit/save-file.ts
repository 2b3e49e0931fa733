/** Saves a Blob: browsers download one only when a link is clicked. */
export interface SavedLink {
  readonly fileName: string;
  readonly url: string;
}

export function saveLink({ url, fileName }: SavedLink): void {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}

/** Long enough for any download to begin. */
const ADDRESS_LIVES_MS = 60_000;

export function saveFile({ fileName, blob }: { readonly fileName: string; readonly blob: Blob }): void {
  const url = URL.createObjectURL(blob);
  saveLink({ fileName, url });
  setTimeout(() => URL.revokeObjectURL(url), ADDRESS_LIVES_MS);
}
