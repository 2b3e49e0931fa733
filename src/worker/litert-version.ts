/** The version of LiteRT.js, which it does not tell itself; a test holds it to the installed package. */
export const LITERT_VERSION = '2.5.3';
