/** Segscope's own version from package.json; the build inserts it. */

declare const __SEGSCOPE_VERSION__: string;

export const SEGSCOPE_VERSION: string = __SEGSCOPE_VERSION__;
