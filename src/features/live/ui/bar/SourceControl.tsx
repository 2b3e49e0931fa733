/** Chooses the picture source (camera, sample or file) and the camera's size. */
import { useRef } from 'react';
import type { SourceKind, SourceOption } from '../../../../app/session-store.ts';
import { useSession, useSessionState } from '../session-context.ts';
import { Choice, type ChoiceGroup } from '../../../../ui-kit/Choice.tsx';

const GROUPS: readonly { readonly kind: SourceKind; readonly heading: string }[] = [
  { kind: 'camera', heading: 'Cameras' },
  { kind: 'moving-sample', heading: 'Moving samples' },
  { kind: 'sample', heading: 'Sample pictures' },
  { kind: 'file', heading: 'Opened file' },
];

export const CAMERA_SIZES = [
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
] as const;

const sizeKey = (size: { readonly width: number; readonly height: number }) =>
  `${size.width} x ${size.height}`;

function groupsOf(options: readonly SourceOption[]): ChoiceGroup[] {
  return GROUPS.map(({ kind, heading }) => ({
    heading,
    options: options.filter((o) => o.kind === kind).map((o) => ({ value: o.key, label: o.label })),
  })).filter((group) => group.options.length > 0);
}

export function SourceControl() {
  const session = useSession();
  const options = useSessionState((state) => state.sourceOptions);
  const source = useSessionState((state) => state.source);
  const key = source.kind === 'none' ? '' : source.key;
  const isCamera = options.some((option) => option.key === key && option.kind === 'camera');
  return (
    <>
      <Choice
        label="Source"
        className="field-source"
        groups={groupsOf(options)}
        value={options.some((option) => option.key === key) ? key : ''}
        onChoose={(next) => session.chooseSource(next)}
      />
      {isCamera && <CameraSize />}
      <OpenFile />
    </>
  );
}

function CameraSize() {
  const session = useSession();
  const size = useSessionState((state) => state.cameraSize);
  return (
    <Choice
      label="Camera size"
      className="field-camera"
      groups={[
        { heading: null, options: CAMERA_SIZES.map((s) => ({ value: sizeKey(s), label: sizeKey(s) })) },
      ]}
      value={sizeKey(size)}
      onChoose={(next) => {
        const chosen = CAMERA_SIZES.find((s) => sizeKey(s) === next);
        if (chosen !== undefined) session.chooseCameraSize(chosen.width, chosen.height);
      }}
    />
  );
}

function OpenFile() {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        Open file…
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*,video/*"
        aria-label="Picture or video file"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) session.openFile(file);
          // Otherwise opening the same file again fires no event.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
