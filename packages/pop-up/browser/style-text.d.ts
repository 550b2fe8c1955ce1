/** Style sheets are bundled as text, for `CSSStyleSheet.replaceSync`. */
declare module '*.css' {
  const text: string;
  export default text;
}
