import type { Incident } from './flight.ts';
import { addressesOfHappening, maskedHappening } from './masked-happening.ts';
import type { PathReport, Responder, RouteChange } from './path.ts';
import type { Mask, SeenAddress } from './privacy-mask.ts';
import type { AnswerOfFile, SessionHead } from './session-file.ts';
import type { Verdict } from './verdict.ts';

/** A report in which nothing tells what is masked. */
export function maskedReport(report: PathReport, mask: Mask): PathReport {
  return {
    ...report,
    target: mask.text(report.target),
    destination: mask.address(report.destination),
    hops: report.hops.map((hop) => ({
      ...hop,
      responders: hop.responders.map((responder) => maskedResponder(responder, mask)),
    })),
    routeChanges: report.routeChanges.map((change) => maskedChange(change, mask)),
    verdicts: report.verdicts.map((verdict) => maskedVerdict(verdict, mask)),
  };
}

function maskedResponder(responder: Responder, mask: Mask): Responder {
  if (!mask.isMasked(responder.address)) return { ...responder, name: textOf(responder.name, mask) };
  return { ...responder, address: mask.address(responder.address), name: null, asn: null, interfaceName: null };
}

function maskedChange({ atEpochMs, before, after }: RouteChange, mask: Mask): RouteChange {
  return { atEpochMs, before: maskedRoute(before, mask), after: maskedRoute(after, mask) };
}

function maskedRoute(hops: readonly (string | null)[], mask: Mask): (string | null)[] {
  return hops.map((hop) => (hop === null ? null : mask.address(hop)));
}

/** An incident in which nothing tells what is masked. */
function maskedIncident(incident: Incident, mask: Mask): Incident {
  const { seen } = incident;
  if (seen.kind !== 'route-changed') return incident;
  const { before, after } = seen;
  return { ...incident, seen: { ...seen, before: maskedRoute(before, mask), after: maskedRoute(after, mask) } };
}

function maskedVerdict(verdict: Verdict, mask: Mask): Verdict {
  return {
    ...verdict,
    sentence: mask.text(verdict.sentence),
    surer: textOf(verdict.surer, mask),
    advice: mask.text(verdict.advice),
    evidence: verdict.evidence.map((each) => ({
      ...each,
      label: mask.text(each.label),
      value: typeof each.value === 'string' ? mask.text(each.value) : each.value,
    })),
  };
}

function textOf(text: string | null, mask: Mask): string | null {
  return text === null ? null : mask.text(text);
}

/** The file of a session, but for its rounds, in which nothing tells what is masked. */
export function maskedHead(head: SessionHead, mask: Mask): SessionHead {
  if (mask.masked.length === 0) return head;
  const nullable = (address: string | null) => (address === null ? null : mask.address(address));
  const answer = (each: AnswerOfFile): AnswerOfFile =>
    mask.isMasked(each.address) ? { ...each, address: mask.address(each.address), extensions: null } : each;
  return {
    ...head,
    isMasked: true,
    target: mask.text(head.target),
    destination: mask.address(head.destination),
    name: mask.text(head.name),
    comment: mask.text(head.comment),
    comments: head.comments.map(({ atEpochMs, text }) => ({ atEpochMs, text: mask.text(text) })),
    gateways: head.gateways.map(mask.address),
    names: head.names.map((named) =>
      mask.isMasked(named.address)
        ? { address: mask.address(named.address), name: null, asn: null }
        : { ...named, name: textOf(named.name, mask) },
    ),
    pathMtu:
      head.pathMtu === null
        ? null
        : {
            ...head.pathMtu,
            destination: mask.address(head.pathMtu.destination),
            hops: head.pathMtu.hops.map((hop) => ({ ...hop, address: nullable(hop.address) })),
          },
    branches:
      head.branches === null
        ? null
        : {
            destination: mask.address(head.branches.destination),
            hops: head.branches.hops.map((hop) => ({
              ...hop,
              responders: hop.responders.map((each) => ({ ...each, address: nullable(each.address) })),
            })),
            links: head.branches.links.map(({ hopLimit, from, to }) => ({
              hopLimit,
              from: mask.address(from),
              to: mask.address(to),
            })),
          },
    routeChanges: head.routeChanges.map((change) => maskedChange(change, mask)),
    ...(head.happenings === undefined
      ? {}
      : { happenings: head.happenings.map((happening) => maskedHappening(happening, mask)) }),
    ...(head.incident === undefined ? {} : { incident: maskedIncident(head.incident, mask) }),
    responders: head.responders.map(({ hopLimit, last, rejections }) => ({
      hopLimit,
      last: last.map(answer),
      rejections: rejections.map((each) => ({ ...each, answer: answer(each.answer) })),
    })),
  };
}

/** Every address in a file, hops first and in their order. */
export function addressesOf(head: SessionHead): SeenAddress[] {
  const names = new Map(head.names.map(({ address, name }) => [address, name]));
  const hops = [...head.responders].sort((a, b) => (a.hopLimit || 999) - (b.hopLimit || 999));
  const { incident } = head;
  const ofIncident = incident?.seen.kind === 'route-changed' ? [incident.seen] : [];
  const changes = [...head.routeChanges, ...ofIncident].flatMap(({ before, after }) => [...before, ...after]);
  const seen: [string | null, number | null][] = [
    ...hops.flatMap(({ hopLimit, last }) =>
      last.map(({ address }): [string, number | null] => [address, hopLimit === 0 ? null : hopLimit]),
    ),
    ...changes.map((address): [string | null, null] => [address, null]),
    ...(head.pathMtu?.hops.map(({ address }): [string | null, null] => [address, null]) ?? []),
    ...(head.branches?.hops.flatMap(({ hopLimit, responders }) =>
      responders.map(({ address }): [string | null, number] => [address, hopLimit]),
    ) ?? []),
    ...[...head.gateways, ...head.names.map(({ address }) => address), head.destination].map(
      (address): [string, null] => [address, null],
    ),
  ];
  const nameOf = (address: string) => names.get(address) ?? null;
  return [
    ...seen.flatMap(([address, hopLimit]) => (address === null ? [] : [{ address, name: nameOf(address), hopLimit }])),
    ...(head.happenings ?? [])
      .flatMap(addressesOfHappening)
      .map((each) => ({ ...each, name: nameOf(each.address), hopLimit: null })),
  ];
}
