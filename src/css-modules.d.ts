/** A CSS module is an object of class names, which Vite makes unique. */
declare module '*.module.css' {
  const styles: Readonly<Record<string, string>>;
  export default styles;
}
