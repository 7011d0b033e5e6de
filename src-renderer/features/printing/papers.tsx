import type { ReactNode } from 'react';
import type { PaperPatient, Sheet } from '../../../src-main/contract/printing.ts';
import { DaySheetPaper } from './day-sheet-paper.tsx';
import { Foot, Head } from './letterhead.tsx';
import type { Paper, PaperProps } from './paper.ts';
import { StaffCodePaper } from './staff-code-paper.tsx';

/** A sheet as it is on paper. */
export const SheetPaper = ({ sheet, paper }: { sheet: Sheet; paper: Paper }) => {
  switch (sheet.kind) {
    case 'daySheet':
      return <DaySheetPaper sheet={sheet} paper={paper} />;
    case 'card':
      return <CardPaper sheet={sheet} paper={paper} />;
    case 'receipt':
      return <ReceiptPaper sheet={sheet} paper={paper} />;
    case 'prescription':
      return <PrescriptionPaper sheet={sheet} paper={paper} />;
    case 'label':
      return <LabelPaper sheet={sheet} paper={paper} />;
    case 'cashUp':
      return <CashUpPaper sheet={sheet} paper={paper} />;
    case 'staffCode':
      return <StaffCodePaper sheet={sheet} paper={paper} />;
  }
};

/** One page with the clinic above and the time of printing below. */
const Page = ({ sheet, paper, children }: { sheet: Sheet; paper: Paper; children: ReactNode }) => (
  <section className="paper-page">
    <Head letterhead={sheet.letterhead} paper={paper} />
    {children}
    <Foot letterhead={sheet.letterhead} printedAt={sheet.printedAt} paper={paper} />
  </section>
);

/** A row of a list of facts; nothing where there is nothing to say. */
const Fact = ({ label, children }: { label: string; children: ReactNode }) =>
  children ? (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  ) : null;

/** Name, birth date, and for an animal its kind and owner. */
const Patient = ({ patient, paper }: { patient: PaperPatient; paper: Paper }) => (
  <>
    <span className="paper-strong">{patient.name}</span>
    {patient.species && `, ${patient.species}`}
    {patient.dateOfBirth &&
      `, ${paper.t('printing.sheet.born', { date: paper.formats.date(patient.dateOfBirth) })}`}
    {patient.owner && <small>{paper.t('printing.sheet.owner', { name: patient.owner })}</small>}
  </>
);

const CardPaper = ({ sheet, paper }: PaperProps<'card'>) => {
  const { t, formats } = paper;
  const { letterhead, doctor, specialty } = sheet;
  const zone = letterhead.timezone;
  return (
    <Page sheet={sheet} paper={paper}>
      <h1>{t('printing.sheet.card')}</h1>
      {sheet.cancelled && <p className="paper-warning">{t('printing.sheet.cancelled')}</p>}
      <p className="paper-when">
        {formats.dayOf(sheet.start, zone)}
        <strong>{formats.time(sheet.start, zone)}</strong>
      </p>
      <dl>
        <Fact label={t('printing.sheet.for')}>
          {sheet.patient && <Patient patient={sheet.patient} paper={paper} />}
        </Fact>
        <Fact label={t('printing.sheet.with')}>
          {formats.name(doctor)}
          {specialty && `, ${formats.name(specialty)}`}
        </Fact>
        <Fact label={t('printing.sheet.visit')}>{sheet.visitType && formats.name(sheet.visitType)}</Fact>
        <Fact label={t('printing.sheet.where')}>
          {[letterhead.location && formats.name(letterhead.location), letterhead.address]
            .filter(Boolean)
            .join(', ')}
        </Fact>
        <Fact label={t('printing.sheet.room')}>{sheet.room && formats.name(sheet.room)}</Fact>
      </dl>
      {letterhead.phone && <p>{t('printing.sheet.change', { phone: letterhead.phone })}</p>}
    </Page>
  );
};

const ReceiptPaper = ({ sheet, paper }: PaperProps<'receipt'>) => {
  const { t, formats, money } = paper;
  const { number, provisionalNumber, takesBack } = sheet;
  const zone = sheet.letterhead.timezone;
  return (
    <Page sheet={sheet} paper={paper}>
      <h1>
        {t(`printing.sheet.${sheet.payment}`)}{' '}
        {number === null
          ? t('printing.sheet.provisional', { number: provisionalNumber ?? '—' })
          : t('printing.sheet.number', { number })}
      </h1>
      {number === null && <p>{t('printing.sheet.provisionalNote')}</p>}
      {number !== null && provisionalNumber && (
        <p>{t('printing.sheet.firstPrinted', { number: provisionalNumber })}</p>
      )}
      {takesBack && (
        <p>
          {t('printing.sheet.takesBack', { number: takesBack.number ?? takesBack.provisionalNumber ?? '—' })}
        </p>
      )}
      <p className="paper-when">
        {t(sheet.payment === 'payment' ? 'printing.sheet.amount' : 'printing.sheet.amountBack')}
        <strong>{money(sheet.amount)}</strong>
      </p>
      <dl>
        <Fact label={t('printing.sheet.patient')}>
          {sheet.patient && <Patient patient={sheet.patient} paper={paper} />}
        </Fact>
        <Fact label={t('printing.sheet.visit')}>
          {sheet.visitAt &&
            [
              sheet.visitType && formats.name(sheet.visitType),
              sheet.doctor && formats.name(sheet.doctor),
              t('printing.sheet.visitOf', { moment: formats.momentWithYear(sheet.visitAt, zone) }),
            ]
              .filter(Boolean)
              .join(' · ')}
        </Fact>
        <Fact label={t('printing.sheet.method')}>{t(`payments.method.${sheet.method}`)}</Fact>
        <Fact label={t('printing.sheet.paidAt')}>
          {sheet.paidAt && formats.momentWithYear(sheet.paidAt, zone)}
        </Fact>
        <Fact label={t('printing.sheet.reference')}>{sheet.transactionRef}</Fact>
        <Fact label={t('printing.sheet.takenBy')}>{sheet.takenBy}</Fact>
        <Fact label={t('printing.sheet.note')}>{sheet.note}</Fact>
      </dl>
    </Page>
  );
};

const PrescriptionPaper = ({ sheet, paper }: PaperProps<'prescription'>) => {
  const { t, formats } = paper;
  const zone = sheet.letterhead.timezone;
  return (
    <Page sheet={sheet} paper={paper}>
      <h1>{t('printing.sheet.prescription')}</h1>
      {sheet.status === 'draft' && <p className="paper-warning">{t('printing.sheet.draft')}</p>}
      <dl>
        <Fact label={t('printing.sheet.patient')}>
          {sheet.patient && <Patient patient={sheet.patient} paper={paper} />}
          {sheet.patient?.address && <small>{sheet.patient.address}</small>}
        </Fact>
        <Fact label={t('printing.sheet.with')}>
          {formats.name(sheet.doctor)}
          {sheet.specialty && `, ${formats.name(sheet.specialty)}`}
        </Fact>
      </dl>
      <p className="paper-instructions">{sheet.instructions}</p>
      {sheet.status === 'issued' && (
        <p>{t('printing.sheet.issued', { day: formats.dayOf(sheet.issuedAt, zone) })}</p>
      )}
      {sheet.replacesIssuedAt && (
        <p>
          {t('printing.sheet.replaces', { moment: formats.momentWithYear(sheet.replacesIssuedAt, zone) })}
        </p>
      )}
      <p className="paper-signature">{t('printing.sheet.signature')}</p>
    </Page>
  );
};

const LabelPaper = ({ sheet, paper }: PaperProps<'label'>) => {
  const { t, formats } = paper;
  const { patient } = sheet;
  return (
    <section className="paper-label">
      <strong>{patient.name}</strong>
      <span>
        {[
          patient.dateOfBirth && t('printing.sheet.born', { date: formats.date(patient.dateOfBirth) }),
          patient.phone,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {(patient.species || patient.owner) && (
        <span>
          {[patient.species, patient.owner && t('printing.sheet.owner', { name: patient.owner })]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
      <span className="paper-code">
        {formats.name(sheet.letterhead.clinic)} · {sheet.code}
      </span>
    </section>
  );
};

const knownMethods = ['cash', 'card', 'transfer', 'other'] as const;

const CashUpPaper = ({ sheet, paper }: PaperProps<'cashUp'>) => {
  const { t, formats, money } = paper;
  const { currency, lines, closedBy } = sheet;
  const amount = (minor: number): string => money({ minor, currency });
  const sum = (of: 'expected' | 'counted'): number => lines.reduce((all, line) => all + line[of], 0);
  const moment = formats.momentWithYear(sheet.closedAt, sheet.letterhead.timezone);
  const named = (method: string): string => {
    const known = knownMethods.find((one) => one === method);
    return known ? t(`payments.method.${known}`) : method;
  };
  return (
    <Page sheet={sheet} paper={paper}>
      <h1>{t('printing.sheet.cashUp')}</h1>
      <p>{formats.day(sheet.businessDay)}</p>
      <table className="paper-money">
        <thead>
          <tr>
            <th scope="col">{t('printing.sheet.method')}</th>
            <th scope="col">{t('printing.sheet.expected')}</th>
            <th scope="col">{t('printing.sheet.counted')}</th>
            <th scope="col">{t('printing.sheet.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.method}>
              <th scope="row">{named(line.method)}</th>
              <td>{amount(line.expected)}</td>
              <td>{amount(line.counted)}</td>
              <td>{amount(line.counted - line.expected)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('printing.sheet.total')}</th>
            <td>{amount(sum('expected'))}</td>
            <td>{amount(sum('counted'))}</td>
            <td>{amount(sum('counted') - sum('expected'))}</td>
          </tr>
        </tfoot>
      </table>
      <dl>
        <Fact label={t('printing.sheet.note')}>{sheet.note}</Fact>
      </dl>
      <p>
        {closedBy
          ? t('printing.sheet.closedBy', { name: closedBy, moment })
          : t('printing.sheet.closed', { moment })}
      </p>
      <p className="paper-signature">{t('printing.sheet.signature')}</p>
    </Page>
  );
};
