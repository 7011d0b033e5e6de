import type { DaySheetLine } from '../../../src-main/contract/printing.ts';
import { Foot, Head } from './letterhead.tsx';
import type { Paper, PaperProps } from './paper.ts';

/** Lines without a patient at the end, for who comes while nothing but the paper works. */
const SPARE_LINES = ['first', 'second', 'third', 'fourth'];

/** The day of a location, each doctor on pages of their own. */
export const DaySheetPaper = ({ sheet, paper }: PaperProps<'daySheet'>) => {
  const { t, formats } = paper;
  const head = <Head letterhead={sheet.letterhead} paper={paper} />;
  const foot = <Foot letterhead={sheet.letterhead} printedAt={sheet.printedAt} paper={paper} />;
  if (sheet.doctors.length === 0)
    return (
      <section className="paper-page">
        {head}
        <h1>{t('printing.sheet.daySheet')}</h1>
        <p>{formats.day(sheet.date)}</p>
        <p>{t('printing.sheet.noDoctor')}</p>
        {foot}
      </section>
    );
  return sheet.doctors.map(({ doctorId, name, lines }) => (
    <section className="paper-page" key={doctorId}>
      {head}
      <div className="paper-title">
        <h1>{formats.name(name)}</h1>
        <p>
          {formats.day(sheet.date)} ·{' '}
          {lines.length === 0
            ? t('printing.sheet.nobody')
            : t('printing.sheet.count', { count: lines.length })}
        </p>
      </div>
      <table className="paper-day">
        <thead>
          <tr>
            <th scope="col">{t('printing.sheet.time')}</th>
            <th scope="col">{t('printing.sheet.patient')}</th>
            <th scope="col">{t('printing.sheet.phone')}</th>
            <th scope="col">{t('printing.sheet.visit')}</th>
            <th scope="col">{t('printing.sheet.status')}</th>
            <th scope="col">{t('printing.sheet.notes')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line
              key={`${line.start} ${line.patient?.name}`}
              line={line}
              zone={sheet.letterhead.timezone}
              paper={paper}
            />
          ))}
          {SPARE_LINES.map((spare) => (
            <tr key={spare} className="paper-spare">
              <td colSpan={6} />
            </tr>
          ))}
        </tbody>
      </table>
      {foot}
    </section>
  ));
};

const Line = ({ line, zone, paper }: { line: DaySheetLine; zone: string; paper: Paper }) => {
  const { t, formats } = paper;
  const { patient, visitType, room } = line;
  const about = patient && [patient.owner, patient.species].filter(Boolean).join(', ');
  const status = line.status === 'scheduled' && line.confirmed ? 'confirmed' : line.status;
  return (
    <tr>
      <td className="paper-strong">{formats.range(line.start, line.end, zone)}</td>
      <td>
        <span className="paper-strong">{patient ? patient.name : t('printing.sheet.held')}</span>
        {about && <small>{about}</small>}
        {patient?.dateOfBirth && (
          <small>{t('printing.sheet.born', { date: formats.date(patient.dateOfBirth) })}</small>
        )}
      </td>
      <td>{patient?.phone}</td>
      <td>
        {visitType && formats.name(visitType)}
        {line.reason && <small>{line.reason}</small>}
        {room && <small>{formats.name(room)}</small>}
      </td>
      <td>{t(`status.${status}`)}</td>
      <td>{line.notes}</td>
    </tr>
  );
};
