import { Button, Menu } from '@mantine/core';
import { memo } from 'react';
import { CopyIcon } from '../../ui/icons.tsx';

export type TableForm = 'text' | 'markdown' | 'csv' | 'picture' | 'png' | 'svg';

const FORMS: readonly { readonly form: TableForm; readonly label: string }[] = [
  { form: 'text', label: 'Copy as text' },
  { form: 'markdown', label: 'Copy as Markdown' },
  { form: 'csv', label: 'Copy as CSV' },
  { form: 'picture', label: 'Copy as picture' },
  { form: 'png', label: 'Save as picture (PNG)' },
  { form: 'svg', label: 'Save as picture (SVG)' },
];

/** The choices of a menu about the whole table. */
export function TableItems({ onChoose }: { readonly onChoose: (form: TableForm) => void }) {
  return FORMS.map(({ form, label }) => (
    <Menu.Item key={form} onClick={() => onChoose(form)}>
      {label}
    </Menu.Item>
  ));
}

export const CopyTableMenu = memo(function CopyTableMenu({
  onChoose,
}: {
  readonly onChoose: (form: TableForm) => void;
}) {
  return (
    <Menu position="bottom-end" shadow="md" width={210}>
      <Menu.Target>
        <Button size="compact-xs" fz={11} variant="default" leftSection={<CopyIcon size={12} />}>
          Copy table
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <TableItems onChoose={onChoose} />
      </Menu.Dropdown>
    </Menu>
  );
});
