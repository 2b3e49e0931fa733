/** The crosshair: shows class and share at a point of the picture, by mouse, finger or arrow keys. */
import { useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { formatShare } from '../domain/quantity.ts';

/** What is under the crosshair. */
interface ClassAtPoint {
  readonly name: string;
  readonly share01: number;
  /** CSS. */
  readonly color: string;
}

/** Position on the unmirrored picture, 0..1. */
interface Point {
  readonly x01: number;
  readonly y01: number;
}

const STEP01 = 0.01;
const LARGE_STEP01 = 0.1;
const clamp01 = (value: number) => Math.min(1, Math.max(0, value));
const wordsOf = (found: ClassAtPoint | null) =>
  found === null ? 'no labels yet' : `${found.name} ${formatShare(found.share01)}`;

type ClassAt = (x01: number, y01: number) => ClassAtPoint | null;

interface ProbeProps {
  readonly mirror: boolean;
  /** The picture's name for screen readers. */
  readonly picture: string;
  /** Called on every render: render again when the labels change, or a resting pointer shows an old class. */
  readonly classAt: ClassAt;
}

export function Probe({ mirror, picture, classAt }: ProbeProps) {
  const [point, setPoint] = useState<Point | null>(null);
  const [spoken, setSpoken] = useState('');

  const follow = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const shown01 = clamp01((event.clientX - box.left) / box.width);
    setPoint({
      x01: mirror ? 1 - shown01 : shown01,
      y01: clamp01((event.clientY - box.top) / box.height),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      setPoint(null);
      return;
    }
    const step = arrowStep(event.key, event.shiftKey ? LARGE_STEP01 : STEP01);
    if (step === null) return;
    event.preventDefault();
    // The first key shows the crosshair in the middle. Right means right on the screen, mirrored or not.
    const from = point ?? { x01: 0.5, y01: 0.5 };
    const next =
      point === null
        ? from
        : { x01: clamp01(from.x01 + (mirror ? -step.x : step.x)), y01: clamp01(from.y01 + step.y) };
    setPoint(next);
    setSpoken(wordsOf(classAt(next.x01, next.y01)));
  };

  return (
    <div
      className="probe"
      role="application"
      aria-label={`${picture}: arrow keys move a crosshair that names the class under it`}
      tabIndex={0}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={(event) => {
        // Lifting a finger also sends pointerleave, but its crosshair stays.
        if (event.pointerType === 'mouse') setPoint(null);
      }}
      onKeyDown={onKeyDown}
    >
      {point !== null && <Readout point={point} mirror={mirror} found={classAt(point.x01, point.y01)} />}
      <span className="unseen" role="status">
        {spoken}
      </span>
    </div>
  );
}

function arrowStep(key: string, step: number): { readonly x: number; readonly y: number } | null {
  switch (key) {
    case 'ArrowLeft':
      return { x: -step, y: 0 };
    case 'ArrowRight':
      return { x: step, y: 0 };
    case 'ArrowUp':
      return { x: 0, y: -step };
    case 'ArrowDown':
      return { x: 0, y: step };
    default:
      return null;
  }
}

interface ReadoutProps {
  readonly point: Point;
  readonly mirror: boolean;
  readonly found: ClassAtPoint | null;
}

function Readout({ point, mirror, found }: ReadoutProps) {
  const shown01 = mirror ? 1 - point.x01 : point.x01;
  const place = {
    '--probe-x': `${shown01 * 100}%`,
    '--probe-y': `${point.y01 * 100}%`,
  } as CSSProperties;
  const side = `${shown01 > 0.6 ? 'left' : 'right'} ${point.y01 > 0.8 ? 'above' : 'below'}`;
  return (
    <div className="probe-mark" style={place} aria-hidden="true">
      <span className="probe-line-x" />
      <span className="probe-line-y" />
      <span className={`probe-readout ${side}`}>
        {found !== null && <span className="swatch" style={{ background: found.color }} />}
        {wordsOf(found)}
      </span>
    </div>
  );
}
