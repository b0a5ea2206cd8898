import classes from './SimulatedMark.module.css';

interface SimulatedMarkProps {
  /** Title of the scenario; null where it is not known. */
  readonly title: string | null;
  /** Without it only that it is simulated; the title is then told on pointing. */
  readonly isTitled?: boolean;
}

/** Says that what stands here was measured in a simulated internet. */
export function SimulatedMark({ title, isTitled = false }: SimulatedMarkProps) {
  const internet = title === null ? 'Simulated internet' : `Simulated internet: ${title}`;
  return (
    <span className={classes.mark} title={`${internet}. Nothing of it is a measurement of a network.`}>
      Simulated{isTitled && <span className={classes.title}>{title}</span>}
    </span>
  );
}
