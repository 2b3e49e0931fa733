/** What a page may ask of an agent in text; frames go as binary messages (SPEC 3 and 4). */
import { z } from 'zod';
import { AGENT_DEVICES, MODEL_TAILS } from '../domain/agent-description.ts';

const requestId = z.int().min(0).max(0xffffffff);

export const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hello'),
    protocol: z.int(),
    /** Name of the page, for the agent's log. */
    client: z.string().max(200),
  }),
  z.strictObject({
    kind: z.literal('load'),
    requestId,
    /** One of the ids of `greeted`; never a path. */
    modelId: z.string().min(1).max(200),
    tail: z.enum(MODEL_TAILS),
    device: z.enum(AGENT_DEVICES),
    threads: z.int().min(1).max(8),
  }),
  z.strictObject({
    kind: z.literal('bench'),
    requestId,
    warmup: z.int().min(0).max(100),
    iterations: z.int().min(1).max(1000),
  }),
]);

export type AgentRequest = z.infer<typeof requestSchema>;
export type LoadRequest = Extract<AgentRequest, { kind: 'load' }>;
