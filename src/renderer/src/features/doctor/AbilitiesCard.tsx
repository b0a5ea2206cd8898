import type { Gap } from '../../../../contract/abilities.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './DoctorView.module.css';

interface AbilitiesCardProps {
  readonly gaps: readonly Gap[];
}

/** What the system itself cannot do or tell, so that nobody looks for it elsewhere. */
export function AbilitiesCard({ gaps }: AbilitiesCardProps) {
  return (
    <section className={classes.card} aria-labelledby="abilities">
      <header className={classes.head}>
        <h3 id="abilities" className={classes.title}>
          What this system can do
        </h3>
        <p className={classes.note}>
          {gaps.length === 0
            ? 'It takes every option of Hopscope and tells all that Hopscope can show.'
            : 'Everything that Hopscope can use, except for what follows. No right and no setting changes that.'}
        </p>
      </header>
      {gaps.length > 0 && (
        <div className={classes.scroll}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Ability</th>
                <th scope="col">Extent</th>
                <th scope="col">What is missing</th>
              </tr>
            </thead>
            <tbody>
              {gaps.map(({ ability, name, extent, sentence }) => (
                <tr key={ability}>
                  <th scope="row">{name}</th>
                  <td>
                    <StatusBadge
                      tone={extent === 'none' ? 'resting' : 'waiting'}
                      label={extent === 'none' ? 'Not here' : 'In part'}
                    />
                  </td>
                  <td className={classes.reason}>{sentence}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
