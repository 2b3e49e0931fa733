/** What other features may use of the screens of runs: the only module of this folder that they import. */
export { AgentPlan } from './plan/AgentPlan.tsx';
export {
  NO_AGENTS,
  agentSetupObstacle,
  agentSetupsOf,
  connectedAgents,
  factsOf,
  type AgentMarks,
} from './plan/agent-plan.ts';
export { sizesOf } from './plan/plan-draft.ts';
