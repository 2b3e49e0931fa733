/** The axes of every plan: models, backends, input sizes and pipelines. */
import { BACKENDS, type Backend } from '../domain/backend.ts';
import { PIPELINES, type Pipeline } from '../domain/measuring/configuration.ts';
import { Marks, withMark } from './Marks.tsx';
import { BACKEND_NOTES, BACKEND_WORDS, PIPELINE_WORDS } from './wording.ts';

interface AxisProps<Value> {
  readonly marked: readonly Value[];
  readonly onChange: (marked: readonly Value[]) => void;
}

interface ModelMarksProps extends AxisProps<string> {
  readonly loading: boolean;
  readonly models: readonly { readonly id: string; readonly name: string }[];
}

export function ModelMarks({ loading, models, marked, onChange }: ModelMarksProps) {
  const offered = models.map(({ id }) => id);
  return (
    <Marks
      legend="Models"
      none={loading ? 'Loading the catalogue…' : 'This server has no models.'}
      marks={models.map(({ id, name }) => ({ value: id, label: name }))}
      marked={marked}
      onMark={(id, mark) => onChange(withMark(marked, id, mark, offered))}
    />
  );
}

interface BackendMarksProps extends AxisProps<Backend> {
  readonly noteOf?: (backend: Backend) => string;
}

export function BackendMarks({
  marked,
  onChange,
  noteOf = (backend) => BACKEND_NOTES[backend],
}: BackendMarksProps) {
  return (
    <Marks
      legend="Backends"
      none=""
      marks={BACKENDS.map((backend) => ({
        value: backend,
        label: BACKEND_WORDS[backend],
        note: noteOf(backend),
      }))}
      marked={marked}
      onMark={(backend, mark) => onChange(withMark(marked, backend, mark, BACKENDS))}
    />
  );
}

interface SizeMarksProps extends AxisProps<number> {
  /** px, of the selected models. */
  readonly sizes: readonly number[];
}

export function SizeMarks({ sizes, marked, onChange }: SizeMarksProps) {
  return (
    <Marks
      legend="Input sizes"
      none="Select a model first."
      marks={sizes.map((size) => ({ value: size, label: `${size} px` }))}
      marked={marked}
      onMark={(size, mark) => onChange(withMark(marked, size, mark, sizes))}
    />
  );
}

export function PipelineMarks({ marked, onChange }: AxisProps<Pipeline>) {
  return (
    <Marks
      legend="Pipelines"
      none=""
      marks={PIPELINES.map((pipeline) => ({
        value: pipeline,
        label: PIPELINE_WORDS[pipeline],
        ...(pipeline === 'stock' && { note: 'the baseline' }),
      }))}
      marked={marked}
      onMark={(pipeline, mark) => onChange(withMark(marked, pipeline, mark, PIPELINES))}
    />
  );
}
