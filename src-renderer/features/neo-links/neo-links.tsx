import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/rights.ts';
import { LinksTable } from '../../ui/links-table.tsx';
import classes from './neo-links.module.css';

/** On the page of IDEXX Neo: which doctor each of its providers is here, and which visit type each of its kinds. */
export const NeoLinks = () => {
  const { t } = useTranslation();
  const may = useMay('clinic.manage');
  const { data } = useLive('outsideLinks', may ? { source: 'idexx' } : null, [
    'outside_links',
    'outside_bookings',
  ]);
  if (!data) return null;
  const parts = (['provider', 'visit_type'] as const).map((kind) =>
    data.filter((link) => link.kind === kind),
  );
  return (
    <section className={classes['card']} aria-labelledby="neo-links-title">
      <h3 id="neo-links-title">{t('outside.links.neoTitle')}</h3>
      <p className="soft">{t(data.length > 0 ? 'outside.links.neoIntro' : 'outside.links.neoEmpty')}</p>
      {parts.map(
        ([first, ...others]) =>
          first && (
            <LinksTable
              key={first.kind}
              source="idexx"
              label={t(`outside.links.kinds.${first.kind}`)}
              links={[first, ...others]}
            />
          ),
      )}
    </section>
  );
};
