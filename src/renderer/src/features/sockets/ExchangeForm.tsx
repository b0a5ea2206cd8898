import { Button, Checkbox, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { PlayIcon, RemoveIcon } from '../../ui/icons.tsx';
import classes from './ExchangeForm.module.css';
import type { Problems, TypedExchange, TypedField } from './exchange-form.ts';

interface ExchangeFormProps {
  readonly typed: TypedExchange;
  readonly problems: Problems;
  readonly isRunning: boolean;
  readonly isConnected: boolean;
  readonly onChange: (more: Partial<TypedExchange>) => void;
  readonly onSend: () => void;
  readonly onStop: () => void;
  readonly onReset: () => void;
}

/** The fields that are typed into. */
type TextField = {
  [Field in TypedField]: string extends TypedExchange[Field] ? Field : never;
}[TypedField];

/** Every parameter of a request, of the socket and of receiving, under the names that they have in the library. */
export function ExchangeForm(props: ExchangeFormProps) {
  const { typed, problems, isRunning, isConnected, onChange, onSend, onStop, onReset } = props;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isRunning && isConnected) onSend();
  };
  const field = (name: TextField, label: string, more: { hint?: string; placeholder?: string } = {}) => (
    <TextInput
      size="xs"
      label={label}
      title={more.hint}
      placeholder={more.placeholder}
      value={typed[name]}
      error={problems[name]}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <form className={classes.form} aria-label="Request" noValidate onSubmit={onSubmit}>
      <Group name="ICMPRequest">
        <div className={classes.wide}>
          {field('destination', 'Destination', { placeholder: '192.0.2.1 or a name' })}
        </div>
        {field('id', 'Id', {
          placeholder: 'process id',
          hint: '0 to 65,535. An unprivileged socket puts the kernel’s in its place.',
        })}
        {field('sequence', 'Sequence', { hint: '0 to 65,535; each further request has the next' })}
        {field('ttl', 'TTL', { hint: 'Hops that the packet may take, 1 to 255' })}
        {field('trafficClass', 'Traffic class', { hint: '0 to 255, also as 0xb8: DSCP and ECN' })}
        <div className={classes.wide}>
          <Payload
            typed={typed}
            problems={problems}
            onChange={onChange}
            sizeField={field('payloadSize', 'Payload size')}
          />
        </div>
      </Group>
      <Group
        name={
          typed.family === '6' ? 'ICMPv6Socket' : typed.family === '4' ? 'ICMPv4Socket' : 'ICMPv4Socket or ICMPv6Socket'
        }
      >
        <NativeSelect
          size="xs"
          label="Family"
          data={[
            { value: 'auto', label: 'Automatic' },
            { value: '4', label: 'IPv4' },
            { value: '6', label: 'IPv6' },
          ]}
          value={typed.family}
          onChange={(event) => onChange({ family: event.currentTarget.value as TypedExchange['family'] })}
        />
        <NativeSelect
          size="xs"
          label="Privileged"
          title="Whether the socket writes the ICMP header itself, which needs root’s rights, or leaves it to the kernel"
          data={[
            { value: 'no', label: 'No' },
            { value: 'yes', label: 'Yes (raw)' },
          ]}
          value={typed.privileged}
          onChange={(event) => onChange({ privileged: event.currentTarget.value as TypedExchange['privileged'] })}
        />
        {field('source', 'Source address', { placeholder: 'any' })}
        {field('interfaceName', 'Interface', { placeholder: 'any' })}
        <NativeSelect
          size="xs"
          label="Don’t fragment"
          title="Default: as the system does, which learns the path’s MTU. Always: whatever was learned. Never: packets may be cut."
          data={[
            { value: 'system', label: 'Default' },
            { value: 'always', label: 'Always' },
            { value: 'never', label: 'Never' },
          ]}
          value={typed.dontFragment}
          onChange={(event) => onChange({ dontFragment: event.currentTarget.value as TypedExchange['dontFragment'] })}
        />
        <Checkbox
          className={classes.check}
          size="xs"
          label="Broadcast"
          title="Lets requests to broadcast addresses out (IPv4)"
          checked={typed.broadcast}
          error={problems.broadcast}
          onChange={(event) => onChange({ broadcast: event.currentTarget.checked })}
        />
      </Group>
      <Group name="send, receive">
        {field('count', 'Requests', { hint: '1 to 100, one after the other' })}
        {field('interval', 'Every (s)', { hint: 'Seconds between two requests, 0.01 to 10' })}
        {field('timeout', 'Timeout (s)', { hint: 'How long an answer is waited for, 0 to 60 seconds' })}
        <NativeSelect
          size="xs"
          label="Receive"
          title="The first answer to each request, every one until its timeout, or whatever the socket hears in that time"
          data={[
            { value: 'first', label: 'First answer' },
            { value: 'all', label: 'Every answer' },
            { value: 'everything', label: 'All heard' },
          ]}
          value={typed.receive}
          onChange={(event) => onChange({ receive: event.currentTarget.value as TypedExchange['receive'] })}
        />
      </Group>
      <div className={classes.actions}>
        <Button
          type="submit"
          size="xs"
          className={classes.send}
          disabled={isRunning || !isConnected}
          leftSection={<PlayIcon size={12} />}
        >
          Send
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={!isRunning}
          leftSection={<RemoveIcon size={11} />}
          onClick={onStop}
        >
          Stop
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onReset}>
          Defaults
        </Button>
      </div>
    </form>
  );
}

/** Fields that belong to one class or method, named by it. */
function Group({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{name}</legend>
      <div className={classes.fields}>{children}</div>
    </fieldset>
  );
}

interface PayloadProps {
  readonly typed: TypedExchange;
  readonly problems: Problems;
  readonly onChange: (more: Partial<TypedExchange>) => void;
  readonly sizeField: ReactNode;
}

const PAYLOAD_KINDS = [
  { value: 'random', label: 'Random' },
  { value: 'text', label: 'Text' },
  { value: 'hex', label: 'Bytes' },
];

function Payload({ typed, problems, onChange, sizeField }: PayloadProps) {
  const area = (name: 'payloadText' | 'payloadHex', label: string, placeholder: string) => (
    <Textarea
      size="xs"
      label={label}
      placeholder={placeholder}
      autosize
      minRows={1}
      maxRows={5}
      value={typed[name]}
      error={problems[name]}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <div className={classes.payload}>
      <SegmentedControl
        size="xs"
        aria-label="Kind of payload"
        data={PAYLOAD_KINDS}
        value={typed.payloadKind}
        onChange={(value) => onChange({ payloadKind: value as TypedExchange['payloadKind'] })}
      />
      {typed.payloadKind === 'random' && sizeField}
      {typed.payloadKind === 'text' && area('payloadText', 'Payload', 'Sent as UTF-8')}
      {typed.payloadKind === 'hex' && area('payloadHex', 'Payload', 'de ad be ef')}
    </div>
  );
}
