import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { BranchInfo } from '../../workers/contract.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import { deedText } from '../caption/deeds.ts';
import type { Names } from '../i18n/names.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText, type Translate } from '../i18n/text.ts';
import { Menu, type MenuItem } from '../kit/Menu.tsx';
import { findBranch } from '../simulation/branches.ts';
import type { Frame, Selection, Session } from '../simulation/types.ts';

type MenuProps = { readonly session: Session; readonly at: { readonly x: number; readonly y: number }; readonly close: () => void };

/** Deeds at what is selected, and all branches. */
export function ForkMenu({ session, at, close }: MenuProps): ReactNode {
  const text = useText();
  const names = sessionNames(session);
  const branches = useStore(session.store, (state) => state.branches);
  const branch = useStore(session.store, (state) => state.branch);
  const { selection } = session.store.getState();
  const deeds = deedsFor(selection, session.player.frame());
  const doing: readonly MenuItem[] = deeds.map(({ key, deed }) => ({ id: key, name: `${text(key)}: ${nameOf(selection, names)}`, hand: true, act: () => void session.act(deed) }));
  const nothing: readonly MenuItem[] = [{ id: 'nothing', name: text('timeline.fork.nothing'), disabled: true, act: () => {} }];
  const going: readonly MenuItem[] = branches.map((info, place) => ({
    id: `branch ${info.branch}`,
    name: branchName(info, branches, names, text),
    ...(place < 9 ? { shortcut: String(place + 1) } : {}),
    checked: info.branch === branch,
    separated: place === 0,
    act: () => session.switchBranch(info.branch),
  }));
  return <Menu title={text('timeline.fork')} items={[...(doing.length > 0 ? doing : nothing), ...going]} at={at} close={close} />;
}

function nameOf(selection: Selection | null, names: Names): string {
  if (!selection) return '';
  return selection.kind === 'node' ? names.node(selection.id) : selection.kind === 'link' ? names.link(selection.id) : selection.id;
}

type Deed = { readonly key: string; readonly deed: Intervention };

/** What can be done to what is selected, as it stands. */
function deedsFor(selection: Selection | null, frame: Frame | null): readonly Deed[] {
  if (selection?.kind === 'node') {
    const node = frame?.nodes.find(({ spec }) => spec.id === selection.id);
    if (!node) return [];
    return [node.up ? { key: 'stage.menu.crash', deed: { kind: 'crash', node: selection.id } } : { key: 'stage.menu.restart', deed: { kind: 'restart', node: selection.id } }];
  }
  if (selection?.kind === 'link') {
    const link = frame?.links.find(({ spec }) => spec.id === selection.id);
    if (!link) return [];
    const cut = link.state.cut.some((place) => place !== null);
    return [cut ? { key: 'stage.menu.restore', deed: { kind: 'restore', link: selection.id } } : { key: 'stage.menu.cut', deed: { kind: 'cut', link: selection.id } }];
  }
  if (selection?.kind === 'packet' && frame?.flights.some(({ packet }) => packet === selection.id)) {
    return [
      { key: 'stage.menu.drop', deed: { kind: 'drop', packet: selection.id } },
      { key: 'stage.menu.duplicate', deed: { kind: 'duplicate', packet: selection.id } },
    ];
  }
  return [];
}

/** A branch by all that was done in it by hand. */
function branchName(info: BranchInfo, branches: readonly BranchInfo[], names: Names, text: Translate): string {
  if (info.parent === null) return text('timeline.branch.original');
  if (info.edit?.kind === 'remove') return text('timeline.branch.removed');
  const deeds: string[] = [];
  for (let line: BranchInfo | undefined = info; line?.edit && line.edit.kind !== 'remove'; line = line.parent === null ? undefined : findBranch(branches, line.parent)) {
    deeds.unshift(deedText(line.edit.do, names));
  }
  return deeds.join(' · ');
}
