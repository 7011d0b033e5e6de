import { Button, CopyButton, Group, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationKind } from '../../../src-main/contract/kiosk.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import classes from './kiosk.module.css';

/** Links are for other browsers, and the desktop app is none. */
const hasLinks = !navigator.userAgent.includes('Electron');

/** On the settings' page: the PIN of the kiosk, and how a kiosk and a waiting room screen are opened. */
export const StationsSettings = () => {
  const { t } = useTranslation();
  const { location, zone } = useClinic();
  const errorText = useErrorText();
  const { data, reload } = useLive('stations', {}, ['desk_settings']);
  const enter = async (): Promise<void> => {
    const answer = await call('enterKiosk', { locationId: location.id });
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
  };
  const closeAll = async (): Promise<void> => {
    const answer = await call('closeStations', {});
    if (!answer.ok) return toastProblem(errorText(answer.error, zone));
    toast(t('kiosk.settings.closedAll'));
    reload();
  };
  if (!data) return null;
  return (
    <section className={classes['settings']} aria-labelledby="stations-title">
      <h2 id="stations-title">{t('kiosk.settings.title')}</h2>
      <Stack gap="lg">
        <p className="soft">{t('kiosk.settings.intro')}</p>
        <PinForm isSet={data.pinSet} />
        <div>
          <Button variant="default" disabled={!data.pinSet} onClick={() => void enter()}>
            {t('kiosk.settings.here')}
          </Button>
          <p className="soft">{t('kiosk.settings.hereHint')}</p>
        </div>
        {hasLinks ? <Links pinSet={data.pinSet} /> : <p className="soft">{t('kiosk.settings.noLinks')}</p>}
        {data.open.length > 0 && (
          <Group gap="md">
            <span>{t('kiosk.settings.open', { count: data.open.length })}</span>
            <Button variant="default" size="compact-md" onClick={() => void closeAll()}>
              {t('kiosk.settings.closeAll')}
            </Button>
          </Group>
        )}
      </Stack>
    </section>
  );
};

const PinForm = ({ isSet }: { isSet: boolean }) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState(false);
  const [saving, setSaving] = useState(false);
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const fits = /^\d{4,8}$/.test(pin);
    setWrong(!fits);
    if (!fits || saving) return;
    setSaving(true);
    const answer = await call('setKioskPin', { pin });
    setSaving(false);
    if (!answer.ok) return toastProblem(errorText(answer.error, zone));
    setPin('');
    toast(t('kiosk.settings.pinSaved'));
  };
  return (
    <form onSubmit={(event) => void save(event)} noValidate autoComplete="off">
      <Group gap="sm" align="flex-start">
        <TextInput
          label={t('kiosk.settings.pinLabel')}
          description={t(isSet ? 'kiosk.settings.pinSet' : 'kiosk.settings.pinNotSet')}
          error={wrong && t('kiosk.settings.pinWrong')}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          maxLength={8}
          w={320}
          value={pin}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(event) => setPin(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" mt={20} loading={saving}>
          {t('kiosk.settings.savePin')}
        </Button>
      </Group>
    </form>
  );
};

/** Makes links; one is shown until the next. */
const Links = ({ pinSet }: { pinSet: boolean }) => {
  const { t } = useTranslation();
  const { location, zone } = useClinic();
  const errorText = useErrorText();
  const [link, setLink] = useState<string | null>(null);
  const make = async (kind: StationKind): Promise<void> => {
    const answer = await call('openStation', { kind, locationId: location.id });
    if (!answer.ok) return toastProblem(errorText(answer.error, zone));
    setLink(`${window.location.origin}/${kind}?ticket=${answer.value.ticket}`);
  };
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button variant="default" disabled={!pinSet} onClick={() => void make('kiosk')}>
          {t('kiosk.settings.kioskLink')}
        </Button>
        <Button variant="default" onClick={() => void make('display')}>
          {t('kiosk.settings.displayLink')}
        </Button>
      </Group>
      <p className="soft">{t('kiosk.settings.linkHint')}</p>
      {link && (
        <div role="status">
          <p>{t('kiosk.settings.linkReady')}</p>
          <div className={classes['link']}>
            <code>{link}</code>
            <CopyButton value={link}>
              {({ copied, copy }) => (
                <Button variant="default" size="compact-md" onClick={copy}>
                  {t(copied ? 'kiosk.settings.copied' : 'kiosk.settings.copy')}
                </Button>
              )}
            </CopyButton>
          </div>
        </div>
      )}
    </Stack>
  );
};
