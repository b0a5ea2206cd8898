import { VisuallyHidden } from '@mantine/core';
import { formatQuantity } from '../../format/count.ts';
import classes from './SuggestionList.module.css';
import type { Suggestion } from './suggestions.ts';

interface SuggestionListProps {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  /** Place of the one that Enter takes; -1: none. */
  readonly active: number;
  readonly onTake: (suggestion: Suggestion) => void;
}

/** Identifier of the option at a place, for the field to point to. */
export function optionId(listId: string, place: number): string {
  return `${listId}-${place}`;
}

/** What is offered below a field; the keyboard stays in the field. */
export function SuggestionList({ id, suggestions, active, onTake }: SuggestionListProps) {
  return (
    <div className={classes.holder}>
      <VisuallyHidden role="status">
        {suggestions.length === 0 ? '' : `${formatQuantity(suggestions.length, 'suggestion')}, arrow down to choose`}
      </VisuallyHidden>
      {suggestions.length > 0 && (
        <div id={id} className={classes.list} role="listbox" aria-label="Suggestions">
          {suggestions.map((suggestion, place) => (
            <div
              key={suggestion.key}
              id={optionId(id, place)}
              className={classes.option}
              role="option"
              tabIndex={-1}
              aria-selected={place === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onTake(suggestion)}
              onKeyDown={() => {}}
            >
              <span className={classes.label}>{suggestion.label}</span>
              <span className={classes.about}>{suggestion.about}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
