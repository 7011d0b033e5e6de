import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingReason, ImportFinding, ImportRun } from '../../../src-main/contract/imports.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { Problem } from '../../ui/problem.tsx';
import { saveFile } from '../../ui/save-file.ts';
import classes from './imports.module.css';
import { useImportError } from './use-import-error.ts';

/** What an import left out or changed, by reason; each row of the source is found again below its reason. */
export const Findings = ({ run: { id, findings, status } }: { run: ImportRun }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const [open, setOpen] = useState<FindingReason | null>(null);
  if (findings.length === 0)
    return status === 'completed' ? <p className="soft">{t('imports.nothingLeft')}</p> : null;
  return (
    <>
      <header className={classes['head']}>
        <h3 id="imports-findings">{t('imports.findings')}</h3>
        <SaveFindings id={id} />
      </header>
      <ul className={classes['findings']} aria-labelledby="imports-findings">
        {findings.map(({ reason, count }) => (
          <li key={reason}>
            <UnstyledButton
              className={classes['reason']}
              aria-expanded={open === reason}
              onClick={() => setOpen(open === reason ? null : reason)}
            >
              <IconChevronRight size={14} aria-hidden="true" />
              <span>{t(`imports.reason.${reason}`)}</span>
              <span className="tabular">{formats.number(count)}</span>
            </UnstyledButton>
            {open === reason && <Lines id={id} reason={reason} />}
          </li>
        ))}
      </ul>
    </>
  );
};

/** The rows of one reason, a hundred at a time. */
const Lines = ({ id, reason }: { id: string; reason: FindingReason }) => {
  const { t } = useTranslation();
  const [findings, setFindings] = useState<readonly ImportFinding[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { ofCall } = useImportError();
  const detailsText = useDetailsText();
  const read = useCallback(
    async (after: string | null): Promise<void> => {
      const answer = await call('importFindings', { id, reason, ...(after === null ? {} : { after }) });
      if (!answer.ok) return setProblem(ofCall(answer.error));
      const part = answer.value.findings;
      setFindings((before) => (after === null ? part : [...before, ...part]));
      setNext(answer.value.next);
    },
    [id, reason, ofCall],
  );
  useEffect(() => void read(null), [read]);
  return (
    <div className={classes['lines']}>
      {problem && <Problem>{problem}</Problem>}
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('imports.table')}</th>
            <th scope="col">{t('imports.sourceRow')}</th>
            <th scope="col">{t('imports.details')}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((one) => (
            <tr key={`${one.table} ${one.sourceId}`}>
              <td>
                <code>{one.table}</code>
              </td>
              <td className="tabular">{one.sourceId}</td>
              <td className={classes['details']}>
                {detailsText(one.details)}
                {!one.leftOut && <span className="soft"> {t('imports.takenAllTheSame')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {next !== null && (
        <Button variant="default" size="compact-md" onClick={() => void read(next)}>
          {t('imports.more')}
        </Button>
      )}
    </div>
  );
};

/** Ids of rows here say nothing to a person. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d\d-\d\dT/;

const useDetailsText = () => {
  const formats = useFormats();
  const { zone } = useClinic();
  const text = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(text).join(', ');
    if (typeof value !== 'string') return JSON.stringify(value);
    return INSTANT.test(value) ? formats.momentWithYear(value, zone) : value;
  };
  return (details: ImportFinding['details']): string =>
    Object.entries(details)
      .filter(([, value]) => value !== null && !(typeof value === 'string' && ID.test(value)))
      .map(([name, value]) => `${name}: ${text(value)}`)
      .join(' · ');
};

const SaveFindings = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const importError = useImportError();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const parts: string[] = [];
    let after: string | undefined;
    setBusy(true);
    do {
      const part = await call('exportFindings', { id, ...(after === undefined ? {} : { after }) });
      if (!part.ok) {
        setProblem(importError.ofCall(part.error));
        return setBusy(false);
      }
      parts.push(part.value.text);
      after = part.value.next ?? undefined;
    } while (after !== undefined);
    setBusy(false);
    saveFile('left-out.csv', 'text/csv;charset=utf-8', parts);
  };
  return (
    <>
      {problem && <Problem>{problem}</Problem>}
      <Button variant="default" size="compact-md" loading={busy} onClick={() => void save()}>
        {t('imports.saveCsv')}
      </Button>
    </>
  );
};
