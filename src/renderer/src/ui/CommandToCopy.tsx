import { Button, CopyButton } from '@mantine/core';
import classes from './CommandToCopy.module.css';
import { CheckIcon, CopyIcon } from './icons.tsx';

/**
 * A command for the terminal. One click selects it, for pages that have no clipboard: those that came unencrypted from
 * another machine.
 */
export function CommandToCopy({ command }: { readonly command: string }) {
  return (
    <div className={classes.block}>
      <pre className={classes.command}>
        <code>{command}</code>
      </pre>
      {'clipboard' in navigator && (
        <CopyButton value={command}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="default"
              className={classes.button}
              leftSection={copied ? <CheckIcon size={12} /> : <CopyIcon size={12} />}
              onClick={copy}
            >
              <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
            </Button>
          )}
        </CopyButton>
      )}
    </div>
  );
}
