/** One of the two configurations that are compared: where it runs, and what is asked for there. */
import { useId } from 'react';
import type { ModelListing } from '../../../../app/session-store.ts';
import { PREPROCESSINGS } from '../../../../domain/measuring/configuration.ts';
import { Choice } from '../../../../ui-kit/Choice.tsx';
import type { AgentState } from '../../../agents/agent-store.ts';
import { factsOf } from '../../../runs/ui/plan/agent-plan.ts';
import { PREPROCESSING_NOTES } from '../evaluation-words.ts';
import { AgentSide } from './AgentSide.tsx';
import { BrowserSide } from './BrowserSide.tsx';
import { firstAgentSide } from './agent-side.ts';
import type { BrowserSetup, Setup } from '../../../../domain/setup.ts';
import styles from '../evaluate.module.css';

const CROP_NOTE = 'the centre square, scaled to the input size; the rest is not compared';
/** Cannot clash with an address, which has a port. */
const BROWSER = 'this browser';

interface SideChoicesProps {
  readonly title: string;
  readonly side: Setup;
  /** The live setup, used when a side switches back to this browser. */
  readonly inBrowser: BrowserSetup;
  /** Only those that are on this server. */
  readonly models: readonly ModelListing[];
  /** Only those that are connected. */
  readonly agents: readonly AgentState[];
  readonly disabled: boolean;
  readonly onChange: (side: Setup) => void;
}

export function SideChoices(props: SideChoicesProps) {
  const { title, side, inBrowser, models, agents, disabled, onChange } = props;
  const id = useId();
  const { preprocessing } = side;
  const where = side.place.kind === 'agent' ? side.place.agent : BROWSER;
  const facts = factsOf(where, agents);
  return (
    <fieldset className={styles.sideChoices} aria-labelledby={id}>
      <legend id={id}>{title}</legend>
      {(agents.length > 0 || where !== BROWSER) && (
        <Choice
          label="Where"
          className="field-source"
          groups={[
            {
              heading: null,
              options: [BROWSER, ...agents.map(({ address }) => address)].map((value) => ({
                value,
                label: value,
                unavailable: factsOf(value, agents)?.models.length === 0,
              })),
            },
          ]}
          value={where}
          shown={where}
          disabled={disabled}
          onChoose={(address) => {
            const there = factsOf(address, agents);
            const next =
              there === null
                ? { ...inBrowser, preprocessing }
                : firstAgentSide(address, preprocessing, there);
            if (next !== null) onChange(next);
          }}
        />
      )}
      {side.place.kind === 'browser' ? (
        <BrowserSide
          side={{ ...side, place: side.place }}
          models={models}
          disabled={disabled}
          onChange={onChange}
        />
      ) : facts === null ? (
        <p className="quiet">The agent at {where} is not connected.</p>
      ) : (
        <AgentSide
          side={{ ...side, place: side.place }}
          facts={facts}
          disabled={disabled}
          onChange={onChange}
        />
      )}
      <Choice
        label="Pre-processing"
        className={styles.fieldPreprocessing}
        groups={[
          {
            heading: null,
            options: PREPROCESSINGS.map((value) => ({
              value,
              label: value,
              notes: [value === 'crop' ? CROP_NOTE : PREPROCESSING_NOTES[value]],
            })),
          },
        ]}
        value={side.preprocessing}
        disabled={disabled}
        onChoose={(value) => {
          const preprocessing = PREPROCESSINGS.find((one) => one === value);
          if (preprocessing !== undefined) onChange({ ...side, preprocessing });
        }}
      />
    </fieldset>
  );
}
