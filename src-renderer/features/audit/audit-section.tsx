import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { filterOf, useAsked } from './asked.ts';
import classes from './audit.module.css';
import { Entries } from './entries.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { Filters } from './filters.tsx';
import { useAudit } from './use-audit.ts';

/** What was done in the clinic and who looked at whose record, for whoever may know. */
export const AuditSection = () => {
  const { t } = useTranslation();
  const { today } = useClinic();
  const { asked } = useAsked();
  const filter = filterOf(asked, today);
  const audit = useAudit(filter);
  return (
    <section className={classes['audit']} aria-labelledby="audit-title">
      <header>
        <h2 id="audit-title">{t('audit.title')}</h2>
        <ExportButtons filter={filter} disabled={audit.entries.length === 0} />
      </header>
      <p className="soft">{t('audit.about')}</p>
      <Filters filter={filter} people={audit.people} desks={audit.desks} />
      <Entries audit={audit} />
    </section>
  );
};
