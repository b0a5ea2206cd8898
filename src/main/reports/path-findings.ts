import type { Branches, PathMtu } from '../../contract/path.ts';

/** Flows of one responder that are told by number: enough to look at its branch with `--flow`. */
const TOLD_FLOWS = 3;

/** A hop of something that was searched beside the rounds: its hop limit, and what was found there. */
export interface FoundHop {
  readonly hopLimit: number;
  readonly text: string;
}

/** The branches of each hop, and flows that lead there. */
export function branchHops({ hops }: Branches): FoundHop[] {
  return hops.map(({ hopLimit, responders, probes, isComplete }) => {
    const answering = responders.filter(({ address }) => address !== null);
    // Where there is a choice, flows by number: with `--flow` one of them looks at its branch.
    const told = answering.length > 1 ? flowsText : (flows: readonly number[]) => counted(flows.length, 'flow');
    const whos = answering.map(({ address, flows }) => `${address} (${told(flows)})`);
    const silent = responders.find(({ address }) => address === null)?.flows.length ?? 0;
    const parts = [
      whos.length === 0 ? '???' : whos.join(', '),
      ...(silent === 0 || whos.length === 0 ? [] : [`no answer to ${counted(silent, 'flow')}`]),
      counted(probes, 'probe') + (isComplete ? '' : ', there may be more'),
    ];
    return { hopLimit, text: parts.join('; ') };
  });
}

function flowsText(flows: readonly number[]): string {
  const rest = flows.length > TOLD_FLOWS ? ', …' : '';
  return `${counted(flows.length, 'flow')}: ${flows.slice(0, TOLD_FLOWS).join(', ')}${rest}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** What was found of packet sizes, in one line. */
export function pathMtuSentence({ pathMtuBytes, isBlackHole }: PathMtu): string {
  const found =
    pathMtuBytes === null ? 'Nothing came through.' : `Largest packet that came through: ${pathMtuBytes} bytes.`;
  return `${found}${isBlackHole ? ' Larger ones vanished without a word.' : ''}`;
}

/** The largest packet that each hop answered to, and what it told. */
export function pathMtuHops({ hops }: PathMtu): FoundHop[] {
  return hops.map(({ hopLimit, address, largestBytes, toldMtuBytes }) => {
    const told = toldMtuBytes === null ? '' : `, told ${toldMtuBytes}`;
    return {
      hopLimit,
      text: `${address ?? '???'}: ${largestBytes === null ? 'no answer' : `${largestBytes} bytes`}${told}`,
    };
  });
}
