import { describe, expect, it } from 'vitest';
import type { PathCondition } from '../../../contract/path-condition.ts';
import { type TrayActions, trayMenuTemplate, trayTooltip } from './tray-menu.ts';
import { countTrouble, worstLevel } from './trouble-level.ts';

const pathsWith = (...conditions: PathCondition[]) =>
  conditions.map((condition, index) => ({
    pathId: `p-${index}`,
    target: `t${index}.example`,
    intervalMs: 1_000,
    condition,
  }));

function actionsNoting() {
  const did: string[] = [];
  const actions: TrayActions = {
    showWindow: () => void did.push('show'),
    showPath: (pathId) => void did.push(`show ${pathId}`),
    pauseAll: () => void did.push('pause'),
    resumeAll: () => void did.push('resume'),
    quit: () => void did.push('quit'),
  };
  return { did, actions };
}

const labelsOf = (...conditions: PathCondition[]) =>
  trayMenuTemplate(pathsWith(...conditions), actionsNoting().actions).flatMap(({ label }) => label ?? []);

describe('the sign in the tray', () => {
  it('says the worst state of all paths', () => {
    expect(worstLevel([])).toBe('none');
    expect(worstLevel(pathsWith('paused', 'resolving', 'waiting'))).toBe('none');
    expect(worstLevel(pathsWith('answering', 'lost-some', 'paused'))).toBe('fine');
    expect(worstLevel(pathsWith('answering', 'slow'))).toBe('slow');
    expect(worstLevel(pathsWith('losing', 'slow'))).toBe('losing');
    for (const bad of ['refused', 'silent', 'stopped', 'failed'] as const)
      expect(worstLevel(pathsWith('losing', bad, 'answering'))).toBe('down');
  });

  it('says it in words', () => {
    const words = (...conditions: PathCondition[]) => trayTooltip(pathsWith(...conditions));
    expect(words()).toBe('Hopscope: no targets');
    expect(words('answering')).toBe('Hopscope: 1 target, all well');
    expect(words('answering', 'slow')).toBe('Hopscope: 1 of 2 targets answering slowly');
    expect(words('losing', 'stopped', 'answering')).toBe('Hopscope: 2 of 3 targets in trouble');
    expect(words('paused', 'paused')).toBe('Hopscope: paused');
    expect(words('waiting')).toBe('Hopscope: 1 target, waiting for answers');
  });

  it('counts what loses and what does not answer, and not what is slow', () => {
    expect(countTrouble(pathsWith('losing', 'refused', 'failed', 'slow', 'lost-some', 'paused'))).toBe(3);
  });
});

describe('the menu of the tray', () => {
  it('lists the targets, the worst first, each with its state', () => {
    expect(labelsOf('answering', 'stopped', 'losing')).toEqual([
      'Open Hopscope',
      't1.example: stopped answering',
      't2.example: losing probes',
      't0.example: answering',
      'Pause All',
      'Quit Hopscope',
    ]);
  });

  it('lists ten and counts the rest', () => {
    const labels = labelsOf(...Array<PathCondition>(13).fill('answering'));
    expect(labels.filter((label) => label.includes('answering'))).toHaveLength(10);
    expect(labels).toContain('and 3 more');
  });

  it('says that there are none, and offers to go on when all are paused', () => {
    expect(labelsOf()).toContain('No targets');
    expect(labelsOf('paused')).toContain('Resume All');
    expect(labelsOf('paused', 'answering')).toContain('Pause All');
  });

  it('does what it says', () => {
    const { did, actions } = actionsNoting();
    for (const { click } of trayMenuTemplate(pathsWith('answering'), actions))
      click?.({} as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent);
    expect(did).toEqual(['show', 'show p-0', 'pause', 'quit']);
  });
});
