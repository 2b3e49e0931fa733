/** The size of a canvas in its own pixels, as its painter sets it. */
import { useEffect, useState } from 'react';
import type { Size } from '../domain/frame.ts';

/** null until something is painted: an untouched canvas has no width attribute. */
export function useCanvasSize(canvas: HTMLCanvasElement | null): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    if (canvas === null) return;
    const read = () => {
      if (!canvas.hasAttribute('width')) return;
      const { width, height } = canvas;
      if (width === 0 || height === 0) return;
      setSize((old) => (old?.width === width && old.height === height ? old : { width, height }));
    };
    read();
    // A canvas sends no resize event, but its attributes reflect its size.
    const observer = new MutationObserver(read);
    observer.observe(canvas, { attributes: true, attributeFilter: ['width', 'height'] });
    return () => observer.disconnect();
  }, [canvas]);
  return size;
}
