import { Button, Group, Radio, SegmentedControl, Stack } from '@mantine/core';
import type { SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CsvKind, ImportSource } from '../../../src-main/contract/imports.ts';
import { DatabaseFields } from './database-fields.tsx';
import { FileField } from './file-field.tsx';
import classes from './imports.module.css';
import { StepTitle } from './step-title.tsx';
import { goTo, isDatabase, setDraft, setSource, sourceOf, useWizard } from './wizard.ts';

const FROM = [
  'medic_sqlite',
  'medic_postgres',
  'mysql_dump',
  'mysql_server',
  'messages',
  'idexx_sync_postgres',
  'csv',
] as const;

/** The first step: from which system, and where its data is. */
export const ChooseSource = ({
  password,
  onPassword,
}: {
  password: string;
  onPassword: (password: string) => void;
}) => {
  const { t } = useTranslation();
  const { draft } = useWizard();
  const { from } = draft;
  const source = sourceOf(draft, password);
  const isReady = ImportSource.safeParse(source).success;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isReady) goTo('look');
  };
  return (
    <form className={classes['form']} onSubmit={submit} noValidate>
      <StepTitle step="chooseTitle" />
      <Radio.Group
        label={t('imports.whichSystem')}
        value={from}
        onChange={(value) => setSource({ from: FROM.find((one) => one === value) ?? 'csv', file: null })}
      >
        <Stack gap={4} mt={4}>
          {FROM.map((one) => (
            <Radio key={one} value={one} label={t(`imports.from.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <p className={classes['hint']}>{t(`imports.hint.${from}`)}</p>
      {from === 'csv' && (
        <div>
          <p id="imports-kind" className={classes['label']}>
            {t('imports.whatIsListed')}
          </p>
          <SegmentedControl
            aria-labelledby="imports-kind"
            value={draft.kind}
            onChange={(value) => setDraft({ kind: CsvKind.parse(value), csv: {} })}
            data={CsvKind.options.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
          />
        </div>
      )}
      {isDatabase(from) ? (
        <DatabaseFields
          from={from}
          address={draft.address}
          onAddress={(address) => setSource({ address })}
          password={password}
          onPassword={onPassword}
        />
      ) : (
        <FileField key={from} file={draft.file} onFile={(file) => setSource({ file })} />
      )}
      <Group gap="sm" justify="flex-end">
        <Button variant="default" onClick={() => goTo('overview')}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" disabled={!isReady}>
          {t('imports.look')}
        </Button>
      </Group>
    </form>
  );
};
