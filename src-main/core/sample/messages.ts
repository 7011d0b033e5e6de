import type { InferInsertModel } from 'drizzle-orm';
import type { messageReceipts, messages } from '../schema/central/index.ts';
import type { SampleClinic, SampleUser } from './model.ts';
import type { SamplePatients } from './patients.ts';
import type { Random } from './random.ts';
import { DAY, HOUR, iso, MINUTE } from './sizes.ts';
import type { Visit } from './visit.ts';

type Row<T extends typeof messages | typeof messageReceipts> = Omit<InferInsertModel<T>, 'rev'>;
export interface Talk {
  messages: Row<typeof messages>[];
  receipts: Row<typeof messageReceipts>[];
}

/** A visit with the ids of its appointment and its patient. */
interface TalkedAbout {
  visit: Visit;
  id: string;
  patientId: string;
}

/** A line of a conversation: who writes it, and the same without its marks. */
interface Line {
  by: 'patient' | 'clinic' | 'doctor' | 'note';
  markdown: string;
  text?: string;
  tags?: string[];
}

const talks: Record<'el' | 'en', Line[][]> = {
  en: [
    [
      { by: 'patient', markdown: 'May I come ten minutes later?' },
      { by: 'clinic', markdown: 'Yes, **ten minutes** are fine.', text: 'Yes, ten minutes are fine.' },
    ],
    [
      { by: 'patient', markdown: 'Do I have to fast before?' },
      {
        by: 'doctor',
        markdown: 'From the evening before, please:\n\n- only **water**\n- your usual tablets',
        text: 'From the evening before, please:\n\n- only water\n- your usual tablets',
        tags: ['advice'],
      },
      { by: 'patient', markdown: 'Thank you!' },
    ],
    [{ by: 'patient', markdown: 'Are my results in?', tags: ['results'] }],
    [{ by: 'note', markdown: 'Forgot the referral last time. Please ask for it.', tags: ['referral'] }],
  ],
  el: [
    [
      { by: 'patient', markdown: 'Μπορώ να έρθω δέκα λεπτά αργότερα;' },
      {
        by: 'clinic',
        markdown: 'Ναι, **δέκα λεπτά** δεν πειράζουν.',
        text: 'Ναι, δέκα λεπτά δεν πειράζουν.',
      },
    ],
    [
      { by: 'patient', markdown: 'Χρειάζεται να είμαι νηστικός;' },
      {
        by: 'doctor',
        markdown: 'Από το προηγούμενο βράδυ, παρακαλώ:\n\n- μόνο **νερό**\n- τα συνηθισμένα χάπια σας',
        text: 'Από το προηγούμενο βράδυ, παρακαλώ:\n\n- μόνο νερό\n- τα συνηθισμένα χάπια σας',
        tags: ['οδηγίες'],
      },
      { by: 'patient', markdown: 'Ευχαριστώ πολύ!' },
    ],
    [{ by: 'patient', markdown: 'Βγήκαν τα αποτελέσματα;', tags: ['αποτελέσματα'] }],
    [
      {
        by: 'note',
        markdown: 'Την προηγούμενη φορά ξέχασε το παραπεμπτικό. Να ζητηθεί.',
        tags: ['παραπεμπτικό'],
      },
    ],
  ],
};

/** What is older than this, the reception has read. */
const READ_AFTER = 2 * HOUR;

/** A conversation about a visit: shortly before it, or in the last week for one to come. */
export const talkAbout = (
  clinic: SampleClinic,
  people: SamplePatients,
  one: TalkedAbout,
  now: number,
  source: Random,
): Talk => {
  const lines = source.pick(talks[one.visit.location.language]);
  const begun = Math.min(now - source.between(30, (7 * DAY) / MINUTE) * MINUTE, one.visit.start - HOUR);
  const talk: Talk = { messages: [], receipts: [] };
  for (const [index, line] of lines.entries()) {
    const sentAt = begun + index * source.between(4, 8) * MINUTE;
    const message = messageOf(clinic, people, one, line, sentAt, source);
    talk.messages.push(message);
    if (sentAt > now - READ_AFTER) continue;
    for (const user of clinic.receptionists.filter(({ id }) => id !== message.author['id'])) {
      const readAt = sentAt + 12 * MINUTE;
      talk.receipts.push({
        ...stampsAt(clinic, readAt, source),
        messageId: message.id,
        userRole: 'admin',
        userId: user.id,
        readAt: iso(readAt),
      });
    }
  }
  return talk;
};

const stampsAt = (clinic: SampleClinic, ms: number, source: Random) => ({
  clinicId: clinic.id,
  id: source.uuid(ms),
  createdAt: iso(ms),
  updatedAt: iso(ms),
});

const messageOf = (
  clinic: SampleClinic,
  people: SamplePatients,
  one: TalkedAbout,
  { by, markdown, text = markdown, tags = [] }: Line,
  sentAt: number,
  source: Random,
): Row<typeof messages> => {
  const { id: appointmentId, patientId, visit } = one;
  const stamps = stampsAt(clinic, sentAt, source);
  const { firstName, lastName } = people.row(visit.patient);
  const patientName = `${firstName} ${lastName}`;
  const staff: SampleUser | undefined = by === 'doctor' ? visit.doctor.account : clinic.receptionists[0];
  const author =
    by === 'patient' || !staff
      ? { role: 'patient', id: patientId, display_name: patientName }
      : { role: by === 'doctor' ? 'doctor' : 'admin', id: staff.id, display_name: staff.name };
  return {
    ...stamps,
    sourceId: Math.floor(sentAt / 1000).toString(16) + stamps.id.replaceAll('-', '').slice(16),
    threadId: `apt-${appointmentId}`,
    type: by === 'note' ? 'note' : 'chat',
    text,
    richText: { markdown },
    appointmentId,
    patientId,
    doctorId: visit.doctor.id,
    relationalRefs: {
      appointment_id: appointmentId,
      patient_id: patientId,
      doctor_id: visit.doctor.id,
      location_id: visit.location.id,
    },
    author,
    attachments: [],
    readReceipts: [],
    tags,
    denorm: { patient: { display_name: patientName } },
    meta: {
      created_at: { $date: iso(sentAt) },
      created_by: { role: author.role, id: author.id },
      client: { platform: by === 'patient' ? 'web' : 'desk' },
      version: 1,
    },
  };
};
