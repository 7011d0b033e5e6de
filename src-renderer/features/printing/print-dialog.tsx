import { Box, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Sheet } from '../../../src-main/contract/printing.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { type Language, usePreferences } from '../../app/preferences.ts';
import { closeDialog, type PrintJob } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { PrintRoot } from '../../ui/print-root.tsx';
import { Problem } from '../../ui/problem.tsx';
import { sizeOf, usePaper } from './paper.ts';
import { SheetPaper } from './papers.tsx';
import classes from './printing.module.css';

const TABLES = [
  'appointments',
  'patients',
  'doctors',
  'payments',
  'prescriptions',
  'cash_ups',
  'clinics',
  'clinic_locations',
  'rooms',
  'visit_types',
];

const languageNames: { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'el', label: 'Ελληνικά' },
];

/** A page as it will be on paper; Enter prints it. What changes meanwhile is on it. */
export const PrintDialog = ({ job }: { job: PrintJob }) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const { data, error } = useLive('printData', { job }, TABLES);
  return (
    <DialogWindow title={t(`printing.preview.title.${job.kind}`)} size={job.kind === 'label' ? 560 : 880}>
      {error && !data && <Problem>{errorText(error, zone)}</Problem>}
      {data && <Preview sheet={data} />}
    </DialogWindow>
  );
};

/** Papers for a patient speak the patient's language; those for the clinic the screen's. Both can be switched. */
const usePaperLanguage = (sheet: Sheet) => {
  const spoken = usePreferences(({ language }) => language);
  const [chosen, choose] = useKept<Language | null>('chosen', null);
  return [chosen ?? ('language' in sheet ? sheet.language : null) ?? spoken, choose] as const;
};

/** The sheet is read after the dialog has opened, so its button asks for the focus itself. */
const focusOnceHere = (button: HTMLButtonElement | null): void => button?.focus();

const Preview = ({ sheet }: { sheet: Sheet }) => {
  const { t } = useTranslation();
  const [language, choose] = usePaperLanguage(sheet);
  const paper = usePaper(language);
  const size = sizeOf(sheet.kind);
  const print = (): void => {
    // The printer's own window takes the page as it is now and says when it is done with it.
    window.addEventListener('afterprint', closeDialog, { once: true });
    window.print();
  };
  useKeys({ print });
  return (
    <>
      <Group justify="space-between" mb="md">
        <SegmentedControl
          aria-label={t('printing.preview.language')}
          data={languageNames}
          value={language}
          onChange={(value) => choose(value === 'el' ? 'el' : 'en')}
        />
        <Text c="dimmed">{t(size === 'label' ? 'printing.preview.labelSize' : 'printing.preview.a4')}</Text>
        <Button ref={focusOnceHere} className={classes['print'] ?? ''} onClick={print}>
          {t('printing.preview.print')}
          <KeyHint keyName="print" />
        </Button>
      </Group>
      {sheet.kind === 'receipt' && sheet.number === null && (
        <Text c="dimmed" mb="sm">
          {t('printing.preview.unsent')}
        </Text>
      )}
      <Box
        component="section"
        className={classes['desk']}
        data-size={size}
        aria-label={t('printing.preview.label')}
        tabIndex={0}
      >
        <div className={`paper ${classes['sheet']}`} data-size={size} lang={language}>
          <SheetPaper sheet={sheet} paper={paper} />
        </div>
      </Box>
      <PrintRoot size={size} lang={language}>
        <SheetPaper sheet={sheet} paper={paper} />
      </PrintRoot>
    </>
  );
};
