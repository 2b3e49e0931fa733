/** What every picture of the companion page is given. */
export interface PictureProps {
  /** The canvas for the session to paint on; null when it is gone. */
  readonly attach: (canvas: HTMLCanvasElement | null) => void;
  readonly canvasClass: string;
  /** Whether the picture is shown mirrored. */
  readonly mirror: boolean;
}
