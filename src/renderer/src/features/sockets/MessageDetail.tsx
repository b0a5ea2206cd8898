import { describeSendFailure } from '../../../../contract/describe-failure.ts';
import type { ExchangeEvent, ExchangeReply } from '../../../../contract/sockets.ts';
import type { Platform } from '../../../../contract/system.ts';
import { FailureNotice } from '../../failures/FailureNotice.tsx';
import { MessageBytes } from './MessageBytes.tsx';
import classes from './MessageDetail.module.css';
import { explainReply, type MessageRow } from './message-rows.ts';
import view from './SocketsView.module.css';

interface MessageDetailProps {
  readonly row: MessageRow;
  readonly family: 4 | 6;
  readonly platform: Platform;
}

/** What the chosen line means: its words, what the library throws, the bytes of the request and of the answer. */
export function MessageDetail({ row, family, platform }: MessageDetailProps) {
  const { request, reply } = row;
  const departure = request?.departure ?? null;
  return (
    <section className={view.card} aria-labelledby="message">
      <h3 id="message" className={view.title}>
        {row.title}
        {row.host !== '' && (
          <span className={classes.host}>
            {row.direction === 'out' ? 'to' : 'from'} {row.host}
          </span>
        )}
      </h3>
      {departure?.kind === 'send-failed' ? (
        <Unsent failed={departure} family={family} platform={platform} />
      ) : (
        <>
          {reply !== null && <Answer reply={reply} />}
          {row.direction === 'in' && reply === null && <Silence row={row} />}
          {departure !== null && (
            <MessageBytes title="Request" message={departure.message} family={family} key={`request ${row.key}`} />
          )}
          {reply !== null && (
            <MessageBytes title="Answer" message={reply.message} family={reply.family} key={`answer ${row.key}`} />
          )}
        </>
      )}
    </section>
  );
}

interface UnsentProps {
  readonly failed: Extract<ExchangeEvent, { kind: 'send-failed' }>;
  readonly family: 4 | 6;
  readonly platform: Platform;
}

function Unsent({ failed, family, platform }: UnsentProps) {
  const { reason, osCode, raised } = failed;
  const explanation = describeSendFailure(reason, osCode, family, platform);
  const cure = { sentence: 'Switch Broadcast on, or use the address of a single host.', command: null };
  return (
    <>
      <FailureNotice explanation={reason === 'broadcast-not-enabled' ? { ...explanation, cure } : explanation} />
      <Throws method="socket.send(request)" raised={raised} />
    </>
  );
}

function Answer({ reply }: { readonly reply: ExchangeReply }) {
  const explanation = reply.raised === null ? null : explainReply(reply);
  return (
    <>
      {explanation !== null && (
        <p className={classes.sentence}>
          {explanation.sentence}
          {explanation.cure !== null && <span className={classes.cure}> {explanation.cure.sentence}</span>}
        </p>
      )}
      {reply.isDuplicate && (
        <p className={classes.sentence}>The same host has answered the same request in the same way before.</p>
      )}
      {reply.requestIndex === null && (
        <p className={classes.sentence}>
          It answers none of the requests of this exchange; a raw socket hears others’ too.
        </p>
      )}
      <Throws method="reply.raiseForStatus()" raised={reply.raised} />
    </>
  );
}

function Silence({ row }: { readonly row: MessageRow }) {
  const raised = row.request?.settled?.raised ?? null;
  return raised === null ? null : <Throws method="socket.receive(request)" raised={raised} />;
}

interface ThrowsProps {
  readonly method: string;
  readonly raised: { readonly name: string; readonly message: string } | null;
}

/** What a method of the library does here. */
function Throws({ method, raised }: ThrowsProps) {
  return (
    <p className={classes.throws}>
      <code>{method}</code>{' '}
      {raised === null ? (
        'throws nothing'
      ) : (
        <>
          throws <code className={classes.error}>{raised.name}</code>: {raised.message}
        </>
      )}
    </p>
  );
}
