/** Deletes runs after confirmation. */
import { AlertDialog } from 'radix-ui';
import { useRuns } from '../run-context.ts';
import { counted } from '../../../../domain/quantity.ts';

interface DeleteRunsProps {
  readonly ids: readonly string[];
  /** Label of the button. */
  readonly words: string;
}

export function DeleteRuns({ ids, words }: DeleteRunsProps) {
  const session = useRuns();
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className="button" disabled={ids.length === 0}>
        {words}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-veil" />
        <AlertDialog.Content className="dialog dialog-question">
          <AlertDialog.Title>Delete {counted(ids.length, 'run')}?</AlertDialog.Title>
          <AlertDialog.Description>
            You cannot undo this. Export first if you may need the data.
          </AlertDialog.Description>
          <div className="dialog-actions">
            <AlertDialog.Cancel className="button">Keep</AlertDialog.Cancel>
            <AlertDialog.Action className="button button-strong" onClick={() => session.remove(ids)}>
              Delete
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
