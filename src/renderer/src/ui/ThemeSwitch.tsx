import { type MantineColorScheme, SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { MoonIcon, SunIcon, SystemIcon } from './icons.tsx';

const CHOICES = [
  { value: 'light', name: 'Light theme', Icon: SunIcon },
  { value: 'auto', name: 'Theme of the system', Icon: SystemIcon },
  { value: 'dark', name: 'Dark theme', Icon: MoonIcon },
] as const;

const SEGMENTS = CHOICES.map(({ value, name, Icon }) => ({
  value,
  label: (
    <span title={name} className="icon-segment">
      <Icon />
      <VisuallyHidden>{name}</VisuallyHidden>
    </span>
  ),
}));

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      aria-label="Theme"
      data={SEGMENTS}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
    />
  );
}
