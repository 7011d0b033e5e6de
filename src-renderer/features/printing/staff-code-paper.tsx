import { Foot, Head } from './letterhead.tsx';
import type { PaperProps } from './paper.ts';

/** The page that hands somebody the code for their password. */
export const StaffCodePaper = ({ sheet, paper }: PaperProps<'staffCode'>) => {
  const { t, formats } = paper;
  const { letterhead, name, purpose, code, expiresAt } = sheet;
  return (
    <section className="paper-page">
      <Head letterhead={letterhead} paper={paper} />
      <h1>{t('staff.paper.title')}</h1>
      <p>
        {t('staff.paper.for')}: <span className="paper-strong">{name}</span>
      </p>
      <p>{t(`staff.paper.${purpose}`)}</p>
      <p>{t('staff.paper.how')}</p>
      <p className="paper-secret">{code}</p>
      <p>
        {t('staff.paper.until', { when: formats.momentWithYear(expiresAt, letterhead.timezone) })}{' '}
        {t('staff.paper.choose')}
      </p>
      <p className="paper-strong">{t('staff.paper.care')}</p>
      <Foot letterhead={letterhead} printedAt={sheet.printedAt} paper={paper} />
    </section>
  );
};
