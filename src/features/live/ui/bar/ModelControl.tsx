/** Chooses a model of the catalogue; absent ones are greyed out and say how to get them. */
import type { CatalogueStatus, ModelListing } from '../../../../app/session-store.ts';
import { modelsOf } from '../../../../ui-kit/catalogue-models.ts';
import { formatBytes } from '../../../../domain/quantity.ts';
import { useSession, useSessionState } from '../session-context.ts';
import { Choice, type ChoiceGroup, type ChoiceOption } from '../../../../ui-kit/Choice.tsx';

function shownName(catalogue: CatalogueStatus, modelId: string): string {
  switch (catalogue.kind) {
    case 'loading':
      return 'loading the catalogue…';
    case 'failed':
      return 'no catalogue';
    case 'ready':
      return catalogue.models.find((model) => model.id === modelId)?.name ?? modelId;
  }
}

function optionOf({ id, name, summary, availability, kept }: ModelListing): ChoiceOption {
  const notes = kept === null ? [summary] : [summary, `stored in this browser, ${formatBytes(kept.bytes)}`];
  return availability.kind === 'ready'
    ? { value: id, label: name, notes }
    : { value: id, label: name, notes: [summary, availability.howToGet], unavailable: true };
}

export function ModelControl() {
  const session = useSession();
  const catalogue = useSessionState((state) => state.catalogue);
  const modelId = useSessionState((state) => state.wanted.modelId);
  const models = modelsOf(catalogue);
  const optionsThatAre = (kind: ModelListing['availability']['kind']) =>
    models.filter((model) => model.availability.kind === kind).map(optionOf);
  const groups: readonly ChoiceGroup[] = [
    { heading: null, options: optionsThatAre('ready') },
    { heading: 'Not on this server', options: optionsThatAre('absent') },
  ];
  return (
    <Choice
      label="Model"
      className="field-model"
      groups={groups.filter(({ options }) => options.length > 0)}
      value={modelId}
      shown={shownName(catalogue, modelId)}
      disabled={models.length === 0}
      onChoose={(next) => session.chooseModel(next)}
    />
  );
}
