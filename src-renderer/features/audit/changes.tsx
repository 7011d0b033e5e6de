import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../src-main/contract/audit.ts';
import classes from './audit.module.css';
import { useValueWords } from './use-value-words.ts';
import { changesOf, columnWords } from './words.ts';

/** What an entry set, column by column, as it was and as it is since. */
export const Changes = ({ entry }: { entry: AuditEntry }) => {
  const { t } = useTranslation();
  const words = useValueWords(entry);
  const rows = changesOf(entry).flatMap(({ column, was, is }) => {
    const [before, after] = [words(column, was), words(column, is)];
    return before === null || after === null ? [] : [{ column, before, after }];
  });
  if (rows.length === 0) return null;
  const wasThere = entry.before !== null;
  return (
    <table className={classes['changes']}>
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          {wasThere && <th scope="col">{t('audit.before')}</th>}
          <th scope="col">{t(wasThere ? 'audit.after' : 'audit.value')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ column, before, after }) => (
          <tr key={column}>
            <th scope="row">{columnWords(t, column)}</th>
            {wasThere && <td>{before}</td>}
            <td>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
