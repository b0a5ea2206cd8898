import { APP_ID, DESKTOP_NAME } from '../../../src/main/shells/desktop/app-identity.ts';
import { LICENSE, type Publisher } from '../identity.ts';
import { PRODUCT_NAME } from './app-identity.ts';

/** What the AppStream file is made of besides what never changes. */
export interface MetainfoFacts {
  readonly version: string;
  /** Day of the release, `2026-11-28`. */
  readonly day: string;
  readonly publisher: Publisher;
}

/** The AppStream metadata, by which software centres show the app (AppStream 1.0, component type desktop-application). */
export function metainfoFile({ version, day, publisher }: MetainfoFacts): string {
  const releases = publisher.releases === null ? '' : `\n  <url type="bugtracker">${publisher.homepage}/issues</url>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${APP_ID}</id>
  <name>${PRODUCT_NAME}</name>
  <summary>See where a connection hurts</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>${LICENSE}</project_license>
  <developer id="io.github.hopscope">
    <name>Hopscope contributors</name>
  </developer>
  <description>
    <p>
      Hopscope probes every hop on the way to a host, live, and says in a plain sentence what is wrong: real loss, a
      router that is slow to answer, a full line, a changed route, a provider that is down.
    </p>
    <ul>
      <li>Round trips from the kernel's own stamps, which a busy program cannot falsify</li>
      <li>Any period can be picked, and every number is that period's</li>
      <li>Sessions are kept, compared, and written as a report to hand to a provider</li>
      <li>Simulated internets to learn from, each with a fault</li>
    </ul>
  </description>
  <launchable type="desktop-id">${DESKTOP_NAME}.desktop</launchable>
  <provides>
    <binary>hopscope</binary>
    <binary>hopscope-desktop</binary>
  </provides>
  <url type="homepage">${publisher.homepage}</url>${releases}
  <content_rating type="oars-1.1"/>
  <categories>
    <category>Network</category>
    <category>Monitor</category>
  </categories>
  <releases>
    <release version="${version}" date="${day}"/>
  </releases>
</component>
`;
}
