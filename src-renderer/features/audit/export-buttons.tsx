import { Button, Group } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '../../../src-main/contract/audit.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { saveFile } from '../../ui/save-file.ts';

type Format = 'csv' | 'jsonl';
const types: Record<Format, string> = { csv: 'text/csv;charset=utf-8', jsonl: 'application/jsonl' };

/** Saves what the filter names, whole, for an auditor. */
export const ExportButtons = ({ filter, disabled }: { filter: AuditFilter; disabled: boolean }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const [done, setDone] = useState<number | null>(null);
  const stopped = useRef(false);

  const save = async (format: Format): Promise<void> => {
    const parts: string[] = [];
    let below: number | undefined;
    let entries = 0;
    stopped.current = false;
    setDone(0);
    do {
      const part = await call('exportAudit', { filter, format, ...(below === undefined ? {} : { below }) });
      if (!part.ok) toastProblem(errorText(part.error, zone));
      if (!part.ok || stopped.current) return setDone(null);
      parts.push(part.value.text);
      entries += part.value.entries;
      setDone(entries);
      below = part.value.next ?? undefined;
    } while (below !== undefined);
    setDone(null);
    const file = `audit-${filter.from}-${filter.to}.${format}`;
    saveFile(file, types[format], parts);
    toast(t('audit.saved', { file, count: entries }));
  };

  if (done !== null)
    return (
      <Group gap="sm" role="status">
        <span className="soft tabular">{t('audit.saving', { count: done })}</span>
        <Button
          variant="default"
          size="compact-md"
          onClick={() => {
            stopped.current = true;
          }}
        >
          {t('app.cancel')}
        </Button>
      </Group>
    );
  return (
    <Group gap="sm">
      <Button variant="default" size="compact-md" disabled={disabled} onClick={() => void save('csv')}>
        {t('audit.csv')}
      </Button>
      <Button variant="default" size="compact-md" disabled={disabled} onClick={() => void save('jsonl')}>
        {t('audit.jsonl')}
      </Button>
    </Group>
  );
};
