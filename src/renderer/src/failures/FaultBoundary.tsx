import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { describeFailure } from '../../../contract/describe-failure.ts';
import type { Platform } from '../../../contract/system.ts';
import { FailureNotice } from './FailureNotice.tsx';

interface FaultBoundaryProps {
  readonly platform: Platform;
  readonly children: ReactNode;
}

/** Says so when drawing fails, instead of leaving an empty page. React itself logs the error. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <FailureNotice
        explanation={{
          ...describeFailure({ code: 'internal', reference: '' }, this.props.platform),
          sentence:
            'This page could not draw what it was given. The measurements go on; the browser’s console has the details.',
          cure: { sentence: 'Load the page again; if it happens again, please report it.', command: null },
        }}
        action={
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            Load again
          </Button>
        }
      />
    );
  }
}
