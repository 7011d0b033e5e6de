import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import type { DaySheet, DaySheetLine } from '../../contract/printing.ts';
import type { Bilingual } from '../../contract/values.ts';
import { places } from '../places.ts';
import { type PaperLanguage, words } from './words.ts';

/** Inter with its Greek letters: a PDF of its own standard fonts has none. */
const fonts = {
  regular: join(places.resources, 'fonts/Inter-Regular.ttf'),
  bold: join(places.resources, 'fonts/Inter-SemiBold.ttf'),
};

/** Points: A4 is 595 by 842. */
const MARGIN = 36;
const SIZE = 9;
const PAD = 4;
const SPARE_LINES = 4;
const SPARE_HEIGHT = 22;
const columns = [
  { name: 'time', x: 36, width: 66 },
  { name: 'patient', x: 106, width: 148 },
  { name: 'phone', x: 258, width: 88 },
  { name: 'reason', x: 350, width: 129 },
  { name: 'status', x: 483, width: 76 },
] as const;
const RIGHT = 559;
const BOTTOM = 842 - MARGIN - 20;

type Column = (typeof columns)[number]['name'];
type Doc = PDFKit.PDFDocument;

/**
 * A day sheet as an A4 PDF, in one language: each doctor on pages of their own, with the day's times by the location's
 * clock. Takes long for a full day, so it runs in a thread of its own.
 */
export const daySheetPdf = (sheet: DaySheet, language: PaperLanguage): Promise<Buffer> => {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, bottom: 0, left: MARGIN, right: MARGIN },
    autoFirstPage: false,
    bufferPages: true,
    font: fonts.regular,
    lang: language,
    info: { Title: `${words[language].title} ${sheet.date}`, CreationDate: new Date(sheet.printedAt) },
  });
  doc.registerFont('regular', fonts.regular);
  doc.registerFont('bold', fonts.bold);
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  new Pages(doc, sheet, language).draw();
  doc.end();
  return whole;
};

class Pages {
  readonly #doc: Doc;
  readonly #sheet: DaySheet;
  readonly #language: PaperLanguage;
  readonly #time: Intl.DateTimeFormat;
  #y = 0;

  constructor(doc: Doc, sheet: DaySheet, language: PaperLanguage) {
    this.#doc = doc;
    this.#sheet = sheet;
    this.#language = language;
    this.#time = new Intl.DateTimeFormat(this.#locale, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: sheet.letterhead.timezone,
    });
  }

  draw(): void {
    const { doctors } = this.#sheet;
    for (const { name, lines } of doctors) {
      this.#page(this.#said(name));
      for (const line of lines) this.#line(line, this.#said(name));
      if (lines.length === 0) this.#note(this.#words.nobody);
      this.#spare(this.#said(name));
    }
    if (doctors.length === 0) {
      this.#page('');
      this.#note(this.#words.noDoctor);
    }
    this.#feet();
  }

  get #words() {
    return words[this.#language];
  }
  get #locale(): string {
    return this.#language === 'el' ? 'el-GR' : 'en-GB';
  }

  #said(name: Bilingual): string {
    return name[this.#language] || name.en || name.el;
  }

  /** A new page with its head: who, where, which day. */
  #page(doctor: string): void {
    const { letterhead, date } = this.#sheet;
    const doc = this.#doc.addPage();
    const day = new Intl.DateTimeFormat(this.#locale, { dateStyle: 'full', timeZone: 'UTC' }).format(
      new Date(`${date}T00:00:00Z`),
    );
    const place = letterhead.location ? this.#said(letterhead.location) : '';
    doc.font('regular').fontSize(SIZE).fillColor('#444');
    doc.text([this.#said(letterhead.clinic), place].filter(Boolean).join(' · '), MARGIN, MARGIN);
    doc.text([letterhead.address, letterhead.phone].filter(Boolean).join(' · '));
    doc
      .font('bold')
      .fontSize(16)
      .fillColor('#000')
      .text(doctor || this.#words.title, MARGIN, MARGIN + 32);
    doc.font('regular').fontSize(11).text(day);
    this.#y = doc.y + 10;
    this.#row(
      {
        time: this.#words.time,
        patient: this.#words.patient,
        phone: this.#words.phone,
        reason: this.#words.reason,
        status: this.#words.status,
      },
      'bold',
    );
  }

  #line(line: DaySheetLine, doctor: string): void {
    const cells = this.#cells(line);
    const notes = line.notes?.trim() ?? '';
    const notesWidth = RIGHT - columns[1].x;
    this.#doc.font('regular').fontSize(SIZE);
    const notesHeight = notes === '' ? 0 : this.#doc.heightOfString(notes, { width: notesWidth });
    if (this.#y + this.#heightOf(cells) + notesHeight > BOTTOM) this.#page(doctor);
    this.#row(cells, 'regular', notes);
  }

  #cells({
    start,
    end,
    patient,
    visitType,
    reason,
    room,
    status,
    confirmed,
  }: DaySheetLine): Record<Column, string> {
    const born =
      patient?.dateOfBirth && `${this.#words.born} ${patient.dateOfBirth.split('-').reverse().join('/')}`;
    return {
      time: `${this.#clock(start)}–${this.#clock(end)}`,
      patient: patient
        ? [patient.name, patient.owner, patient.species, born].filter(Boolean).join('\n')
        : this.#words.held,
      phone: patient?.phone ?? '',
      reason: [visitType && this.#said(visitType), reason, room && this.#said(room)]
        .filter(Boolean)
        .join('\n'),
      status: status === 'scheduled' && confirmed ? this.#words.confirmed : this.#words.statuses[status],
    };
  }

  #clock(instant: string): string {
    return this.#time.format(new Date(instant));
  }

  #heightOf(cells: Record<Column, string>): number {
    return Math.max(
      ...columns.map(({ name, width }) => this.#doc.heightOfString(cells[name] || ' ', { width })),
    );
  }

  #row(cells: Record<Column, string>, font: 'regular' | 'bold', notes = ''): void {
    const doc = this.#doc;
    doc.font(font).fontSize(SIZE).fillColor('#000');
    const top = this.#y + PAD;
    const height = this.#heightOf(cells);
    for (const { name, x, width } of columns) {
      if (name === 'time' || name === 'patient') doc.font('bold');
      else doc.font(font);
      doc.text(cells[name], x, top, { width });
    }
    this.#y = top + height;
    if (notes !== '') {
      doc
        .font('regular')
        .fillColor('#333')
        .text(notes, columns[1].x, this.#y + 2, { width: RIGHT - columns[1].x });
      this.#y = doc.y;
    }
    this.#y += PAD;
    this.#rule();
  }

  /** Empty lines, for who comes while nothing but the paper works. */
  #spare(doctor: string): void {
    for (let line = 0; line < SPARE_LINES; line += 1) {
      if (this.#y + SPARE_HEIGHT > BOTTOM) this.#page(doctor);
      this.#y += SPARE_HEIGHT;
      this.#rule();
    }
  }

  #rule(): void {
    this.#doc.moveTo(MARGIN, this.#y).lineTo(RIGHT, this.#y).lineWidth(0.5).strokeColor('#aaa').stroke();
  }

  #note(text: string): void {
    this.#doc
      .font('regular')
      .fontSize(SIZE)
      .text(text, MARGIN, this.#y + 8);
    this.#y = this.#doc.y;
  }

  /** When it was written and by which clock, and which page of how many. */
  #feet(): void {
    const { letterhead, printedAt } = this.#sheet;
    const written = new Intl.DateTimeFormat(this.#locale, {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone: letterhead.timezone,
    }).format(new Date(printedAt));
    const { count } = this.#doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#doc.switchToPage(page);
      this.#doc.font('regular').fontSize(8).fillColor('#444');
      this.#doc.text(`${this.#words.printed} ${written} (${letterhead.timezone})`, MARGIN, 842 - MARGIN - 8, {
        lineBreak: false,
      });
      const number = `${this.#words.page} ${page + 1} / ${count}`;
      this.#doc.text(number, RIGHT - this.#doc.widthOfString(number), 842 - MARGIN - 8, { lineBreak: false });
    }
  }
}
