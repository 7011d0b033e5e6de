import { Button, NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DaySheetFiles } from '../../../src-main/contract/printing.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './printing.module.css';

/** On the settings' page: whether and where this desk keeps the day sheet as a PDF. */
export const DaySheetSettings = () => {
  const { t } = useTranslation();
  const { data } = useLive('daySheetFiles', {}, ['desk_settings']);
  if (!data) return null;
  return (
    <section className={classes['settings']} aria-labelledby="day-sheet-files">
      <h2 id="day-sheet-files">{t('printing.files.title')}</h2>
      <p className="soft">{t('printing.files.hint')}</p>
      <FilesForm kept={data} />
      <State kept={data} />
    </section>
  );
};

/** When the files were last looked after, or why they are not. */
const State = ({ kept }: { kept: DaySheetFiles }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  if (!kept.on) return null;
  if (kept.problem) return <Problem>{t(`printing.files.problem.${kept.problem}`)}</Problem>;
  return (
    <p className="soft" role="status">
      {kept.lastAt
        ? t('printing.files.last', { time: formats.time(kept.lastAt, zone), files: kept.files.join(', ') })
        : t('printing.files.never')}
    </p>
  );
};

const FilesForm = ({ kept }: { kept: DaySheetFiles }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const [draft, setDraft] = useKept('daySheetFiles', () => ({
    on: kept.on,
    folder: kept.folder,
    everyMinutes: kept.everyMinutes,
    language: kept.language,
  }));
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const change = (set: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...set }));
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (saving) return;
    setSaving(true);
    const answer = await call('keepDaySheetFiles', draft);
    setSaving(false);
    setProblem(answer.ok ? null : errorText(answer.error, zone));
    if (answer.ok)
      toast(
        answer.value.on
          ? t('printing.files.saved', { folder: answer.value.folder })
          : t('printing.files.off'),
      );
  };
  return (
    <form className={classes['files']} onSubmit={(event) => void save(event)}>
      <Switch
        label={t('printing.files.on')}
        description={t('printing.files.warning')}
        checked={draft.on}
        onChange={(event) => change({ on: event.currentTarget.checked })}
      />
      {draft.on && (
        <>
          <TextInput
            label={t('printing.files.folder')}
            description={t('printing.files.folderHint')}
            value={draft.folder}
            w="100%"
            spellCheck={false}
            onChange={(event) => change({ folder: event.currentTarget.value })}
          />
          <NumberInput
            label={t('printing.files.minutes')}
            min={1}
            max={60}
            allowDecimal={false}
            value={draft.everyMinutes}
            onChange={(value) => change({ everyMinutes: Number(value) || 5 })}
          />
          <SegmentedControl
            aria-label={t('printing.files.language')}
            data={[
              { value: 'en', label: 'English' },
              { value: 'el', label: 'Ελληνικά' },
            ]}
            value={draft.language}
            onChange={(value) => change({ language: value === 'el' ? 'el' : 'en' })}
          />
        </>
      )}
      {problem && <Problem>{problem}</Problem>}
      <Button type="submit" variant="default">
        {t('printing.files.save')}
      </Button>
    </form>
  );
};
