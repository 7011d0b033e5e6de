import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Prescription } from '../../../src-main/contract/prescription.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { useMay } from '../../app/rights.ts';
import { openDialog } from '../../app/screen.ts';
import { toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import classes from './prescriptions.module.css';

/** Prescriptions with their text and what can be done: a draft is gone on with, an issued one printed or replaced. */
export const PrescriptionList = ({ prescriptions }: { prescriptions: readonly Prescription[] }) => (
  <ul className={classes['list']}>
    {prescriptions.map((one) => (
      <Item key={one.id} one={one} all={prescriptions} />
    ))}
  </ul>
);

/** Opens the draft of a prescription, with the appointment that it was written for. */
export const openDraft = async ({ id, appointmentId, instructions }: Prescription): Promise<void> => {
  const answer = await call('appointment', { appointmentId });
  if (!answer.ok) return;
  openDialog({ kind: 'prescription', appointment: answer.value, draft: { id, text: instructions } });
};

const Item = ({ one, all }: { one: Prescription; all: readonly Prescription[] }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const mayWrite = useMay('prescriptions.write');
  const when = formats.momentWithYear(one.issuedAt, zoneOf(one.locationId));
  const first = all.find(({ id }) => id === one.replacesId);
  return (
    <li data-replaced={one.replacedById !== null || undefined}>
      <header>
        <span className={classes['state']}>
          {one.status === 'draft' ? t('prescriptions.draft') : t('prescriptions.issued', { when })}
          <span className="soft"> · {formats.name(one.doctorName)}</span>
        </span>
        {one.status === 'issued' ? (
          <IssuedMenu one={one} when={when} />
        ) : (
          mayWrite && (
            <Button variant="default" size="compact-sm" onClick={() => void openDraft(one)}>
              {t('prescriptions.go')}
            </Button>
          )
        )}
      </header>
      <p className={classes['text']}>{one.instructions}</p>
      {one.replacedById !== null && <p className="soft">{t('prescriptions.replaced')}</p>}
      {first && (
        <p className="soft">
          {t('prescriptions.replaces', {
            when: formats.momentWithYear(first.issuedAt, zoneOf(first.locationId)),
          })}
        </p>
      )}
    </li>
  );
};

const IssuedMenu = ({ one, when }: { one: Prescription; when: string }) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const mayWrite = useMay('prescriptions.write');
  const replace = async (): Promise<void> => {
    const answer = await call('replacePrescription', { prescriptionId: one.id });
    if (answer.ok) await openDraft(answer.value);
    else toastProblem(errorText(answer.error, zone));
  };
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon aria-label={t('prescriptions.moreOf', { when })}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => openDialog({ kind: 'print', job: { kind: 'prescription', prescriptionId: one.id } })}
        >
          {t('prescriptions.print')}
        </Menu.Item>
        {mayWrite && one.replacedById === null && (
          <Menu.Item onClick={() => void replace()}>{t('prescriptions.replace')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};
