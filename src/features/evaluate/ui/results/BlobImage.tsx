/** A picture from memory; its object URL is revoked when it is removed. */
import { useCallback } from 'react';
import styles from '../evaluate.module.css';

export function BlobImage({ blob, alt }: { readonly blob: Blob; readonly alt: string }) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const url = URL.createObjectURL(blob);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [blob],
  );
  return <img ref={show} alt={alt} className={styles.layer} />;
}
