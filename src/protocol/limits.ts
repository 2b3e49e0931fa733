/** Limits that both ends of the agent's socket share. */

/** Rises with every change that an older end would misunderstand (SPEC 1). */
export const PROTOCOL_VERSION = 1;

/** The WebSocket subprotocol that names this protocol. */
export const SUBPROTOCOL = `segscope.v${PROTOCOL_VERSION}`;

/** Prefix of the second subprotocol, which carries the pairing token: a browser cannot set headers. */
export const TOKEN_PREFIX = 'token.';

/** Largest message in either direction, bytes. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** Longest side of a frame or a label map, px. */
export const MAX_SIDE = 4096;

/** Most pixels that a JPEG may have. */
export const MAX_JPEG_PIXELS = 4096 * 2160;

/** A connection without `hello` is closed after this time, ms. */
export const HELLO_TIMEOUT_MS = 5_000;

/** An inference that takes longer ends the engine, ms. */
export const WATCHDOG_MS = 10_000;

/** This many invalid messages close a connection. */
export const MAX_INVALID_MESSAGES = 16;

/** Address of the socket below the agent's origin. */
export const SOCKET_PATH = '/agent';

export const DEFAULT_AGENT_PORT = 8590;
