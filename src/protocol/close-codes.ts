/** Why the agent closed a socket, as the WebSocket close code (SPEC 9). */

export const CLOSE_CODES = {
  /** The agent stops. */
  goingAway: 1001,
  /** A message is larger than MAX_MESSAGE_BYTES. */
  tooLarge: 1009,
  /** Too many invalid messages, or a message before `hello`. */
  invalidMessages: 4400,
  /** No `hello` in time. */
  noHello: 4408,
  /** The reader does not keep up. */
  slowReader: 4413,
  /** `hello` names another protocol version. */
  otherVersion: 4426,
} as const;

export type CloseCode = (typeof CLOSE_CODES)[keyof typeof CLOSE_CODES];
