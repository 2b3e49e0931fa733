/** Warns across the whole page that the agent's Edge TPU is a stand-in for tests; it cannot be dismissed. */
import { ProblemIcon } from '../../../ui-kit/icons.tsx';
import { useShownAgent } from './agents-context.ts';
import styles from './agents.module.css';

export function TestDoubleBanner() {
  const agent = useShownAgent();
  const library = agent?.connection.kind === 'open' && agent.connection.facts.edgeTpu.testDouble;
  const used = agent?.engine.kind === 'running' && agent.engine.deviceUsed === 'test-double';
  return (
    <div role="alert">
      {(library || used) && (
        <p className={styles.doubleBanner}>
          <ProblemIcon />
          <span>
            <strong>TEST DOUBLE.</strong> This agent&apos;s Edge TPU library is a stand-in for tests.{' '}
            {used ? "The agent's times and labels mean nothing." : 'It is running on its CPU.'}
          </span>
        </p>
      )}
    </div>
  );
}
