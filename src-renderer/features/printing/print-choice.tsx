import { Button, Text } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Printable } from '../../../src-main/contract/printing.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { closeDialog, openDialog, type PrintJob, useScreen } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useMoney } from '../../ui/money.ts';
import { fullName } from '../../ui/person-name.tsx';
import { PrintDialog } from './print-dialog.tsx';
import classes from './printing.module.css';

/**
 * Ctrl+P: the papers of the chosen appointment, or of the patient whose page is open; with nobody chosen, the day sheet
 * of the day that is looked at.
 */
export const PrintChoice = () => {
  const { location, date } = useClinic();
  const place = useScreen((screen) => screen.place);
  const selected = useScreen((screen) => screen.selected);
  const patientId = useScreen((screen) => screen.patientId);
  const daySheet: PrintJob = { kind: 'daySheet', date, locationId: location.id };
  if (place === 'patients' && patientId) return <Choice subject={{ patientId }} />;
  if ((place === 'board' || place === 'waiting') && selected)
    return (
      <Choice
        subject={{ appointmentId: selected.id }}
        name={fullName(selected.patient)}
        daySheet={daySheet}
      />
    );
  return <PrintDialog job={daySheet} />;
};

interface ChoiceProps {
  subject: { appointmentId: string } | { patientId: string };
  name?: string;
  daySheet?: PrintJob;
}

const Choice = ({ subject, name, daySheet }: ChoiceProps) => {
  const { t } = useTranslation();
  const { data } = useLive('printable', subject, ['appointments', 'payments', 'prescriptions', 'patients']);
  const words = useWords();
  const list = useRef<HTMLUListElement>(null);
  const choose = (job: PrintJob): void => {
    closeDialog();
    openDialog({ kind: 'print', job });
  };
  const choices = [
    ...(data ? jobsOf(data, 'appointmentId' in subject ? subject.appointmentId : null, words) : []),
    ...(daySheet?.kind === 'daySheet' ? [{ job: daySheet, text: words.daySheet(daySheet.date) }] : []),
  ];
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    <DialogWindow title={t('printing.choose.title')}>
      {name && <Text mb="sm">{t('printing.choose.for', { name })}</Text>}
      {data ? (
        <ul className={classes['choices']} ref={list} onKeyDown={onKeyDown}>
          {choices.map(({ job, text }, index) => (
            <li key={text}>
              <Button
                fullWidth
                variant="default"
                justify="flex-start"
                // The list is here only once its papers are known, so that the first one keeps its place.
                ref={index === 0 ? focusOnceHere : null}
                onClick={() => choose(job)}
              >
                {text}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <Text c="dimmed">{t('printing.choose.reading')}</Text>
      )}
      <Text c="dimmed" mt="md" size="xs">
        {t('printing.choose.keys')}
      </Text>
    </DialogWindow>
  );
};

const focusOnceHere = (button: HTMLButtonElement | null): void => button?.focus();

/** What each choice is called. */
const useWords = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { zone } = useClinic();
  return {
    card: t('printing.choose.card'),
    label: t('printing.choose.label'),
    daySheet: (date: string) => t('printing.choose.daySheet', { day: formats.day(date) }),
    prescription: ({ status, issuedAt }: Printable['prescriptions'][number]) =>
      t(status === 'draft' ? 'printing.choose.draft' : 'printing.choose.prescription', {
        day: formats.momentWithYear(issuedAt, zone),
      }),
    receipt: ({ payment, number, provisionalNumber, amount, paidAt }: Printable['receipts'][number]) =>
      t('printing.choose.receipt', {
        what: `${t(`printing.sheet.${payment}`)} ${number ?? provisionalNumber ?? ''}`.trim(),
        amount: money(amount),
        day: paidAt ? formats.momentWithYear(paidAt, zone) : '',
      }),
  };
};

const jobsOf = (
  { card, label, receipts, prescriptions }: Printable,
  appointmentId: string | null,
  words: ReturnType<typeof useWords>,
): { job: PrintJob; text: string }[] => [
  ...(card && appointmentId ? [{ job: { kind: 'card', appointmentId } as const, text: words.card }] : []),
  ...receipts.map((one) => ({
    job: { kind: 'receipt', paymentId: one.paymentId } as const,
    text: words.receipt(one),
  })),
  ...prescriptions.map((one) => ({
    job: { kind: 'prescription', prescriptionId: one.prescriptionId } as const,
    text: words.prescription(one),
  })),
  ...(label ? [{ job: { kind: 'label', patientId: label.patientId } as const, text: words.label }] : []),
];
