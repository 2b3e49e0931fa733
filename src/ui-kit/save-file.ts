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
