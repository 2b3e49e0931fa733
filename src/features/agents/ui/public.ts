/** What other features may use of the screens of agents: the only module of this folder that they import. */
export { AgentControls } from './AgentControls.tsx';
export { HowToStart } from './AgentForm.tsx';
export { AgentConnections, AgentPart } from './AgentPart.tsx';
export { TestDoubleBanner } from './TestDoubleBanner.tsx';
export { deviceObstacle, tailObstacle } from './agent-obstacle.ts';
export {
  CODEC_NOTES,
  CONNECTION_WORDS,
  TAIL_NOTES,
  agentWords,
  deviceWords,
  threadWords,
} from './agent-words.ts';
export { AgentsContext, useAgentsState, useShownAgent } from './agents-context.ts';
