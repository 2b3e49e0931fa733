/** The three doors of the Evaluate view, opened together when it is first shown. */
import type { AgentsSession } from '../agents/agents-door.ts';
import type { AgreementSession } from './agreement-session.types.ts';
import type { CalibrationSession } from './calibration-session.types.ts';
import type { EvaluationSession } from './evaluation-session.types.ts';

export interface EvaluationParts {
  /** What may score pictures beside this browser. */
  readonly agents: AgentsSession;
  /** Against truth: mean IoU over a folder of pictures and masks. */
  readonly evaluation: EvaluationSession;
  /** Without truth: two configurations on the live source. */
  readonly agreement: AgreementSession;
  /** Pictures from the live source for quantising a network. */
  readonly calibration: CalibrationSession;
}
