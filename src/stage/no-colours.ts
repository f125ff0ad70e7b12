/**
 * Stands in for d3-color, which d3-interpolate loads to mix colours. None are mixed here: zooming and scales ask it for numbers
 * only, and colours are the style sheet's. The build puts it in (vite.config.ts).
 */
export function color(): never {
  throw new Error('Colours are not mixed on this page');
}

export { color as cubehelix, color as hcl, color as hsl, color as lab, color as rgb };
