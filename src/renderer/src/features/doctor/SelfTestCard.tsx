import { Button } from '@mantine/core';
import { useState } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import { describeSelfTest, layerName } from '../../../../contract/describe-self-test.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { SelfTestReport } from '../../../../contract/self-test.ts';
import type { Platform } from '../../../../contract/system.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { useSettings } from '../../live-store/settings-context.ts';
import { CommandToCopy } from '../../ui/CommandToCopy.tsx';
import { PlayIcon } from '../../ui/icons.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './DoctorView.module.css';

interface SelfTestCardProps {
  readonly client: EngineClient | null;
  readonly platform: Platform;
  /** Whether the engine is in a simulated internet, which has no loopback and targets of its own. */
  readonly isSimulated: boolean;
}

/** From this machine outwards: where the way into the network first fails. It sends only when asked to. */
export function SelfTestCard({ client, platform, isSimulated }: SelfTestCardProps) {
  const { selfTestIpv4, selfTestIpv6 } = useSettings();
  const [report, setReport] = useState<SelfTestReport | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const run = async () => {
    if (client === null) return;
    setIsRunning(true);
    const answer = await client.system.selfTest({});
    setIsRunning(false);
    setReport(answer.ok ? answer.value : null);
    setFailure(answer.ok ? null : answer.failure);
  };
  const told = report === null ? null : describeSelfTest(report, platform);
  return (
    <section className={classes.card} aria-labelledby="self-test">
      <header className={classes.head}>
        <h3 id="self-test" className={classes.title}>
          Self-test
        </h3>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<PlayIcon size={12} />}
          disabled={client === null}
          loading={isRunning}
          onClick={() => void run()}
        >
          Run the self-test
        </Button>
      </header>
      <p className={classes.note}>
        {isSimulated
          ? 'Asks the default gateway of the simulated internet and one hop beyond. The probes beyond are sent towards its own targets and end two to four hops from its machine.'
          : `Asks this machine, its default gateway and one hop beyond. The probes beyond are sent towards ${selfTestIpv4} and ${selfTestIpv6} (see Settings) and end two to four hops from here.`}
      </p>
      <div aria-live="polite">{told !== null && <p className={classes.sentence}>{told.sentence}</p>}</div>
      {failure !== null && <FailureNotice explanation={describeFailure(failure, platform)} />}
      {told !== null && (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Layer</th>
                <th scope="col">Family</th>
                <th scope="col">State</th>
                <th scope="col">What was found</th>
              </tr>
            </thead>
            <tbody>
              {told.layers.map(({ layer, family, tone, label, sentence, cure }) => (
                <tr key={`${layer}-${family}`}>
                  <th scope="row">{layerName(layer)}</th>
                  <td>IPv{family}</td>
                  <td>
                    <StatusBadge tone={tone} label={label} />
                  </td>
                  <td className={classes.reason}>
                    {sentence}
                    {cure !== null && (
                      <div className={classes.cure}>
                        <p>{cure.sentence}</p>
                        {cure.command !== null && <CommandToCopy command={cure.command} />}
                      </div>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
