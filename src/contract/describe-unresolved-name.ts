import { cureWithCommand, listNameServers } from './diagnostic-commands.ts';
import type { Explanation } from './explanation.ts';
import type { Failure } from './failure.ts';
import type { Platform } from './system.ts';

type NameNotResolved = Extract<Failure, { code: 'name-not-resolved' }>;

/** The words for a name that has no address. */
export function describeUnresolvedName(failure: NameNotResolved, platform: Platform): Explanation {
  const { name } = failure;
  switch (failure.reason) {
    case 'not-found':
      return {
        title: 'Name not found',
        sentence: `“${name}” does not resolve to an address: the name does not exist, or not in this network.`,
        cure: { sentence: 'Check the spelling, or use the numeric address.', command: null },
      };
    case 'no-address-of-family':
      return {
        title: 'No address of this family',
        sentence: `“${name}” exists, but has no address of the family asked for.`,
        cure: { sentence: 'Ask for the other family (IPv4 or IPv6), or leave the choice open.', command: null },
      };
    case 'resolver-unreachable':
      return {
        title: 'Name server does not answer',
        sentence: `“${name}” could not be looked up, because no name server answered.`,
        cure: cureWithCommand(
          'Check that this machine is connected, or use the numeric address.',
          'This shows which name servers it asks:',
          listNameServers(platform),
        ),
      };
    case 'other':
      return {
        title: 'Name not resolved',
        sentence: `“${name}” could not be turned into an address.`,
        cure: { sentence: 'Check the spelling, or use the numeric address.', command: null },
      };
  }
}
