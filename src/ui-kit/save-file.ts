/** Saving a Blob: browsers download one only through a link that is clicked. */
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
