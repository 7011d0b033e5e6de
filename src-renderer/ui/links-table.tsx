import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutsideSource } from '../../src-main/contract/integrations.ts';
import type { LinkKind, OutsideLink } from '../../src-main/contract/outside.ts';
import { call } from '../api/client.ts';
import { useLive } from '../api/live.ts';
import { useClinic } from '../app/clinic-data.tsx';
import { useErrorText } from '../app/messages.ts';
import { toast } from '../app/toasts.tsx';
import { useFormats } from '../i18n/format.ts';
import classes from './links-table.module.css';
import { Problem } from './problem.tsx';

/** Names of an outside system on the left, and what each of them is here on the right; a choice is saved at once. */
export const LinksTable = ({
  source,
  label,
  links,
  factsOf,
}: {
  source: OutsideSource;
  label: string;
  links: readonly OutsideLink[];
  /** What else the outside system says of one. */
  factsOf?: (link: OutsideLink) => string;
}) => {
  const { t } = useTranslation();
  const kinds = new Set(links.map(({ kind }) => kind));
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      {problem && <Problem>{problem}</Problem>}
      <table className={classes['links']} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{[...kinds].map((kind) => t(`outside.links.kinds.${kind}`)).join(' / ')}</th>
            {links.some(takesDoctor) && <th scope="col">{t('outside.links.doctor')}</th>}
            {links.some(takesVisitType) && <th scope="col">{t('outside.links.visitType')}</th>}
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <Row
              key={`${link.kind}/${link.externalId}`}
              source={source}
              link={link}
              facts={factsOf?.(link) ?? ''}
              withDoctor={links.some(takesDoctor)}
              withVisitType={links.some(takesVisitType)}
              onProblem={setProblem}
            />
          ))}
        </tbody>
      </table>
    </>
  );
};

const takesDoctor = ({ kind }: { kind: LinkKind }): boolean => kind !== 'visit_type';
const takesVisitType = ({ kind }: { kind: LinkKind }): boolean => kind !== 'provider';

const Row = ({
  source,
  link,
  facts,
  withDoctor,
  withVisitType,
  onProblem,
}: {
  source: OutsideSource;
  link: OutsideLink;
  facts: string;
  withDoctor: boolean;
  withVisitType: boolean;
  onProblem: (problem: string | null) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { doctors, zone } = useClinic();
  const visitTypes = useLive('visitTypes', withVisitType ? {} : null, ['visit_types']).data ?? [];
  const { kind, externalId, doctorId, visitTypeId, waiting } = link;
  const name = link.name ?? externalId;

  const save = async (set: Pick<OutsideLink, 'doctorId' | 'visitTypeId'>): Promise<void> => {
    const answer = await call('setOutsideLink', { source, kind, externalId, name: link.name, ...set });
    onProblem(answer.ok ? null : errorText(answer.error, zone));
    const linked = set.doctorId !== null || set.visitTypeId !== null;
    if (answer.ok) toast(t(linked ? 'outside.links.saved' : 'outside.links.cleared', { name }));
  };
  return (
    <tr>
      <th scope="row">
        {name}
        {facts && <span className={classes['facts']}>{facts}</span>}
        {waiting > 0 && (
          <span className={classes['waiting']}>{t('outside.links.waiting', { count: waiting })}</span>
        )}
      </th>
      {withDoctor && (
        <td>
          {takesDoctor(link) && (
            <Select
              aria-label={t('outside.links.doctorOf', { name })}
              placeholder={t('outside.links.none')}
              data={doctors.map((doctor) => ({ value: doctor.id, label: formats.name(doctor.name) }))}
              value={doctorId}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t('outside.links.none') }}
              onChange={(chosen) => void save({ doctorId: chosen, visitTypeId })}
            />
          )}
        </td>
      )}
      {withVisitType && (
        <td>
          {takesVisitType(link) && (
            <Select
              aria-label={t('outside.links.visitTypeOf', { name })}
              placeholder={t('outside.links.noVisitType')}
              data={visitTypes.map((visit) => ({ value: visit.id, label: formats.name(visit.name) }))}
              value={visitTypeId}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t('outside.links.noVisitType') }}
              onChange={(chosen) => void save({ doctorId, visitTypeId: chosen })}
            />
          )}
        </td>
      )}
    </tr>
  );
};
