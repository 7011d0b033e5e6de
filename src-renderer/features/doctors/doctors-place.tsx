import { useScreen } from '../../app/screen.ts';
import { Directory } from './directory.tsx';
import { DoctorPage } from './doctor-page.tsx';

/** The doctors' place: the directory, or the page of the one that was chosen. */
export const DoctorsPlace = () => {
  const doctorId = useScreen((screen) => screen.doctorId);
  return doctorId === null ? <Directory /> : <DoctorPage key={doctorId} doctorId={doctorId} />;
};
