/** Vite turns a `?url` import into the address of the file on our own origin, `?raw` into its text, `?inline` into a data: URL. */
declare module '*.wasm?url' {
  const url: string;
  export default url;
}
declare module '*.js?raw' {
  const text: string;
  export default text;
}
declare module '*.png?inline' {
  const dataUrl: string;
  export default dataUrl;
}
