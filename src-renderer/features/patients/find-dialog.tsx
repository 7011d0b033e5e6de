import { useTranslation } from 'react-i18next';
import { useKept } from '../../app/kept.ts';
import { closeAllDialogs, closeDialog, openDialog, openPatient } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { PatientPicker } from '../../ui/patient/patient-picker.tsx';

/** Ctrl+K: finds a patient from anywhere, opens their page, or begins a registration with what was typed. */
export const FindDialog = () => {
  const { t } = useTranslation();
  const [typed, setTyped] = useKept('typed', '');
  useKeys({ find: closeDialog });
  const add = (text: string): void => {
    closeDialog();
    openDialog({ kind: 'register', typed: text });
  };
  const open = (patientId: string): void => {
    closeAllDialogs();
    openPatient(patientId);
  };
  return (
    <DialogWindow title={t('patients.find.title')} size={560} atTop>
      <PatientPicker
        first
        label={t('patients.find.label')}
        typed={typed}
        onType={setTyped}
        onPick={(patient) => open(patient.id)}
        onAdd={add}
      />
    </DialogWindow>
  );
};
