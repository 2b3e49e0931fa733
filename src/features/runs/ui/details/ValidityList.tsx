/** The verdict on a run: every check in words, passed or not. */
import type { Validity } from '../../../../domain/measuring/run.ts';
import { CheckIcon, ProblemIcon } from '../../../../ui-kit/icons.tsx';
import styles from '../runs.module.css';

export function ValidityList({ validity: { valid, checks } }: { readonly validity: Validity }) {
  const failed = checks.filter(({ passed }) => !passed).length;
  return (
    <section>
      <h3>{valid ? 'Valid' : `Not valid: ${failed} of ${checks.length} checks failed`}</h3>
      <ul className={styles.checks} aria-label="Validity checks">
        {checks.map(({ check, passed, detail }) => (
          <li key={check} className={passed ? styles.checkPassed : styles.checkFailed}>
            {passed ? <CheckIcon /> : <ProblemIcon />}
            <span>
              <span className="unseen">{passed ? 'passed: ' : 'failed: '}</span>
              {detail}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
