import * as v from 'valibot';
import { familySchema } from './probe.ts';

/** What became otherwise around this machine while it measured: its interfaces, its way out, who tells it names. */

/** What an interface tunnels through, by its kind: tun, tap, wg, utun and the like; `dial-up` is ppp, a VPN or a line. */
export const tunnelSchema = v.nullable(v.picklist(['vpn', 'dial-up']));
export type Tunnel = v.InferOutput<typeof tunnelSchema>;

/** Where the preferred default route leads. */
export const wayOutSchema = v.strictObject({
  /** With `%zone` when it is link-local; null when the route leads into a link without another machine to ask. */
  gateway: v.nullable(v.string()),
  interfaceName: v.string(),
  tunnel: tunnelSchema,
});
export type WayOut = v.InferOutput<typeof wayOutSchema>;

const interfaceEntries = { interfaceName: v.string(), tunnel: tunnelSchema };

/** IPv4 addresses with their prefix length, IPv6 as prefixes, in the order of their text; link-local IPv6 is left out. */
const networksSchema = v.array(v.string());

export const machineChangeSchema = v.variant('kind', [
  /** It has an address of use now. */
  v.strictObject({ kind: v.literal('interface-up'), ...interfaceEntries, addresses: networksSchema }),
  /** It is down, gone, or without an address of use. */
  v.strictObject({ kind: v.literal('interface-down'), ...interfaceEntries, addresses: networksSchema }),
  v.strictObject({ kind: v.literal('addresses'), ...interfaceEntries, before: networksSchema, after: networksSchema }),
  v.strictObject({
    kind: v.literal('default-route'),
    family: familySchema,
    /** Null: there was no default route. */
    before: v.nullable(wayOutSchema),
    after: v.nullable(wayOutSchema),
  }),
  v.strictObject({ kind: v.literal('name-servers'), before: v.array(v.string()), after: v.array(v.string()) }),
]);
export type MachineChange = v.InferOutput<typeof machineChangeSchema>;

/** A change as an event of the paths that were measured meanwhile. */
export const machineEventSchema = v.object({
  kind: v.literal('machine-changed'),
  /** When it was seen, up to two seconds after it happened. */
  atEpochMs: v.number(),
  change: machineChangeSchema,
  /** Changes of the same thing before this one that are not told, because it changes often. */
  untold: v.number(),
});
export type MachineEvent = v.InferOutput<typeof machineEventSchema>;
