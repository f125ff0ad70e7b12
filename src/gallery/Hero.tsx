import type { ReactNode } from 'react';

type Point = readonly [x: number, y: number];

/** The network of the hero picture: seven machines, the sheet cracked between the second and the third. */
const nodes: readonly (readonly [role: '' | 'leader' | 'candidate', at: Point])[] = [
  ['leader', [797, 74]],
  ['', [854, 196]],
  ['', [1025, 46]],
  ['', [997, 150]],
  ['candidate', [1182, 90]],
  ['', [1125, 214]],
  ['', [1310, 168]],
];

/** Links, those across the crack in two pieces. */
const links =
  'M797 74 854 196M797 74 898 62M933 57 1025 46M797 74 914 118M948 131 997 150M854 196 889 185M923 174 997 150M854 196 900 199M936 201 1125 214' +
  'M1025 46 997 150M1025 46 1182 90M997 150 1182 90M997 150 1125 214M1182 90 1310 168M1125 214 1310 168M1182 90 1125 214';

type Message = { readonly hue: string; readonly at: Point; readonly angle: number; readonly shape: ReactNode };

const square = <rect x="-6.5" y="-6.5" width="13" height="13" rx="2.5" />;
const triangle = <path d="M11.5 0-7.4 7.5-7.4-7.5z" strokeLinejoin="round" />;

const messages: readonly Message[] = [
  { hue: 'blue', at: [829, 141], angle: 65, shape: square },
  { hue: 'orange', at: [1104, 68], angle: -164, shape: <g transform="rotate(-164)">{triangle}</g> },
  { hue: 'orange', at: [1252, 133], angle: 31, shape: <g transform="rotate(31)">{triangle}</g> },
  { hue: 'teal', at: [1061, 182], angle: 27, shape: <path d="M8 0 4 7-4 7-8 0-4-7 4-7z" /> },
  { hue: 'violet', at: [1012, 93], angle: 105, shape: <path d="M8.6 0 0 8.6-8.6 0 0-8.6z" strokeLinejoin="round" /> },
];

/** A network, cut: the picture of the whole thing. It says nothing that the words beside it do not. */
export function Hero(): ReactNode {
  return (
    <svg className="heropicture" viewBox="748 0 610 262" aria-hidden="true">
      <path className="net" d={links} />
      <path className="crack" d="M945-60 906 52 935.5 108 895 168 925.5 226 901 286H914L938 226 907 168 948 108 918.5 52 957.5-60z" />
      <path className="crackedge" d="M945-60 906 52 935.5 108 895 168 925.5 226 901 286" />
      <path className="crackline" d="M951-60 911.5 52 942.5 108 900 168 932.5 226 907 286" strokeDasharray="1 5" />
      {messages.map(({ hue, at: [x, y], angle, shape }) => (
        <g key={`${x}`} className={`msg k-${hue}`} transform={`translate(${x} ${y})`}>
          <path className="comet" d="M0-3.5-26 0 0 3.5z" transform={`rotate(${angle})`} />
          <g className="solid">{shape}</g>
        </g>
      ))}
      <g className="msg split k-blue" transform="translate(881 106)">
        <path className="solid" d="M-8.500-6.500H-3.200L-5.600-1-3.600 1-5.600 7H-8.500z" transform="rotate(-7)" />
        <path className="solid" d="M8.500 6.500H2.800L5-.5 3-2.500 5-7H8.500z" transform="rotate(8)" />
      </g>
      {nodes.map(([role, [x, y]]) => (
        <g key={x} className={`node ${role}`} transform={`translate(${x} ${y})`}>
          <circle className="behind" r="26" />
          <circle className="disc" r="20" />
        </g>
      ))}
    </svg>
  );
}
