/** Text messages at the border: JSON in, a checked message out. */
import type { z } from 'zod';
import { answerSchema, type AgentAnswer } from './answers.ts';
import { ProtocolError } from './label-runs.ts';
import { requestSchema, type AgentRequest } from './requests.ts';

/** @throws ProtocolError naming the first field that is wrong. */
export function parseRequest(text: string): AgentRequest {
  return parse(requestSchema, text);
}

/** @throws ProtocolError naming the first field that is wrong. */
export function parseAnswer(text: string): AgentAnswer {
  return parse(answerSchema, text);
}

function parse<Message>(schema: z.ZodType<Message>, text: string): Message {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ProtocolError('The message is not JSON.', { cause });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  // The text is a stranger's: only the place and the rule are repeated, never the value.
  const place =
    issue === undefined || issue.path.length === 0 ? 'the message' : issue.path.map(String).join('.');
  throw new ProtocolError(`${place.slice(0, 100)}: ${(issue?.message ?? 'invalid').slice(0, 200)}`);
}
