/** What a page may ask of an agent in text; frames go as binary messages (SPEC 3 and 4). */
import { z } from 'zod';

const requestId = z.int().min(0).max(0xffffffff);

/** cut: the file without its final resizing and argmax, which the agent does itself; stock: the file as published. */
export const TAILS = ['cut', 'stock'] as const;
export const DEVICES_ASKED = ['cpu', 'edgetpu'] as const;

export const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hello'),
    protocol: z.int(),
    /** Who asks, for the agent's log. */
    client: z.string().max(200),
  }),
  z.strictObject({
    kind: z.literal('load'),
    requestId,
    /** One of the ids of `greeted`; never a path. */
    modelId: z.string().min(1).max(200),
    tail: z.enum(TAILS),
    device: z.enum(DEVICES_ASKED),
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
export type Tail = (typeof TAILS)[number];
export type DeviceAsked = (typeof DEVICES_ASKED)[number];
