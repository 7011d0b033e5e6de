import type { Letterhead } from '../../../src-main/contract/printing.ts';
import { addressLine, type Paper } from './paper.ts';

/** Head of a sheet: the clinic, the location and how to reach it. */
export const Head = ({ letterhead, paper }: { letterhead: Letterhead; paper: Paper }) => {
  const clinic = paper.formats.name(letterhead.clinic);
  const location = letterhead.location && paper.formats.name(letterhead.location);
  return (
    <header className="paper-head">
      <strong>{[clinic, location].filter(Boolean).join(' · ')}</strong>
      <span>{addressLine(letterhead)}</span>
    </header>
  );
};

/** Foot of a sheet: when it was printed, and by which clock its times are told. */
export const Foot = ({
  letterhead,
  printedAt,
  paper,
}: {
  letterhead: Letterhead;
  printedAt: string;
  paper: Paper;
}) => (
  <footer className="paper-foot">
    {paper.t('printing.sheet.printed', {
      moment: paper.formats.momentWithYear(printedAt, letterhead.timezone),
      zone: letterhead.timezone,
    })}
  </footer>
);
