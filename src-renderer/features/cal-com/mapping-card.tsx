import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CalComState } from '../../../src-main/contract/cal-com.ts';
import type { OutsideLink } from '../../../src-main/contract/outside.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/rights.ts';
import { toast } from '../../app/toasts.tsx';
import { LinksTable } from '../../ui/links-table.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './cal-com.module.css';
import { useAttempt } from './use-attempt.ts';

/** Which doctor is booked by each event type, and as what. */
export const MappingCard = ({ state, onRead }: { state: CalComState; onRead: () => void }) => {
  const { t } = useTranslation();
  const may = useMay('clinic.manage');
  const { data } = useLive('outsideLinks', may ? { source: 'cal_com' } : null, [
    'outside_links',
    'outside_bookings',
  ]);
  const { busy, problem, attempt } = useAttempt();
  if (!data) return null;
  const links = withUnseen(data, state);
  const read = (): Promise<void> =>
    attempt(
      () => call('calComEventTypes', {}),
      () => {
        onRead();
        toast(t('outside.calCom.readDone'));
      },
    );
  const factsOf = ({ externalId }: OutsideLink): string => {
    const type = state.eventTypes.find(({ id }) => String(id) === externalId);
    if (!type) return '';
    return [t('app.minutes', { count: type.minutes[0] ?? 0 }), ...type.hosts].join(' · ');
  };
  return (
    <section className={classes['card']} aria-labelledby="cal-com-mapping">
      <div className={classes['head']}>
        <h3 id="cal-com-mapping">{t('outside.links.calComTitle')}</h3>
        {state.keySet && (
          <Button variant="subtle" size="compact-md" loading={busy} onClick={() => void read()}>
            {t('outside.calCom.readAgain')}
          </Button>
        )}
      </div>
      <p className="soft">
        {t(links.length > 0 ? 'outside.links.calComIntro' : 'outside.links.calComEmpty')}
      </p>
      {problem && <Problem>{problem}</Problem>}
      {links.length > 0 && (
        <LinksTable source="cal_com" label={t('outside.links.calComTitle')} links={links} factsOf={factsOf} />
      )}
    </section>
  );
};

/** With the event types that this desk has read and nobody has linked yet. */
const withUnseen = (links: readonly OutsideLink[], { eventTypes }: CalComState): OutsideLink[] => {
  const known = new Map(links.map((link) => [link.externalId, link]));
  const read = eventTypes.map(({ id, title }) => {
    const link = known.get(String(id));
    known.delete(String(id));
    const none = { kind: 'event_type' as const, doctorId: null, visitTypeId: null, waiting: 0 };
    return { ...none, ...link, externalId: String(id), name: title };
  });
  return [...read, ...known.values()];
};
