import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Door } from '../../src-main/contract/session.ts';
import { useFormats } from '../i18n/format.ts';
import classes from './door-page.module.css';
import { LanguageSwitch } from './language-switch.tsx';

const themes = [
  { value: 'light', Icon: IconSun },
  { value: 'dark', Icon: IconMoon },
  { value: 'auto', Icon: IconDeviceDesktop },
] as const;

/** The page of somebody who is not in yet: the clinic's name, language and theme, and what they are asked. */
export const DoorPage = ({
  clinic,
  foot,
  children,
}: {
  clinic: Door['clinicName'];
  /** Said quietly below. */
  foot?: ReactNode;
  children: ReactNode;
}) => {
  const { t } = useTranslation();
  const { name } = useFormats();
  return (
    <div className={classes['page']}>
      <header>
        <span className={classes['clinic']}>
          <Mark />
          {name(clinic)}
        </span>
        <span className={classes['choices']}>
          <LanguageSwitch label={t('settings.language')} size="sm" />
          <ThemeSwitch />
        </span>
      </header>
      <main>{children}</main>
      <footer>{foot}</footer>
    </div>
  );
};

const ThemeSwitch = () => {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const words = { light: t('settings.light'), dark: t('settings.dark'), auto: t('settings.system') };
  return (
    <SegmentedControl
      aria-label={t('settings.theme')}
      size="sm"
      value={colorScheme}
      onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
      data={themes.map(({ value, Icon }) => ({
        value,
        label: (
          <span className={classes['theme']} title={words[value]}>
            <Icon size={16} stroke={1.75} aria-hidden="true" />
            <VisuallyHidden>{words[value]}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
};

/** The door of the app's icon, in one colour. */
const Mark = () => (
  <svg className={classes['mark']} viewBox="0 0 512 512" aria-hidden="true">
    <path
      d="M128 408V136a24 24 0 0 1 24-24h208a24 24 0 0 1 24 24v272M92 410h328"
      fill="none"
      stroke="currentColor"
      strokeWidth="32"
      strokeLinecap="round"
    />
    <path d="M176 160l128-26a12 12 0 0 1 14 12v250H176z" fill="currentColor" />
  </svg>
);
