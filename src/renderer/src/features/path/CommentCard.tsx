import { ActionIcon, Button, TextInput } from '@mantine/core';
import { memo, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { describeFailure } from '../../../../contract/describe-failure.ts';
import { LONGEST_COMMENT, type MomentComment } from '../../../../contract/sessions.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { formatQuantity } from '../../format/count.ts';
import { formatMoment } from '../../format/time.ts';
import type { Focus } from '../../live-store/path-store.ts';
import { RemoveIcon } from '../../ui/icons.tsx';
import classes from './CommentCard.module.css';
import { focusAround, spanAround, toFieldValue } from './focus-change.ts';
import type { MomentComments } from './use-moment-comments.ts';

interface CommentCardProps {
  readonly comments: MomentComments;
  /** The moment that a comment was asked for, a new object each time; null before the first. */
  readonly asked: { readonly atEpochMs: number } | null;
  /** The moment that a comment is about when none is told. */
  readonly usualEpochMs: number;
  readonly platform: Platform;
  readonly onFocus: (focus: Focus, span: Focus) => void;
}

/** What people wrote about moments of the timeline, and the field to write more. */
export const CommentCard = memo(function CommentCard(props: CommentCardProps) {
  const { comments: known, asked, usualEpochMs, platform, onFocus } = props;
  const { comments, sessionId, isTold, failure, add, remove } = known;
  const [removed, setRemoved] = useState<MomentComment | null>(null);
  const undoRef = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (removed !== null) undoRef.current?.focus();
  }, [removed]);
  return (
    <section className={classes.card} aria-label="Comments">
      <h4 className={classes.heading}>
        Comments{' '}
        <span className={classes.count}>{comments.length > 0 && formatQuantity(comments.length, 'comment')}</span>
      </h4>
      {sessionId === null ? (
        <p className={classes.none}>
          {isTold && 'Only what is recorded can be commented, and this path is not being recorded.'}
        </p>
      ) : (
        <CommentForm key={sessionId} asked={asked} usualEpochMs={usualEpochMs} onAdd={add} />
      )}
      {failure !== null && <FailureNotice explanation={describeFailure(failure, platform)} />}
      {removed !== null && (
        <p className={classes.removed} role="status">
          The comment “{removed.text}” is removed.
          <Button
            ref={undoRef}
            size="compact-xs"
            variant="default"
            onClick={() => void add(removed.atEpochMs, removed.text).then((isDone) => isDone && setRemoved(null))}
          >
            Undo
          </Button>
        </p>
      )}
      {comments.length > 0 && (
        <ul className={classes.list}>
          {comments.map((comment) => (
            <li key={comment.commentId} className={classes.comment}>
              <span className={classes.when}>{formatMoment(comment.atEpochMs)}</span>
              <span className={classes.text}>{comment.text}</span>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Show the time around the comment ${comment.text}`}
                onClick={() => {
                  const at = { fromEpochMs: comment.atEpochMs, toEpochMs: comment.atEpochMs };
                  onFocus(focusAround(at), spanAround(at));
                }}
              >
                Show
              </Button>
              <ActionIcon
                size={22}
                variant="subtle"
                color="gray"
                aria-label={`Remove the comment ${comment.text}`}
                title="Remove"
                onClick={() => void remove(comment).then((isDone) => isDone && setRemoved(comment))}
              >
                <RemoveIcon size={12} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
});

interface CommentFormProps extends Pick<CommentCardProps, 'asked' | 'usualEpochMs'> {
  readonly onAdd: (atEpochMs: number, text: string) => Promise<boolean>;
}

/** A moment and what was going on then. The moment is the usual one until it is told or typed. */
function CommentForm({ asked, usualEpochMs, onAdd }: CommentFormProps) {
  const [text, setText] = useState('');
  /** As it was asked for, to the millisecond, or typed; null: the usual one. */
  const [chosen, setChosen] = useState<{ readonly shown: string; readonly atEpochMs: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const textRef = useRef<HTMLInputElement>(null);
  const taken = useRef(asked);
  useEffect(() => {
    if (asked === null || taken.current === asked) return;
    taken.current = asked;
    setChosen({ shown: toFieldValue(asked.atEpochMs), atEpochMs: asked.atEpochMs });
    setProblem(null);
    textRef.current?.focus();
  }, [asked]);
  const onSubmit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const atEpochMs = chosen?.atEpochMs ?? usualEpochMs;
    if (Number.isNaN(atEpochMs)) return setProblem('Give the day and the time of the moment.');
    if (text.trim() === '') {
      textRef.current?.focus();
      return setProblem('Write what there is to say of it.');
    }
    setProblem(null);
    if (!(await onAdd(atEpochMs, text.trim()))) return;
    setText('');
    setChosen(null);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void onSubmit(event)}>
      <TextInput
        type="datetime-local"
        step={1}
        size="xs"
        aria-label="Moment of the comment"
        value={chosen?.shown ?? toFieldValue(usualEpochMs)}
        onChange={({ currentTarget: { value } }) => setChosen({ shown: value, atEpochMs: new Date(value).getTime() })}
      />
      <TextInput
        ref={textRef}
        size="xs"
        className={classes.field}
        aria-label="Comment"
        placeholder="What was going on then? (c)"
        maxLength={LONGEST_COMMENT}
        value={text}
        error={problem}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Button type="submit" size="xs" variant="default">
        Add comment
      </Button>
    </form>
  );
}
