/** A CSS module is an object of class names, as Vite makes them unique. */
declare module '*.module.css' {
  const styles: Readonly<Record<string, string>>;
  export default styles;
}
