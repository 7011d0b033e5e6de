import { SegmentedControl, Stack, Switch, Text, Title, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/format.ts';
import { useClinic } from './clinic-data.tsx';
import { type Language, usePreferences } from './preferences.ts';

const languageNames: { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'el', label: 'Ελληνικά' },
];

/** Language, theme and letter keys of this screen, and which desk of which clinic it is. */
export const Settings = () => {
  const { t } = useTranslation();
  const { name } = useFormats();
  const { clinic } = useClinic();
  const { language, letterKeys } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack p="xl" gap="xl" maw={560}>
      <Title order={1}>{t('app.settings.title')}</Title>
      <Stack gap="xs">
        <Text fw={600} id="settings-language">
          {t('app.settings.language')}
        </Text>
        <SegmentedControl
          aria-labelledby="settings-language"
          data={languageNames}
          value={language}
          onChange={(value) => usePreferences.setState({ language: value === 'el' ? 'el' : 'en' })}
        />
      </Stack>
      <Stack gap="xs">
        <Text fw={600} id="settings-theme">
          {t('app.settings.theme')}
        </Text>
        <SegmentedControl
          aria-labelledby="settings-theme"
          data={[
            { value: 'light', label: t('app.settings.light') },
            { value: 'dark', label: t('app.settings.dark') },
            { value: 'auto', label: t('app.settings.system') },
          ]}
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
        />
      </Stack>
      <Switch
        label={t('app.settings.letterKeys')}
        description={t('app.settings.letterKeysHint')}
        checked={letterKeys}
        onChange={(event) => usePreferences.setState({ letterKeys: event.currentTarget.checked })}
      />
      <dl className="facts">
        <dt>{t('app.settings.clinic')}</dt>
        <dd>{name(clinic.name)}</dd>
        <dt>{t('app.settings.desk')}</dt>
        <dd>{clinic.deskName}</dd>
      </dl>
    </Stack>
  );
};
