/** Filters of the table: model, backend and verdict. */
import { RUN_BACKENDS } from '../../../../domain/agent-description.ts';
import { backendOf } from '../../../../domain/setup.ts';
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import { Choice, type ChoiceOption } from '../../../../ui-kit/Choice.tsx';
import type { RunFilter } from './run-order.ts';
import styles from '../runs.module.css';

const ANY = 'any';
const any = (label: string): ChoiceOption => ({ value: ANY, label });

interface FiltersProps {
  /** All runs; only values that occur are offered. */
  readonly runs: readonly RunRecord[];
  readonly filter: RunFilter;
  readonly onFilter: (filter: RunFilter) => void;
}

export function Filters({ runs, filter, onFilter }: FiltersProps) {
  const models = new Map(runs.map((run) => [run.setup.modelId, run.configuration.segmenter.modelName]));
  const backends = RUN_BACKENDS.filter((backend) => runs.some(({ setup }) => backendOf(setup) === backend));
  return (
    <>
      <Choice
        label="Model"
        className={styles.fieldFilterModel}
        groups={[
          {
            heading: null,
            options: [any('all models'), ...[...models].map(([value, label]) => ({ value, label }))],
          },
        ]}
        value={filter.modelId ?? ANY}
        onChoose={(next) => onFilter({ ...filter, modelId: next === ANY ? null : next })}
      />
      <Choice
        label="Backend"
        className={styles.fieldFilter}
        groups={[
          {
            heading: null,
            options: [any('all'), ...backends.map((backend) => ({ value: backend, label: backend }))],
          },
        ]}
        value={filter.backend ?? ANY}
        onChoose={(next) =>
          onFilter({ ...filter, backend: RUN_BACKENDS.find((backend) => backend === next) ?? null })
        }
      />
      <Choice
        label="Verdict"
        className={styles.fieldFilter}
        groups={[
          {
            heading: null,
            options: [any('all'), { value: 'true', label: 'valid' }, { value: 'false', label: 'invalid' }],
          },
        ]}
        value={filter.valid === null ? ANY : String(filter.valid)}
        onChoose={(next) => onFilter({ ...filter, valid: next === ANY ? null : next === 'true' })}
      />
    </>
  );
}
