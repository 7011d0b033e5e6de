import { SegmentedControl, Select, Stack, Switch, Tabs, Text, useMantineColorScheme } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { version } from '../../../package.json';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useDoor } from '../../app/door.ts';
import { type Language, usePreferences } from '../../app/preferences.ts';
import { useMay } from '../../app/rights.ts';
import { useScreen } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import classes from './settings.module.css';

const languageNames: { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'el', label: 'Ελληνικά' },
];

interface SettingsProps {
  /** The own account of whoever is signed in. */
  account: ComponentType;
  /** How this desk runs. */
  diagnostics: ComponentType;
  /** What stands on this desk's page after what is of this screen. */
  sections: Record<string, ComponentType>;
  /** The clinic's own parts, for whoever manages it. */
  clinicParts: Record<ClinicPart, ComponentType>;
}
type ClinicPart =
  | 'clinic'
  | 'locations'
  | 'doctors'
  | 'visits'
  | 'specialties'
  | 'desks'
  | 'staff'
  | 'security'
  | 'idexx'
  | 'connections'
  | 'calCom'
  | 'audit'
  | 'imports'
  | 'backup';
const DESK = 'desk';
const ACCOUNT = 'account';
const DIAGNOSTICS = 'diagnostics';

/** How this desk and its screen are set, and, for whoever may, the clinic itself: one part at a time. */
export const SettingsPlace = ({
  account: Account,
  diagnostics: OwnDiagnostics,
  sections,
  clinicParts,
}: SettingsProps) => {
  const { t } = useTranslation();
  const mayManage = useMay('clinic.manage');
  const asked = useScreen((screen) => screen.settingsPart);
  const readsNeo = useReadsNeo();
  const parts = mayManage
    ? (Object.keys(clinicParts) as ClinicPart[]).filter((name) => name !== 'idexx' || readsNeo)
    : [];
  const isSignedIn = useDoor(({ door }) => door?.state === 'signed_in');
  const own = isSignedIn ? [DESK, ACCOUNT] : [DESK];
  const names = [...own, ...parts, DIAGNOSTICS];
  const part = names.find((name) => name === asked) ?? DESK;
  const titleOf = (name: string): string => {
    if (name === ACCOUNT) return t('account.title');
    if (name === DIAGNOSTICS) return t('diagnostics.tab');
    return t(`setUp.tabs.${name as ClinicPart | typeof DESK}`);
  };
  return (
    <section className={classes['settings']} aria-labelledby="settings-title">
      <h1 id="settings-title">{t('settings.title')}</h1>
      <Tabs
        orientation="vertical"
        className={classes['tabs'] ?? ''}
        value={part}
        keepMounted={false}
        onChange={(value) => useScreen.setState({ settingsPart: value })}
      >
        <Tabs.List aria-label={t('setUp.tabs.label')}>
          {names.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {titleOf(name)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={DESK} className={classes['panel'] ?? ''}>
          <DeskPart sections={sections} />
        </Tabs.Panel>
        {isSignedIn && (
          <Tabs.Panel value={ACCOUNT} className={classes['panel'] ?? ''}>
            <Account />
          </Tabs.Panel>
        )}
        <Tabs.Panel value={DIAGNOSTICS} className={classes['panel'] ?? ''}>
          <OwnDiagnostics />
        </Tabs.Panel>
        {parts.map((name) => {
          const Part = clinicParts[name];
          return (
            <Tabs.Panel key={name} value={name} className={classes['panel'] ?? ''}>
              <Part />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </section>
  );
};

/** Neo is what practices for animals have; who has ever set it up can come back to it. */
const useReadsNeo = (): boolean => {
  const { clinic } = useClinic();
  const may = useMay('credentials.manage');
  const { data } = useLive('integrationSettings', may ? {} : null, ['integrations']);
  return may && (clinic.kind === 'veterinary' || data?.idexx.known === true);
};

/** How this screen looks and begins, and which desk of which clinic it is. */
const DeskPart = ({ sections }: Pick<SettingsProps, 'sections'>) => {
  const { t } = useTranslation();
  const { name } = useFormats();
  const { clinic } = useClinic();
  return (
    <>
      <div className={classes['card']}>
        <h2>{t('settings.screen')}</h2>
        <Screen />
      </div>
      <div className={classes['card']}>
        <h2>{t('settings.desk')}</h2>
        <dl className="facts">
          <dt>{t('settings.clinic')}</dt>
          <dd>{name(clinic.name)}</dd>
          <dt>{t('settings.deskName')}</dt>
          <dd>{clinic.deskName}</dd>
          <dt>{t('settings.version')}</dt>
          <dd className="tabular">{version}</dd>
        </dl>
      </div>
      {Object.entries(sections).map(([name, Section]) => (
        <Section key={name} />
      ))}
    </>
  );
};

const Screen = () => {
  const { t } = useTranslation();
  const { name } = useFormats();
  const { locations } = useClinic();
  const { language, letterKeys, locationId } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap="lg">
      <Labelled id="settings-language" label={t('settings.language')}>
        <SegmentedControl
          aria-labelledby="settings-language"
          data={languageNames}
          value={language}
          onChange={(value) => usePreferences.setState({ language: value === 'el' ? 'el' : 'en' })}
        />
      </Labelled>
      <Labelled id="settings-theme" label={t('settings.theme')}>
        <SegmentedControl
          aria-labelledby="settings-theme"
          data={[
            { value: 'light', label: t('settings.light') },
            { value: 'dark', label: t('settings.dark') },
            { value: 'auto', label: t('settings.system') },
          ]}
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
        />
      </Labelled>
      {locations.length > 1 && (
        <Select
          label={t('settings.location')}
          placeholder={t('settings.firstLocation')}
          data={locations.map((location) => ({ value: location.id, label: name(location.name) }))}
          value={locationId}
          clearable
          clearButtonProps={{ 'aria-label': t('settings.firstLocation') }}
          onChange={(chosen) => usePreferences.setState({ locationId: chosen })}
        />
      )}
      <Switch
        label={t('settings.letterKeys')}
        description={t('settings.letterKeysHint')}
        checked={letterKeys}
        onChange={(event) => usePreferences.setState({ letterKeys: event.currentTarget.checked })}
      />
    </Stack>
  );
};

const Labelled = ({ id, label, children }: { id: string; label: string; children: ReactNode }) => (
  <Stack gap="xs" align="flex-start">
    <Text fw={550} id={id}>
      {label}
    </Text>
    {children}
  </Stack>
);
