/** The dialog of the models: import one's own, get one from its publisher, delete what the browser keeps. */
import { Dialog } from 'radix-ui';
import { CloseIcon } from '../../../ui-kit/icons.tsx';
import { useImport } from '../../live/ui/session-context.ts';
import { DownloadList } from './DownloadList.tsx';
import { ImportPart } from './ImportPart.tsx';
import { KeptList } from './KeptList.tsx';

interface ModelsDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ModelsDialog({ open, onOpenChange }: ModelsDialogProps) {
  const kind = useImport((state) => state.kind);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Trigger className="button">{TRIGGER[kind]}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title>Models</Dialog.Title>
            <Dialog.Close className="button button-square" aria-label="Close the models">
              <CloseIcon />
            </Dialog.Close>
          </div>
          <div className="dialog-body models" tabIndex={0} role="region" aria-label="Models">
            <ImportPart onUsed={() => onOpenChange(false)} />
            {kind === 'idle' && (
              <>
                <KeptList />
                <DownloadList />
              </>
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** An import goes on while the dialog is closed: its button says so. */
const TRIGGER = {
  idle: 'Models…',
  working: 'Importing…',
  converted: 'Imported…',
  failed: 'Models…',
} as const;
