import { ActionIcon, Button, Menu } from '@mantine/core';
import { CopyIcon } from './icons.tsx';
import type { PictureForm } from './take-picture.ts';

interface PictureItemsProps {
  readonly onChoose: (form: PictureForm) => void;
}

/** What can be made of something that is drawn, as `Menu.Item`s. */
export function PictureItems({ onChoose }: PictureItemsProps) {
  return (
    <>
      <Menu.Item onClick={() => onChoose('clipboard')}>Copy as picture</Menu.Item>
      <Menu.Item onClick={() => onChoose('png')}>Save as PNG</Menu.Item>
      <Menu.Item onClick={() => onChoose('svg')}>Save as SVG</Menu.Item>
    </>
  );
}

interface PictureMenuProps extends PictureItemsProps {
  /** What a screen reader calls the button; it begins with “Picture”. */
  readonly name?: string;
  /** Whether there is room only for a sign. */
  readonly isSmall?: boolean;
}

export function PictureMenu({ name, isSmall = false, onChoose }: PictureMenuProps) {
  return (
    <Menu position="bottom-end" shadow="md" width={170}>
      <Menu.Target>
        {isSmall ? (
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={name ?? 'Picture'} title="Picture">
            <CopyIcon size={13} />
          </ActionIcon>
        ) : (
          <Button size="compact-xs" variant="default" aria-label={name}>
            Picture
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <PictureItems onChoose={onChoose} />
      </Menu.Dropdown>
    </Menu>
  );
}
