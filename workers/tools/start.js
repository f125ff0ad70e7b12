// `npm start`: builds the page, serves it on this machine only and opens it. What is seen is the page that is tested
// and published; `npm run dev` serves the sources instead, for whoever changes them.
import { build, preview } from 'vite';

/** A terminal over the network, a container and a build server have no browser to open. */
function canOpen() {
  if (process.env.CI) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

await build({ logLevel: 'warn' });
const server = await preview({ preview: { open: canOpen() } });
console.log(`\nNetsplit is at ${server.resolvedUrls?.local[0]} (Ctrl+C stops it)`);
