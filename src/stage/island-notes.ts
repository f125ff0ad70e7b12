import { select } from 'd3-selection';
import { translate } from '../i18n/text.ts';
import type { IslandNote } from './split.ts';

/** How many of the voters each island has, in words and in dots: those it has are filled, a bar tells where a majority begins. */
export function drawIslands(parent: HTMLElement, notes: readonly IslandNote[], short: boolean): void {
  select(parent)
    .selectAll<HTMLDivElement, IslandNote>('div.islandnote')
    .data(notes)
    .join((enter) => {
      const note = enter.append('div').attr('class', 'islandnote').attr('role', 'note');
      note.append('span');
      note.append('svg').attr('aria-hidden', 'true').attr('height', 16);
      return note;
    })
    .attr('data-anchor', ({ anchor }) => anchor)
    .style('transform', ({ x, y }) => `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`)
    .each(function write(note) {
      const words = wordsOf(note, short);
      const said = select(this).select<HTMLSpanElement>('span');
      if (said.text() !== words) said.text(words);
      drawDots(select(this).select<SVGSVGElement>('svg').node(), note);
    });
}

function wordsOf({ island: { up, majority }, of }: IslandNote, short: boolean): string {
  if (short && !majority) return translate('stage.island.short', { has: up, of });
  const key = short ? 'stage.island.short-majority' : majority ? 'stage.island.majority' : 'stage.island.none';
  return translate(key, { has: up, of });
}

/** Beyond so many voters their dots are counted in words alone. */
const DOTS_MAX = 15;
const PITCH = 9.6;
const BAR = 5;

function drawDots(svg: SVGSVGElement | null, { island: { up }, of, majority }: IslandNote): void {
  if (!svg) return;
  const key = `${up} ${of}`;
  if (svg.dataset['dots'] === key) return;
  svg.dataset['dots'] = key;
  const drawing = select(svg);
  drawing.selectChildren().remove();
  if (of > DOTS_MAX) {
    drawing.attr('width', 0);
    return;
  }
  drawing.attr('width', of * PITCH + BAR);
  for (let at = 0; at < of; at += 1) {
    drawing.append('circle').attr('class', at < up ? 'has' : '').attr('cx', 4.5 + at * PITCH + (at >= majority ? BAR : 0)).attr('cy', 8).attr('r', 3.2);
  }
  drawing.append('path').attr('d', `M${(majority * PITCH + 2.2).toFixed(1)} 0v16`);
}
