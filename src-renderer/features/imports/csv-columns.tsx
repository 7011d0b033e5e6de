import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  CsvDelimiter,
  CsvField,
  type CsvGuess,
  type CsvKind,
  csvFields,
  DayOrder,
  TextEncoding,
} from '../../../src-main/contract/imports.ts';
import classes from './imports.module.css';
import { setDraft, useWizard } from './wizard.ts';

/** How a CSV file is read, and what each of its columns means: a guess that a person may put right. */
export const CsvColumns = ({ guess, kind }: { guess: CsvGuess; kind: CsvKind }) => {
  const { t } = useTranslation();
  const { csv } = useWizard().draft;
  const set = (more: Partial<typeof csv>): void => setDraft({ csv: { ...csv, ...more } });
  const fields = guess.columns.map(({ field }) => field);
  const setColumn = (place: number, field: CsvField | null): void =>
    set({ columns: fields.map((one, at) => (at === place ? field : one)) });
  const options = csvFields[kind].map((field) => ({ value: field, label: t(`imports.field.${field}`) }));
  const taken = (place: number): Set<string> =>
    new Set(fields.filter((_one, at) => at !== place).filter((one) => one !== null));
  // Two columns may have the same header.
  const inPlace = guess.columns.map((column, place) => ({ ...column, place }));
  return (
    <>
      <h3 id="imports-columns">{t('imports.columns')}</h3>
      <Group gap="md">
        <Select
          label={t('imports.encoding')}
          w={168}
          allowDeselect={false}
          value={guess.encoding}
          data={TextEncoding.options.map((value) => ({ value, label: t(`imports.encodings.${value}`) }))}
          onChange={(value) => set({ encoding: TextEncoding.parse(value) })}
        />
        <Select
          label={t('imports.delimiter')}
          w={168}
          allowDeselect={false}
          value={guess.delimiter}
          data={CsvDelimiter.options.map((value) => ({
            value,
            label: t(`imports.delimiters.${nameOf[value]}`),
          }))}
          onChange={(value) => set({ delimiter: CsvDelimiter.parse(value), columns: undefined })}
        />
        <Select
          label={t('imports.dayOrder')}
          w={200}
          allowDeselect={false}
          value={guess.dayOrder}
          data={DayOrder.options.map((value) => ({ value, label: t(`imports.dayOrders.${value}`) }))}
          onChange={(value) => set({ dayOrder: DayOrder.parse(value) })}
        />
      </Group>
      <table className={classes['table']} aria-labelledby="imports-columns">
        <thead>
          <tr>
            <th scope="col">{t('imports.column')}</th>
            <th scope="col">{t('imports.examples')}</th>
            <th scope="col">{t('imports.means')}</th>
          </tr>
        </thead>
        <tbody>
          {inPlace.map(({ header, samples, field, place }) => (
            <tr key={place}>
              <th scope="row">{header || t('imports.noHeader', { count: place + 1 })}</th>
              <td className="soft">{samples.filter(Boolean).slice(0, 2).join(' · ')}</td>
              <td>
                <Select
                  aria-label={t('imports.meansOf', { column: header })}
                  placeholder={t('imports.notTaken')}
                  w={216}
                  clearable
                  clearButtonProps={{ 'aria-label': t('imports.notTaken') }}
                  value={field}
                  data={options.map((one) => ({ ...one, disabled: taken(place).has(one.value) }))}
                  onChange={(value) => setColumn(place, value === null ? null : CsvField.parse(value))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};

const nameOf = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
