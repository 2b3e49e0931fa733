/** Vite turns a `?url` import into the address of the file on the page's own origin, and `?raw` into its text. */
declare module '*.wasm?url' {
  const url: string;
  export default url;
}
declare module '*.js?raw' {
  const text: string;
  export default text;
}
